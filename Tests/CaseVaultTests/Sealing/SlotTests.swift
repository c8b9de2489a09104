// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Slots as a whole vault has them, after a story.
struct SlotTests {
    /// The slots of a file, by their place in the bytes.
    private func slots(of bytes: [UInt8]) -> [[UInt8]] { RawSlots(bytes)?.slots ?? [] }

    /// The sealed files of a snapshot.
    private func sealed(_ committee: TestCommittee) throws -> [FileName: [UInt8]] {
        try committee.snapshot().filter { $0.value.starts(with: Array("CVSF".utf8)) }
    }

    /// Five members, two cases, answers, a grant, an entry, a revocation, a removal.
    private func story() throws -> (TestCommittee, LogID) {
        let committee = try TestCommittee("Robin", "Sam", "Kim", "Noor", "Pat")
        let first = try committee.startCase(by: "Robin")
        _ = try committee.startCase(by: "Sam", about: "Pat", withholdingFrom: ["Pat"])
        for name in ["Robin", "Sam", "Noor"] { try committee.declareAll(name) }
        try committee.declareAll("Kim", .conflict)
        for name in ["Robin", "Sam"] { _ = try committee.vault(name).catchUp() }
        let robins = try #require(try committee.vault("Robin").cases.first { $0.id == first.id })
        _ = try robins.add(
            .plan, "Talk.", attaching: [AttachmentSource(name: "a", bytes: [1, 2, 3])])
        _ = try robins.revokeAccess(of: committee.card("Noor"))
        _ = try committee.vault("Robin").remove(committee.card("Kim").id)
        for name in ["Sam", "Noor", "Robin"] { _ = try committee.vault(name).catchUp() }
        return (committee, first.log)
    }

    @Test func theTableSaysWhichSlotIsWhose() throws {
        let keys = try (0..<6).map { try MemberKey.generate(name: "Person \($0)") }
        let readers = try #require(ReaderList(keys.map(\.card)))
        let vault = VaultID(raw: Random.bytes32())
        let table = try SlotTable(key: .random(), readers: readers, count: 8, vault: vault)
        #expect(table.readerSlots.count == 6)
        for (card, own) in zip(readers.cards, table.readerSlots) {
            let key = try #require(keys.first { $0.card.id == card.id })
            let made = SealedBoxOpener(ephemeral: table.ephemeral, reader: key.box)
            let opener = try #require(made)
            for slot in table.slots {
                #expect((opener.open(anyOf: [slot]) != nil) == (slot == own))
            }
        }
    }

    @Test func everyReaderRebuildsAllSlotsOfEveryFile() throws {
        let (committee, _) = try story()
        var checked = 0
        for (name, bytes) in try sealed(committee) {
            var readers = 0
            for person in committee.keys.values {
                let raw = try #require(RawSlots(bytes))
                let keys = raw.keys(for: person).compactMap(\.self)
                #expect(keys.count <= 1, "one slot for each reader")
                guard let key = keys.first else { continue }
                let vault = try committee.vault("Robin").store.vault
                guard
                    case .opened(let file) = try SealedFile.open(
                        bytes, name: name, with: person, vault: vault)
                else {
                    Issue.record("has a slot and does not open")
                    continue
                }
                #expect(file.readers.ids.contains(person.card.id))
                let table = try SlotTable(
                    key: key, readers: file.readers, count: raw.slots.count, vault: vault)
                #expect(table.slots == raw.slots, "byte for byte")
                #expect(table.ephemeral.bytes == raw.ephemeral)
                readers += 1
                if readers == 1 {
                    // Exactly those who are listed have a slot: nobody else of our cast.
                    let open = committee.keys.values.filter { other in
                        raw.keys(for: other).contains { $0 != nil }
                    }
                    #expect(CardIDs(open.map(\.card.id)) == file.readers.ids)
                }
                checked += 1
            }
            #expect(readers > 0, "a file that nobody opens")
        }
        #expect(checked >= 20)
    }

    @Test func numberOfSlotsIsTheSameWhoeverTheReadersAre() throws {
        let (committee, _) = try story()
        let files = try sealed(committee)
        #expect(files.count >= 10)
        #expect(Set(files.values.map { $0[6] }) == [3])
        #expect(Set(files.values.map { Array($0.prefix(7)) }).count == 1)
        // Nor can anybody tell a decoy from a slot by what stands in it.
        RawSlots.expectNothingRecurs(in: files.values)
    }

