// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Attachments and deleting, against members who write false indexes.
struct AttachmentAttackTests {
    /// A case of Robin that Sam reads too, with one attachment.
    private func sharedCase(_ committee: TestCommittee) throws -> Case {
        let shelf = try committee.startCase(by: "Robin")
        try committee.declareAll("Sam")
        _ = try committee.vault("Robin").catchUp()
        let robins = try #require(try committee.vault("Robin").cases.first { $0.id == shelf.id })
        _ = try robins.add(
            .discussion, "See this.", attaching: [AttachmentSource(name: "a", bytes: [1, 2, 3])])
        return robins
    }

    /// The attachment's bytes.
    private func bytes(_ shelf: Case) throws -> [UInt8] {
        var all: [UInt8] = []
        try shelf.readAttachment(1, ofEntry: 2) { (piece) throws(VaultError) in
            for i in piece.indices { all.append(piece[i]) }
        }
        return all
    }

    @Test func indexCannotMakeOthersDeleteFiles() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try committee.startCase(by: "Robin")
        let kims = try committee.vault("Kim")
        let vault = kims.store.vault
        // Sam cannot open these either.
        let targets = try #require(shelf.vault.store.logs[shelf.id]).fileNames.sorted()
        #expect(!targets.isEmpty)
        let kim = HostileWriter(committee: committee, key: try committee.key("Kim"))
        let roster = LogID.roster(of: vault)
        let log = try #require(kims.store.logs[roster])
        let entries = targets.map {
            AttachmentEntry(
                id: AttachmentID(raw: Random.bytes32()), file: $0, key: .random(), everGiven: [])
        }
        // Sealed to a stranger too, so that whoever catches up deletes it at once.
        let planted = try kim.plant(
            [
                kim.record(
                    .confirmed(committee.card("Sam").id), in: roster, parents: log.history.heads,
                    vault: vault)
            ],
            for: log.history.readerCards + [committee.card("Stranger")], vault: vault,
            attachments: entries)
        let sams = try committee.vault("Sam")
        _ = try sams.catchUp()
        #expect(try committee.snapshot()[planted] == nil, "the control: it goes, with its index")
        #expect(try targets.allSatisfy { try committee.snapshot()[$0] != nil })
        #expect(try committee.vault("Robin").cases.map(\.id) == [shelf.id])
    }

    // Who reads two cases has the keys of both and can name an attachment of one in the other.
    @Test func indexCannotNameAnotherCasesAttachment() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try sharedCase(committee)
        try committee.declareAll("Kim", .conflict)
        _ = try committee.vault("Robin").catchUp()
        _ = try shelf.setHold(true)
        let other = try committee.startCase(by: "Sam", about: "Zed Zero")
        try committee.declareAll("Kim")
        try committee.declareAll("Robin", .conflict)
        let sams = try committee.vault("Sam")
        _ = try sams.catchUp()
        let mine = try #require(sams.store.logs[shelf.id])
        let note = try #require(mine.history.order.flatMap(\.attachments).first)
        let entry = try #require(mine.files.flatMap(\.attachments).first { $0.id == note.id })
        let log = try #require(sams.store.logs[other.id])
        let sam = HostileWriter(committee: committee, key: try committee.key("Sam"))
        let record = try sam.record(
            .entered(
                EntryStatement(
                    kind: .discussion, happened: nil, text: "See.", attachments: [note])),
            in: other.log, parents: log.history.heads, vault: sams.store.vault)
        // To a stranger too, so that whoever catches up deletes it at once.
        try sam.plant(
            [record], for: log.history.readerCards + [committee.card("Stranger")],
            vault: sams.store.vault, attachments: [entry])
        func attachments() throws -> Set<FileName> {
            Set(
                try committee.snapshot().filter { $0.value.starts(with: AttachmentHeader.magic) }
                    .keys)
        }
        let before = try attachments()
        #expect(before == [entry.file])
        for _ in 0..<2 {
            // Kim does not read the case that the attachment belongs to.
            _ = try committee.vault("Kim").catchUp()
            #expect(try attachments() == before)
            committee.clock.advance(days: 2)
        }
        let shown = Case(vault: try committee.vault("Kim"), id: other.id)
        _ = try shown.takeFirstLook(.noConflict)
        #expect(throws: VaultError.damaged("", "")) {
            try shown.readAttachment(1, ofEntry: 2) { (_) throws(VaultError) in }
        }
        #expect(try bytes(Case(vault: committee.vault("Robin"), id: shelf.id)) == [1, 2, 3])
    }

    @Test func falseCopyNeverReplacesTheTrueOne() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try sharedCase(committee)
        let sams = try committee.vault("Sam")
        let vault = sams.store.vault
        let log = try #require(sams.store.logs[shelf.id])
        let notes = log.history.order.flatMap(\.attachments)
        let place = VaultFolder(path: committee.folder.path, files: .init())
        let key = FileKey.random()
        let id = try #require(notes.first).id
        let junk = try AttachmentCipher(folder: place, vault: vault, log: log.id)
            .encrypt(.bytes([9, 9, 9]), as: id, key: key, progress: nil)
        let sam = HostileWriter(committee: committee, key: try committee.key("Sam"))
        let more = try sam.record(
            .entered(EntryStatement(kind: .discussion, happened: nil, text: "More.")),
            in: shelf.log, parents: log.history.heads, vault: vault)
        try sam.plant(
            log.history.order + [more], for: log.history.readerCards, vault: vault, slots: 8,
            attachments: notes.map {
                AttachmentEntry(id: $0.id, file: junk.file, key: key, everGiven: [])
            })
        let robins = try committee.vault("Robin")
        _ = try robins.catchUp()
        committee.clock.advance(days: 2)
        _ = try robins.catchUp()
        try committee.declareAll("Kim")
        _ = try robins.catchUp()
        #expect(try bytes(robins.case(named: shelf.codeName.description)) == [1, 2, 3])
    }

    @Test func attachmentThatArrivesLateIsEncryptedAnew() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let shelf = try sharedCase(committee)
        let place = VaultFolder(path: committee.folder.path, files: .init())
        let entry = try #require(
            shelf.vault.store.files.values.flatMap(\.attachments).first)
        let path = place.path(of: entry.file)
        let kept = try Data(contentsOf: URL(fileURLWithPath: path))
        try FileManager.default.removeItem(atPath: path)
        let robins = try committee.vault("Robin")
        let change = try robins.case(named: shelf.codeName.description)
            .revokeAccess(of: committee.card("Sam"))
        #expect(change.waiting.contains { $0.need == .attachmentBytes })
        try kept.write(to: URL(fileURLWithPath: path))
        _ = try robins.catchUp()
        // Nothing in the folder opens with the key that Sam was given.
        #expect(!FileManager.default.fileExists(atPath: path))
        #expect(try bytes(robins.case(named: shelf.codeName.description)) == [1, 2, 3])
        #expect(robins.offers.filter(\.needsNoQuestion).isEmpty)
    }

    @Test func fileThatLookedLikeAnAttachmentHeals() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let shelf = try committee.startCase(by: "Robin")
        let robins = try committee.vault("Robin")
        let place = VaultFolder(path: committee.folder.path, files: .init())
        var kept: [(URL, Data)] = []
        for name in robins.store.logs[shelf.id]?.fileNames ?? [] {
            let url = URL(fileURLWithPath: place.path(of: name))
            kept.append((url, try Data(contentsOf: url)))
            try Data("CVAF damaged".utf8).write(to: url)
        }
        try FileManager.default.removeItem(
            at: committee.root.appendingPathComponent("state-Robin"))
        #expect(try committee.vault("Robin").cases.isEmpty)
        for (url, data) in kept { try data.write(to: url) }
        #expect(try committee.vault("Robin").cases.count == 1)
    }
}
