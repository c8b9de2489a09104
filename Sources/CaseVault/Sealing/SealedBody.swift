// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// What is encrypted in a sealed file, parsed and not yet verified.
struct SealedBody: Sendable {
    /// Who the file is sealed to.
    let readers: ReaderList
    /// The cards of authors who are not readers, ascending.
    let authors: [MemberCard]
    /// The attachments' keys, ascending by attachment, file and key.
    let attachments: [AttachmentEntry]
    /// The records, ancestors first within each log; logs ascending.
    let records: [Record]
    /// Who sealed the file.
    let sealer: CardID
    /// The sealer's signature over vault, commitment, slot count and all of the above.
    let signature: Signature64

    /// The largest body in bytes, before padding.
    static let sizeLimit = 24 << 20
    /// The most records of one file.
    static let recordLimit = 100_000

    /// As many bytes as a card with a name of 64 bytes has.
    private static let cardRoom = 164

    /// How many bytes more a body is padded for: as if it held a card for each slot.
    ///
    /// Otherwise the size of a file that says little would tell how many readers it has.
    ///
    /// - Parameters:
    ///   - cards: Those that it does hold.
    ///   - slots: How many slots the file has.
    /// - Returns: How many bytes; none where the cards take as much room themselves.
    static func room(for cards: [MemberCard], slots: Int) -> Int {
        max(0, cardRoom * slots - cards.reduce(0) { $0 + $1.size })
    }

    /// All cards in the file: readers, then other authors.
    var cards: [MemberCard] { readers.cards + authors }

    /// Everything that the sealer signs but vault, commitment and slot count.
    static func content(
        readers: ReaderList, authors: [MemberCard], attachments: [AttachmentEntry],
        records: [Record], sealer: CardID
    ) -> [UInt8] {
        var writer = ByteWriter()
        readers.write(to: &writer)
        writer.list(authors)
        writer.list(attachments)
        writer.list(records)
        writer.raw(sealer.raw)
        return writer.bytes
    }

    /// What the sealer signs.
    static func message(
        vault: VaultID, commitment: Bytes32, slots: Int, content: Span<UInt8>
    ) -> [UInt8] {
        var writer = Label.sealerSignature.writer
        writer.raw(vault.raw)
        writer.raw(commitment)
        writer.u32(UInt32(slots))
        writer.raw(BLAKE2b.hash(content))
        return writer.bytes
    }

    /// Reads a body to its last byte.
    init(_ bytes: [UInt8]) throws(FormatError) {
        var reader = ByteReader(bytes)
        readers = try ReaderList(parsing: &reader)
        let atAuthors = reader
        authors = try reader.cards()
        guard ReaderList.keysAreDistinct(readers.cards + authors) else {
            throw atAuthors.failure(.repeatedKey)
        }
        let atAttachments = reader
        attachments = try reader.list(atMost: AttachmentEntry.countLimit, ofAtLeast: 100) {
            (reader) throws(FormatError) in try AttachmentEntry(parsing: &reader)
        }
        guard
            zip(attachments, attachments.dropFirst())
                .allSatisfy({ $0.place < $1.place })
        else { throw atAttachments.failure(.notCanonical) }
        let atRecords = reader
        records = try reader.list(
            atMost: Self.recordLimit, ofAtLeast: Record.smallestSize
        ) { (reader) throws(FormatError) in try Record(parsing: &reader) }
        guard !records.isEmpty, zip(records, records.dropFirst()).allSatisfy({ $0.log <= $1.log }),
            Set(records.map(\.id)).count == records.count
        else { throw atRecords.failure(.notCanonical) }
        sealer = try CardID.parse(&reader)
        let atSignature = reader
        guard let signature = Signature64(try reader.raw(64)) else {
            throw atSignature.failure(.truncated)
        }
        self.signature = signature
        try reader.expectEnd()
    }
}
