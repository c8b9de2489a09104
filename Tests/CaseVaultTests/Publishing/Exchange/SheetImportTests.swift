// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// The status spreadsheet that committees have had: its lines fill the register, and those without
/// documents become cases when somebody says whom they are about.
struct SheetImportTests {
    /// The first line of the spreadsheet.
    private static let head =
        "Safety risk?,Risk of repeating?,Status,Code Name,Date & Time,Actions needed,Resolution\n"

    @Test func aLineWithoutDocumentsBecomesACase() throws {
        let committee = try TestCommittee("Mika", "Sam")
        let folder = ExchangeFolder(committee)
        try folder.write(
            Self.head + "Yes,Yes,Ongoing,home shelf,2024-07-07 8:30am,Look out,Ban for the event\n"
                + "No,Maybe,Resolved,stunned bulb,07/07 8:00pm,-,Verbal warning\n"
                + "No,No,Resolved,lost lamp,2023-05-01,,\n", to: "register.csv")
        try folder.write("- Robin Example (they/them)\n", to: "Home Shelf.about")
        let vault = try committee.vault("Mika")
        var plan = try vault.importPlan(of: folder.url)
        #expect(plan.problems.isEmpty)
        #expect(plan.linesWithoutCase == ["lost lamp", "stunned bulb"])
        plan.setPeople([ReportedPerson(name: "Kim Sample")], ofLine: "stunned bulb")
        plan.setPeople([], ofLine: "lost lamp")
        #expect(plan.linesWithoutCase == ["lost lamp"])
        // The line has a day without a year: which it was has to be said.
        let open = plan.casesWithoutDay
        #expect(open.map { plan.label(ofCase: $0) } == ["stunned bulb"])
        let before = try committee.snapshot()
        #expect(throws: VaultError.daysNotSaid(1)) { try vault.importCases(plan) }
        #expect(try committee.snapshot() == before)
        let day = try #require(Day("2024-07-07"))
        for number in open { plan.setDay(day, ofCase: number) }
        let done = try vault.importCases(plan)
        #expect(done.count == 2)
        let items = try done.map { try vault.case(named: $0.codeName.description) }
        let shelf = try CaseContents(items[0])
        #expect(shelf.people == [ReportedPerson(name: "Robin Example", aliases: [])])
        #expect(shelf.report.receivedOn == day)
        #expect(
            shelf.row == [
                .safetyRisk: "yes", .repeatRisk: "yes", .status: "ongoing",
                .dateTime: "2024-07-07 8:30am", .actionsNeeded: "Look out",
                .resolution: "Ban for the event",
            ])
        #expect(shelf.report.text.contains("“home shelf”"))
        #expect(try CaseContents(items[1]).row[.status] == "resolved")
        // It is read by whoever took it over, and by others as every case is.
        #expect(items[0].readers.map(\.name) == ["Mika"])
        #expect(vault.numbers(year: 2024).period == NumbersPeriod(year: 2024))
        #expect(vault.facts(of: try items[1].view()).received == day)
        // The same again adds nothing.
        var again = try vault.importPlan(of: folder.url)
        again.setPeople([ReportedPerson(name: "Kim Sample")], ofLine: "stunned bulb")
        for number in again.casesWithoutDay { again.setDay(day, ofCase: number) }
        #expect(try vault.importCases(again).map(\.added) == [0, 0])
    }

    @Test func columnsOfNewerPracticeComeWithTheirDays() throws {
        let rules = #"{"responses": [{"name": "warning"}, {"name": "suspension", "steps": 2}]}"#
        let committee = try TestCommittee("Mika", rules: Rules(json: Array(rules.utf8)))
        let folder = ExchangeFolder(committee)
        try folder.write(
            "Code Name;Status;Decided by;Resolved on;Review on;Response\r\n"
                + "home shelf;Banned;Board;05.10.2024;2025-10-05;Second Suspension\r\n"
                + "home shelf;New;;;;\r\n"
                + "lost lamp;Flagged;Somebody;soon;;expulsion\r\n", to: "status.csv")
        try folder.write("Robin Example\n", to: "home shelf/about")
        try folder.write("On 2024-10-01 it happened.\n", to: "home shelf/report.md")
        try folder.write("Kim Sample\n", to: "lost lamp/about")
        try folder.write("On 2024-09-01 it happened.\n", to: "lost lamp/report.md")
        let vault = try committee.vault("Mika")
        let plan = try vault.importPlan(of: folder.url)
        let said = plan.warnings.map(\.reason)
        #expect(said.contains { $0.contains("no column takes: 2") })
        #expect(said.contains { $0.contains("there before, left out: 1") })
        #expect(said.contains { $0.contains("no response of that name") })
        let done = try vault.importCases(plan)
        let shelf = try vault.case(named: done[0].codeName.description)
        #expect(
            shelf.row?.values == [
                .status: "banned", .resolutionSource: "board", .resolvedOn: "2024-10-05",
                .reviewOn: "2025-10-05", .response: "second suspension",
            ])
        #expect(vault.facts(of: try shelf.view()).resolvedOn == Day("2024-10-05"))
        #expect(
            try vault.case(named: done[1].codeName.description).row?.values == [.status: "flagged"])
    }

    /// A folder that was only now copied has files of today: they tell no day.
    @Test func headingsAndWordsAreThoseOfPeople() throws {
        let sheet = try #require(
            StatusSheet(
                "Case;Safety;Repeat risk;State;Status;When;Next steps;Decision;Person\n"
                    + "home shelf;Y;n;;Resolved;05.10.2020;;Warning;Alex\n"
                    + "paper moon;perhaps;;x;Ongoing;;call;;\n"))
        #expect(
            sheet.rows["home shelf"] == [
                .safetyRisk: "yes", .repeatRisk: "no", .status: "resolved",
                .dateTime: "05.10.2020", .resolution: "Warning",
            ])
        #expect(sheet.rows["paper moon"] == [.status: "ongoing", .actionsNeeded: "call"])
        // "Alex" and "x" stand in no column that the register has, and "perhaps" is no word of one.
        #expect(sheet.unknownValues == 3)
    }

    @Test func aFileOfTodayTellsNoDay() throws {
        let committee = try TestCommittee("Mika")
        let folder = ExchangeFolder(committee)
        try folder.write("Robin Example\n", to: "a/about")
        try folder.write("It happened.\n", to: "a/report.md")
        try folder.write("We met.\n", to: "a/talk.md")
        for name in ["a/report.md", "a/talk.md"] {
            try FileManager.default.setAttributes(
                [.modificationDate: Date()],
                ofItemAtPath: folder.url.appendingPathComponent(name).path)
        }
        let vault = try committee.vault("Mika")
        var plan = try vault.importPlan(of: folder.url)
        #expect(plan.casesWithoutDay == [1])
        let day = try #require(Day("2024-03-04"))
        plan.setDay(day, ofCase: 1)
        let done = try vault.importCases(plan)
        let item = try vault.case(named: done[0].codeName.description)
        #expect(try item.entries().first?.day == day)
    }
}
