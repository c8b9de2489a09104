// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// A reader takes the text out of an entry that nobody erased, and hands that around.
struct RedactedRecordTests {
    /// The text that somebody wants to be gone.
    private static let text = "What must not be lost."

    /// Robin's case with Sam as a reader, an entry of Robin's and an attachment.
    private func scene() throws -> (committee: TestCommittee, case: LogID) {
        let committee = try TestCommittee("Robin", "Sam")
        let shelf = try committee.startCase(by: "Robin")
        try committee.declareAll("Sam")
        _ = try committee.vault("Robin").catchUp()
        _ = try Case(vault: committee.vault("Robin"), id: shelf.id).add(
            .discussion, Self.text,
            attaching: [AttachmentSource(name: "a.txt", bytes: [1, 2, 3])])
        return (committee, shelf.log)
    }

    /// Sam seals the case anew for exactly its readers, without the text of Robin's entry, and
    /// with a record of their own, so that the file seems to hold more than all others.
    @discardableResult
    private func plant(_ committee: TestCommittee, _ id: LogID) throws -> FileName {
        let vault = try committee.vault("Sam").store
        let log = try #require(vault.logs[id])
        let writer = HostileWriter(committee: committee, key: try committee.key("Sam"))
        let more = try writer.record(
            .entered(EntryStatement(kind: .discussion, happened: nil, text: "Sam's.")), in: id,
            parents: log.history.heads, vault: vault.vault)
        let records = log.history.order.map { record in
            if case .entered = record.statement { record.redacted } else { record }
        }
        return try writer.plant(
            records + [more], for: log.history.readerCards, vault: vault.vault, slots: 8)
    }

    @Test func neverMakesColleaguesDeleteTheText() throws {
        let (committee, id) = try scene()
        try plant(committee, id)
        for _ in 0..<4 {
            for name in ["Robin", "Sam"] {
                let vault = try committee.vault(name)
                _ = try vault.catchUp()
                let item = Case(vault: vault, id: id)
                _ = try item.takeFirstLook(.noConflict)
                let entries = try item.entries()
                #expect(entries.map(\.text).contains(Self.text), "\(name)")
                #expect(entries.count == 3)
                #expect(!entries.contains { $0.isTextMissing || $0.isErased })
                let number = try #require(entries.first { $0.text == Self.text }?.number)
                var size = 0
                try item.readAttachment(1, ofEntry: number) { size += $0.count }
                #expect(size == 3)
                let problems = try vault.verify().problems
                #expect(!problems.contains { $0.code == .textMissing })
            }
            committee.clock.advance(days: 2)
        }
        // In the end one file has everything; the one without the text is gone.
        let log = try #require(try committee.vault("Robin").store.logs[id])
        #expect(log.files.count == 1)
        #expect(log.redacted.isEmpty)
    }

    @Test func isReportedWhereTheTextNeverArrived() throws {
        let (committee, id) = try scene()
        let before = Set(try committee.snapshot().keys)
        let planted = try plant(committee, id)
        let place = VaultFolder(path: committee.folder.path, files: FileSystem())
        let robin = try committee.vault("Robin")
        for name in try #require(robin.store.logs[id]).fileNames where name != planted {
            #expect(before.contains(name))
            try place.remove(name)
        }
        for name in ["Robin", "Sam"] {
            let vault = try committee.vault(name)
            let item = Case(vault: vault, id: id)
            _ = try item.takeFirstLook(.noConflict)
            let entries = try item.entries()
            #expect(entries.count == 3, "an entry never vanishes silently")
            let missing = entries.filter(\.isTextMissing)
            #expect(missing.map(\.kind) == [.gone])
            #expect(missing.map(\.author) == [try committee.card("Robin")])
            #expect(missing.allSatisfy { $0.text.isEmpty && $0.attachments.isEmpty })
            #expect(!entries.contains { $0.isErased })
            let report = try vault.verify()
            #expect(report.problems.contains { $0.code == .textMissing })
            // The ids are there: nothing looks put back.
            #expect(!report.problems.contains { $0.code == .olderThanSeen })
            _ = try vault.catchUp()
            #expect(try vault.verify().problems.contains { $0.code == .textMissing })
        }
    }

    // Nor does it help to say that it was erased, for somebody who never could erase.
    @Test(arguments: ["Outsider", "Newcomer"])
    func isReportedWhoeverSaysThatItWasErased(author: String) throws {
        let (committee, id) = try scene()
        let newcomer = try committee.card("Newcomer")
        try committee.vault("Robin").admit(newcomer, confirming: newcomer.spoken)
        let before = try #require(try committee.vault("Robin").store.logs[id])
        let planted = try plant(committee, id)
        let place = VaultFolder(path: committee.folder.path, files: FileSystem())
        for name in try #require(committee.vault("Robin").store.logs[id]).fileNames
        where name != planted { try place.remove(name) }
        let writer = HostileWriter(committee: committee, key: try committee.key(author))
        let vault = try committee.vault("Robin").store.vault
        let erasure = try writer.record(
            .erased(Erasure(records: before.history.order.map(\.id), isWholeCase: true)), in: id,
            parents: [], vault: vault)
        try writer.plant([erasure], for: before.history.readerCards, vault: vault, slots: 8)
        for name in ["Robin", "Sam"] {
            let item = Case(vault: try committee.vault(name), id: id)
            #expect(!item.isErased, "\(name)")
            let problems = try committee.vault(name).verify().problems
            #expect(problems.contains { $0.code == .textMissing }, "\(name)")
        }
    }

    /// Of two files with one text, each without the text of one more record, neither may replace
    /// the other: which text a machine lacks differs, and so two would delete both.
    @Test func neverOutdoesAFileWithARecordOfItsOwn() throws {
        let (committee, id) = try scene()
        let sam = try committee.vault("Sam").store
        let log = try #require(sam.logs[id])
        let writer = HostileWriter(committee: committee, key: try committee.key("Sam"))
        let (shared, here, there) = try (
            entry("In both files."), entry("Nowhere here."), entry("In a third file.")
        )
        func entry(_ text: String) throws -> VerifiedRecord {
            try writer.record(
                .entered(EntryStatement(kind: .discussion, happened: nil, text: text)), in: id,
                parents: log.history.heads, vault: sam.vault)
        }
        func plant(_ records: [VerifiedRecord]) throws -> FileName {
            try writer.plant(records, for: log.history.readerCards, vault: sam.vault, slots: 8)
        }
        let outdoing = try plant([shared, here.redacted])
        let kept = try plant([shared, there.redacted])
        let control = try plant([shared])
        _ = try plant([there])
        let robin = try committee.vault("Robin").store
        #expect(robin.logs[id]?.redacted == [here.id])
        let gone = DeleteRule(snapshot: robin.snapshot).deletable(
            touching: nil, onlyOverShared: false)
        #expect(gone.contains(control), "it adds nothing to the others")
        #expect(!gone.contains(kept) && !gone.contains(outdoing))
    }

    @Test func nobodyCanWriteAnEntryOfNoKind() throws {
        #expect(EntryKind.allCases.count == 12 && !EntryKind.allCases.contains(.gone))
    }
}
