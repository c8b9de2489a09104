// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// The register as people see it, and as a spreadsheet gets it.
struct RegisterTableTests {
    /// A row with a code name and values.
    private func row(
        _ name: String, _ values: [RegisterRow.Column: String], digits: String = "0001"
    ) throws -> RegisterRow {
        RegisterRow(
            id: RegisterRow.ID(LogID.unnamed), codeName: try #require(CodeName(name)),
            disambiguation: digits, values: values)
    }

    @Test func looksLikeTheRowsOfTheModel() throws {
        let table = RegisterTable(rows: [
            try row(
                "home shelf",
                [
                    .safetyRisk: "yes", .repeatRisk: "yes", .status: "ongoing",
                    .dateTime: "07/07 8:30am and\n07/08 12:30pm",
                    .actionsNeeded: "Team on the lookout for reported person",
                    .resolution: " Temporary ban\tfor the remainder of the event ",
                ]),
            try row(
                "stunned bulb",
                [
                    .safetyRisk: "no", .repeatRisk: "maybe", .status: "resolved",
                    .dateTime: "07/07 8:00pm", .resolution: "verbal warning",
                ]),
        ])
        #expect(
            table.headings == [
                "Safety risk?", "Risk of repeating?", "Status", "Code Name", "Date & Time",
                "Actions needed", "Resolution",
            ])
        #expect(
            table.rows == [
                [
                    "Yes", "Yes", "Ongoing", "home shelf", "07/07 8:30am and 07/08 12:30pm",
                    "Team on the lookout for reported person",
                    "Temporary ban for the remainder of the event",
                ],
                ["No", "Maybe", "Resolved", "stunned bulb", "07/07 8:00pm", "-", "verbal warning"],
            ])
    }

    @Test func showsTheColumnsOfTheRulesAndKeepsTheOthers() throws {
        let json = """
            {"columns": [{"name": "resolution", "label": "=What came of it"}, {"name": "status"}]}
            """
        let committee = try TestCommittee("Robin", rules: Rules(json: Array(json.utf8)))
        let item = try committee.startCase(by: "Robin")
        _ = try item.updateRow([.resolution: "A talk", .safetyRisk: "yes"])
        let table = RegisterTable(of: item.vault)
        #expect(table.headings == ["Code Name", "=What came of it", "Status"])
        #expect(table.nameColumn == 0)
        #expect(table.rows == [[item.codeName.description, "A talk", "New"]])
        #expect(table.csv.hasPrefix("\"Code Name\",\"'=What came of it\",\"Status\"\r\n"))
        let pages = [RegisterPage(of: item.vault).html, try CasePage(of: item).html]
        for page in pages {
            #expect(page.contains("=What came of it") && !page.contains("Safety risk?"))
        }
        #expect(item.row?[.safetyRisk] == "yes")
        _ = try item.vault.changeRules(Rules(json: Array("{}".utf8)))
        #expect(RegisterTable(of: item.vault).rows.first?.first == "Yes")
    }

    @Test func rowsOfOneCodeNameGetTheirDigits() throws {
        let table = RegisterTable(rows: [
            try row("home shelf", [:], digits: "0042"), try row("home shelf", [:], digits: "0043"),
            try row("stunned bulb", [:]),
        ])
        #expect(table.rows.map { $0[3] } == ["home shelf 0042", "home shelf 0043", "stunned bulb"])
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "  '=1"), ("\u{FF1D}1", "'\u{FF1D}1"), ("\u{2212}1", "'\u{2212}1"),
        ("a;=1", "a;'=1"), ("a, @b", "a, '@b"), ("a\t=1", "a\t'=1"), ("a|=cmd", "a|'=cmd"),
        ("a\"=1", "a\"'=1"), ("a\n-1", "a\n'-1"), ("\"\"=1", "\"\"'=1"),
        ("07/07 8:30am - noon", "07/07 8:30am - noon"), ("a=b", "a=b"), ("", ""),
        ("'=1", "'=1"), ("x@example.org", "x@example.org"),
    ])
    func disarms(_ text: String, _ expected: String) {
        #expect(RegisterTable.disarmed(text) == expected)
    }

    @Test func csvIsAsTheStandardHasIt() throws {
        let csv = RegisterTable(rows: [
            try row(
                "home shelf",
                [
                    .status: "new", .dateTime: "say \"when\"", .actionsNeeded: "a,b\r\nc\u{1B}",
                    .resolution: "=HYPERLINK(\"x\")",
                ])
        ]).csv
        #expect(
            csv == #""Safety risk?","Risk of repeating?","Status","Code Name","Date & Time","#
                + #""Actions needed","Resolution""# + "\r\n"
                + #""","","New","home shelf","say ""when""","a,b c\u{001B}","#
                + #""'=HYPERLINK(""x"")""# + "\r\n")
    }

    /// However a program divides a file into cells, none begins with a formula.
    @Test func noDialectFindsAFormula() throws {
        var random = SeededRandom()
        let pieces = [
            "=", "+", "-", "@", ";", ",", "\t", "\"", "|", " ", "a", "\n", "\r", "\u{FF1D}",
        ]
        for _ in 0..<500 {
            let text = (0..<8).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            let csv = RegisterTable(rows: [try row("home shelf", [.resolution: text])]).csv
            for separator in [",", ";", "\t", "|"] {
                let cells = csv.split { $0.isNewline || String($0) == separator }
                for cell in cells {
                    let bare = cell.drop { $0 == " " || $0 == "\"" }
                    let first = bare.unicodeScalars.first
                    #expect(
                        first.map { !"=+-@\u{FF1D}".unicodeScalars.contains($0) } ?? true,
                        "\(random.hint)")
                }
            }
        }
    }

    @Test func genderedWordsAreFoundAsWordsInAnyCase() {
        #expect(
            Case.genderedWords(in: "He's been told; HIS badge was taken. Mr. X") == [
                "he", "his", "mr",
            ])
        #expect(Case.genderedWords(in: "\u{FF33}he left") == ["she"])
        for text in ["", "They left with their badge", "the theme here", "shed", "Human", "mend"] {
            #expect(Case.genderedWords(in: text).isEmpty, "\(text)")
        }
    }

    /// The ways in which people write a name that the case has.
    @Test(arguments: [
        "Talk to Robin Example's team", "talk to ROBIN  EXAMPLE", "robin\nexample",
        "Robin\u{A0}Example", "re\u{301}my", "R\u{E9}MY\u{2019}s", "ask rexample.", "(Charlie Doe)",
        "cdoe", "witness jo testperson", "R\u{200B}obin Example", "Rоbin Exаmple",
    ])
    func theRegisterTakesNoName(_ text: String) throws {
        let committee = try TestCommittee("Mika")
        let vault = try committee.vault("Mika")
        var report = Report(text: "It happened.")
        report.reporterName = "Charlie Doe"
        report.reporterAliases = ["cdoe"]
        report.witnesses = [.init(name: "Jo Testperson")]
        let item = try vault.startCase(
            about: [ReportedPerson(name: "Robin Example", aliases: ["rexample", "Rémy"])],
            report: report)
        for column in [RegisterRow.Column.dateTime, .actionsNeeded, .resolution] {
            #expect(throws: VaultError.nameInRegister) { try item.updateRow([column: text]) }
        }
        #expect(item.row?.values == [.status: "new"])
        _ = try item.updateRow([.resolution: "Robinson Examples"])
    }

    @Test func aliasesOfTheReporterAreWarnedOfInLetters() throws {
        let committee = try TestCommittee("Mika")
        var report = Report(text: "It happened.")
        report.reporterName = "Charlie Doe"
        report.reporterAliases = ["cdoe", "Charly"]
        report.witnesses = [.init(name: "Jo Testperson")]
        let item = try committee.vault("Mika").startCase(
            about: [ReportedPerson(name: "Robin Example")], report: report)
        for kind in [EntryKind.moderators, .reportedPerson, .publicStatement] {
            #expect(try item.namesAtRisk(in: "as CDOE said", for: kind).map(\.role) == [.reporter])
            #expect(try item.namesAtRisk(in: "charly's text", for: kind).count == 1)
            #expect(
                try item.namesAtRisk(in: "JO  TESTPERSON", for: kind).map(\.role) == [.witness])
            #expect(try item.namesAtRisk(in: "cdoes Robin Example", for: kind).isEmpty)
        }
        #expect(try item.namesAtRisk(in: "Charlie Doe", for: .discussion).isEmpty)
    }

    /// Part of a name is warned of in letters, and is never a reason to refuse.
    @Test(arguments: [
        ("Casey is fine.", 1), ("the WRITER\u{2019}s words", 1), ("casey", 1), ("Ca\u{200B}sey", 1),
        ("said Lena", 1), ("m\u{FC}ller", 1), ("cw", 0), ("Jo agrees", 0), ("Jo de Witte", 1),
        ("witte", 1), ("caseys", 0), ("rewriter", 0), ("example.org", 0), ("cwriter", 1),
        ("Robin Other", 0), ("Mx. Other", 0),
        ("chris", 1), ("", 0),
    ])
    func aWordOfANameIsWarnedOf(_ text: String, _ count: Int) throws {
        let committee = try TestCommittee("Mika")
        var report = Report(text: "It happened.")
        report.reporterName = "Casey Writer"
        report.reporterAliases = ["cwriter@example.org"]
        report.witnesses = [
            .init(name: "Jo de Witte"), .init(name: "Anna-Lena M\u{FC}ller"),
            .init(name: "Chris Other"),
        ]
        let item = try committee.vault("Mika").startCase(
            about: [ReportedPerson(name: "Robin Other")], report: report)
        #expect(try item.namesAtRisk(in: text, for: .moderators).count == count)
        #expect(try item.namesAtRisk(in: text, for: .discussion).isEmpty)
        if !["Jo de Witte", "Robin Other"].contains(text) {
            _ = try item.updateRow([.resolution: text])
            #expect(item.row?[.resolution] == text)
        }
    }

    @Test func anAliasWithoutANameCountsToo() throws {
        let committee = try TestCommittee("Mika")
        var report = Report(text: "It happened.")
        report.reporterAliases = ["cdoe"]
        let item = try committee.vault("Mika").startCase(
            about: [ReportedPerson(name: "Robin Example")], report: report)
        #expect(try item.namesAtRisk(in: "cdoe", for: .publicStatement).count == 1)
        #expect(throws: VaultError.nameInRegister) { try item.updateRow([.resolution: "cdoe"]) }
    }
}
