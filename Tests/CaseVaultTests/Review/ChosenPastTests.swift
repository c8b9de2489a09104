// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// A member who chooses what they have seen: whatever a record claims as its past, it does what it
/// says by name, from now on, and nothing else.
struct ChosenPastTests {
    /// Robin's case that others read too.
    private func shared(_ committee: TestCommittee, _ others: String...) throws -> LogID {
        try committee.sharedCase(of: "Robin", with: others).log
    }

    // MARK: - Removals

    // Everybody was let in by the founder. Who removes the founder must not take them along.
    @Test(arguments: ClaimedPast.allCases)
    func removingTheFounderTakesOutNobodyElse(_ past: ClaimedPast) throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim", "Lee", "Noor")
        let id = try shared(committee, "Kim", "Lee")
        for name in ["Kim", "Lee"] { _ = try committee.vault(name).catchUp() }
        try committee.hostile("Sam").plant(
            [.removed([committee.card("Robin").id])], in: committee.roster(), claiming: past)
        let left = ["Kim", "Lee", "Noor", "Sam"]
        for name in left { #expect(try committee.members(name) == left, "\(name)") }
        // The case goes on.
        _ = try committee.vault("Kim").catchUp()
        #expect(try committee.readers(of: id, as: "Kim") == ["Kim", "Lee"])
        let kims = Case(vault: try committee.vault("Kim"), id: id)
        _ = try kims.takeFirstLook(.noConflict)
        _ = try kims.add(.discussion, "Kim goes on.")
        // And others let the founder back by hand, with the case.
        let robin = try committee.card("Robin")
        _ = try committee.vault("Kim").remove(committee.card("Sam").id)
        try committee.vault("Kim").admit(robin, confirming: robin.spoken)
        for name in ["Kim", "Lee", "Noor"] {
            #expect(try committee.members(name) == ["Kim", "Lee", "Noor", "Robin"], "\(name)")
        }
        #expect(try committee.members("Robin") == ["Kim", "Lee", "Noor", "Robin"])
    }

