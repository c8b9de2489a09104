// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Whoever is in can be taken out, whether they read or not, and then is out.
struct TakingOutTests {
    /// A link to a check that there is not.
    private func linkToNothing() -> CheckLink {
        CheckLink(
            check: BoundLog(log: LogID(raw: Random.bytes32()), bond: .random()), readers: [])
    }

    /// A case of Robin's as somebody's computer counts it.
    private func history(_ id: LogID, _ committee: TestCommittee, as name: String = "Robin") throws
        -> LogHistory
    {
        try #require(try committee.vault(name).store.logs[id]).history
    }

    // Sam admits more own keys than a file can name. One that no file names is removed.
    @Test(.timeLimit(.minutes(5))) func whoNoFileNamesCanBeRemoved() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let roster = try committee.roster()
        let own = try (0..<ReaderList.limit + 20).map {
            try MemberKey.generate(name: "Own \($0)").card
        }
        try committee.hostile("Sam").plant(
            own.map { .admitted(Admission(card: $0, replaces: nil, lifts: [])) }, in: roster)
        let robins = try committee.vault("Robin")
        let before = try history(roster, committee)
        let last = try #require(own.first { before.isIn($0.id) && !before.isReader($0.id) })
        _ = try robins.remove(last.id)
        #expect(try !history(roster, committee).isIn(last.id))
        // And all of them at once, who are more than one record can name.
        _ = try robins.remove(own.map(\.id))
        let after = try history(roster, committee)
        #expect(own.allSatisfy { !after.isIn($0.id) })
    }

    // Sam lets a friend in and links a check that the friend never answered, in one file.
    @Test func whoMustAnswerCanBeTakenOut() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim", "Fay")
        let id = try committee.sharedCase(of: "Robin", with: ["Sam", "Kim"]).log
        try committee.declareAll("Fay")
        let store = try committee.vault("Sam").store
        let fay = try committee.card("Fay")
        let answers = store.logs.values.filter { $0.kind == .check }.compactMap { check in
            check.history.order.last { $0.author.id == fay.id && $0.kind == .declared }?.record
        }
        let sam = try committee.hostile("Sam")
        let readers = try ["Robin", "Sam", "Kim"].map { try committee.card($0).id }
        let link = CheckLink(
            check: try sam.link(to: id, vault: store.vault).check, readers: readers)
        try sam.plant(
            [.granted(Grant(card: fay, declarations: answers, lifts: [])), .checkLinked(link)],
            in: id)
        #expect(try history(id, committee).isIn(fay.id), "control: Fay is in")
        #expect(try !history(id, committee).isReader(fay.id), "control: and does not read")
        let item = Case(vault: try committee.vault("Robin"), id: id)
        #expect(try item.access().others.contains { $0.member.id == fay.id })
        _ = try item.revokeAccess(of: fay)
        for name in ["Robin", "Kim"] {
            #expect(try !history(id, committee, as: name).isIn(fay.id), "\(name)")
        }
    }

    // Sam asks an own key in, which links a check that nobody has. Both are taken out, and somebody
    // else is let in.
    @Test func aGuestWhoNeverAnsweredKeepsNobodyOutForGood() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let id = try committee.sharedCase(of: "Robin", with: ["Sam"]).log
        let own = try committee.card("Own")
        try committee.hostile("Sam").plant([.invited(own)], in: id)
        let store = try committee.vault("Sam").store
        let cards = try #require(store.logs[id]).history.readerCards
        let writer = try committee.hostile("Own")
        try writer.plant(
            [
                writer.record(
                    .checkLinked(linkToNothing()), in: id, parents: [], vault: store.vault)
            ], for: cards, vault: store.vault, slots: 8)
        try committee.vault("Robin").refresh()
        let item = Case(vault: try committee.vault("Robin"), id: id)
        _ = try item.revokeAccess(of: committee.card("Sam"))
        // Whoever is to be taken out can be found.
        #expect(try item.access().others.contains { $0.member.id == own.id })
        _ = try item.revokeAccess(of: own)
        try committee.declareAll("Kim")
        _ = try Case(vault: committee.vault("Robin"), id: id)
            .grantAccess(to: committee.card("Kim").id)
        #expect(try committee.readers(of: id, as: "Robin").contains("Kim"))
    }

    // Own keys link more checks that nobody has than an end can name.
    @Test(.timeLimit(.minutes(5))) func manyLinksToNothingKeepNobodyOutForGood() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim", "Lee")
        let id = try committee.sharedCase(of: "Robin", with: ["Sam", "Lee"]).log
        let own = ["O1", "O2", "O3"]
        try committee.hostile("Sam").plant(own.map { .invited(try committee.card($0)) }, in: id)
        let store = try committee.vault("Sam").store
        let cards = try #require(store.logs[id]).history.readerCards
        for name in own {
            let writer = try committee.hostile(name)
            let records = try (0..<1500).map { _ in
                try writer.record(
                    .checkLinked(linkToNothing()), in: id, parents: [], vault: store.vault)
            }
            try writer.plant(records, for: cards, vault: store.vault, slots: 8)
        }
        try committee.vault("Robin").refresh()
        for name in ["Sam"] + own {
            _ = try Case(vault: committee.vault("Robin"), id: id).revokeAccess(
                of: committee.card(name))
        }
        try committee.declareAll("Kim")
        _ = try Case(vault: committee.vault("Robin"), id: id)
            .grantAccess(to: committee.card("Kim").id)
        #expect(try committee.readers(of: id, as: "Robin").contains("Kim"))
        // By their names too: somebody who is let back does not bring them along.
        #expect(try history(id, committee).counting(of: .ended).count > 1)
    }

    // Own keys put more holds on a case than an end can name, and all are lifted at once.
    @Test(.timeLimit(.minutes(5))) func manyHoldsAreLiftedAtOnce() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let id = try committee.sharedCase(of: "Robin", with: ["Sam", "Kim"]).log
        let own = ["O1", "O2"]
        try committee.hostile("Sam").plant(own.map { .invited(try committee.card($0)) }, in: id)
        let store = try committee.vault("Sam").store
        let cards = try #require(store.logs[id]).history.readerCards
        for name in own {
            let writer = try committee.hostile(name)
            let records = try (0..<2100).map { _ in
                try writer.record(.held, in: id, parents: [], vault: store.vault)
            }
            try writer.plant(records, for: cards, vault: store.vault, slots: 8)
        }
        let item = Case(vault: try committee.vault("Robin"), id: id)
        try item.vault.refresh()
        #expect(item.isOnHold, "control")
        _ = try item.setHold(false)
        #expect(!item.isOnHold)
    }

    // Who is the only reader takes out somebody who does not read.
    @Test func theOnlyReaderCanTakeOutWhoDoesNotRead() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let item = try committee.startCase(by: "Robin")
        let guest = try committee.card("Gus")
        _ = try item.invite(guest, confirming: guest.spoken)
        #expect(try history(item.log, committee).isIn(guest.id), "control")
        #expect(try !history(item.log, committee).isReader(guest.id), "control")
        _ = try item.revokeAccess(of: guest)
        #expect(try !history(item.log, committee).isIn(guest.id))
    }

    // MARK: - What stays behind

    /// Sam lets 1,100 own keys into a case, with answers.
    private func crowd(_ committee: TestCommittee, _ id: LogID) throws {
        let sam = try committee.hostile("Sam")
        let store = try committee.vault("Sam").store
        let log = try #require(store.logs[id])
        let checks = try #require(log.caseStart).checks
        let day = Day.of(secondsSince1970: committee.clock.now)
        var records: [VerifiedRecord] = []
        for i in 0..<1100 {
            let key = try MemberKey.generate(name: "Own \(i)")
            let answers = checks.map { check in
                Record(
                    log: check.log, kind: .declared, parents: [], day: day,
                    body: Statement.declared(
                        DeclarationStatement(answer: .noConflict, replaces: [])
                    ).body, vault: store.vault, author: key)
            }
            for statement in [
                Statement.invited(key.card),
                .granted(Grant(card: key.card, declarations: answers, lifts: [])),
            ] {
                records.append(
                    try sam.record(statement, in: id, parents: [], vault: store.vault))
            }
        }
        try sam.plant(records, for: log.history.readerCards, vault: store.vault, slots: 8)
    }

    // Kim declares a conflict, with as many own keys in the case as a file can name. Once a
    // colleague caught up, no file of the case is Kim's.
    @Test(.timeLimit(.minutes(5))) func ownKeysKeepNobodyIn() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let id = try committee.sharedCase(of: "Robin", with: ["Sam", "Kim"]).log
        _ = try Case(vault: committee.vault("Robin"), id: id).add(.discussion, "WRITTEN before")
        try crowd(committee, id)
        let kims = try committee.vault("Kim")
        _ = try kims.declare(kims.checks.map { ($0.id, .conflict) })
        for _ in 0..<3 { _ = try committee.vault("Robin").catchUp() }
        #expect(try !committee.readers(of: id, as: "Robin").contains("Kim"))
        let robins = try committee.vault("Robin").store
        let kim = try committee.card("Kim").id
        let files = try #require(robins.logs[id]).files
        #expect(!files.isEmpty)
        #expect(files.allSatisfy { !$0.readers.ids.contains(kim) || $0.sealer == kim })
    }

    /// How an entry names an attachment with another hash.
    enum FalseNote: CaseIterable {
        /// Not at all.
        case none
        /// In a file that tells no key.
        case alone
        /// In a file with the key of the true copy.
        case withKey
        /// In the one file that a colleague made of everything since.
        case together
    }

    // Sam writes an entry that names Robin's attachment with another hash. Once Sam is out, no copy
    // of it is there whose key Sam had, and no file of Sam's.
    @Test(arguments: FalseNote.allCases)
    func noCopyOfAnAttachmentStaysForWhoIsOut(_ way: FalseNote) throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim", "Noor")
        let id = try committee.sharedCase(of: "Robin", with: ["Sam", "Kim"]).log
        _ = try Case(vault: committee.vault("Robin"), id: id).add(
            .witness, "With a file.",
            attaching: [AttachmentSource(name: "a.txt", bytes: Array("SECRET bytes".utf8))])
        for name in ["Sam", "Kim"] { _ = try committee.vault(name).catchUp() }
        let log = try #require(try committee.vault("Sam").store.logs[id])
        let note = try #require(log.attachments.first)
        let had = log.copies(of: note).map(\.file)
        #expect(!had.isEmpty)
        if way != .none {
            let sam = try committee.hostile("Sam")
            let store = try committee.vault("Sam").store
            let other = AttachmentNote(
                id: note.id, name: note.name, mediaType: note.mediaType, size: note.size + 1,
                hash: Bytes32.zero)
            let entry = EntryStatement(
                kind: .discussion, happened: nil, text: "Also.", attachments: [other])
            try sam.plant(
                [sam.record(.entered(entry), in: id, parents: [], vault: store.vault)],
                for: log.history.readerCards, vault: store.vault, slots: 8,
                attachments: way == .alone ? [] : log.copies(of: note))
        }
        if way == .together {
            try committee.declareAll("Noor")
            _ = try committee.vault("Robin").catchUp()
        }
        _ = try Case(vault: committee.vault("Robin"), id: id).revokeAccess(
            of: committee.card("Sam"))
        for name in ["Robin", "Kim"] { _ = try committee.vault(name).catchUp() }
        let there = Set(try committee.snapshot().keys)
        #expect(had.allSatisfy { !there.contains($0) })
        let sam = try committee.card("Sam").id
        let files = try #require(try committee.vault("Robin").store.logs[id]).files
        #expect(files.allSatisfy { !$0.readers.ids.contains(sam) })
        // And it can still be read.
        let kims = try committee.vault("Kim").store
        let copies = try #require(kims.logs[id]).copies(of: note)
        #expect(copies.contains { kims.copies.isIntact($0, as: note, in: id) })
    }
}
