// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Colleagues have a day to see an erasure from the moment on at which it has effect.
struct ErasureDayTests {
    /// Robin's case that others read too.
    private func shared(_ committee: TestCommittee, _ others: String...) throws -> LogID {
        try committee.sharedCase(of: "Robin", with: others).log
    }

    /// The entries of a case.
    private func entries(_ committee: TestCommittee, _ name: String, _ id: LogID) throws
        -> [RecordID]
    {
        let log = try #require(try committee.vault(name).store.logs[id])
        return log.history.order.filter(\.isEntry).map(\.id)
    }

    // The erasure is planted while a hold is open, and names it. A month later the hold is ended:
    // everybody should have a day from then on.
    @Test func anErasurePlantedBeforeTheHoldIsEndedGivesADay() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let id = try shared(committee, "Sam", "Kim")
        let robins = Case(vault: try committee.vault("Robin"), id: id)
        _ = try robins.add(.witness, "EVIDENCE of the witness")
        _ = try robins.setHold(true)
        for name in ["Sam", "Kim"] { _ = try committee.vault(name).catchUp() }
        let hold = try #require(
            try committee.vault("Kim").store.logs[id]?.history.openHolds.first?.id)
        let texts = try entries(committee, "Kim", id)
        let kim = try committee.hostile("Kim")
        try kim.plant(
            [.erased(Erasure(records: texts, over: [hold], isWholeCase: true))], in: id)
        try committee.settle(["Robin", "Sam"], rounds: 3)
        #expect(try OpenableText(committee).holds("EVIDENCE"), "control: the hold holds")
        try kim.plant([.ended(Ending(records: [hold], people: []))], in: id)
        // Nobody has seen the end of the hold before this catching up.
        _ = try committee.vault("Robin").catchUp()
        #expect(!Case(vault: try committee.vault("Robin"), id: id).isErased)
        _ = try committee.vault("Sam").catchUp()
        #expect(try OpenableText(committee).holds("EVIDENCE"))
    }

    // The eraser is taken out within the day, and let back much later: a day from then.
    @Test func anErasureOfSomebodyLetBackGivesADay() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let id = try shared(committee, "Sam", "Kim")
        _ = try Case(vault: committee.vault("Robin"), id: id).add(
            .witness, "EVIDENCE of the witness")
        for name in ["Sam", "Kim"] { _ = try committee.vault(name).catchUp() }
        let texts = try entries(committee, "Kim", id)
        try committee.hostile("Kim").plant([.erased(Erasure(records: texts))], in: id)
        _ = try Case(vault: committee.vault("Robin"), id: id).revokeAccess(
            of: committee.card("Kim"))
        try committee.settle(["Robin", "Sam"], rounds: 3)
        #expect(try OpenableText(committee).holds("EVIDENCE"), "control: the revocation holds")
        _ = try Case(vault: committee.vault("Robin"), id: id)
            .grantAccess(to: committee.card("Kim").id)
        _ = try committee.vault("Robin").catchUp()
        #expect(try OpenableText(committee).holds("EVIDENCE"))
    }
}
