// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

@testable import CaseVault

/// Every structure has one binary form, every cut is refused, and noise never crashes.
struct BinaryFormTests {
    /// A structure by name: its bytes, and reading and writing it again.
    private struct Form {
        let name: String
        let bytes: [UInt8]
        let again: ([UInt8]) throws -> [UInt8]
    }

    /// A form of a structure that has its own parser.
    private func form<T: BinaryCoding>(_ value: T) -> Form {
        Form(name: "\(T.self)", bytes: value.encoded) { try T(wholly: $0).encoded }
    }

    /// One form of everything.
    private func forms() throws -> [Form] {
        let samples = try SampleStatements()
        var forms = samples.all.map { statement in
            Form(name: "\(statement.kind)", bytes: statement.body) {
                try Statement(kind: statement.kind, body: $0).body
            }
        }
        let card = samples.key.card
        let statement = try #require(samples.all.last)
        let record = Record(
            log: LogID(raw: Random.bytes32()), kind: statement.kind,
            parents: [RecordID(raw: Random.bytes32()), RecordID(raw: Random.bytes32())],
            day: Day(daysSince1970: 20_000), body: statement.body, vault: samples.vault,
            author: samples.key)
        #expect(card.size == card.encoded.count)
        let key = FileKey.random()
        let readers = try #require(ReaderList([card, MemberKey.generate(name: "Sam").card]))
        let table = try SlotTable(key: key, readers: readers, count: 8, vault: samples.vault)
        var seen = SeenState()
        for _ in 0..<3 {
            seen.noted[FileName(raw: Random.bytes32())] = 1_790_000_000
            seen.mine[FileName(raw: Random.bytes32())] = SeenState.Verified(kind: .row)
            seen.notMine.insert(FileName(raw: Random.bytes32()))
            seen.firstLooks.insert(LogID(raw: Random.bytes32()))
            seen.standing.known.insert(RecordID(raw: Random.bytes32()))
            let log = LogID(raw: Random.bytes32())
            seen.standing.readers[log] = [card.id]
            seen.standing.exemptions[log] = [
                .init(links: [RecordID(raw: Random.bytes32())], readers: [card.id])
            ]
            seen.standing.out[CardID(raw: Random.bytes32())] = [RecordID(raw: Random.bytes32())]
            seen.erasures[RecordID(raw: Random.bytes32())] = 1_790_000_000
        }
        forms += [
            form(card), form(record), form(readers), form(seen),
            form(SeenChanges(from: SeenState(), to: seen)), form(Day(daysSince1970: -5)),
            form(Rules.standard),
            form(
                AttachmentHeader(
                    key: key, vault: samples.vault, log: .roster(of: samples.vault),
                    id: AttachmentID(raw: Random.bytes32()))),
            form(
                SealedHeader(
                    commitment: SlotTable.commitment(to: key, vault: samples.vault),
                    ephemeral: table.ephemeral, slots: table.slots, nonce: Random.bytes(24))),
            form(
                AttachmentEntry(
                    id: AttachmentID(raw: Random.bytes32()),
                    file: FileName(raw: Random.bytes32()), key: key,
                    everGiven: readers.ids)),
        ]
        return forms
    }

    @Test func coversEveryKindOfRecord() throws {
        let kinds = Set(try SampleStatements().all.map(\.kind))
        #expect(kinds == Set(RecordKind.allCases))
        #expect(Set(RecordKind.allCases.map(\.rawValue)).count == RecordKind.allCases.count)
        // Each kind belongs somewhere, and what starts a log belongs in the log it starts.
        for kind in RecordKind.allCases {
            #expect(LogKind.allCases.contains { kind.belongs(in: $0) })
            if let starts = kind.starts { #expect(kind.belongs(in: starts)) }
        }
    }

    @Test func writesBackWhatItReads() throws {
        for form in try forms() {
            #expect(try form.again(form.bytes) == form.bytes, "\(form.name)")
            #expect(throws: FormatError.self, "\(form.name) with a byte behind it") {
                try form.again(form.bytes + [0])
            }
        }
    }

