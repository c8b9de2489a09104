// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// Types the guide's commands, each person on a computer of their own.
final class GuidePlayer {
    /// Where it plays.
    private let scene: Scene
    /// The code names as they were drawn, by what the guide calls them: `home-shelf`.
    private(set) var cases: [String: String] = [:]
    /// Each person's fingerprint.
    private var fingerprints: [String: String] = [:]
    /// Each person's printed backup.
    private var backups: [String: String] = [:]

    /// A player for a scene.
    init(scene: Scene) { self.scene = scene }

    /// Runs one block, once or for several people.
    func play(_ step: GuideStep) throws {
        if step.has("page"), !Outside.canSeal { return }
        if let names = step.value(of: "for")?.split(separator: " ").map(String.init) {
            for name in names { try run(step.replacing(names[0], by: name)) }
        } else {
            try run(step)
        }
    }

    /// Runs the commands of one block as one person.
    private func run(_ step: GuideStep) throws {
        let person = try #require(step.actor)
        if let mail = step.value(of: "sealed") {
            let block = try Outside(scene, by: person).seal(
                to: [person.capitalized],
                leavingOut: fingerprints.keys.sorted().filter { $0 != person }.map(\.capitalized),
                ["about": "Dana Example"])
            try scene.write(Outside.mail(around: block), to: mail)
        }
        if step.has("new computer") {
            try FileManager.default.removeItem(atPath: scene.path("home-\(person)"))
        }
        for (place, command) in step.commands.enumerated() {
            var line = command
            for (told, drawn) in cases {
                line = line.replacing(told, with: drawn).replacing(
                    told.replacing("-", with: " "), with: drawn.replacing("-", with: " "))
            }
            if place == 0, let options = step.value(of: "add") {
                line += " " + (try filled(options, for: person))
            }
            let wantsJSON = place == 0 && (step.value(of: "say") != nil || isKey(command))
            let result = try shell(
                line + (wantsJSON ? " --json" : ""), as: person,
                input: try input(for: step, person))
            try #require(
                result.exit == 0, "line \(step.line): \(line): \(result.errors)\(result.text)")
            try note(result, of: step, command, person)
        }
        if step.has("opens") { try openAll(as: person) }
    }

    /// Whether a command makes or restores a key.
    private func isKey(_ command: String) -> Bool { command.hasPrefix("casevault key ") }

    /// What a person types on standard input.
    private func input(for step: GuideStep, _ person: String) throws -> String? {
        if step.has("backup") { return backups[person] }
        guard let answer = step.value(of: "answers") else { return nil }
        let open = try scene.must(person, ["declare", "--list"]).json["checks"]
        let answers = (open as? [[String: Any]] ?? []).filter {
            $0["answer"] is NSNull || $0["answer"] == nil
        }
        .map { #"{"check":"\#($0["id"] ?? "")","answer":"\#(answer)"}"# }
        try #require(!answers.isEmpty, "line \(step.line): nothing is asked of \(person)")
        return #"{"answers":[\#(answers.joined(separator: ","))]}"#
    }

    /// Options with fingerprints, the committee code and checks filled in.
    private func filled(_ options: String, for person: String) throws -> String {
        var filled = options
        for (name, digits) in fingerprints {
            filled = filled.replacing("{\(name)}", with: "'\(digits)'")
        }
        if filled.contains("{code}") {
            let code = try scene.must(person, ["members"]).json["code"] as? String
            filled = filled.replacing("{code}", with: "'\(code ?? "")'")
        }
        if let match = filled.firstMatch(of: /\{check of (.*)\}/) {
            let listed = try scene.must(person, ["declare", "--list"]).json["checks"]
            let check = (listed as? [[String: Any]] ?? []).first {
                ($0["people"] as? [[String: Any]] ?? []).contains {
                    $0["name"] as? String == String(match.1)
                }
            }
            filled = filled.replacing(match.0, with: check?["id"] as? String ?? "")
        }
        try #require(!filled.contains("{"), "not known: \(filled)")
        return filled
    }

    /// Remembers keys and code names.
    private func note(
        _ result: Tool.Result, of step: GuideStep, _ command: String, _ person: String
    ) throws {
        if isKey(command) {
            fingerprints[person] = result.json["fingerprint"] as? String
            if let backup = result.json["backup"] as? String { backups[person] = backup }
        }
        if let words = step.value(of: "say") {
            let name = try #require(result.json["case"] as? String)
            cases[words.replacing("\"", with: "").replacing(" ", with: "-")] =
                name.replacing(" ", with: "-")
        }
    }

    /// Says of every name that waits for it that it may be shown.
    private func openAll(as person: String) throws {
        let offers = try scene.must(person, []).json["offers"] as? [[String: Any]] ?? []
        let checks = try scene.must(person, ["declare", "--list"]).json["checks"]
        for offer in offers where offer["act"] as? String == "decideOpening" {
            let member = try #require(offer["member"] as? String)
            for check in checks as? [[String: Any]] ?? [] {
                let id = try #require(check["id"] as? String)
                _ = try scene.run(person, ["open", id, member, "yes"])
            }
        }
    }

    /// Runs a line as a shell would.
    private func shell(_ line: String, as person: String, input: String?) throws -> Tool.Result {
        let home = scene.path("home-\(person)")
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        let folder = URL(fileURLWithPath: Tool.path).deletingLastPathComponent().path
        return try Tool.run(
            program: "/bin/sh", ["-c", line],
            environment: [
                "HOME": home, "CASEVAULT_DIR": scene.vault.path, "SWIFT_BACKTRACE": "enable=no",
                "PATH": "\(folder):/usr/bin:/bin",
            ], in: scene.folder, input: input.map { Data($0.utf8) })
    }
}
