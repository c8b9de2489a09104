// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// The register as a table, a spreadsheet and a page; names refused, gendered words hinted at.
struct RegisterTests {
    /// A vault with the two rows of the model.
    private func scene() throws -> (Scene, ongoing: String, resolved: String) {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let one = try scene.startCase("Robin")
        let two = try scene.startCase("Robin", about: "Kim Sample\n")
        try scene.must(
            "Robin",
            [
                "row", one, "safetyRisk=yes", "repeatRisk=yes", "status=ongoing",
                "dateTime=07/07 8:30am and 07/08 12:30pm",
                "actionsNeeded=Team on the lookout for reported person",
                "resolution=Temporary ban for the remainder of the event, reevaluate attendance "
                    + "for next year",
            ])
        try scene.must(
            "Robin",
            [
                "row", two, "safetyRisk=no", "repeatRisk=maybe", "status=resolved",
                "dateTime=07/07 8:00pm", "resolution=Verbal warning",
            ])
        return (scene, one, two)
    }

    /// The lines of a table as cells.
    private func cells(_ text: String) -> [[String]] {
        text.split(separator: "\n").map { line in
            line.components(separatedBy: " | ").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
        }
    }

    @Test func theTableLooksLikeTheModel() throws {
        let (scene, one, two) = try scene()
        let text = try scene.run("Sam", ["show", "--register"]).text
        let expected = [
            [
                "Yes", "Yes", "Ongoing", one, "07/07 8:30am and 07/08 12:30pm",
                "Team on the lookout for reported person",
                "Temporary ban for the remainder of the event, reevaluate attendance for next year",
            ],
            ["No", "Maybe", "Resolved", two, "07/07 8:00pm", "-", "Verbal warning"],
        ].sorted { $0[3] < $1[3] }
        let lines = cells(text)
        #expect(
            lines[0] == [
                "Safety risk?", "Risk of repeating?", "Status", "Code Name", "Date & Time",
                "Actions needed", "Resolution",
            ])
        #expect(Array(lines.dropFirst(2)) == expected)
        // Aligned: every bar stands below the one above.
        let bars = text.split(separator: "\n").map { line in
            line.enumerated().filter { $0.element == "|" || $0.element == "+" }.map(\.offset)
        }
        #expect(Set(bars).count == 1)
    }

    @Test(arguments: [200, 130, 115, 80, 40])
    func nothingIsLostOnANarrowTerminal(_ columns: Int) throws {
        let (scene, one, _) = try scene()
        let text = try scene.type("Sam", ["show", "--register"], columns: columns).text
        let lines = text.split(separator: "\n")
        if columns > 100 {
            let isFitting = lines.allSatisfy { $0.count <= columns }
            #expect(isFitting)
            #expect(text.contains(" | "))
        } else {
            #expect(text.contains("Code Name: \(one)\n"))
            #expect(!text.contains(" | "))
        }
        let words = Set(text.split { !$0.isLetter }.map(String.init))
        #expect(
            words.isSuperset(of: ["lookout", "reevaluate", "attendance", "remainder", "Verbal"]))
    }

    @Test func aSpreadsheet() throws {
        let (scene, one, _) = try scene()
        try scene.write("=cmd|'/c calc'!A1; +1, \"-2\"\n@x", to: "formula")
        try scene.must("Robin", ["row", one, "actionsNeeded=@" + scene.path("formula")])
        let result = try scene.run("Sam", ["show", "--csv"])
        #expect(result.exit == 0)
        #expect(result.text.contains("\"'=cmd|'/c calc'!A1; '+1, \"\"'-2\"\" '@x\""))
        #expect(result.errors.contains("not encrypted"))
        let lines = result.text.components(separatedBy: "\r\n")
        #expect(lines.count == 4 && lines[3].isEmpty)
        let noBareBreak = lines.allSatisfy { !$0.contains("\n") && !$0.contains("\r") }
        #expect(noBareBreak)
        let file = scene.path("register.csv")
        let saved = try scene.must("Sam", ["show", "--csv", "--output", file])
        #expect(saved.keys == ["file", "warnings"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == result.output)
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        #expect(
            try scene.run("Sam", ["show", "--csv", "--output", file]).exit == 1, "never replaced")
    }

    @Test func gendersAreHintedAtAndNotRefused() throws {
        let (scene, one, _) = try scene()
        try scene.write("He was told; his badge", to: "words")
        let result = try scene.must("Robin", ["row", one, "resolution=@" + scene.path("words")])
        let warning =
            "The column resolution is gendered (he, his): the register uses neutral words."
        #expect(result.json["warnings"] as? [String] == [warning])
        #expect(result.errors.contains("casevault: warning: \(warning)\n"))
        let row = result.json["row"] as? [String: String]
        #expect(row?["resolution"] == "He was told; his badge", "written all the same")
    }

    @Test(arguments: [
        "Alex Doe's badge", "ALEX   DOE", "alex\u{A0}doe", "ask ADOE.", "Ale\u{200B}x Doe",
        "Аlех Dое", "Cafe\u{301} Club's", "CAF\u{C9} CLUB", "charlie doe", "Jo\nTestperson", "cdoe",
    ])
    func namesAreRefusedHoweverTheyAreTyped(_ text: String) throws {
        let scene = try Scene()
        try scene.committee("Robin")
        try scene.write(
            #"{"reporterName":"Charlie Doe","reporterAliases":["cdoe"],"#
                + #""witnesses":[{"name":"Jo Testperson"}]}"#, to: "fields")
        let name = try scene.startCase(
            "Robin", about: "Alex Doe; adoe; Café Club\n", "--fields", scene.path("fields"))
        try scene.write(text, to: "words")
        let result = try scene.run(
            "Robin", ["row", name, "resolution=@" + scene.path("words"), "--json"])
        #expect(result.exit == 1)
        #expect(result.errorCode == "refused")
        // The reporter and the witness are warned of in letters in the same way.
        let isReported = ["doe's", "alex", "ale", "Аlех", "adoe", "caf"].contains {
            text.lowercased().hasPrefix($0.lowercased()) || text.contains("ADOE")
        }
        let added = try scene.must("Robin", ["add", name, "public"], input: text)
        #expect((added.json["warnings"] as? [String])?.count == (isReported ? 0 : 1))
    }

    @Test func optionsThatDoNotBelongTogether() throws {
        let scene = try Scene()
        for (words, message) in [
            (["show", "--csv", "--html"], "--attachment, --html and --csv exclude each other."),
            (["show", "a", "--csv"], "--csv is for the register."),
            (["show", "a", "1", "--html"], "--html shows a whole case, not one entry."),
            (["show", "--html", "--json"], "--html with --json needs --output FILE."),
            (["show", "--output", "x"], "--output needs --attachment, --html or --csv."),
        ] {
            let result = try scene.run("anybody", words)
            #expect(result.exit == 2)
            #expect(result.text.isEmpty || words.contains("--json"))
            #expect(result.errors.contains("casevault: error: \(message)\n"), "\(words)")
        }
    }
}