    @Test func refusesEveryCut() throws {
        var cuts = 0
        var whole = 0
        for form in try forms() {
            for count in form.bytes.indices {
                // What stands at the end of some can be left out as a whole.
                if let short = try? form.again(Array(form.bytes.prefix(count))),
                    short.count == count,
                    short == Array(form.bytes.prefix(count)), form.bytes.count - count > 12,
                    ["reported", "entered", "erased"].contains(where: form.name.contains)
                {
                    whole += 1
                    continue
                }
                #expect(throws: FormatError.self, "\(form.name) cut to \(count)") {
                    try form.again(Array(form.bytes.prefix(count)))
                }
                cuts += 1
            }
        }
        #expect(cuts > 5000 && whole == 5)
    }

    @Test func whateverIsReadHasOneForm() throws {
        var random = SeededRandom()
        var accepted = 0
        for form in try forms() where !form.bytes.isEmpty {
            for _ in 0..<300 {
                var bytes = form.bytes
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    let place = Int.random(in: bytes.indices, using: &random)
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                    case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
                    case 2:
                        bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
                    default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
                    }
                }
                guard let again = try? form.again(bytes) else { continue }
                accepted += 1
                #expect(again == bytes, "\(form.name), \(random.hint)")
            }
        }
        #expect(accepted > 100, "the noise must sometimes be readable to say anything")
    }

    @Test func noiseNeverCrashes() throws {
        var random = SeededRandom()
        let forms = try forms()
        for _ in 0..<400 {
            let count = Int.random(in: 0..<200, using: &random)
            let noise = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            for form in forms {
                if let again = try? form.again(noise) {
                    #expect(again == noise, "\(form.name), \(random.hint)")
                }
            }
            if let body = try? SealedBody(noise) {
                Issue.record("noise is a body of \(body.records.count) records, \(random.hint)")
            }
            _ = try? Padding.content(of: noise)
            _ = try? VaultMarker(parsing: noise)
        }
    }

    @Test func hugeCountsAreRefusedBeforeAnythingIsAllocated() throws {
        let huge: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF]
        for kind in RecordKind.allCases where kind != .held {
            for prefix in [0, 1, 32, 33, 64] {
                let bytes = [UInt8](repeating: 0, count: prefix) + huge
                #expect(throws: FormatError.self) { try Statement(kind: kind, body: bytes) }
            }
        }
        var reader = ByteReader(huge + [1, 2, 3])
        #expect(throws: FormatError(reason: .tooLarge, offset: 0)) {
            try reader.blob(atMost: 100)
        }
        reader = ByteReader([0, 0, 0, 50, 1, 2, 3])
        #expect(throws: FormatError(reason: .truncated, offset: 0)) {
            try reader.blob(atMost: 100)
        }
    }

    @Test func unorderedListsAreRefused() throws {
        let ids = (0..<3).map { _ in RecordID(raw: Random.bytes32()) }.sorted()
        for order in [[1, 0, 2], [0, 0, 1], [2, 1, 0], [0, 2, 2]] {
            var writer = ByteWriter()
            writer.u8(1)
            writer.list(order.map { ids[$0] }) { $0.raw($1.raw) }
            #expect(throws: FormatError.self) { try DeclarationStatement(wholly: writer.bytes) }
        }
    }

    @Test func wrongTextIsRefused() throws {
        let bad: [[UInt8]] = [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82],
        ]
        for utf8 in bad {
            var writer = ByteWriter()
            writer.blob(utf8)
            var reader = ByteReader(writer.bytes)
            #expect(throws: FormatError(reason: .malformed, offset: 0)) {
                try reader.text(atMost: 100)
            }
        }
    }

    @Test func noLabelIsThePrefixOfAnother() {
        let all = Label.allCases.map { $0.writer.bytes }
        for (i, one) in all.enumerated() {
            for (j, other) in all.enumerated() where i != j { #expect(!other.starts(with: one)) }
        }
        #expect(Set(all).count == Label.allCases.count)
    }
}
