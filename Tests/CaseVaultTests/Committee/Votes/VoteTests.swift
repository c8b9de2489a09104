// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// Votes count for the readers of today without a conflict, and for nobody else.
struct VoteTests {
    /// A committee in which the first three read a case with a plan, entry 2, and Kim has a
    /// conflict and Zoë is silent.
    private func committee(
        _ rules: String = "{}"
    ) throws -> (committee: TestCommittee, name: String) {
        let committee = try TestCommittee(
            "Robin", "Sam", "Noor", "Kim", "Zoë", rules: Rules(json: Array(rules.utf8)))
        let item = try committee.startCase(by: "Robin")
        for name in ["Sam", "Noor"] { try committee.declareAll(name) }
        try committee.declareAll("Kim", .conflict)
        _ = try committee.vault("Robin").catchUp()
        let name = item.codeName.description
        _ = try committee.vault("Robin").case(named: name).add(.plan, "A talk with a mentor.")
        return (committee, name)
    }

    /// Somebody's handle on the case, after the first look.
    private func item(_ committee: TestCommittee, _ name: String, _ who: String) throws -> Case {
        let item = try committee.vault(who).case(named: name)
        _ = try item.takeFirstLook(.noConflict)
        return item
    }

    @Test func countsReadersAndListsTheOthers() throws {
        let (committee, name) = try committee()
        let first = try item(committee, name, "Robin").vote(.yes, on: 2).tally
        #expect(first.yes == 1 && first.denominator == 3 && first.needed == 2)
        #expect(!first.isCarried)
        #expect(first.open.map(\.name) == ["Noor", "Sam"])
        #expect(first.notCounted.map(\.member.name) == ["Kim", "Zoë"])
        #expect(first.notCounted.map(\.reason) == [.conflict, .noAnswer])
        try item(committee, name, "Sam").vote(.no, on: 2)
        let second = try item(committee, name, "Noor").vote(.abstain, on: 2).tally
        #expect(second.yes == 1 && second.no == 1 && second.abstain == 1)
        #expect(second.open.isEmpty && second.denominator == 3 && !second.isCarried)
        let third = try item(committee, name, "Sam").vote(.yes, on: 2).tally
        #expect(third.yes == 2 && third.no == 0 && third.isCarried)
        #expect(try item(committee, name, "Robin").tally(of: 1).yes == 0)
    }

    @Test func aRecusalShrinksTheDenominatorAndIsNeverANo() throws {
        let (committee, name) = try committee()
        try item(committee, name, "Robin").vote(.yes, on: 2)
        try item(committee, name, "Sam").vote(.no, on: 2)
        _ = try item(committee, name, "Sam").recuse()
        let tally = try item(committee, name, "Robin").tally(of: 2)
        #expect(tally.denominator == 2 && tally.no == 0 && tally.needed == 2)
        #expect(tally.notCounted.contains { $0.member.name == "Sam" && $0.reason == .recused })
        _ = try committee.vault("Robin").case(named: name).revokeAccess(of: committee.card("Noor"))
        let alone = try item(committee, name, "Robin").tally(of: 2)
        #expect(alone.denominator == 1 && alone.isCarried)
        // Why somebody was taken out is not told.
        #expect(alone.notCounted.contains { $0.member.name == "Noor" && $0.reason == .recused })
    }

    @Test func aDeclaredConflictCountsBeforeAnybodyCaughtUp() throws {
        let (committee, name) = try committee()
        try item(committee, name, "Sam").vote(.yes, on: 2)
        let sams = try committee.vault("Sam")
        _ = try sams.declare(sams.checks.map { ($0.id, .conflict) })
        let tally = try item(committee, name, "Robin").tally(of: 2)
        #expect(tally.yes == 0 && tally.denominator == 2)
        #expect(tally.notCounted.contains { $0.member.name == "Sam" && $0.reason == .conflict })
    }

    @Test func whoHandsOverHasNoVote() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let item = try committee.startCase(by: "Robin", handingOver: true)
        #expect(throws: VaultError.notForYou) { try item.vote(.yes, on: 1) }
    }

    @Test(arguments: [("simple", 2), ("twoThirds", 2), ("unanimous", 3)])
    func theRulesSayHowManyAreNeeded(_ majority: String, _ needed: Int) throws {
        let (committee, name) = try committee("{\"majority\": \"\(majority)\"}")
        #expect(try item(committee, name, "Robin").tally(of: 2).needed == needed)
    }

    @Test func aQuorumCountsAbstentions() throws {
        let (committee, name) = try committee("{\"majority\": \"simple\", \"quorum\": 3}")
        try item(committee, name, "Robin").vote(.yes, on: 2)
        let two = try item(committee, name, "Sam").vote(.yes, on: 2).tally
        #expect(two.yes == two.needed && !two.isQuorate && !two.isCarried)
        let three = try item(committee, name, "Noor").vote(.abstain, on: 2).tally
        #expect(three.isQuorate && three.isCarried)
    }

    @Test func aCorrectionMakesVotesStale() throws {
        let (committee, name) = try committee()
        let robins = try item(committee, name, "Robin")
        #expect(try !robins.vote(.yes, on: 2).tally.isStale)
        try robins.add(.plan, "A talk and an apology.", correcting: 2)
        let tally = try robins.tally(of: 2)
        #expect(tally.isStale && tally.yes == 1)
        #expect(try robins.tally(of: 3).yes == 0)
        let before = try committee.snapshot().keys.sorted()
        #expect(throws: VaultError.entrySuperseded("2", by: ["3"])) { try robins.vote(.no, on: 2) }
        #expect(throws: VaultError.unknownEntry) { try robins.vote(.no, on: 4) }
        #expect(try committee.snapshot().keys.sorted() == before)
    }

    @Test func twoVotesOfOneMemberAtOnceCountOnceAndAlike() throws {
        let (committee, name) = try committee()
        let copy = committee.root.appendingPathComponent("copy")
        _ = try item(committee, name, "Sam")
        try FileManager.default.copyItem(at: committee.folder, to: copy)
        try item(committee, name, "Sam").vote(.yes, on: 2)
        let away = try Vault(
            at: copy, key: committee.key("Sam"), in: committee.environment("Sam-away"))
        let theirs = try away.case(named: name)
        _ = try theirs.takeFirstLook(.noConflict)
        try theirs.vote(.no, on: 2)
        try committee.bringBack(copy)
        let seen = try ["Robin", "Sam", "Noor"].map { who in
            let tally = try item(committee, name, who).tally(of: 2)
            #expect(tally.yes + tally.no == 1)
            return tally.yes
        }
        #expect(Set(seen).count == 1)
        #expect(try item(committee, name, "Sam").vote(.yes, on: 2).tally.yes == 1)
    }

    @Test func needsTheFirstLookAndAccess() throws {
        let (committee, name) = try committee()
        let sams = try committee.vault("Sam").case(named: name)
        #expect(throws: VaultError.firstLookNeeded) { try sams.vote(.yes, on: 2) }
        #expect(throws: VaultError.firstLookNeeded) { try sams.tally(of: 2) }
        let robins = try committee.vault("Robin")
        let id = try robins.case(named: name).id
        let kims = Case(vault: try committee.vault("Kim"), id: id)
        #expect(throws: VaultError.notForYou) { try kims.vote(.yes, on: 2) }
    }
}
