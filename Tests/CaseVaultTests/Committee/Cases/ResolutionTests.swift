// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// The columns of newer practice: who decided, when, what, and when it is looked at again.
struct ResolutionTests {
    /// Rules with steps.
    private static let rules = #"""
        {"responses": [{"name": "warning"}, {"name": "suspension", "timed": true, "steps": 2}],
         "retention": {"months": 12, "responses": {"suspension": 24, "second suspension": null}},
         "deadlines": {"acknowledgeHours": null, "followUpDays": null}}
        """#

    /// A case on 2026-09-21.
    private func item() throws -> (TestCommittee, Case) {
        let committee = try TestCommittee("Robin", rules: Rules(json: Array(Self.rules.utf8)))
        return (committee, try committee.startCase(by: "Robin"))
    }

    @Test func aResponseHasSteps() throws {
        let (committee, item) = try item()
        defer { withExtendedLifetime(committee) {} }
        let rules = item.vault.rules
        #expect(
            rules.responses.map(\.name) == ["warning", "first suspension", "second suspension"])
        #expect(rules.responses.map(\.step) == [nil, 1, 2])
        #expect(rules.responses.map(\.family) == [nil, "suspension", "suspension"])
        #expect(rules.responses.map(\.isTimed) == [false, true, true])
        #expect(rules.retentionMonths(after: "warning") == 12)
        #expect(rules.retentionMonths(after: "First  Suspension") == 24)
        #expect(rules.retentionMonths(after: "second suspension") == nil)
        _ = try item.addOutcome(
            "Agreed.", stating: StatedResponse("second suspension", until: Day("2027-01-01")))
        #expect(throws: (any Error).self) {
            try item.addOutcome("No.", stating: StatedResponse("suspension"))
        }
    }

    @Test(arguments: [
        #"[{"name": "a", "steps": 1}]"#, #"[{"name": "a", "steps": 6}]"#,
        #"[{"name": "a", "steps": 2}, {"name": "First a"}]"#,
        #"[{"name": "a", "steps": 2}, {"name": "A"}]"#, #"[{"name": "a", "steps": "two"}]"#,
    ])
    func stepsThatAreUnclearAreRefused(_ responses: String) {
        #expect(throws: VaultError.self) {
            try Rules(json: Array("{\"responses\": \(responses)}".utf8))
        }
    }

    @Test func theRowTakesWordsDaysAndResponsesOfTheRules() throws {
        let (committee, item) = try item()
        defer { withExtendedLifetime(committee) {} }
        for (column, value) in [
            (RegisterRow.Column.resolutionSource, "Sam"), (.resolvedOn, "yesterday"),
            (.resolvedOn, "2026-02-30"), (.reviewOn, "1.2.2027"), (.status, "Banned"),
        ] {
            #expect(throws: VaultError.self, "\(column)") { try item.updateRow([column: value]) }
        }
        #expect(throws: VaultError.self) { try item.updateRow([.response: "expulsion"]) }
        #expect(throws: VaultError.self) { try item.updateRow([.resolvedOn: "2999-01-01"]) }
        #expect(item.row?.values == [.status: "new"])
        _ = try item.updateRow([
            .resolutionSource: "local", .resolvedOn: "2026-09-20", .response: "FIRST suspension",
            .status: "flagged",
        ])
        #expect(item.row?[.response] == "first suspension")
        #expect(item.row?.isResolved == true)
    }

    @Test func theDayOfTheResolutionIsTheOneThatIsStated() throws {
        let (committee, item) = try item()
        _ = try item.updateRow([.status: "resolved", .resolvedOn: "2025-03-01"])
        func resolvedOn() throws -> Day? { item.vault.facts(of: try item.view()).resolvedOn }
        #expect(try resolvedOn() == Day("2025-03-01"))
        // So what is kept for a year is over.
        _ = try item.updateRow([.response: "warning"])
        #expect(item.vault.due.map(\.what) == [.retention])
        _ = try item.updateRow([.resolvedOn: ""])
        #expect(try resolvedOn() == Day("2026-09-21"))
        committee.clock.advance(days: 3)
        _ = try item.updateRow([.status: "banned"])
        #expect(try resolvedOn() == Day("2026-09-21"))
        _ = try item.updateRow([.status: "appealed"])
        #expect(try resolvedOn() == nil)
    }

    @Test func aReviewIsDueOnItsDay() throws {
        let (committee, item) = try item()
        _ = try item.updateRow([.status: "banned", .reviewOn: "2026-10-01"])
        #expect(item.vault.due.isEmpty)
        committee.clock.advance(days: 10)
        #expect(item.vault.due.map { "\($0.what.rawValue) \($0.by)" } == ["review 2026-10-01"])
        _ = try item.updateRow([.reviewOn: "2027-10-01"])
        #expect(item.vault.due.isEmpty)
    }

    @Test func erasingKeepsWordsAndDaysAndNoText() throws {
        let (committee, item) = try item()
        _ = try item.updateRow([
            .status: "banned", .resolutionSource: "board", .resolvedOn: "2026-09-20",
            .reviewOn: "2027-09-20", .response: "warning", .resolution: "Free words.",
        ])
        try item.erase(confirming: item.codeName)
        try committee.letErase("Robin")
        try item.vault.refresh()
        #expect(
            item.row?.values.filter { !$0.value.isEmpty } == [
                .status: "banned", .resolutionSource: "board", .resolvedOn: "2026-09-20",
                .reviewOn: "2027-09-20",
            ])
        #expect(item.skeleton?.response == "warning")
    }
}
