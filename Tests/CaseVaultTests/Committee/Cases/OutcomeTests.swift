// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// An outcome states what the rules have, and ends only where they say so.
struct OutcomeTests {
    @Test func statesAResponseOfTheRules() throws {
        let committee = try TestCommittee("Robin")
        let item = try committee.startCase(by: "Robin")
        try item.add(
            .outcome, "Agreed.", response: "  Temporary REMOVAL ", until: Day("2027-09-01"))
        try item.add(.outcome, "For good.", response: "permanent removal")
        _ = try item.add(.outcome, "No list.")
        let entries = try item.entries().dropFirst()
        #expect(entries.map(\.response) == ["temporary removal", "permanent removal", nil])
        #expect(entries.map(\.until) == [Day("2027-09-01"), nil, nil])
    }

    @Test func refusesWhatTheRulesDoNotHave() throws {
        let committee = try TestCommittee("Robin")
        let item = try committee.startCase(by: "Robin")
        let before = try committee.snapshot().keys.sorted()
        let names = Rules.standard.responses.map(\.name)
        #expect(throws: VaultError.unknownResponse(names)) {
            try item.add(.outcome, "x", response: "exile")
        }
        do {
            try item.add(.outcome, "x", response: "exile")
        } catch {
            for name in names { #expect(error.hint.contains(name)) }
        }
        let late = Day("2027-09-01")
        let wrong: [(String, Day?, Day?, VaultError)] = [
            ("warning", late, nil, .responseNotTimed),
            ("temporary removal", Day("2026-09-20"), nil, .endsTooEarly),
            ("temporary removal", late, Day("2027-09-02"), .endsTooEarly),
        ]
        for (response, end, day, expected) in wrong {
            do {
                _ = try item.addOutcome(
                    "x", stating: StatedResponse(response, until: end), on: day)
                Issue.record("\(response) was taken")
            } catch {
                #expect(error.message == expected.message)
            }
        }
        #expect(try committee.snapshot().keys.sorted() == before)
        // Of one day only.
        try item.add(
            .outcome, "x", on: Day("2026-09-20"), response: "temporary removal",
            until: Day("2026-09-20"))
    }

    @Test func changesNothingInTheRegister() throws {
        let committee = try TestCommittee("Robin")
        let item = try committee.startCase(by: "Robin")
        let before = item.row
        try item.add(.outcome, "Agreed.", response: "warning")
        #expect(item.row == before)
    }

    /// A guest does not see the rules.
    @Test func aGuestStatesAnything() throws {
        let committee = try TestCommittee("Robin", rules: try Rules(json: Array("{}".utf8)))
        let item = try committee.startCase(by: "Robin")
        let guest = try committee.card("Gale")
        _ = try item.invite(guest, confirming: guest.spoken)
        try committee.declareAll("Gale")
        _ = try committee.vault("Robin").catchUp()
        let theirs = try #require(try committee.vault("Gale").cases.first)
        _ = try theirs.takeFirstLook(.noConflict)
        try theirs.add(.outcome, "Agreed.", response: "exile")
        try item.vault.refresh()
        #expect(try item.entries().last?.response == "exile")
        #expect(throws: VaultError.badInput("badResponse", "", hint: "")) {
            try theirs.add(.outcome, "x", response: "a\nb")
        }
    }
}
