// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// A case of more records than one file takes.
struct LargeLogTests {
    @Test(.endsAHang) func isWrittenAnewFileByFile() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try committee.sharedCase(of: "Robin", with: ["Sam", "Kim"])
        let text = String(repeating: "a", count: EntryStatement.textLimit)
        let count = Planner.oneFileLimit / EntryStatement.textLimit + 1
        for _ in 0..<count { _ = try shelf.add(.discussion, text) }
        let before = try Set(committee.snapshot().keys)
        _ = try shelf.revokeAccess(of: committee.card("Sam"))
        // Nothing that is left of the case opens for Sam, and the others lack nothing.
        #expect(try committee.vault("Sam").store.logs[shelf.id] == nil)
        for name in ["Robin", "Kim"] {
            let vault = try committee.vault(name)
            let log = try #require(vault.store.logs[shelf.id])
            #expect(log.files.count > 1)
            // Robin's own first file, from before Sam was let in, may be there still.
            for file in log.files where before.contains(file.name) {
                #expect(file.readers.cards.map(\.name) == ["Robin"])
            }
            #expect(log.history.counting.filter(\.isEntry).count == count + 1)
            #expect(try vault.verify().isWhole)
        }
    }

    /// What does not fit into one file is left in many, instead of being written again each time.
    @Test(.endsAHang) func isNotCompactedForEver() throws {
        let committee = try TestCommittee("Robin")
        let shelf = try committee.startCase(by: "Robin")
        let text = String(repeating: "a", count: EntryStatement.textLimit)
        for _ in 0...Planner.oneFileLimit / EntryStatement.textLimit {
            _ = try shelf.add(.discussion, text)
        }
        let vault = try committee.vault("Robin")
        let before = try Set(committee.snapshot().keys)
        #expect(before.count > 8, "the control: as many as would be compacted otherwise")
        for _ in 0..<2 {
            _ = try vault.catchUp()
            #expect(try Set(committee.snapshot().keys) == before)
            committee.clock.advance(days: 2)
        }
    }

    /// How many files hold records of a case, as Robin sees it.
    private func files(of shelf: Case, in committee: TestCommittee) throws -> Int {
        try #require(committee.vault("Robin").store.logs[shelf.id]).files.count
    }

    /// Each act writes what only one file holds, not every file that it wrote before.
    @Test(.endsAHang) func severalActsOnOneDayDoNotDoubleIt() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim", "Noor")
        let shelf = try committee.startCase(by: "Robin")
        for name in ["Sam", "Kim", "Noor"] { try committee.declareAll(name) }
        let text = String(repeating: "a", count: EntryStatement.textLimit)
        for _ in 0...Planner.oneFileLimit / EntryStatement.textLimit {
            _ = try shelf.add(.discussion, text)
        }
        let before = try files(of: shelf, in: committee)
        for (number, name) in ["Sam", "Kim", "Noor"].enumerated() {
            _ = try shelf.grantAccess(to: committee.card(name).id)
            let count = try files(of: shelf, in: committee)
            #expect(count <= (number + 2) * before && count > before, "\(name): \(count)")
        }
    }

    /// Sam fills a file to the brim and seals it to an outsider too. No file can hold more; so one
    /// for exactly the readers is written, and no other after it.
    @Test(.endsAHang) func aFileFilledToTheBrimIsNotWrittenForEver() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let shelf = try committee.sharedCase(of: "Robin", with: ["Sam"])
        let text = String(repeating: "a", count: EntryStatement.textLimit)
        for _ in 0..<11 { _ = try shelf.add(.discussion, text) }
        let outsider = try MemberKey.generate(name: "Lee").card
        let store = try committee.vault("Sam").store
        let log = try #require(store.logs[shelf.id])
        let readers = try #require(ReaderList(log.history.readerCards + [outsider]))
        let contents = SealedFile.Contents(
            readers: readers, records: log.history.order, attachments: [])
        // With a small name, which of two files with the same records stays.
        var bytes: [UInt8] = []
        repeat {
            bytes = try SealedFile.seal(
                contents, slots: 8, sealer: committee.key("Sam"), vault: store.vault
            ).bytes
        } while BLAKE2b.hash(bytes).bytes[0] >= 0x60
        _ = try store.folder.write([bytes])
        var counts: [Int] = []
        for _ in 0..<3 {
            _ = try committee.vault("Robin").catchUp()
            counts.append(try files(of: shelf, in: committee))
        }
        #expect(counts[1...].allSatisfy { $0 == counts[1] }, "\(counts)")
        let robin = try committee.vault("Robin")
        let added = try #require(robin.store.logs[shelf.id]).history.counting(of: .gapAccepted)
        #expect(added.count <= 1)
    }
}
