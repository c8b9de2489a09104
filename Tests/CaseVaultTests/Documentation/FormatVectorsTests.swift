// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// The vectors at the end of Docs/FORMAT.md are what the code computes.
///
/// After a change of the format, the failure prints the block to put into the document.
struct FormatVectorsTests {
    /// Consecutive bytes.
    private static func bytes(from first: UInt8) -> [UInt8] { (0..<32).map { first + $0 } }

    /// Bytes in hexadecimal digits, 64 to a line after the first.
    private static func hex(_ bytes: [UInt8]) -> String {
        let digits = bytes.map { String(UInt16($0) + 256, radix: 16).dropFirst() }
        return stride(from: 0, to: digits.count, by: 32).map { start in
            digits[start..<min(start + 32, digits.count)].joined()
        }.joined(separator: "\n    ")
    }

    /// The block as it should stand in the document.
    private static func block() throws -> [String] {
        let seed = try SecretBytes(copying: bytes(from: 0).span)
        let robin = try MemberKey(name: "Robin", seed: seed)
        let vault = VaultID(raw: try #require(Bytes32(Array(repeating: 0x11, count: 32))))
        let raw = bytes(from: 0x20)
        let raw32 = try #require(Bytes32(raw))
        let copied = FileKey(copying: raw.span)
        let key = try #require(copied)
        let readers = try #require(ReaderList([robin.card]))
        let table = try SlotTable(key: key, readers: readers, count: 8, vault: vault)
        let record = Record(
            log: .roster(of: vault), kind: .confirmed, parents: [],
            day: Day(daysSince1970: 20_000), body: Statement.confirmed(robin.card.id).body,
            vault: vault, author: robin, salt: raw32)
        let header = AttachmentHeader(
            key: key, vault: vault, log: .roster(of: vault), id: AttachmentID(raw: raw32)
        ).encoded
        let lastChunk = Array(repeating: UInt8(0), count: 23) + [1]
        let nothing: [UInt8] = []
        let chunk = try XChaCha20Poly1305.seal(
            nothing.span, associatedData: header.span, nonce: lastChunk.span, key: key)
        let row = Record(
            starting: .rowStarted, day: Day(daysSince1970: 20_000),
            body: RowStart(
                codeName: try #require(CodeName("home shelf")), readers: [robin.card],
                tag: Bond(raw: raw32).tag(by: robin.card.id)
            ).encoded, vault: vault, author: robin, salt: raw32)
        let (_, founded) = Record.founding(
            Founding(founders: [robin.card], committee: "Committee", rules: .standard),
            day: Day(daysSince1970: 20_000), by: robin, salt: raw32)
        let sizes = [1, 1024, 1025, 2049, 5000, 65_537, 1_000_000, 25_165_824]
        let lines: [(String, String)] = [
            ("seed s", hex(bytes(from: 0))),
            ("name", "Robin"),
            ("key", hex(robin.card.verifyKey.raw.bytes)),
            ("box key", hex(robin.card.boxKey.raw.bytes)),
            ("card", hex(robin.card.encoded)),
            ("card id", robin.card.id.description),
            ("fingerprint", robin.card.fingerprint.description),
            ("backup", String(PrintedBackup(of: robin).text.split(separator: "\n")[1])),
            ("V", vault.hexText),
            ("committee code", CommitteeCode(vault: vault, members: [robin.card.id]).description),
            ("roster's log id", LogID.roster(of: vault).description),
            ("row home shelf, for Robin, day 20000, salt K", hex(row.encoded)),
            ("its log id", row.log.description),
            (
                "vault that Robin founds, \"Committee\", standard rules, day 20000, salt K",
                founded.hexText
            ),
            (
                "tag of a row or check that Robin's case names with the bond K",
                hex(Bond(raw: raw32).tag(by: robin.card.id).bytes)
            ),
            (
                "tag of a check that is linked to that row's id, with the bond K",
                hex(Bond(raw: raw32).tag(linkedTo: row.log).bytes)
            ),
            ("K", hex(bytes(from: 0x20))),
            ("commitment", SlotTable.commitment(to: key, vault: vault).hex),
            ("ephemeral key", table.ephemeral.hex),
            ("slot for the box key", hex(table.readerSlots[0])),
            ("decoy 1", hex(SlotTable.decoy(1, key: key, vault: vault))),
            ("H(all 8 slots), Robin alone", BLAKE2b.hash(table.slots.flatMap(\.self)).hex),
            ("body hash: Robin's card id, salt K", record.bodyHash.hex),
            ("record: confirmed, day 20000, with that body", hex(record.encoded)),
            ("record id", record.id.hexText),
            ("empty attachment under K, in the roster's log, named K", hex(header + chunk)),
            ("pad", sizes.map { "\($0)→\(Padding.size($0))" }.joined(separator: " ")),
        ]
        return lines.flatMap { name, value in
            "\(name)\n    \(value)".split(separator: "\n").map(String.init)
        }
    }

    /// The document.
    private static let document = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Docs/FORMAT.md")

    @Test(
        .enabled(
            if: PythonReader.isAvailable, "needs /usr/bin/python3 with PyNaCl (python3-nacl)"))
    func independentReaderComputesTheSame() throws {
        #expect(try PythonReader.checkVectors(of: Self.document) == "27 vectors agree\n")
    }

    @Test func documentShowsWhatTheCodeComputes() throws {
        let text = try String(contentsOf: Self.document, encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let fence = try #require(lines.lastIndex(of: "```vectors"))
        let shown = Array(lines[(fence + 1)...].prefix { $0 != "```" })
        let right = try Self.block()
        #expect(shown == right, "put this into FORMAT.md:\n\(right.joined(separator: "\n"))")
    }
}
