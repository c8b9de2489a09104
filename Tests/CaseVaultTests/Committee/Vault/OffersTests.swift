// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// What a member is told that they could do, and what waits.
struct OffersTests {
    /// The offers but those to write files anew, as the test writes them.
    private func lines(_ vault: Vault) -> Set<String> {
        Set(
            vault.offers.filter { $0.act != .reseal }
                .map { "\($0.act) \($0.member?.name ?? "-")" })
    }

    @Test func eachStepOffersTheNext() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try committee.startCase(by: "Robin", withholdingFrom: ["Kim"])
        #expect(try lines(committee.vault("Robin")).isEmpty)
        #expect(try lines(committee.vault("Sam")) == ["declare -"])
        try committee.declareAll("Sam")
        #expect(try lines(committee.vault("Robin")) == ["grant Sam"])
        _ = try committee.vault("Robin").catchUp()
        // Kim cannot read the check, so Robin has to say whether the newcomer may.
        let pat = try committee.card("Pat")
        try committee.vault("Kim").admit(pat, confirming: pat.spoken)
        #expect(try lines(committee.vault("Robin")) == ["confirm Pat", "decideOpening Pat"])
        #expect(try committee.vault("Robin").offers.allSatisfy { !$0.needsNoQuestion })
        let check = try #require(try committee.vault("Robin").checks.first)
        _ = try committee.vault("Robin").decide(check: check.id, for: pat.id, isShown: true)
        _ = try committee.vault("Robin").confirm(pat.id, fingerprint: pat.spoken)
        try committee.declareAll("Pat")
        #expect(try lines(committee.vault("Robin")) == ["grant Pat", "openRow Pat"])
        // Whoever is removed elsewhere is out of what only Robin reads; its files are written anew.
        _ = try committee.vault("Kim").remove(committee.card("Sam").id)
        #expect(try lines(committee.vault("Robin")) == ["grant Pat", "openRow Pat"])
        #expect(try committee.vault("Robin").offers.contains { $0.act == .reseal })
        _ = try committee.vault("Robin").catchUp()
        #expect(try lines(committee.vault("Robin")).isEmpty)
        #expect(throws: VaultError.notForYou) { try committee.vault("Sam") }
        let readers = try committee.vault("Robin").case(named: shelf.codeName.description).readers
        #expect(Set(readers.map(\.name)) == ["Robin", "Pat"])
    }

    @Test func catchingUpCountsWhomItLetsIn() throws {
        let committee = try TestCommittee(
            "Robin", "Sam", "Kim", rules: Rules(json: Array("{\"minimumReaders\": 3}".utf8)))
        let shelf = try committee.startCase(by: "Robin")
        /// Whether Robin's next catching up says that there are too few readers.
        func saysTooFew() throws -> Bool {
            try committee.vault("Robin").catchUp().waiting.contains {
                $0.need == .moreReaders && $0.codeName == shelf.codeName
            }
        }
        #expect(try saysTooFew())
        try committee.declareAll("Sam")
        #expect(try saysTooFew())
        try committee.declareAll("Kim")
        #expect(try !saysTooFew())
        #expect(try !committee.vault("Robin").waiting.contains { $0.need == .moreReaders })
    }

    @Test func admittingSpeaksOfNamesOnlyIfSomeAreShown() throws {
        let committee = try TestCommittee("Robin", "Sam")
        /// What admitting somebody says.
        func admit(_ name: String, withholding checks: Set<ConflictCheck.ID> = []) throws
            -> AccessChange
        {
            let card = try committee.card(name)
            return try committee.vault("Robin").admit(
                card, confirming: card.spoken, withholding: checks)
        }
        let first = try admit("Kim")
        #expect(first.waiting.map(\.need) == [.firstOpening, .catchUpByOthers])
        #expect(first.cannotUndo.allSatisfy { !$0.text.contains("name") })
        _ = try committee.startCase(by: "Robin")
        let checks = try Set(committee.vault("Robin").checks.map(\.id))
        #expect(try !admit("Jo", withholding: checks).waiting.contains { $0.need == .declaration })
        let shown = try admit("Lee")
        #expect(shown.waiting.map(\.need) == [.firstOpening, .declaration, .catchUpByOthers])
        #expect(shown.cannotUndo.contains { $0.text.contains("name that was shown") })
    }

    @Test func theOnlyReaderWithAConflictHandsTheCaseOver() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let shelf = try committee.startCase(by: "Robin")
        let robins = try committee.vault("Robin")
        let check = try #require(robins.checks.first)
        let change = try robins.declare(.conflict, on: check)
        #expect(change.revoked.map(\.member.name) == ["Robin"])
        #expect(
            change.waiting.contains { $0.need == .moreReaders && $0.codeName == shelf.codeName })
        #expect(try committee.vault("Robin").cases.map(\.id) == [shelf.id])
        // The first who has none and whom Robin compared takes it over.
        try committee.declareAll("Sam")
        _ = try committee.vault("Robin").catchUp()
        _ = try committee.vault("Sam").catchUp()
        #expect(try committee.vault("Robin").cases.isEmpty)
        #expect(try committee.vault("Sam").cases.map(\.id) == [shelf.id])
    }

    @Test func theLastReaderIsNeverTakenOut() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let shelf = try committee.startCase(by: "Robin")
        #expect(throws: VaultError.lastReader) { try shelf.recuse() }
        #expect(throws: VaultError.lastReader) {
            try shelf.addCheck(
                about: ReportedPerson(name: "Someone"), withholdingFrom: [])
            _ = try shelf.revokeAccess(of: shelf.vault.me.id)
        }
    }

    @Test func nothingThatIsShownByMistakeHoldsAName() throws {
        let committee = try TestCommittee("Robin")
        let shelf = try committee.startCase(by: "Robin", about: "Casey Doe", text: "SECRET")
        let values: [Any] = [try shelf.entries(), try shelf.people, shelf]
        for value in values {
            var dumped = ""
            dump(value, to: &dumped)
            let text = "\(value) \(String(reflecting: value)) \(dumped)"
            #expect(!text.contains("SECRET"))
            #expect(!text.contains("Casey"))
        }
    }
}
