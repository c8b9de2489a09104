// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// What one member wrote stops nobody's catching up: what would count for nobody waits.
struct CatchingUpGoesOnTests {
    /// Robin started a case and kept its check from Noor; the others read it.
    private func withheldFromNoor() throws -> (TestCommittee, LogID, LogID) {
        let committee = try TestCommittee("Robin", "Sam", "Kim", "Noor")
        let item = try committee.startCase(by: "Robin", withholdingFrom: ["Noor"])
        for name in ["Sam", "Kim"] { try committee.declareAll(name) }
        try committee.settle(["Robin", "Sam", "Kim"])
        let check = try #require(try committee.vault("Robin").checks.first)
        return (committee, item.log, LogID(check.id))
    }

    /// Everybody's catching up goes on.
    private func catchUp(_ committee: TestCommittee, _ names: String...) {
        for name in names {
            #expect(throws: Never.self, "\(name)") { try committee.vault(name).catchUp() }
        }
    }

    /// Whether somebody reads the row of a case.
    private func readsRow(_ name: String, _ id: LogID, of committee: TestCommittee) throws -> Bool {
        let store = try committee.vault("Robin").store
        let start = try #require(store.logs[id]?.caseStart)
        return try #require(store.logs[start.row.log]).history
            .isReader(committee.card(name).id)
    }

    // Sam shows the check to Noor by name, with a correct record. The row stays closed: nobody
    // opened that.
    @Test func aCheckThatOneMemberShowsByNameStopsNobody() throws {
        let (committee, id, check) = try withheldFromNoor()
        let root = try #require(try committee.vault("Sam").store.logs[check]?.history.root)
        let noor = try committee.card("Noor")
        try committee.hostile("Sam").plant(
            [.opened(Opening(card: noor, lifts: [root.id]))], in: check, alsoFor: [noor])
        catchUp(committee, "Robin", "Sam", "Kim")
        #expect(try committee.vault("Noor").unansweredChecks.count == 1)
        try committee.declareAll("Noor")
        let change = try committee.vault("Robin").catchUp()
        #expect(!change.waiting.contains { $0.need == .noEffect })
        catchUp(committee, "Sam", "Kim")
        #expect(try !readsRow("Noor", id, of: committee))
    }

