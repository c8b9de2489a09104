// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// Several processes on one computer, and processes that die.
@Suite(.serialized)
struct ProcessSafetyTests {
    /// Whether every run is made, or a few.
    private static let isFull = ProcessInfo.processInfo.environment["CASEVAULT_FULL"] == "1"
    /// Whether `strace` is there and may trace here.
    private static let canTrace = FileManager.default.isExecutableFile(atPath: "/usr/bin/strace")
    /// Replays random delays.
    private static let seed =
        ProcessInfo.processInfo.environment["CASEVAULT_SEED"]
        .flatMap { UInt64($0) } ?? UInt64.random(in: 0..<1_000_000_000)

    /// Starts the command on Robin's machine and does not wait.
    private func start(
        _ scene: Scene, _ arguments: [String], under tracer: [String] = []
    ) throws -> Process {
        let process = Process()
        let all = tracer + [Tool.path] + arguments + ["--json"]
        process.executableURL = URL(fileURLWithPath: all[0])
        process.arguments = Array(all.dropFirst())
        process.environment = [
            "HOME": scene.path("home-Robin"), "CASEVAULT_DIR": scene.vault.path,
            "SWIFT_BACKTRACE": "enable=no",
        ]
        process.currentDirectoryURL = scene.folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// The texts of a case's entries as Robin reads them.
    private func texts(_ scene: Scene, _ name: String) throws -> [String] {
        let shown = try scene.must("Robin", ["show", name])
        return (shown.json["entries"] as? [[String: Any]] ?? [])
            .compactMap { ($0["text"] as? String)?.trimmingCharacters(in: .newlines) }
    }

    /// A vault with one case of Robin.
    private func scene() throws -> (Scene, String) {
        let scene = try Scene()
        try scene.committee("Robin")
        return (scene, try scene.startCase("Robin"))
    }

    @Test func twoWritersAndAReaderAtOnce() throws {
        let (scene, name) = try scene()
        let rounds = Self.isFull ? 20 : 6
        var wanted: Set<String> = ["What happened."]
        var reads = 0
        for i in 0..<rounds {
            var running: [Process] = []
            for writer in ["a", "b"] {
                let text = "Entry \(writer)\(i)."
                wanted.insert(text)
                let file = try scene.write(text, to: "\(writer)\(i)")
                running.append(try start(scene, ["add", name, "discussion", file]))
            }
            // Beside them: whole entries or none, and never an error.
            repeat {
                #expect(Set(try texts(scene, name)).isSubset(of: wanted))
                reads += 1
            } while running.contains(where: \.isRunning)
            for process in running {
                process.waitUntilExit()
                #expect(process.terminationStatus == 0)
            }
        }
        print("two writers: \(2 * rounds) entries, read \(reads) times beside them")
        let all = try texts(scene, name)
        #expect(Set(all) == wanted && all.count == wanted.count)
        #expect(try scene.run("Robin", ["verify", "--json"]).exit == 0)
    }

    #if os(Linux)
        @Test func theCommandMakesNoCoreDump() throws {
            let (scene, name) = try scene()
            let process = Process()
            process.executableURL = URL(fileURLWithPath: Tool.path)
            // It waits for the text of the entry, with the vault open.
            process.arguments = ["add", name, "discussion", "-"]
            process.environment = [
                "HOME": scene.path("home-Robin"), "CASEVAULT_DIR": scene.vault.path,
            ]
            // Also for what an instrumented program leaves behind.
            process.currentDirectoryURL = scene.folder
            let input = Pipe()
            process.standardInput = input
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            defer {
                input.fileHandleForWriting.closeFile()
                process.waitUntilExit()
            }
            // Soft and hard limit; the soft one may have been 0 before.
            var words: [Substring] = []
            for _ in 0..<200 where words.suffix(3) != ["0", "0", "bytes"] {
                Thread.sleep(forTimeInterval: 0.05)
                let limits = try String(
                    contentsOfFile: "/proc/\(process.processIdentifier)/limits", encoding: .utf8)
                let line = limits.split(separator: "\n").first { $0.hasPrefix("Max core file") }
                words = try #require(line).split(separator: " ")
            }
            #expect(words == ["Max", "core", "file", "size", "0", "0", "bytes"])
        }
    #endif

    @Test func aKilledWriterLosesNothingAndFreesTheLock() throws {
        let (scene, name) = try scene()
        var random = SplitMix(state: Self.seed)
        var acknowledged: Set<String> = ["What happened."]
        // How long a writer takes that nobody kills, so that most are killed at work.
        let undisturbed = try ContinuousClock().measure {
            try scene.must("Robin", ["add", name, "discussion", scene.write("First.", to: "f")])
        }
        acknowledged.insert("First.")
        let wanted = Self.isFull ? 60 : 8
        var killed = 0
        var rounds = 0
        while killed < wanted, rounds < 10 * wanted {
            let i = rounds
            rounds += 1
            let file = try scene.write("Entry \(i).", to: "k\(i)")
            let process = try start(scene, ["add", name, "discussion", file])
            let delay = Double.random(in: 0..<1, using: &random) * (undisturbed / .seconds(1))
            Thread.sleep(forTimeInterval: delay)
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            if process.terminationReason == .exit, process.terminationStatus == 0 {
                acknowledged.insert("Entry \(i).")
            } else {
                killed += 1
            }
            #expect(Set(try texts(scene, name)).isSuperset(of: acknowledged))
        }
        print("killed \(killed) of \(rounds) writers; CASEVAULT_SEED=\(Self.seed)")
        #expect(killed == wanted, "a writer that was done was not killed")
        // The lock is free, and the next act sweeps what they left.
        let last = try scene.write("The last.", to: "last")
        try scene.must("Robin", ["add", name, "discussion", last])
        #expect(!scene.listing.contains { $0.contains(".casevault-") })
        #expect(try scene.run("Robin", ["verify", "--json"]).exit == 0)
    }

    @Test(.enabled(if: canTrace, "needs strace (apt-get install strace)"))
    func theRealCommandSurvivesEveryFailingCall() throws {
        let (scene, name) = try scene()
        var acknowledged: Set<String> = ["What happened."]
        var counts: [String: Int] = [:]
        let calls = ["write", "fsync", "link", "rename", "unlink", "mkdir"]
        let faults = ["error=EIO", "error=ENOSPC", "signal=KILL"]
        var random = SplitMix(state: Self.seed)
        for call in calls {
            let numbers = Array(1...6)
            for fault in faults {
                for number in Self.isFull ? numbers : [numbers.randomElement(using: &random) ?? 1] {
                    let text = "\(call) \(fault) \(number)."
                    let file = try scene.write(text, to: "traced")
                    let process = try start(
                        scene, ["add", name, "discussion", file],
                        under: [
                            "/usr/bin/strace", "-f", "-qq", "-o", "/dev/null",
                            "-e", "trace=\(call)",
                            "-e", "inject=\(call):\(fault):when=\(number)",
                        ])
                    process.waitUntilExit()
                    let isDone =
                        process.terminationReason == .exit && process.terminationStatus == 0
                    if isDone { acknowledged.insert(text) }
                    counts["\(fault) \(isDone ? "done" : "failed")", default: 0] += 1
                    #expect(
                        Set(try texts(scene, name)).isSuperset(of: acknowledged),
                        "\(call) \(fault) \(number)")
                }
            }
        }
        print("strace: \(counts.sorted { $0.key < $1.key }); CASEVAULT_SEED=\(Self.seed)")
        let last = try scene.write("The last.", to: "last")
        try scene.must("Robin", ["add", name, "discussion", last])
        #expect(!scene.listing.contains { $0.contains(".casevault-") })
        #expect(try scene.run("Robin", ["verify", "--json"]).exit == 0)
        #expect(counts.contains { $0.key.hasSuffix("failed") }, "nothing was injected")
    }
}

/// Random numbers that a seed replays.
private struct SplitMix: RandomNumberGenerator {
    /// Where it stands.
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
