// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Attachments as somebody with the key could write them: all is right but one thing.
struct CraftedAttachmentTests {
    /// What can be wrong.
    struct Parts: Sendable {
        /// The key that the header is bound to, if another.
        var headerKey: FileKey?
        /// The vault of the header, if another.
        var vault: VaultID?
        /// The log of the header, if another.
        var log: LogID?
        /// The attachment of the header, if another.
        var id: AttachmentID?
        /// The plaintext of each chunk.
        var chunks: [[UInt8]] = [Array(repeating: 7, count: 65_536), [1, 2, 3]]
        /// Which chunk is marked as the last; `nil` marks none.
        var marked: Int? = 1
        /// What the record says more of the size than there is.
        var moreSize: UInt64 = 0
        /// Whether the record has another hash.
        var hasWrongHash = false
        /// Whether chunks are bound to the header.
        var bindsHeader = true
    }

    /// Every fault, and what it is called.
    static let faults: [(String, Parts)] = [
        ("bound to another key", Parts(headerKey: .random())),
        ("bound to another vault", Parts(vault: VaultID(raw: Random.bytes32()))),
        ("bound to another log", Parts(log: LogID(raw: Random.bytes32()))),
        ("bound to another attachment", Parts(id: AttachmentID(raw: Random.bytes32()))),
        ("chunks not bound to the header", Parts(bindsHeader: false)),
        ("no last chunk", Parts(marked: nil)),
        ("an end in the middle", Parts(marked: 0)),
        ("an empty last chunk", Parts(chunks: [Array(repeating: 7, count: 65_536), []])),
        ("another size in the record", Parts(moreSize: 1)),
        ("another hash in the record", Parts(hasWrongHash: true)),
    ]

    /// Writes the file and decrypts it; what was handed out by the end.
    private func decrypt(_ parts: Parts) throws -> [UInt8] {
        let root = FileManager.default.temporaryDirectory
            .appendingPathComponent("casevault-crafted-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        let vault = VaultID(raw: Random.bytes32())
        let key = FileKey.random()
        let log = LogID(raw: Random.bytes32())
        let id = AttachmentID(raw: Random.bytes32())
        let header = AttachmentHeader(
            key: parts.headerKey ?? key, vault: parts.vault ?? vault, log: parts.log ?? log,
            id: parts.id ?? id
        ).encoded
        var bytes = header
        for (number, chunk) in parts.chunks.enumerated() {
            var nonce = ByteWriter()
            nonce.raw(Array(repeating: 0, count: 15))
            nonce.u64(UInt64(number))
            nonce.bool(number == parts.marked)
            bytes += try XChaCha20Poly1305.seal(
                chunk.span,
                associatedData: header.span.extracting(0..<(parts.bindsHeader ? 38 : 0)),
                nonce: nonce.bytes.span, key: key)
        }
        let folder = VaultFolder(path: root.path, files: FileSystem())
        let file = try #require(try folder.write([bytes]).first)
        let plain = parts.chunks.flatMap { $0 }
        let note = AttachmentNote(
            id: id, name: "a", mediaType: "b",
            size: UInt64(plain.count) + parts.moreSize,
            hash: parts.hasWrongHash ? Random.bytes32() : BLAKE2b.hash(plain.span))
        let entry = AttachmentEntry(id: note.id, file: file, key: key, everGiven: [])
        var given: [UInt8] = []
        try AttachmentCipher(folder: folder, vault: vault, log: log)
            .decrypt(entry, as: note, progress: nil) { (pieces) throws(VaultError) in
                given += pieces.joined()
            }
        return given
    }

    @Test func theRightOneOpens() throws {
        #expect(try decrypt(Parts()) == Parts().chunks.flatMap { $0 })
        #expect(try decrypt(Parts(chunks: [[]], marked: 0)).isEmpty)
    }

    @Test(arguments: faults.map(\.0)) func refuses(_ name: String) throws {
        let parts = try #require(Self.faults.first { $0.0 == name }?.1)
        #expect(throws: VaultError.damaged("", "")) { try decrypt(parts) }
    }
}
