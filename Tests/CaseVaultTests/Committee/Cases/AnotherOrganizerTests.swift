// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// When more members are recused than the rules allow, readers are told that another organizer
/// should step in.
struct AnotherOrganizerTests {
    @Test func isAskedForAboveTheLimitAndUntilAGuestIsInvited() throws {
        let committee = try TestCommittee(
            "Robin", "Sam", "Kim", "Noor", "Zoë",
            rules: Rules(json: Array("{\"recusalLimit\": 1}".utf8)))
        let item = try committee.startCase(by: "Robin")
        let vault = item.vault
        try committee.declareAll("Sam", .conflict)
        try committee.declareAll("Noor")
        try vault.refresh()
        _ = try vault.catchUp()
        #expect(try !item.access().needsAnotherOrganizer)
        #expect(!vault.waiting.contains { $0.need == .anotherOrganizer })
        // Recused is as good as a conflict; silence is not.
        let noors = try #require(try committee.vault("Noor").cases.first)
        _ = try noors.takeFirstLook(.conflict)
        try vault.refresh()
        #expect(try item.access().needsAnotherOrganizer)
        let waiting = vault.waiting.filter { $0.need == .anotherOrganizer }
        #expect(waiting.map(\.codeName) == [item.codeName])
        #expect(try committee.vault("Kim").waiting.allSatisfy { $0.need != .anotherOrganizer })
        let guest = try committee.card("Gale")
        _ = try item.invite(guest, confirming: guest.spoken)
        #expect(try !item.access().needsAnotherOrganizer)
        #expect(!vault.waiting.contains { $0.need == .anotherOrganizer })
    }

    @Test func isNeverAskedForWithoutALimit() throws {
        let committee = try TestCommittee(
            "Robin", "Sam", "Kim", "Noor",
            rules: Rules(json: Array("{\"recusalLimit\": null}".utf8)))
        let item = try committee.startCase(by: "Robin")
        for name in ["Sam", "Kim", "Noor"] { try committee.declareAll(name, .conflict) }
        try item.vault.refresh()
        #expect(try !item.access().needsAnotherOrganizer)
    }
}
