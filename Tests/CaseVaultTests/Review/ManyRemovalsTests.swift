// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// However often keys that never had power took somebody out: it counts for nothing, and keeps
/// nobody out.
struct ManyRemovalsTests {
    /// The keys of Sam's own.
    private let own = ["O1", "O2", "O3"]

    /// Each of Sam's own keys takes somebody out 1,500 times.
    private func flood(
        _ committee: TestCommittee, _ id: LogID, with statement: Statement
    ) throws {
        let store = try committee.vault("Sam").store
        let cards = try #require(store.logs[id]).history.readerCards
        for name in own {
            let writer = try committee.hostile(name)
            let records = try (0..<1500).map { _ in
                try writer.record(statement, in: id, parents: [], vault: store.vault)
            }
            try writer.plant(records, for: cards, vault: store.vault, slots: 8)
        }
    }

    /// Robin's case, into which Sam asked own keys, which took somebody out.
    private func flooded(_ committee: TestCommittee, _ person: String) throws -> LogID {
        let id = try committee.sharedCase(of: "Robin", with: ["Sam", "Kim"]).log
        try committee.hostile("Sam").plant(own.map { .invited(try committee.card($0)) }, in: id)
        try flood(committee, id, with: .revoked([committee.card(person).id]))
        return id
    }

    // None of it counts. So Noor is let in by the next catching up, and everything else is done.
    @Test(.timeLimit(.minutes(5))) func removalsThatCountForNothingStopNoCatchingUp() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim", "Noor")
        let id = try flooded(committee, "Noor")
        try committee.declareAll("Noor")
        for name in ["Robin", "Kim"] { _ = try committee.vault(name).catchUp() }
        for name in ["Robin", "Kim", "Noor"] {
            #expect(try committee.readers(of: id, as: name).contains("Noor"), "\(name)")
        }
        // And nobody names all of them.
        let log = try #require(try committee.vault("Robin").store.logs[id])
        let lifts = log.history.order.map { record in
            if case .granted(let grant)? = record.statement { grant.lifts.count } else { 0 }
        }
        #expect(lifts.reduce(0, +) <= Statement.listLimit)
    }

    // Sam takes Kim out once, which counts. Robin lets Kim back by hand, on all computers.
    @Test(.timeLimit(.minutes(5))) func whoWasTakenOutCanBeLetBack() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim", "Noor")
        let id = try flooded(committee, "Kim")
        try committee.hostile("Sam").plant(
            [.revoked([committee.card("Kim").id])], in: id, claiming: .first)
        #expect(try !committee.readers(of: id, as: "Robin").contains("Kim"), "control")
        _ = try Case(vault: committee.vault("Robin"), id: id)
            .grantAccess(to: committee.card("Kim").id)
        try committee.settle(["Robin", "Kim"])
        for name in ["Robin", "Sam", "Kim"] {
            #expect(try committee.readers(of: id, as: name).contains("Kim"), "\(name)")
        }
    }

    // In the roster: own keys that Sam admitted.
    @Test(.timeLimit(.minutes(5))) func aMemberWhoWasRemovedCanBeLetBack() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim", "Noor")
        let roster = try committee.roster()
        let kim = try committee.card("Kim")
        try committee.hostile("Sam").plant(
            own.map {
                .admitted(Admission(card: try committee.card($0), replaces: nil, lifts: []))
            },
            in: roster, alsoFor: own.map { try committee.card($0) })
        try flood(committee, roster, with: .removed([kim.id]))
        try committee.hostile("Sam").plant([.removed([kim.id])], in: roster, claiming: .first)
        #expect(try !committee.members("Robin").contains("Kim"), "control")
        _ = try committee.vault("Robin").remove(committee.card("Sam").id)
        try committee.vault("Robin").admit(kim, confirming: kim.spoken)
        for name in ["Robin", "Kim", "Noor"] {
            #expect(try committee.members(name).contains("Kim"), "\(name)")
        }
    }

    // Sam, who has power, takes Kim out more often than one record can lift.
    @Test(.timeLimit(.minutes(5))) func moreRemovalsThanARecordCanLiftAreLifted() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim", "Noor", "Lee")
        let id = try committee.sharedCase(of: "Robin", with: ["Sam", "Lee", "Kim"]).log
        let store = try committee.vault("Sam").store
        let kim = try committee.card("Kim")
        let cards = try #require(store.logs[id]).history.readerCards
        for name in ["Sam", "Lee"] {
            let writer = try committee.hostile(name)
            let records = try (0..<2100).map { _ in
                try writer.record(.revoked([kim.id]), in: id, parents: [], vault: store.vault)
            }
            try writer.plant(records, for: cards, vault: store.vault, slots: 8)
        }
        #expect(try !committee.readers(of: id, as: "Robin").contains("Kim"), "control")
        _ = try Case(vault: committee.vault("Robin"), id: id).grantAccess(to: kim.id)
        #expect(try committee.readers(of: id, as: "Robin").contains("Kim"))
    }
}
