// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// A temporary folder with people, each on a machine of their own, and one shared vault.
final class Scene {
    /// The folder of everything; gone with the scene.
    let folder: URL
    /// The vault.
    var vault: URL { folder.appending(path: "vault") }

    /// An empty scene.
    init() throws {
        folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "casevault-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A path in the scene.
    func path(_ name: String) -> String { folder.appending(path: name).path }

    /// Writes a file in the scene and answers its path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: folder.appending(path: name))
        return path(name)
    }

    /// Runs the command on a person's machine.
    @discardableResult
    func run(
        _ person: String, _ arguments: [String], input: String? = nil,
        environment: [String: String] = [:]
    ) throws -> Tool.Result {
        let home = path("home-\(person)")
        try FileManager.default.createDirectory(
            atPath: home, withIntermediateDirectories: true)
        var all = ["HOME": home, "CASEVAULT_DIR": vault.path, "SWIFT_BACKTRACE": "enable=no"]
        all.merge(environment) { $1 }
        return try Tool.run(
            arguments, environment: all, in: folder, input: input.map { Data($0.utf8) })
    }

    /// Runs a line of shell on a person's machine; the command is `$CASEVAULT`.
    func shell(_ person: String, _ line: String) throws -> Tool.Result {
        let home = path("home-\(person)")
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        return try Tool.run(
            program: "/bin/bash", ["-c", line],
            environment: [
                "HOME": home, "CASEVAULT_DIR": vault.path, "SWIFT_BACKTRACE": "enable=no",
                "PATH": "/usr/bin:/bin", "CASEVAULT": Tool.path,
            ], in: folder)
    }

    /// Runs the command on a person's machine, on a terminal, and types answers to its questions.
    func type(
        _ person: String, _ arguments: [String],
        _ answers: [(question: String, answer: String)] = [], columns: Int? = nil
    ) throws -> Tool.Result {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/python3") else {
            try Test.cancel("there is no python3 for a terminal")
        }
        let words =
            (columns.map { ["--columns", "\($0)"] } ?? [])
            + answers.flatMap { ["--on", $0.question, $0.answer] }
        let home = path("home-\(person)")
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        return try Tool.run(
            program: Tool.root.appending(path: "Tests/Scripts/pty-run").path,
            words + ["--", Tool.path] + arguments,
            environment: [
                "HOME": home, "CASEVAULT_DIR": vault.path, "SWIFT_BACKTRACE": "enable=no",
                "PATH": "/usr/bin:/bin",
            ], in: folder)
    }

    /// The files in which a person's computer remembers something.
    func memory(_ person: String) throws -> [(name: String, bytes: Data)] {
        let folder = path("home-\(person)/.local/state/casevault")
        return try FileManager.default.contentsOfDirectory(atPath: folder).map {
            ($0, try Data(contentsOf: URL(filePath: folder + "/" + $0)))
        }
    }

    /// Runs a command that must succeed, with `--json`.
    @discardableResult
    func must(
        _ person: String, _ arguments: [String], input: String? = nil,
        at location: SourceLocation = #_sourceLocation
    ) throws -> Tool.Result {
        let result = try run(person, arguments + ["--json"], input: input)
        try #require(result.exit == 0, "\(arguments): \(result.errors)", sourceLocation: location)
        #expect(result.json["ok"] as? Bool == true, sourceLocation: location)
        #expect(result.json["v"] as? Int == 1, sourceLocation: location)
        return result
    }

    /// Makes a key without passphrase; leaves the card in `NAME.card` and gives the fingerprint.
    @discardableResult
    func makeKey(_ person: String) throws -> String {
        let made = try must(person, ["key", person, "--no-passphrase"])
        try write(made.json["card"] as? String ?? "", to: person + ".card")
        return made.json["fingerprint"] as? String ?? ""
    }

    /// A committee: the first person founds it, admits the others, and everybody confirms.
    func committee(_ people: String...) throws {
        var fingerprints: [String: String] = [:]
        for person in people { fingerprints[person] = try makeKey(person) }
        let founder = people[0]
        try must(founder, ["create", "Local organizers"])
        for person in people.dropFirst() {
            try must(
                founder,
                [
                    "admit", path(person + ".card"), "--fingerprint", fingerprints[person] ?? "",
                    "--withhold", "none",
                ])
        }
        for person in people.dropFirst() {
            for other in people where other != person {
                try must(person, ["confirm", other, "--fingerprint", fingerprints[other] ?? ""])
            }
        }
    }

    /// Starts a case and gives its code name.
    func startCase(
        _ person: String, about: String = "Alex Doe; adoe\n", text: String = "What happened.",
        _ options: String...
    ) throws -> String {
        try write(about, to: "about")
        try write(text, to: "report.txt")
        let started = try must(
            person,
            ["report", path("report.txt"), "--about", path("about")] + options
                + (options.contains("--withhold") ? [] : ["--withhold", "none"]))
        return started.json["case"] as? String ?? ""
    }

    /// The check ids that somebody can see.
    func checks(_ person: String) throws -> [String] {
        let listed = try must(person, ["declare", "--list"])
        return (listed.json["checks"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
    }

    /// Declares on every check that somebody can see.
    @discardableResult
    func declare(_ person: String, _ answer: String) throws -> Tool.Result {
        let items = try checks(person).map { #"{"check":"\#($0)","answer":"\#(answer)"}"# }
        return try must(
            person, ["declare"], input: #"{"answers":[\#(items.joined(separator: ","))]}"#)
    }

    /// The name of every file in the vault, with its size: to see that nothing was changed.
    var listing: [String] {
        let names = FileManager.default.enumerator(atPath: vault.path)?.allObjects as? [String]
        return (names ?? []).sorted().map { name in
            let path = vault.appending(path: name).path
            let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
            return "\(name) \(size ?? -1)"
        }
    }
}
