// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// A member who chooses what a record refers to, how many keys they have, and how much they write.
struct ChosenReferencesTests {
    /// Robin's case that others read too.
    private func shared(_ committee: TestCommittee, _ others: String...) throws -> LogID {
        try committee.sharedCase(of: "Robin", with: others).log
    }

    // MARK: - First records

    // Who founded the vault and was removed founds it once more, with other salts and days, until
    // the name is smaller: it is another vault's founding.
    @Test func aRemovedFounderFoundsNothingAgain() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let vault = try committee.vault("Sam").store.vault
        let roster = try committee.roster()
        let old = try #require(try committee.vault("Sam").store.logs[roster]?.history.root)
        _ = try committee.vault("Sam").remove(committee.card("Robin").id)
        let robin = try committee.hostile("Robin")
        let statement = try #require(old.statement)
        let cards = try ["Sam", "Kim"].map { try committee.card($0) }
        for _ in 0..<8 {
            committee.clock.advance(days: 1)
            let again = try robin.start(statement, vault: vault)
            #expect(again.record.log != roster)
            try robin.plant([again], for: cards, vault: vault, slots: 8)
        }
        try committee.settle(["Sam", "Kim"])
        for name in ["Sam", "Kim"] {
            #expect(try committee.members(name) == ["Kim", "Sam"], "\(name)")
        }
        _ = try committee.startCase(by: "Sam", about: "SECRET Doe")
        let keys = [try committee.key("Robin")]
        #expect(try !OpenableText(folder: committee.folder, keys: keys).holds("SECRET Doe"))
    }

    @Test func aRevokedStarterStartsNoCaseAgain() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let id = try shared(committee, "Sam", "Kim")
        let store = try committee.vault("Robin").store
        let start = try #require(store.logs[id]?.history.root?.statement)
        _ = try Case(vault: committee.vault("Sam"), id: id).revokeAccess(
            of: committee.card("Robin"))
        let robin = try committee.hostile("Robin")
        let cards = try ["Sam", "Kim"].map { try committee.card($0) }
        for _ in 0..<8 {
            committee.clock.advance(days: 1)
            let again = try robin.start(start, vault: store.vault)
            #expect(again.record.log != id)
            try robin.plant([again], for: cards, vault: store.vault, slots: 8)
        }
        try committee.settle(["Sam", "Kim"])
        let sams = Case(vault: try committee.vault("Sam"), id: id)
        _ = try sams.takeFirstLook(.noConflict)
        _ = try sams.add(.discussion, "SECRET entry")
        #expect(try committee.readers(of: id, as: "Sam") == ["Kim", "Sam"])
        let keys = [try committee.key("Robin")]
        #expect(try !OpenableText(folder: committee.folder, keys: keys).holds("SECRET entry"))
    }

    // MARK: - Keys

    // Sam lets in keys of their own, which remove each other, and others, in a ring.
    @Test(arguments: [false, true])
    func ownKeysStopNothing(removeOthersToo: Bool) throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let roster = try committee.roster()
        let own = ["E1", "E2", "E3", "E4"]
        try committee.hostile("Sam").plant(
            own.map {
                .admitted(Admission(card: try committee.card($0), replaces: nil, lifts: []))
            },
            in: roster, alsoFor: own.map { try committee.card($0) })
        let everybody = try ["Robin", "Kim", "Sam"].map { try committee.card($0).id }
        for (i, name) in own.enumerated() {
            let next = try committee.card(own[(i + 1) % own.count]).id
            try committee.hostile(name).plant(
                [.removed([next] + (removeOthersToo ? everybody : []))], in: roster)
        }
        // Everybody else is in, can work, and takes out who did it.
        for name in ["Robin", "Kim"] {
            let members = try committee.members(name)
            #expect(["Kim", "Robin", "Sam"].allSatisfy(members.contains), "\(name): \(members)")
        }
        _ = try committee.startCase(by: "Kim")
        let lee = try committee.card("Lee")
        try committee.vault("Robin").admit(lee, confirming: lee.spoken)
        _ = try committee.vault("Robin").remove(committee.card("Sam").id)
        for name in ["Robin", "Kim"] {
            let members = try committee.members(name)
            #expect(["Kim", "Lee", "Robin"].allSatisfy(members.contains), "\(name): \(members)")
            #expect(!members.contains("Sam"), "\(name)")
        }
    }

    // More keys than a file can name.
    @Test(.timeLimit(.minutes(5))) func moreOwnKeysThanAFileHoldsStopNothing() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let id = try shared(committee, "Sam", "Kim")
        let own = try (0..<ReaderList.limit + 20).map {
            try MemberKey.generate(name: "Own \($0)").card
        }
        try committee.hostile("Sam").plant(
            own.map { .admitted(Admission(card: $0, replaces: nil, lifts: [])) },
            in: committee.roster())
        // Everybody goes on, and removes them all, a screen at a time.
        _ = try committee.startCase(by: "Kim", about: "Zed Zero")
        _ = try Case(vault: committee.vault("Robin"), id: id).add(.discussion, "Robin goes on.")
        for _ in 0..<2 {
            let robins = try committee.vault("Robin")
            let others = robins.members.map(\.id).filter { member in
                member != robins.me.id && (try? committee.card("Kim").id) != member
            }
            if !others.isEmpty { _ = try robins.remove(others) }
        }
        for name in ["Robin", "Kim"] {
            #expect(try committee.members(name) == ["Kim", "Robin"], "\(name)")
        }
    }

    // One key cannot stand on two cards: what is sealed to a card follows from the key that signs.
    @Test func nobodyPutsAColleaguesKeyOnACardOfTheirOwn() throws {
        let sam = try MemberKey.generate(name: "Sam")
        let kim = try MemberKey.generate(name: "Kim")
        var writer = ByteWriter()
        writer.text("Kim")
        writer.raw(Array(kim.card.encoded.dropFirst(7).prefix(32)))
        let signature = sam.signing.sign(Label.cardSignature.writer.bytes + writer.bytes)
        writer.raw(signature.bytes)
        #expect(throws: FormatError.self) { try MemberCard(wholly: writer.bytes) }
    }

    // MARK: - Links

    // A check that nobody has, and one that its author shows to nobody.
    @Test(arguments: [false, true])
    func aLinkToNothingKeepsNobodyOutForGood(isLinkedBySomebodyElse: Bool) throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim", "Lee")
        let id = try shared(committee, "Sam", "Lee")
        let log = LogID(raw: Random.bytes32())
        let link = CheckLink(
            check: BoundLog(log: log, bond: .random()), readers: [try committee.card("Sam").id])
        let author = isLinkedBySomebodyElse ? "Lee" : "Sam"
        try committee.hostile(author).plant([.checkLinked(link)], in: id)
        try committee.vault("Robin").refresh()
        _ = try Case(vault: committee.vault("Robin"), id: id)
            .revokeAccess(of: committee.card(author))
        try committee.declareAll("Kim")
        try committee.settle(["Robin"], rounds: 1)
        if try !committee.readers(of: id, as: "Robin").contains("Kim") {
            _ = try Case(vault: committee.vault("Robin"), id: id)
                .grantAccess(to: committee.card("Kim").id)
        }
        #expect(try committee.readers(of: id, as: "Robin").contains("Kim"))
        #expect(try committee.readers(of: id, as: "Kim").contains("Kim"))
    }

    // MARK: - Conflicts

    @Test(arguments: ClaimedPast.allCases)
    func aMemberWithAConflictChangesNoRow(_ past: ClaimedPast) throws {
        let committee = try TestCommittee("Robin", "Sam", "Noor")
        let shelf = try committee.startCase(by: "Robin")
        try committee.declareAll("Sam")
        try committee.declareAll("Noor", .conflict)
        _ = try committee.vault("Robin").catchUp()
        let row = try Case(vault: committee.vault("Robin"), id: shelf.id).view().start.row.log
        try committee.hostile("Noor").plant(
            [.rowChanged(RowChange(values: [.status: "resolved", .resolution: "Unfounded."]))],
            in: row, claiming: past)
        try committee.settle(["Robin", "Sam"])
        for name in ["Robin", "Sam"] {
            let rows = try committee.vault(name).register
            #expect(rows.map { $0[.status] } == ["new"], "\(name)")
            #expect(rows.allSatisfy { $0[.resolution].isEmpty }, "\(name)")
        }
    }

    // Somebody with a conflict lets in a key of their own, which has none.
    @Test(arguments: ClaimedPast.allCases)
    func aKeyOfTheirOwnErasesNothing(_ past: ClaimedPast) throws {
        let committee = try TestCommittee("Robin", "Sam", "Noor")
        let shelf = try committee.startCase(by: "Robin", about: "Alex Doe")
        try committee.declareAll("Sam")
        try committee.declareAll("Noor", .conflict)
        _ = try committee.vault("Robin").catchUp()
        _ = try Case(vault: committee.vault("Robin"), id: shelf.id).updateRow([
            .actionsNeeded: "PLAN"
        ])
        let (check, row) = try { () throws -> (LogID, LogID) in
            let start = try Case(vault: committee.vault("Robin"), id: shelf.id).view().start
            return (try #require(start.checks.first).log, start.row.log)
        }()
        let own = try committee.card("Own")
        let noor = try committee.hostile("Noor")
        try noor.plant(
            [.admitted(Admission(card: own, replaces: nil, lifts: []))], in: committee.roster(),
            claiming: past, alsoFor: [own])
        let noors = try committee.vault("Noor").store
        let writer = try committee.hostile("Own")
        for (id, kind) in [(check, RecordKind.named), (row, .rowChanged)] {
            let log = try #require(noors.logs[id])
            let texts = log.history.order.filter { $0.kind == kind }.map(\.id)
            #expect(!texts.isEmpty)
            try noor.plant(
                [.opened(Opening(card: own)), .erased(Erasure(records: texts))], in: id,
                claiming: past, alsoFor: [own])
            let records = try [
                Statement.declared(DeclarationStatement(answer: .noConflict, replaces: [])),
                .erased(Erasure(records: texts)),
            ].map {
                try writer.record(
                    $0, in: id, parents: past.parents(in: log, by: own.id), vault: noors.vault)
            }
            try writer.plant(records, for: log.history.readerCards, vault: noors.vault, slots: 8)
        }
        try committee.settle(["Robin", "Sam"], rounds: 3)
        for name in ["Robin", "Sam"] {
            #expect(try committee.namesInChecks(name) == ["Alex Doe"], "\(name)")
            let rows = try committee.vault(name).register
            #expect(rows.map { $0[.actionsNeeded] } == ["PLAN"], "\(name)")
        }
    }

    // MARK: - Much

    // What a former member and a stranger write costs what reading their bytes costs.
    @Test(.timeLimit(.minutes(5)), arguments: ["Sam", "Zed"])
    func manyRecordsOfSomebodyOutCostTheirBytes(_ author: String) throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let roster = try committee.roster()
        let kims = try committee.vault("Kim")
        let (vault, sam) = (kims.store.vault, try committee.card("Sam"))
        let readers = try ["Robin", "Kim"].map { try committee.card($0) }
        _ = try committee.vault("Robin").remove(sam.id)
        _ = try committee.vault("Kim").catchUp()
        let writer = try committee.hostile(author)
        func time(_ count: Int, chained: Bool) throws -> Duration {
            var last: [RecordID] = []
            var records: [VerifiedRecord] = []
            for _ in 0..<count {
                let record = try writer.record(
                    .removed([committee.card("Kim").id]), in: roster, parents: last, vault: vault)
                records.append(record)
                if chained { last = [record.id] }
            }
            let name = try writer.plant(records, for: readers, vault: vault, slots: 8)
            // Once to verify it, which costs a signature each.
            _ = try committee.vault("Kim")
            let start = ContinuousClock.now
            #expect(try committee.members("Kim") == ["Kim", "Robin"])
            let spent = ContinuousClock.now - start
            try VaultFolder(path: committee.folder.path, files: FileSystem()).remove(name)
            return spent
        }
        for chained in [false, true] {
            let few = try time(500, chained: chained)
            let many = try time(4000, chained: chained)
            // Eight times as many: a square would be sixty-four times.
            #expect(many < few * 24 + .seconds(1), "\(few) and \(many)")
        }
    }

    // What one member writes in excess costs only what that member writes.
    @Test(.timeLimit(.minutes(5)))
    func excessCrowdsOutNobodyElse() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let id = try shared(committee, "Sam", "Kim")
        let before = try Case(vault: committee.vault("Kim"), id: id).view().entryRecords.count
        try committee.hostile("Sam").plant(
            Array(repeating: .revoked([committee.card("Lee").id]), count: 5000), in: id,
            claiming: .first)
        let robins = Case(vault: try committee.vault("Robin"), id: id)
        _ = try robins.add(.discussion, "Robin's.")
        #expect(try committee.readers(of: id, as: "Kim") == ["Kim", "Robin", "Sam"])
        let after = try Case(vault: committee.vault("Kim"), id: id).view().entryRecords.count
        #expect(after == before + 1)
        // And Sam is taken out all the same.
        _ = try Case(vault: committee.vault("Robin"), id: id).revokeAccess(
            of: committee.card("Sam"))
        #expect(try committee.readers(of: id, as: "Kim") == ["Kim", "Robin"])
    }
}
