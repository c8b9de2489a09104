// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// Nothing that is stored can act on the terminal or mislead a reader, whatever shows it.
struct HarmlessDisplayTests {
    /// What stored texts try.
    private let hostile =
        "bell\u{7} red\u{1B}[31m \u{9B}2J rtl\u{202E}gnp \u{2066}iso zero\u{200B}w\u{FEFF} "
        + "nul? \u{7F} line\u{2028}sep \r over"

    /// Characters that must not come out.
    private let forbidden = "\u{7}\u{1B}\u{9B}\u{202E}\u{2066}\u{200B}\u{FEFF}\u{7F}\u{2028}\r"
        .unicodeScalars

    /// Checks what a command wrote.
    private func expectHarmless(
        _ result: Tool.Result, ignoring ignored: Unicode.Scalar? = nil, _ what: String,
        at location: SourceLocation = #_sourceLocation
    ) {
        for scalar in (result.text + result.errors).unicodeScalars
        where scalar != ignored && forbidden.contains(scalar) {
            Issue.record(
                "\(what) shows U+\(String(scalar.value, radix: 16))", sourceLocation: location)
            return
        }
    }

    @Test func everyCommandThatShowsStoredText() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Ѕam Раlmer")
        let quoted = String(
            decoding: try JSONEncoder().encode([
                "reporterName": "Charlie\u{202E} \u{1B}Doe", "behaviour": hostile,
                "circumstances": hostile,
            ]), as: UTF8.self)
        try scene.write(quoted, to: "fields")
        let name = try scene.startCase(
            "Robin", about: "Alex Doе; a\u{301}doe; مرحبا (x)\n", text: hostile,
            "--fields", scene.path("fields"))
        let attached = try scene.write("x", to: "a\u{1B}[1m\u{202E}.txt")
        try scene.write(hostile, to: "text")
        try scene.must(
            "Robin", ["add", name, "witness", scene.path("text"), "--attach", attached])
        try scene.must("Robin", ["row", name, "dateTime=@" + scene.path("text")])
        try scene.declare("Ѕam Раlmer", "noConflict")
        try scene.must("Robin", ["catch-up"])
        let out = scene.path("out")
        for words in [
            ["show"], ["show", "--register"], ["show", name], ["show", name, "1"],
            ["show", name, "2"], ["show", "--html"],
            ["show", name, "--html"], ["members"], ["declare", "--list"], ["access", name], [],
            ["verify"], ["export", out], ["catch-up"],
        ] {
            let result = try scene.run("Robin", words)
            #expect(result.exit == 0, "\(words)")
            expectHarmless(result, "\(words)")
        }
        expectHarmless(try scene.run("Robin", ["show", "--csv"]), ignoring: "\r", "csv")
        for words in [["show"], ["show", name], ["declare", "--list"]] {
            let result = try scene.run("Robin", words + ["--json"])
            #expect(result.exit == 0)
            for scalar in result.text.unicodeScalars
            where scalar.value < 0x20 || scalar == "\u{202E}" {
                #expect(scalar == "\n")
            }
        }
        // A name that only looks like another one is marked.
        let mark = "Ѕam Раlmer [letters of two alphabets]"
        for words in [["members"], ["show", name], ["access", name]] {
            #expect(try scene.run("Robin", words).text.contains(mark), "\(words)")
        }
        #expect(
            try scene.run("Robin", ["declare", "--list"]).text
                .contains("Alex Doе [letters of two alphabets]"))
        // What was exported can be looked at with any tool.
        let files = FileManager.default.enumerator(atPath: out)?.allObjects as? [String] ?? []
        for file in files where file.hasSuffix(".md") {
            let text = try String(contentsOfFile: out + "/" + file, encoding: .utf8)
            let isHarmless = text.unicodeScalars.allSatisfy { !forbidden.contains($0) }
            #expect(isHarmless, "\(file)")
        }
        let namesAreHarmless = files.joined().unicodeScalars.allSatisfy { !forbidden.contains($0) }
        #expect(namesAreHarmless)
        // And the text itself was kept.
        let entries = try scene.must("Robin", ["show", name]).json["entries"] as? [[String: Any]]
        #expect(entries?.first?["text"] as? String == hostile)
    }

    @Test func namesThatCannotBeShownAreRefused() throws {
        let scene = try Scene()
        for name in ["a\u{202E}b", "a\u{200B}b", "a\u{1B}b", "a\nb", "\u{FEFF}a", " "] {
            let result = try scene.run("x", ["key", name, "--no-passphrase", "--json"])
            #expect(result.exit == 1)
            #expect(result.errorCode == "badInput")
        }
    }

    @Test func membersAreFoundHoweverTheyAreTyped() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Ren\u{E9} Sample")
        let name = try scene.startCase("Robin")
        try scene.declare("Ren\u{E9} Sample", "noConflict")
        try scene.must("Robin", ["catch-up"])
        for typed in ["Rene\u{301} sample", "REN\u{C9}  SAMPLE", " ren\u{E9}\u{A0}Sample"] {
            try scene.must("Robin", ["access", name, "revoke", typed])
            try scene.must("Robin", ["access", name, "grant", typed])
        }
        let about = try scene.write("RENE\u{301} \t SAMPLE\n", to: "about-member")
        let asked = try scene.run("Robin", ["report", "--about", about, "--json"], input: "x")
        #expect(asked.exit == 2)
        #expect(asked.errorCode == "needsAnswer")
    }
}
