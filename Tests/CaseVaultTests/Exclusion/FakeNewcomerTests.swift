// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// A conflicted member who admits keys of their own gains nothing.
struct FakeNewcomerTests {
    /// Robin's case that Sam reads and on which Kim has a conflict; Kim also holds `fakes`.
    private func scene(_ fakes: [String]) throws -> (WatchedCommittee, LogID, Attacker) {
        let watched = WatchedCommittee(try TestCommittee("Robin", "Sam", "Kim", "Noor"))
        let kim = try watched.addAttacker("Kim")
        for fake in fakes { kim.take(try watched.committee.key(fake)) }
        try watched.addAttacker("Sam")
        let id = try watched.startCase(by: "Robin")
        try watched.declare("Sam")
        try watched.declare("Kim", .conflict)
        try watched.declare("Noor")
        try watched.catchUp("Robin")
        return (watched, id, kim)
    }

    /// Everybody catches up for some rounds and days; nobody of `fakes` may be let in.
    private func rounds(
        _ watched: WatchedCommittee, fakes: [String], at location: SourceLocation = #_sourceLocation
    ) throws {
        for _ in 0..<3 {
            for name in ["Robin", "Sam", "Noor", "Kim"] + fakes {
                guard let vault = try? watched.committee.vault(name) else { continue }
                let change = try watched.step { try vault.catchUp() }
                let names = change.granted.filter { $0.codeName != nil }.map(\.member.name)
                for fake in fakes {
                    #expect(!names.contains(fake), sourceLocation: location)
                }
            }
            watched.committee.clock.advance(days: 2)
        }
    }

    /// Robin shows a newcomer every name.
    private func openChecks(to card: MemberCard, _ watched: WatchedCommittee) throws {
        try watched.step {
            let robins = try watched.committee.vault("Robin")
            for check in robins.checks {
                _ = try robins.decide(check: check.id, for: card.id, isShown: true)
            }
        }
    }

    @Test func gainsNothingThroughColleaguesCatchingUp() throws {
        let (watched, id, kim) = try scene(["Fake", "Second"])
        let committee = watched.committee
        let fake = try committee.card("Fake")
        try watched.step { try committee.vault("Kim").admit(fake, confirming: fake.spoken) }
        try rounds(watched, fakes: ["Fake"])
        try watched.expectExcluded("Kim", from: id, as: "Robin")
        // Who has a conflict opens no check: Robin is talked into that, too.
        try openChecks(to: fake, watched)
        // The fake newcomer declares, admits another fake, and all of Kim's cards confirm each
        // other.
        try watched.declare("Fake")
        let second = try committee.card("Second")
        #expect(throws: VaultError.needsComparison) {
            try committee.vault("Fake").admit(second, confirming: second.spoken)
        }
        try watched.step {
            try committee.vault("Kim").admit(second, confirming: second.spoken)
        }
        try openChecks(to: second, watched)
        try watched.declare("Second")
        try committee.confirmAll(["Kim", "Fake", "Second"])
        try rounds(watched, fakes: ["Fake", "Second"])
        try watched.addEntry("Sam", to: id)
        try watched.expectExcluded("Kim", from: id, as: "Robin")
        #expect(kim.secretCount > 0)
        // Not by hand either, as long as the acting member has not compared the card.
        #expect(throws: VaultError.notConfirmed) {
            try watched.openCase("Robin", id).grantAccess(to: fake.id)
        }
        // The control: once Robin is talked into confirming the card, catching up lets it in.
        let robins = try committee.vault("Robin")
        _ = try robins.confirm(fake.id, fingerprint: fake.spoken)
        #expect(try watched.catchUp("Robin").granted.map(\.member.name) == ["Fake"])
        let holding = try watched.files(of: id, as: "Fake")
        #expect(holding.isSubset(of: kim.tryEverything(on: try committee.snapshot()).keys))
    }

    @Test func takingTheNameOfALostCardGainsNothing() throws {
        let (watched, id, _) = try scene(["Noor (new phone)"])
        let committee = watched.committee
        let fake = try committee.card("Noor (new phone)")
        let noor = try committee.card("Noor")
        try watched.step {
            try committee.vault("Kim").admit(
                fake, confirming: fake.spoken, replacing: noor.id)
        }
        try watched.declare("Noor (new phone)")
        try rounds(watched, fakes: ["Noor (new phone)"])
        try watched.expectExcluded("Kim", from: id, as: "Robin")
        #expect(try watched.openCase("Robin", id).readers.map(\.name) == ["Robin", "Sam"])
    }

    @Test func aMemberReplacingTheirOwnLostKeyKeepsTheirConflict() throws {
        let (watched, id, _) = try scene(["Kim 2"])
        let committee = watched.committee
        let new = try committee.card("Kim 2")
        let kim = try committee.card("Kim")
        try watched.step {
            try committee.vault("Robin").admit(new, confirming: new.spoken, replacing: kim.id)
        }
        try watched.declare("Kim 2")
        try committee.confirmAll(["Robin", "Sam", "Noor", "Kim 2"])
        // The old card's conflict is Kim's own to take back, with the new key, and Kim did not:
        // answering all checks anew replaces it by name, so the answer is asked only once.
        let view = try committee.vault("Robin")
        let check = try #require(view.readableChecks.first)
        #expect(check.answer(of: view.cards(of: new.id)) == .conflict)
        try rounds(watched, fakes: ["Kim 2"])
        try watched.expectExcluded("Kim", from: id, as: "Robin")
    }
}
