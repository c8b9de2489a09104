// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// What is due follows from the rules and the entries, by code name only.
struct DueTests {
    /// A committee of one, and a case that came in on 2026-09-21.
    private final class Scene {
        let committee: TestCommittee
        let item: Case

        /// With these rules.
        init(_ rules: String = "{}") throws {
            committee = try TestCommittee("Robin", rules: Rules(json: Array(rules.utf8)))
            item = try committee.startCase(by: "Robin")
        }

        /// What is due, as text.
        var due: [String] { item.vault.due.map { "\($0.what.rawValue) \($0.by)" } }
    }

    @Test func theReporterIsAnsweredAndHearsMore() throws {
        let scene = try Scene()
        #expect(scene.due == ["acknowledge 2026-09-22", "followUp 2026-09-28"])
        #expect(
            scene.item.vault.due.allSatisfy {
                $0.codeName == scene.item.codeName && $0.caseID == scene.item.id
            })
        _ = try scene.item.add(.firstResponse, "We have it.")
        #expect(scene.due == ["followUp 2026-09-28"])
        _ = try scene.item.add(.reporter, "We are at it.")
        #expect(scene.due.isEmpty)
    }

    @Test func aFirstAnswerIsNoFollowUp() throws {
        let scene = try Scene()
        _ = try scene.item.add(.reporter, "We have it.")
        #expect(scene.due == ["followUp 2026-09-28"])
        _ = try scene.item.add(.reporter, "We are at it.")
        #expect(scene.due.isEmpty)
    }

    @Test func countsFromTheDayOfReceiptAndBegunDays() throws {
        let scene = try Scene(
            "{\"deadlines\": {\"acknowledgeHours\": 25, \"followUpDays\": null}}")
        let vault = try scene.committee.vault("Robin")
        var report = Report(text: "Old.")
        report.receivedOn = Day("2026-09-01")
        let item = try vault.startCase(about: [ReportedPerson(name: "Alex")], report: report)
        let mine = vault.due.filter { $0.caseID == item.id }
        #expect(mine.map(\.what) == [.acknowledge])
        #expect(mine.map(\.by) == [Day("2026-09-03")])
    }

    @Test func moderatorsAnswerOnce() throws {
        let scene = try Scene(
            "{\"deadlines\": {\"acknowledgeHours\": null, \"followUpDays\": null}}")
        _ = try scene.item.add(.moderators, "We recommend a warning.", on: Day("2026-09-23"))
        #expect(scene.due == ["moderators 2026-09-30"])
        // A correction is no answer, and keeps the day.
        scene.committee.clock.advance(days: 5)
        try scene.item.add(.moderators, "We recommend a final warning.", correcting: 2)
        #expect(scene.due == ["moderators 2026-09-30"])
        _ = try scene.item.add(.moderators, "They agree.")
        #expect(scene.due.isEmpty)
    }

    @Test func anOutcomeSatisfiesTheModeratorsDeadlineToo() throws {
        let scene = try Scene(
            "{\"deadlines\": {\"acknowledgeHours\": null, \"followUpDays\": null}}")
        _ = try scene.item.add(.moderators, "We recommend a warning.")
        try scene.item.add(.outcome, "Agreed.", response: "warning")
        #expect(scene.due.isEmpty)
    }

    @Test func appealsHaveAWindowAndAnAnswer() throws {
        let scene = try Scene(
            """
            {"deadlines": {"acknowledgeHours": null, "followUpDays": null, "appealDays": 10,
                           "appealAnswerDays": 5}}
            """)
        try scene.item.add(.outcome, "Agreed.", response: "warning")
        _ = try scene.item.updateRow([.status: "resolved"])
        #expect(scene.due == ["appealWindow 2026-10-01"])
        scene.committee.clock.advance(days: 10)
        #expect(scene.due == ["appealWindow 2026-10-01"])
        scene.committee.clock.advance(days: 1)
        #expect(scene.due.isEmpty)
        _ = try scene.item.updateRow([.status: "appealed"])
        _ = try scene.item.add(.appeal, "They disagree.")
        #expect(scene.due == ["appealAnswer 2026-10-07"])
        try scene.item.add(.outcome, "It stays.", response: "warning")
        #expect(scene.due == ["appealWindow 2026-10-12"])
    }

    @Test func anOutcomeEnds() throws {
        let scene = try Scene()
        try scene.item.add(
            .outcome, "For a while.", response: "temporary removal", until: Day("2026-10-01"))
        _ = try scene.item.updateRow([.status: "resolved"])
        #expect(scene.due.isEmpty)
        scene.committee.clock.advance(days: 10)
        #expect(scene.due == ["outcomeEnds 2026-10-01"])
        _ = try scene.item.add(.discussion, "Earlier.", on: Day("2026-09-30"))
        #expect(scene.due == ["outcomeEnds 2026-10-01"])
        _ = try scene.item.add(.discussion, "They may come back.")
        #expect(scene.due.isEmpty)
    }

    @Test func keptLongEnough() throws {
        let scene = try Scene(
            "{\"retention\": {\"months\": null, \"responses\": {\"warning\": 1}}}")
        try scene.item.add(.outcome, "Agreed.", response: "warning")
        _ = try scene.item.updateRow([.status: "resolved"])
        scene.committee.clock.advance(days: 29)
        #expect(scene.due.isEmpty)
        scene.committee.clock.advance(days: 1)
        #expect(scene.due == ["retention 2026-10-21"])
        try scene.item.add(.outcome, "Harder.", response: "permanent removal")
        #expect(scene.due.isEmpty)
    }

    @Test func aHeldCaseIsNotOverItsTimeAndAnErasedOneWaitsForNothing() throws {
        let scene = try Scene("{\"retention\": {\"months\": 1}}")
        _ = try scene.item.updateRow([.status: "resolved"])
        scene.committee.clock.advance(days: 31)
        #expect(scene.due == ["retention 2026-10-21"])
        _ = try scene.item.setHold(true)
        #expect(scene.due.isEmpty)
        _ = try scene.item.setHold(false)
        #expect(scene.due == ["retention 2026-10-21"])
        // A case that nobody resolved can be erased too.
        let other = try scene.committee.startCase(by: "Robin")
        try scene.item.vault.refresh()
        #expect(scene.due.count == 3)
        try scene.item.erase(confirming: scene.item.codeName)
        #expect(scene.due.count == 2)
        try other.erase(confirming: other.codeName)
        try scene.item.vault.refresh()
        #expect(scene.due.isEmpty)
    }

    @Test func resolvedCasesWaitForNothing() throws {
        let scene = try Scene()
        _ = try scene.item.add(.moderators, "We recommend a warning.")
        _ = try scene.item.updateRow([.status: "resolved"])
        #expect(scene.due.isEmpty)
        _ = try scene.item.updateRow([.status: "ongoing"])
        #expect(scene.due.count == 3)
    }

    @Test func tellsReadersOnlyAndAlsoBeforeTheyLooked() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let item = try committee.startCase(by: "Robin")
        #expect(try committee.vault("Sam").due.isEmpty)
        try committee.declareAll("Sam")
        _ = try committee.vault("Robin").catchUp()
        let sams = try committee.vault("Sam")
        #expect(sams.due.map(\.what) == [.acknowledge, .followUp])
        #expect(sams.due.allSatisfy { $0.codeName == item.codeName })
        #expect(try committee.vault("Kim").due.isEmpty)
    }

    @Test func monthsEndWithTheMonth() {
        let months: [(String, Int, String)] = [
            ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"),
            ("2026-12-15", 1, "2027-01-15"), ("2026-03-31", 1, "2026-04-30"),
            ("2026-09-21", 36, "2029-09-21"), ("2024-02-29", 12, "2025-02-28"),
        ]
        for (day, count, expected) in months {
            #expect(Day(day)?.adding(months: count) == Day(expected))
        }
        #expect(Day("9999-12-01")?.adding(months: 1) == Day(daysSince1970: .max))
    }
}