    @Test func numberOfSlotsGrowsWithTheRoster() throws {
        let committee = try TestCommittee("A", "B", "C", "D", "E", "F")
        _ = try committee.startCase(by: "A")
        var before = try sealed(committee)
        #expect(Set(before.values.map { $0[6] }) == [3], "six members and two more")
        let card = try committee.card("G")
        try committee.vault("A").admit(card, confirming: card.spoken)
        let names = Set(before.keys)
        let after = try sealed(committee).filter { !names.contains($0.key) }
        #expect(!after.isEmpty)
        #expect(Set(after.values.map { $0[6] }) == [4], "seven members and two more")
        before = try sealed(committee)
        _ = try committee.startCase(by: "B")
        let new = try sealed(committee).filter { before[$0.key] == nil }
        #expect(Set(new.values.map { $0[6] }) == [4])
    }

    @Test(arguments: [
        (1, 8), (5, 8), (6, 8), (7, 16), (14, 16), (15, 32), (30, 32), (31, 64), (1000, 1024),
        (1022, 1024), (5000, 1024),
    ])
    func countsTheSlots(roster: Int, slots: Int) {
        #expect(SlotTable.count(forRoster: roster) == slots)
    }

    @Test func everySlotChangesWhenACaseIsResealed() throws {
        let committee = try TestCommittee("Robin", "Sam", "Noor")
        let shelf = try committee.startCase(by: "Robin")
        for name in ["Sam", "Noor"] { try committee.declareAll(name) }
        let robins = try committee.vault("Robin")
        _ = try robins.catchUp()
        let old = try sealed(committee)
        let oldSlots = Set(old.values.flatMap(slots(of:)))
        let oldFronts = Set(old.values.map { Array($0[7..<39]) })
        let oldPairs = Set(old.values.map { Array($0[39..<71]) })
        _ = try #require(robins.cases.first { $0.id == shelf.id })
            .revokeAccess(of: committee.card("Sam"))
        let new = try sealed(committee).filter { old[$0.key] == nil }
        #expect(!new.isEmpty)
        for bytes in new.values {
            let boxes = slots(of: bytes)
            #expect(Set(boxes).count == boxes.count)
            #expect(oldSlots.isDisjoint(with: boxes))
            #expect(!oldFronts.contains(Array(bytes[7..<39])))
            #expect(!oldPairs.contains(Array(bytes[39..<71])))
        }
        // No slot and no ephemeral key ever stands in two files.
        let all = Array(old.values) + Array(new.values)
        #expect(Set(all.map { $0[39..<71] }).count == all.count)
        #expect(Set(all.flatMap(slots(of:))).count == all.map { slots(of: $0).count }.reduce(0, +))
    }

    @Test func outsiderCannotCountTheReaders() throws {
        // The same small record for one reader and for many: header, slots and size are alike.
        let vault = VaultID(raw: Random.bytes32())
        let keys = try (0..<9).map { try MemberKey.generate(name: "M\($0)") }
        let body = Statement.entered(
            EntryStatement(kind: .plan, happened: nil, text: "x"))
        let record = Record(
            log: LogID(raw: Random.bytes32()), kind: body.kind, parents: [],
            day: Day(daysSince1970: 20_000), body: body.body, vault: vault, author: keys[0])
        let verified = try VerifiedRecord(record, by: keys[0].card, in: vault)
        var sizes: Set<Int> = []
        var files: [[UInt8]] = []
        for count in 1...8 {
            let readers = try #require(ReaderList(keys.prefix(count).map(\.card)))
            let bytes = try SealedFile.seal(
                SealedFile.Contents(readers: readers, records: [verified], attachments: []),
                slots: 8, sealer: keys[0], vault: vault
            ).bytes
            sizes.insert(bytes.count)
            files.append(bytes)
            #expect(Array(bytes.prefix(7)) == Array("CVSF".utf8) + [1, 1, 3])
            #expect(slots(of: bytes).count == 8)
            #expect(Set(slots(of: bytes)).count == 8, "a decoy looks like any slot")
            // Somebody who is not a reader opens none of them, decoys included.
            let raw = try #require(RawSlots(bytes))
            #expect(raw.keys(for: keys[8]).allSatisfy { $0 == nil })
        }
        #expect(sizes.count == 1)
        RawSlots.expectNothingRecurs(in: files)
    }

    @Test func paddingHasFewSizes() {
        var sizes: Set<Int> = []
        for size in 0..<100_000 {
            let padded = Padding.size(size)
            #expect(padded >= size)
            if size > 1024 { #expect(Double(padded) <= Double(size) * 1.12) }
            sizes.insert(padded)
        }
        #expect(sizes.count < 128)
        #expect((0...1024).allSatisfy { Padding.size($0) == 1024 })
    }
}