    // By hand, check and row are opened to whoever they were kept from, by records that count.
    @Test func aCheckThatWasKeptFromSomebodyCanBeShown() throws {
        let (committee, id, check) = try withheldFromNoor()
        let noor = try committee.card("Noor")
        _ = try committee.vault("Robin").decide(
            check: ConflictCheck.ID(check), for: noor.id, isShown: true)
        catchUp(committee, "Robin", "Sam", "Kim")
        try committee.declareAll("Noor")
        catchUp(committee, "Robin", "Sam", "Kim")
        #expect(try committee.readers(of: id, as: "Kim").contains("Noor"))
        #expect(try readsRow("Noor", id, of: committee))
        #expect(throws: VaultError.alreadyAReader) {
            try committee.vault("Robin").decide(
                check: ConflictCheck.ID(check), for: noor.id, isShown: true)
        }
    }

    // Somebody who does not read the case shows the check; who reads it shows the row later.
    @Test func aRowThatWasKeptFromSomebodyCanBeShownLater() throws {
        let (committee, id, check) = try withheldFromNoor()
        let noor = try committee.card("Noor")
        _ = try Case(vault: committee.vault("Robin"), id: id).revokeAccess(
            of: committee.card("Kim"))
        try committee.settle(["Kim", "Sam"])
        _ = try committee.vault("Kim").decide(
            check: ConflictCheck.ID(check), for: noor.id, isShown: true)
        catchUp(committee, "Robin", "Sam", "Kim")
        #expect(try !readsRow("Noor", id, of: committee))
        _ = try committee.vault("Robin").decide(
            check: ConflictCheck.ID(check), for: noor.id, isShown: true)
        #expect(try readsRow("Noor", id, of: committee))
    }

    // Shown once, taken out again, shown once more.
    @Test func aCheckThatWasKeptFromSomebodyCanBeShownAgain() throws {
        let (committee, _, check) = try withheldFromNoor()
        let noor = try committee.card("Noor")
        let id = ConflictCheck.ID(check)
        _ = try committee.vault("Robin").decide(check: id, for: noor.id, isShown: true)
        try committee.hostile("Sam").plant([.revoked([noor.id])], in: check)
        #expect(try committee.vault("Noor").checks.isEmpty)
        _ = try committee.vault("Robin").decide(check: id, for: noor.id, isShown: true)
        #expect(try committee.vault("Noor").checks.count == 1)
    }

    /// Sam links a check that everybody sees, and lists only Sam as a reader. Noor answers it, and
    /// nobody who read before.
    private func linkThatListsNobody(to id: LogID, _ committee: TestCommittee) throws -> RecordID {
        let store = try committee.vault("Sam").store
        let all = try ["Robin", "Sam", "Kim", "Noor"].map { try committee.card($0) }
        let sam = try committee.hostile("Sam")
        let bond = Bond.random()
        let root = try sam.start(
            .checkStarted(CheckStart(readers: all, withheld: [], tag: bond.tag(linkedTo: id))),
            vault: store.vault)
        let check = root.record.log
        let named = try sam.record(
            .named(ReportedPerson(name: "Zed Zero")), in: check, parents: [root.id],
            vault: store.vault)
        let answer = try sam.record(
            .declared(DeclarationStatement(answer: .noConflict, replaces: [])), in: check,
            parents: [named.id], vault: store.vault)
        try sam.plant([root, named, answer], for: all, vault: store.vault, slots: 8)
        let link = CheckLink(
            check: BoundLog(log: check, bond: bond), readers: [try committee.card("Sam").id])
        let record = try sam.plant([.checkLinked(link)], in: id)[0]
        for name in ["Robin", "Kim"] { try committee.vault(name).refresh() }
        try committee.declareAll("Noor")
        return record.id
    }

    // On new computers of the others Kim has to answer, and so lets in nobody.
    @Test func aLinkThatListsNobodyStopsNobody() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim", "Noor")
        let id = try committee.sharedCase(of: "Robin", with: ["Sam", "Kim"]).log
        let other = try committee.sharedCase(of: "Robin", with: ["Sam", "Kim"]).log
        for name in ["Robin", "Sam", "Kim"] { _ = try committee.vault(name).catchUp() }
        _ = try linkThatListsNobody(to: id, committee)
        // The other case lets Noor in; this one waits, and says so.
        let kim = try committee.vault("Kim")
        let change = try kim.catchUp()
        #expect(try committee.readers(of: other, as: "Kim").contains("Noor"))
        #expect(try !committee.readers(of: id, as: "Kim").contains("Noor"))
        let noor = try committee.card("Noor").id
        #expect(change.waiting.contains { $0.need == .noEffect && $0.member?.id == noor })
        // By hand it is refused, and nothing else is.
        #expect(throws: VaultError.withoutEffect) {
            try Case(vault: kim, id: id).grantAccess(to: noor)
        }
        _ = try Case(vault: kim, id: id).setHold(true)
        _ = try Case(vault: kim, id: id).setHold(false)
        // Once who is asked has answered, it goes on by itself.
        try committee.declareAll("Kim")
        _ = try committee.vault("Kim").catchUp()
        #expect(try committee.readers(of: id, as: "Kim").contains("Noor"))
    }

    // Who started the case need not answer, and lets in all the same.
    @Test func aLinkThatListsNobodyStopsNoStarter() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim", "Noor")
        let id = try committee.sharedCase(of: "Robin", with: ["Sam", "Kim"]).log
        for name in ["Robin", "Sam", "Kim"] { _ = try committee.vault(name).catchUp() }
        _ = try linkThatListsNobody(to: id, committee)
        catchUp(committee, "Robin", "Kim")
        #expect(try committee.readers(of: id, as: "Robin").contains("Noor"))
    }

    // Robin ended the link, which counts on Robin's computer only. So Kim lets in Noor there, and
    // not on Sam's, whoever is asked first.
    @Test func oneColleagueWhoCountsItIsEnough() throws {
        while true {
            let committee = try TestCommittee("Sam", "Robin", "Kim", "Noor")
            if try committee.card("Sam").id > committee.card("Robin").id { continue }
            let id = try committee.sharedCase(of: "Sam", with: ["Robin", "Kim"]).log
            for name in ["Sam", "Robin", "Kim"] { _ = try committee.vault(name).catchUp() }
            let link = try linkThatListsNobody(to: id, committee)
            try committee.hostile("Robin").plant(
                [.ended(Ending(records: [link], people: []))], in: id)
            _ = try committee.vault("Kim").catchUp()
            #expect(try committee.readers(of: id, as: "Kim").contains("Noor"))
            return
        }
    }
}