    @Test(arguments: ClaimedPast.allCases)
    func removingTheStarterOfACaseTakesOutNobodyElse(_ past: ClaimedPast) throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim", "Lee")
        let id = try shared(committee, "Sam", "Kim", "Lee")
        for name in ["Kim", "Lee"] { _ = try committee.vault(name).catchUp() }
        try committee.hostile("Sam").plant(
            [.revoked([committee.card("Robin").id])], in: id, claiming: past)
        for name in ["Sam", "Kim", "Lee"] {
            #expect(try committee.readers(of: id, as: name) == ["Kim", "Lee", "Sam"], "\(name)")
        }
    }

    // More heads than a record can name: the next record could name none of them.
    @Test func manyHeadsDisarmNoRevocation() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let id = try shared(committee, "Sam", "Kim")
        let robins = try committee.vault("Robin")
        let root = try #require(robins.store.logs[id]?.history.root).id
        let nothing = Statement.voted(VoteStatement(entry: root, vote: .abstain))
        try committee.hostile("Robin").plant(
            Array(repeating: nothing, count: Record.parentLimit + 1), in: id, claiming: .first)
        let sams = Case(vault: try committee.vault("Sam"), id: id)
        let change = try sams.revokeAccess(of: committee.card("Robin"))
        #expect(change.revoked.map(\.member.name) == ["Robin"])
        for name in ["Sam", "Kim"] {
            #expect(try committee.readers(of: id, as: name) == ["Kim", "Sam"], "\(name)")
        }
        let again = Case(vault: try committee.vault("Sam"), id: id)
        _ = try again.takeFirstLook(.noConflict)
        _ = try again.add(.discussion, "Sam writes this afterwards.")
        let kims = Case(vault: try committee.vault("Kim"), id: id)
        _ = try kims.takeFirstLook(.noConflict)
        #expect(try kims.entries().last?.text == "Sam writes this afterwards.")
        let keys = [try committee.key("Robin")]
        #expect(try !OpenableText(folder: committee.folder, keys: keys).holds("afterwards"))
    }

    @Test func manyHeadsDisarmNoRemoval() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let sam = try committee.card("Sam")
        // Under the limit of what is taken in, and over that of parents.
        try committee.hostile("Sam").plant(
            Array(repeating: .confirmed(committee.card("Kim").id), count: Record.parentLimit + 1),
            in: committee.roster(), claiming: .ownAdmission)
        let change = try committee.vault("Kim").remove(sam.id)
        #expect(change.revoked.map(\.member.name) == ["Sam"])
        for name in ["Robin", "Kim"] {
            #expect(try committee.members(name) == ["Kim", "Robin"], "\(name)")
        }
        let shelf = try committee.startCase(by: "Robin")
        #expect(throws: VaultError.notForYou) { try committee.vault("Sam").checks }
        _ = shelf
    }

    // MARK: - Holds and erasing

    @Test(arguments: ClaimedPast.allCases)
    func aHoldThatIsHereKeepsTheText(_ past: ClaimedPast) throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let id = try shared(committee, "Sam", "Kim")
        let robins = Case(vault: try committee.vault("Robin"), id: id)
        _ = try robins.add(.witness, "EVIDENCE of the witness")
        _ = try robins.setHold(true)
        // What was written since stands between the hold and the erasure.
        _ = try robins.add(.discussion, "More.")
        for name in ["Sam", "Kim"] { _ = try committee.vault(name).catchUp() }
        committee.clock.advance(days: 30)
        let log = try #require(try committee.vault("Kim").store.logs[id])
        let entries = log.history.order.filter(\.isEntry).map(\.id)
        try committee.hostile("Kim").plant(
            [.erased(Erasure(records: entries, isWholeCase: true))], in: id, claiming: past)
        try committee.settle(["Robin", "Sam"])
        #expect(try OpenableText(committee).holds("EVIDENCE"))
        for name in ["Robin", "Sam"] {
            let item = Case(vault: try committee.vault(name), id: id)
            _ = try item.takeFirstLook(.noConflict)
            #expect(item.isOnHold && !item.isErased, "\(name)")
            #expect(try item.entries().allSatisfy { !$0.isErased }, "\(name)")
        }
    }

    // The hold's author is removed by whoever erases, in the same file.
    @Test(arguments: [ClaimedPast.first, .everything])
    func aHoldOutlivesItsAuthor(_ past: ClaimedPast) throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let id = try shared(committee, "Sam", "Kim")
        let robins = Case(vault: try committee.vault("Robin"), id: id)
        _ = try robins.add(.witness, "EVIDENCE of the witness")
        _ = try robins.setHold(true)
        for name in ["Sam", "Kim"] { _ = try committee.vault(name).catchUp() }
        let log = try #require(try committee.vault("Kim").store.logs[id])
        let entries = log.history.order.filter(\.isEntry).map(\.id)
        try committee.hostile("Kim").plant(
            [
                .revoked([committee.card("Robin").id]),
                .erased(Erasure(records: entries, isWholeCase: true)),
            ], in: id, claiming: past)
        try committee.settle(["Sam"], rounds: 3)
        #expect(try OpenableText(committee).holds("EVIDENCE"))
        #expect(Case(vault: try committee.vault("Sam"), id: id).isOnHold)
    }

    // A day passes before anything is gone, so that a hold or a removal can still arrive.
    @Test(arguments: ["hold", "revocation", "removal"])
    func whatArrivesWithinTheDayKeepsTheText(_ what: String) throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let id = try shared(committee, "Sam", "Kim")
        _ = try Case(vault: committee.vault("Robin"), id: id).add(
            .witness, "EVIDENCE of the witness")
        for name in ["Sam", "Kim"] { _ = try committee.vault(name).catchUp() }
        let log = try #require(try committee.vault("Kim").store.logs[id])
        let entries = log.history.order.filter(\.isEntry).map(\.id)
        try committee.hostile("Kim").plant(
            [.erased(Erasure(records: entries, isWholeCase: true))], in: id, claiming: .first)
        for name in ["Robin", "Sam"] { _ = try committee.vault(name).catchUp() }
        #expect(try OpenableText(committee).holds("EVIDENCE"))
        let robins = Case(vault: try committee.vault("Robin"), id: id)
        switch what {
        case "hold": _ = try robins.setHold(true)
        case "revocation": _ = try robins.revokeAccess(of: committee.card("Kim"))
        default: _ = try committee.vault("Robin").remove(committee.card("Kim").id)
        }
        _ = try committee.vault("Sam").catchUp()
        committee.clock.advance(days: 2)
        try committee.settle(["Robin", "Sam"])
        #expect(try OpenableText(committee).holds("EVIDENCE"))
        for name in ["Robin", "Sam"] {
            let item = Case(vault: try committee.vault(name), id: id)
            _ = try item.takeFirstLook(.noConflict)
            #expect(try item.entries().allSatisfy { !$0.isErased }, "\(name)")
        }
    }

    // The control: an erasure with power that nothing stops is carried out.
    @Test func anErasureThatNothingStopsIsCarriedOut() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let id = try shared(committee, "Sam", "Kim")
        _ = try Case(vault: committee.vault("Robin"), id: id).add(
            .witness, "EVIDENCE of the witness")
        for name in ["Sam", "Kim"] { _ = try committee.vault(name).catchUp() }
        let log = try #require(try committee.vault("Kim").store.logs[id])
        let entries = log.history.order.filter(\.isEntry).map(\.id)
        try committee.hostile("Kim").plant(
            [.erased(Erasure(records: entries, isWholeCase: true))], in: id, claiming: .first)
        try committee.settle(["Robin", "Sam", "Kim"])
        #expect(try !OpenableText(committee).holds("EVIDENCE"))
    }

    // MARK: - Names in checks

    @Test(arguments: ClaimedPast.allCases)
    func whoDeclaredAConflictErasesNoName(_ past: ClaimedPast) throws {
        let committee = try TestCommittee("Robin", "Sam", "Noor", "Lee")
        let shelf = try committee.startCase(by: "Robin", about: "Alex Doe")
        for name in ["Sam", "Lee"] { try committee.declareAll(name) }
        try committee.declareAll("Noor", .conflict)
        for name in ["Robin", "Sam", "Lee"] { _ = try committee.vault(name).catchUp() }
        let check = try #require(try committee.vault("Noor").checks.first)
        let log = try #require(try committee.vault("Noor").store.logs[check.id])
        let names = log.history.order.filter { $0.kind == .named }.map(\.id)
        try committee.hostile("Noor").plant(
            [
                // As if there never had been a conflict.
                .declared(DeclarationStatement(answer: .noConflict, replaces: [])),
                .erased(Erasure(records: names)),
            ], in: LogID(check.id), claiming: past)
        try committee.settle(["Robin", "Sam", "Lee"])
        for name in ["Robin", "Sam", "Lee"] {
            #expect(try committee.namesInChecks(name) == ["Alex Doe"], "\(name)")
        }
        #expect(try committee.readers(of: shelf.log, as: "Robin") == ["Lee", "Robin", "Sam"])
    }

    // Who took a report only to hand it over started its check, and has a conflict.
    @Test(arguments: ClaimedPast.allCases)
    func whoHandedOverErasesNoName(_ past: ClaimedPast) throws {
        let committee = try TestCommittee("Noor", "Robin", "Sam", "Kim")
        let (_, check) = try handedOver(committee)
        let log = try #require(try committee.vault("Noor").store.logs[check])
        let names = log.history.order.filter { $0.kind == .named }.map(\.id)
        try committee.hostile("Noor").plant(
            [.erased(Erasure(records: names))], in: check, claiming: past)
        try committee.settle(["Robin", "Sam", "Kim"])
        for name in ["Robin", "Sam", "Kim"] {
            #expect(try committee.namesInChecks(name) == ["Alex Doe"], "\(name)")
        }
    }

    /// Noor takes a case in spite of a conflict, and hands it to Robin.
    private func handOver(_ committee: TestCommittee) throws -> Case {
        let shelf = try committee.startCase(by: "Noor", about: "Alex Doe", handingOver: true)
        try committee.declareAll("Robin")
        _ = try committee.vault("Noor").catchUp()
        return shelf
    }

    /// A case that Noor took in spite of a conflict, and Robin has now.
    private func handedOver(_ committee: TestCommittee) throws -> (case: LogID, check: LogID) {
        let shelf = try handOver(committee)
        for name in ["Sam", "Kim"] { try committee.declareAll(name) }
        let robins = try committee.vault("Robin")
        _ = try robins.catchUp()
        let readers = try committee.readers(of: shelf.log, as: "Robin")
        #expect(readers.contains("Robin") && !readers.contains("Noor"), "\(readers)")
        return (shelf.log, try #require(robins.checks.first.map { LogID($0.id) }))
    }

    // And takes nobody out of it, so that nobody could be let in.
    @Test(arguments: ClaimedPast.allCases)
    func whoHandedOverKeepsTheCheckFromNobody(_ past: ClaimedPast) throws {
        let committee = try TestCommittee("Noor", "Robin", "Sam", "Kim")
        let shelf = try handOver(committee)
        let check = try #require(try committee.vault("Robin").checks.first.map { LogID($0.id) })
        let others = try ["Robin", "Sam", "Kim"].map { try committee.card($0).id }
        try committee.hostile("Noor").plant([.revoked(others)], in: check, claiming: past)
        for name in ["Sam", "Kim"] { try committee.declareAll(name) }
        try committee.settle(["Robin", "Sam", "Kim"])
        for name in ["Robin", "Sam", "Kim"] {
            #expect(try committee.namesInChecks(name) == ["Alex Doe"], "\(name)")
        }
        #expect(try committee.readers(of: shelf.log, as: "Robin") == ["Kim", "Robin", "Sam"])
    }

    // MARK: - Letting in

    // A grant that claims to be from before a second name was added.
    @Test(arguments: ClaimedPast.allCases)
    func whoNeverAnsweredALaterCheckReadsNothingNew(_ past: ClaimedPast) throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let id = try shared(committee, "Sam")
        let first = try #require(
            try Case(vault: committee.vault("Robin"), id: id).view().checks.first)
        try Case(vault: committee.vault("Robin"), id: id)
            .addCheck(about: ReportedPerson(name: "Zed Zero"))
        let vault = try committee.vault("Robin").store.vault
        let kim = try committee.key("Kim")
        let answer = Record(
            log: first, kind: .declared, parents: [],
            day: Day.of(secondsSince1970: committee.clock.now),
            body: Statement.declared(
                DeclarationStatement(answer: .noConflict, replaces: [])
            ).body, vault: vault, author: kim)
        try committee.hostile("Sam").plant(
            [.granted(Grant(card: kim.card, declarations: [answer], lifts: []))], in: id,
            claiming: past)
        try committee.settle(["Robin", "Sam"], rounds: 1)
        #expect(!(try committee.readers(of: id, as: "Robin")).contains("Kim"))
        _ = try Case(vault: committee.vault("Robin"), id: id).add(.discussion, "AFTERWARDS")
        #expect(
            try !OpenableText(folder: committee.folder, keys: [kim]).holds("AFTERWARDS"))
        // The control: once Kim answers, Kim reads.
        try committee.declareAll("Kim")
        try committee.settle(["Robin", "Sam"], rounds: 1)
        #expect(try committee.readers(of: id, as: "Robin").contains("Kim"))
    }

    // An admission of somebody who is in already, "replacing" somebody with a conflict.
    @Test(arguments: ClaimedPast.allCases)
    func nobodyIsGivenAnothersConflict(_ past: ClaimedPast) throws {
        let committee = try TestCommittee("Robin", "Sam", "Eve", "Dov")
        let shelf = try committee.startCase(by: "Robin")
        for name in ["Sam", "Eve"] { try committee.declareAll(name) }
        try committee.declareAll("Dov", .conflict)
        _ = try committee.vault("Robin").catchUp()
        try committee.hostile("Sam").plant(
            [
                .admitted(
                    Admission(
                        card: committee.card("Eve"), replaces: committee.card("Dov").id, lifts: []))
            ], in: committee.roster(), claiming: past)
        try committee.settle(["Robin", "Sam"])
        #expect(try committee.readers(of: shelf.log, as: "Robin") == ["Eve", "Robin", "Sam"])
        #expect(try committee.members("Robin") == ["Dov", "Eve", "Robin", "Sam"])
        // Eve's own computer says no such thing either, and signs none.
        try committee.settle(["Eve", "Robin", "Sam"])
        for name in ["Eve", "Robin", "Sam"] {
            #expect(try committee.readers(of: shelf.log, as: name) == ["Eve", "Robin", "Sam"])
        }
    }

    // MARK: - After a removal

    @Test(arguments: ClaimedPast.allCases)
    func whoWasRemovedBringsNobodyIn(_ past: ClaimedPast) throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let id = try shared(committee, "Sam", "Kim")
        let heads = try #require(try committee.vault("Sam").store.logs[committee.roster()])
        let parents = past.parents(in: heads, by: try committee.card("Sam").id)
        let vault = try committee.vault("Sam").store.vault
        let cards = heads.history.readerCards
        _ = try committee.vault("Robin").remove(committee.card("Sam").id)
        _ = try committee.vault("Kim").catchUp()
        let sam = try committee.hostile("Sam")
        try sam.plant(
            [
                sam.record(
                    .admitted(Admission(card: committee.card("Eve"), replaces: nil, lifts: [])),
                    in: committee.roster(), parents: parents, vault: vault),
                sam.record(
                    .removed([committee.card("Robin").id]), in: committee.roster(),
                    parents: parents, vault: vault),
            ], for: cards, vault: vault, slots: 8)
        try committee.settle(["Robin", "Kim"])
        for name in ["Robin", "Kim"] {
            #expect(try committee.members(name) == ["Kim", "Robin"], "\(name)")
        }
        #expect(try committee.readers(of: id, as: "Robin") == ["Kim", "Robin"])
    }
}
