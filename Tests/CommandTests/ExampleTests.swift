// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// The other examples, run as their documentation says.
struct ExampleTests {
    /// A built example, beside the command.
    private func example(_ name: String) throws -> String {
        let path = URL(fileURLWithPath: Tool.path).deletingLastPathComponent()
            .appending(path: name).path
        try #require(FileManager.default.isExecutableFile(atPath: path), "\(name) is not built")
        return path
    }

    /// What a program needs to know of somebody's machine.
    private func environment(_ scene: Scene, _ person: String) -> [String: String] {
        [
            "HOME": scene.path("home-\(person)"), "CASEVAULT_DIR": scene.vault.path,
            "SWIFT_BACKTRACE": "enable=no", "CASEVAULT_BIN": Tool.path, "PATH": "/usr/bin:/bin",
        ]
    }

    /// Where somebody's key file is.
    private func key(_ scene: Scene, _ person: String) -> String {
        scene.path("home-\(person)/.config/casevault/key")
    }

    // MARK: - onboard-from-csv

    @Test func onboardsFromAFile() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let name = try scene.startCase("Robin")
        let check = try #require(try scene.checks("Robin").first)
        var lines = ["card,fingerprint,withhold,key,answer"]
        for (person, rest) in [
            ("Noor", "none,,"), ("Archive", "none,\(key(scene, "Archive")),noConflict"),
            ("Alex", "\(check),,"), ("Kim", ",,"), ("Toni", "none,,"),
        ] {
            var fingerprint = try scene.makeKey(person)
            if person == "Toni" { fingerprint = String(fingerprint.reversed()) }
            lines.append("\(person).card,\(fingerprint),\(rest)")
        }
        let file = try scene.write(lines.joined(separator: "\n") + "\n", to: "newcomers.csv")
        let result = try Tool.run(
            program: example("onboard-from-csv"), [scene.vault.path, key(scene, "Robin"), file],
            environment: environment(scene, "Robin"), in: scene.folder)
        #expect(result.exit == 1)
        let said = result.text.split(separator: "\n").map(String.init)
        #expect(said.prefix(3) == ["admitted: Noor", "admitted: Archive", "admitted: Alex"])
        #expect(said[3].hasPrefix("line 5: Say which checks to withhold"))
        #expect(said[4].hasPrefix("line 6: "))
        #expect(said.contains("let in: Archive, \(name)"))
        #expect(said.contains("waiting: declaration, Noor, \(name)"))
        #expect(!result.text.contains("Doe"), "reported names stay in the vault")
        // Nobody answered for a person, and what was withheld is.
        let members = try scene.must("Robin", ["members"]).json["members"] as? [[String: Any]]
        #expect(
            Set((members ?? []).compactMap { $0["name"] as? String })
                == ["Robin", "Sam", "Noor", "Archive", "Alex"])
        #expect(try scene.checks("Noor") == [check])
        #expect(try scene.checks("Alex").isEmpty)
    }

    // MARK: - watcher

    /// Reads a file until it has a line.
    private func wait(for line: String, in file: String) throws {
        for _ in 0..<600 {
            let text = try String(contentsOfFile: file, encoding: .utf8)
            if text.split(separator: "\n").contains(Substring(line)) { return }
            Thread.sleep(forTimeInterval: 0.05)
        }
        Issue.record("never said: \(line)")
    }

    @Test func watchesUntilItIsStopped() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let heard = try scene.write("", to: "heard")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try example("watcher"))
        process.arguments = [scene.vault.path, key(scene, "Robin"), "0.1"]
        process.environment = environment(scene, "Robin")
        // Also for what an instrumented program leaves behind.
        process.currentDirectoryURL = scene.folder
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: heard))
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
        try wait(for: "nothing waits", in: heard)
        let name = try scene.startCase("Robin")
        try wait(for: "waiting: declaration, \(name), Sam", in: heard)
        try scene.declare("Sam", "noConflict")
        try wait(for: "offer: grant, \(name), Sam", in: heard)
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 0)
        let text = try String(contentsOfFile: heard, encoding: .utf8)
        #expect(text.hasSuffix("stopped\n"))
        #expect(!text.contains("Doe"))
    }

    // MARK: - Python

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
    func onboardsFromPython() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let name = try scene.startCase("Robin")
        let fingerprint = try scene.makeKey("Noor")
        let script = Tool.root.appending(path: "Examples/python/onboard.py").path
        func run(_ words: [String]) throws -> Tool.Result {
            try Tool.run(
                program: "/usr/bin/python3", [script, scene.path("Noor.card")] + words,
                environment: environment(scene, "Robin"), in: scene.folder)
        }
        let undecided = try run(["--fingerprint", fingerprint])
        #expect(undecided.exit == 1)
        #expect(undecided.errors == "onboard.py: error: give --withhold ID or --withhold none\n")
        let wrong = try run(
            ["--fingerprint", String(fingerprint.reversed()), "--withhold", "none"])
        #expect(wrong.exit == 1)
        #expect(wrong.errors.hasPrefix("onboard.py: error: "))
        let waiting = try run(["--fingerprint", fingerprint, "--withhold", "none"])
        #expect(waiting.exit == 0)
        #expect(waiting.text == "admitted: Noor\nwaiting: declaration, \(name)\n")

        // With --wait it goes on until the newcomer has answered on their own computer.
        let second = try scene.makeKey("Toni")
        let heard = try scene.write("", to: "heard")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [
            script, scene.path("Toni.card"), "--fingerprint", second, "--withhold", "none",
            "--wait", "60",
        ]
        process.environment = environment(scene, "Robin")
        process.currentDirectoryURL = scene.folder
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: heard))
        process.standardInput = FileHandle.nullDevice
        try process.run()
        defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
        try wait(for: "admitted: Toni", in: heard)
        try scene.declare("Toni", "noConflict")
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(
            try String(contentsOfFile: heard, encoding: .utf8)
                == "admitted: Toni\nlet in: Toni, \(name)\n")
    }
}
