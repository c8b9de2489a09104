// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// No secret, reported name or plaintext appears in any error.
struct SecrecyTests {
    /// What must not come up in an error of a command that was not asked to show it.
    private let marks = [
        "Quillon", "quillonalias", "MARKTEXT", "Reporta", "Witnessa", "MARKENTRY", "MARKPASS",
        "MARKANSWER", "MARKFIELD", "Secondquill",
    ]

    /// A vault full of marks: Robin reads the case, Sam has to look at it, Kim does not read it.
    private func scene() throws -> (Scene, name: String, check: String) {
        let scene = try Scene()
        try scene.committee("Robin", "Sam", "Kim")
        try scene.write(
            #"{"reporterName":"Reporta Doe","witnesses":[{"name":"Witnessa Doe"}]}"#, to: "fields")
        let name = try scene.startCase(
            "Robin", about: "Quillon Doe; quillonalias\n", text: "MARKTEXT happened.",
            "--fields", scene.path("fields"))
        try scene.must("Robin", ["add", name, "witness"], input: "MARKENTRY seen.")
        try scene.declare("Sam", "noConflict")
        try scene.must("Robin", ["catch-up"])
        return (scene, name, try #require(try scene.checks("Robin").first))
    }

    @Test func noMarkComesUpInAnyError() throws {
        let (scene, name, check) = try scene()
        let about = try scene.write("Quillon Doe\nquillon doe\n", to: "about-twice")
        let good = try scene.write("Secondquill Doe\n", to: "about-good")
        let member = try scene.write("Kim\nSecondquill Doe\n", to: "about-member")
        let invisible = try scene.write("Quillon\u{202E} Doe\n", to: "about-invisible")
        let binary = scene.path("binary")
        try Data([0x4D, 0xFF] + Array("MARKTEXT".utf8)).write(to: URL(fileURLWithPath: binary))
        let fields = try scene.write(#"{"behaviour":{"MARKFIELD":1}}"#, to: "fields-bad")
        let names = try scene.write("Ask Quillon Doe, Reporta Doe or Witnessa Doe", to: "names")
        let mail = try scene.write("From: Reporta\n", to: "mail.eml")
        let failing: [(person: String, words: [String], input: String?)] = [
            ("Robin", ["report", "--about", about], "MARKTEXT"),
            ("Robin", ["report", "--about", invisible], "MARKTEXT"),
            ("Robin", ["report", "--about", member], "MARKTEXT"),
            ("Robin", ["report", mail, "--about", good], nil),
            ("Robin", ["report", "--about", good, "--fields", fields], "MARKTEXT"),
            ("Robin", ["report", "--about", good, "--withhold", "Nobody"], "MARKTEXT"),
            ("Robin", ["report", "--about", good], ""),
            ("Robin", ["report"], "MARKTEXT"),
            ("Robin", ["check", name, "--about", about], nil),
            ("Robin", ["check", name, "--about", good, "--withhold", "Robin"], nil),
            ("Robin", ["row", name, "resolution=@" + names], nil),
            ("Robin", ["row", name, "status=@" + names], nil),
            ("Robin", ["row", name, "resolution=@" + binary], nil),
            ("Robin", ["add", name, "plan", "--corrects", "9"], "MARKENTRY"),
            ("Robin", ["add", name, "plan", "--attach", "/none"], "MARKENTRY"),
            ("Robin", ["show", name, "9"], nil),
            ("Robin", ["show", name, "1", "--attachment", "1"], nil),
            ("Robin", ["access", name, "grant", "Kim"], nil),
            ("Robin", ["access", name, "grant", "Sam"], nil),
            ("Robin", ["access", name, "revoke", "Kim"], nil),
            ("Robin", ["open", check, "Kim", "yes"], nil),
            ("Robin", ["open", check, "Nobody", "yes"], nil),
            ("Robin", ["admit", scene.path("Kim.card"), "--fingerprint", "1"], nil),
            ("Robin", ["declare"], #"{"answers":[{"check":"MARKANSWER","answer":"conflict"}]}"#),
            ("Sam", ["show", name], nil),
            ("Sam", ["add", name, "plan"], "MARKENTRY"),
            ("Sam", ["row", name, "resolution=MARKENTRY"], nil),
            ("Kim", ["show", name], nil), ("Kim", ["access", name], nil),
            ("Kim", ["add", name, "plan"], "MARKENTRY"),
            ("Kim", ["open", check, "Sam", "no"], nil),
            (
                "Kim", ["key", "--from-backup", "--no-passphrase", "--key", "k"],
                "MARKPASS\nMARKPASS"
            ),
            ("anybody", ["Quillon"], nil), ("anybody", ["help", "Quillon"], nil),
            ("anybody", ["show", "--about=Quillon"], nil),
            ("anybody", ["card", "Quillon"], nil), ("anybody", ["add", "a", "MARKENTRY"], nil),
            ("anybody", ["row", "a", "MARKENTRY"], nil),
            ("anybody", ["show", "a", "MARKENTRY"], nil),
        ]
        let before = scene.listing
        for (person, words, input) in failing {
            for isJSON in [false, true] {
                let result = try scene.run(
                    person, isJSON ? words + ["--json"] : words, input: input)
                #expect(result.exit != 0, "\(words) did not fail")
                for mark in marks where (result.text + result.errors).contains(mark) {
                    Issue.record("\(words) shows \(mark)")
                }
            }
        }
        #expect(scene.listing == before)
    }

    @Test func aDamagedVaultShowsNoMark() throws {
        let (scene, name, _) = try scene()
        let sealed = scene.vault.appending(path: "sealed")
        let names = FileManager.default.enumerator(atPath: sealed.path)?.allObjects as? [String]
        for file in (names ?? []).filter({ $0.utf8.count > 60 }).sorted() {
            let url = sealed.appending(path: file)
            let whole = try Data(contentsOf: url)
            var bytes = whole
            bytes[bytes.count - 40] ^= 1
            try bytes.write(to: url)
            for words in [
                ["verify"], ["verify", "--no-key"], ["show", name, "9"], ["access", "no"],
            ] {
                let result = try scene.run("Robin", words)
                #expect(result.exit != 0)
                for mark in marks where (result.text + result.errors).contains(mark) {
                    Issue.record("\(words) shows \(mark)")
                }
            }
            try whole.write(to: url)
        }
    }

    @Test func theFolderHoldsNoMark() throws {
        let (scene, _, _) = try scene()
        let names = FileManager.default.enumerator(atPath: scene.folder.path)?.allObjects
        let inputs = ["about", "report.txt", "fields"]
        var seen = 0
        for name in names as? [String] ?? [] where !inputs.contains(name) {
            guard let bytes = try? Data(contentsOf: scene.folder.appending(path: name)) else {
                continue
            }
            seen += 1
            for mark in marks { #expect(bytes.range(of: Data(mark.utf8)) == nil) }
        }
        #expect(seen > 10)
    }
}
