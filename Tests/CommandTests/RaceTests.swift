// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault
import Foundation
import Testing

/// What a program decided about what it showed, with another process at work in between.
struct RaceTests {
    private let scene: Scene

    init() throws {
        scene = try Scene()
        try scene.committee("Robin", "Sam")
    }

    /// The vault as a program of somebody holds it, opened before others write.
    private func program(of person: String) throws -> Vault {
        let file = scene.folder.appending(path: "home-\(person)/.config/casevault/key")
        return try Vault(
            at: scene.vault, key: try MemberKey(contentsOf: file, passphrase: nil),
            stateDirectory: scene.folder.appending(path: "program-of-\(person)"))
    }

    /// The names that somebody's computer asks about.
    private func names(shownTo person: String) throws -> [String] {
        let listed = try scene.must(person, ["declare", "--list"]).json["checks"]
        return (listed as? [[String: Any]] ?? []).flatMap { check in
            (check["people"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
        }.sorted()
    }

    @Test func aCheckOfAnotherProcessStaysClosedToTheNewcomer() throws {
        _ = try scene.startCase("Robin", about: "Alex Doe\n")
        let spoken = try scene.makeKey("Kim")
        let robins = try program(of: "Robin")
        let shown = robins.checks
        #expect(shown.count == 1)
        // Sam's process reports the newcomer while Robin looks at the list.
        _ = try scene.startCase("Sam", about: "Kim\n")
        let card = try MemberCard(contentsOf: scene.folder.appending(path: "Kim.card"))
        let change = try robins.admit(
            card, confirming: try SpokenDigits(typed: spoken), deciding: shown.decisions())
        #expect(change.waiting.contains { $0.need == .openDecision && $0.member == card })
        #expect(try names(shownTo: "Kim") == ["Alex Doe"])
        // Nobody's computer opens it by itself.
        for person in ["Robin", "Sam"] { try scene.must(person, ["catch-up"]) }
        #expect(try names(shownTo: "Kim") == ["Alex Doe"])
    }

    @Test func aMemberOfAnotherProcessIsNotAsked() throws {
        let spoken = try scene.makeKey("Kim")
        let robins = try program(of: "Robin")
        let shown = robins.members
        try scene.must(
            "Sam", ["admit", scene.path("Kim.card"), "--fingerprint", spoken, "--withhold", "none"])
        let started = try robins.startCase(
            about: [ReportedPerson(name: "Kim")], report: Report(text: "It happened."),
            deciding: shown.decisions())
        #expect(started.change.waiting.contains { $0.need == .openDecision })
        #expect(try names(shownTo: "Kim").isEmpty)
        for person in ["Robin", "Sam"] { try scene.must(person, ["catch-up"]) }
        #expect(try names(shownTo: "Kim").isEmpty)
    }

    /// The command itself: the list of one process, the decision of another.
    @Test func theCommandDecidesAboutWhatItListed() throws {
        _ = try scene.startCase("Robin", about: "Alex Doe\n")
        let spoken = try scene.makeKey("Kim")
        let listed = try scene.checks("Robin")
        _ = try scene.startCase("Sam", about: "Kim\n")
        try scene.must(
            "Robin",
            ["admit", scene.path("Kim.card"), "--fingerprint", spoken]
                + listed.flatMap { ["--show", $0] })
        #expect(try names(shownTo: "Kim") == ["Alex Doe"])
    }

    @Test func aCaseIsErasedOnlyAsItWasShown() throws {
        let name = try scene.startCase("Robin", about: "Alex Doe\n")
        try scene.declare("Sam", "noConflict")
        try scene.must("Robin", ["catch-up"])
        let shown = try scene.must("Robin", ["show", name]).json["version"] as? String ?? ""
        try scene.must("Sam", ["show", name, "--first-look", "noConflict"])
        try scene.must("Sam", ["add", name, "discussion"], input: "More.")
        let before = scene.listing
        let late = try scene.run(
            "Robin", ["erase", name, "--confirm", name, "--seen", shown, "--json"])
        #expect(late.exit != 0 && late.errorCode == "changedMeanwhile")
        #expect(scene.listing == before)
        let now = try scene.must("Robin", ["show", name]).json["version"] as? String ?? ""
        #expect(now != shown)
        try scene.must("Robin", ["erase", name, "--confirm", name, "--seen", now])
    }

    @Test func rulesSetSideBySideAreShownByTheCommand() throws {
        let copy = scene.folder.appending(path: "sams-copy")
        try FileManager.default.copyItem(at: scene.vault, to: copy)
        try scene.must("Robin", ["rules", try scene.write(#"{"minimumReaders":3}"#, to: "a.json")])
        let other = try scene.write(#"{"minimumReaders":4}"#, to: "b.json")
        let apart = try scene.run(
            "Sam", ["rules", other, "--json"], environment: ["CASEVAULT_DIR": copy.path])
        #expect(apart.exit == 0)
        for name in try FileManager.default.subpathsOfDirectory(atPath: copy.path) {
            let (from, to) = (copy.appending(path: name), scene.vault.appending(path: name))
            if FileManager.default.fileExists(atPath: to.path) { continue }
            try FileManager.default.copyItem(at: from, to: to)
        }
        for person in ["Robin", "Sam"] {
            let json = try scene.must(person, ["rules"]).json
            let beside = (json["sideBySide"] as? [[String: Any]] ?? [])
            let all = beside + [json["rules"] as? [String: Any] ?? [:]]
            #expect(Set(all.compactMap { $0["minimumReaders"] as? Int }) == [3, 4])
            let status = try scene.must(person, []).json["warnings"] as? [String] ?? []
            #expect(status.contains { $0.contains("without knowing of each other") })
        }
        try scene.must("Sam", ["rules", try scene.write(#"{"minimumReaders":4}"#, to: "c.json")])
        for person in ["Robin", "Sam"] {
            let json = try scene.must(person, ["rules"]).json
            #expect(json["sideBySide"] == nil)
            #expect((json["rules"] as? [String: Any])?["minimumReaders"] as? Int == 4)
        }
    }
}
