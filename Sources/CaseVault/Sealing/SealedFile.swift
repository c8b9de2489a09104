// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Sealing and opening the one file format of the vault.
enum SealedFile {
    /// The largest file that is read, in bytes.
    static let sizeLimit =
        SealedHeader.size(slots: SlotTable.most) + Padding.size(SealedBody.sizeLimit) + 64
    /// The smallest file.
    static let smallestSize =
        SealedHeader.size(slots: SlotTable.fewest) + Padding.floor + XChaCha20Poly1305.tagBytes

    /// What goes into a new file.
    struct Contents: Sendable {
        /// Who may open it.
        let readers: ReaderList
        /// The records, ancestors first within each log; logs ascending.
        let records: [VerifiedRecord]
        /// The attachments' keys.
        let attachments: [AttachmentEntry]
    }

    /// A new file, before it is on the disk.
    struct Sealed: Sendable {
        /// The hash of the bytes.
        let name: FileName
        /// All bytes.
        let bytes: [UInt8]
    }

    /// Makes a new file under a fresh key.
    ///
    /// - Parameters:
    ///   - contents: What goes into the file.
    ///   - slots: How many slots; at least as many as readers.
    ///   - sealer: Who signs the whole.
    ///   - vault: The vault that the file belongs to.
    /// - Returns: The file.
    /// - Throws: `outOfMemory`.
    static func seal(
        _ contents: Contents, slots: Int, sealer: MemberKey, vault: VaultID
    ) throws(VaultError) -> Sealed {
        precondition(contents.readers.cards.count <= slots, "more readers than slots")
        let key = FileKey.random()
        let commitment = SlotTable.commitment(to: key, vault: vault)
        let records = contents.records.map(\.record)
        let attachments = contents.attachments.sorted { $0.place < $1.place }
        let authors = authorCards(contents, sealer: sealer.card)
        var writer = ByteWriter()
        writer.raw(
            SealedBody.content(
                readers: contents.readers, authors: authors,
                attachments: attachments, records: records, sealer: sealer.card.id))
        let message = SealedBody.message(
            vault: vault, commitment: commitment, slots: slots, content: writer.bytes.span)
        writer.raw(sealer.signing.sign(message).bytes)
        let room = SealedBody.room(for: contents.readers.cards + authors, slots: slots)
        var body = Padding.pad(writer.bytes, room: room)
        defer { Wipe.zero(&body) }
        do {
            let table = try SlotTable(
                key: key, readers: contents.readers, count: slots, vault: vault)
            let nonce = Random.bytes(XChaCha20Poly1305.nonceBytes)
            let header = SealedHeader(
                commitment: commitment, ephemeral: table.ephemeral, slots: table.slots,
                nonce: nonce
            ).encoded
            let bytes =
                header
                + (try XChaCha20Poly1305.seal(
                    body.span, associatedData: header.span, nonce: nonce.span, key: key))
            return Sealed(name: FileName(raw: BLAKE2b.hash(bytes.span)), bytes: bytes)
        } catch { throw .outOfMemory }
    }

    /// The cards of authors and sealer who are not readers, ascending.
    private static func authorCards(_ contents: Contents, sealer: MemberCard) -> [MemberCard] {
        let readers = contents.readers.ids
        var cards: [CardID: MemberCard] = [:]
        for record in contents.records { cards[record.author.id] = record.author }
        cards[sealer.id] = sealer
        return cards.values.filter { !readers.contains($0.id) }.sorted { $0.id < $1.id }
    }

    /// What came of trying to open a file.
    enum Opening: Sendable {
        /// No slot is for this key.
        case notMine
        /// Opened.
        case opened(OpenedFile)
    }

    /// Opens a file whose bytes match its name.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - name: Its name, which the bytes were checked against.
    ///   - key: Whose slot to look for.
    ///   - vault: The vault that the file must belong to.
    ///   - checked: What this machine knows of the same bytes, because it verified them before or
    ///     has just sealed them. Key, commitment and cipher are checked in any case.
    ///   - verified: Records that were verified before: they are not verified again.
    /// - Returns: The opened file, or that no slot is for this key.
    /// - Throws: What is wrong with it. Before the key is known a damaged slot looks like
    ///   somebody else's; that is `notMine`, and the name check has excluded it.
    static func open(
        _ bytes: [UInt8], name: FileName, with key: MemberKey, vault: VaultID,
        checked: Checked = [],
        verified: [RecordID: VerifiedRecord] = [:]
    ) throws(SealedFileError) -> Opening {
        var reader = ByteReader(bytes)
        let header: SealedHeader
        do { header = try SealedHeader(parsing: &reader) } catch { throw SealedFileError(error) }
        guard bytes.count >= smallestSize, bytes.count <= sizeLimit else { throw .malformed }
        guard let fileKey = findKey(header, key) else { return .notMine }
        guard
            ConstantTime.equal(
                SlotTable.commitment(to: fileKey, vault: vault), header.commitment)
        else { throw .keyNotCommitted }
        let start = reader.offset
        var plain: [UInt8]
        do {
            plain = try XChaCha20Poly1305.open(
                bytes.span.extracting(start..<bytes.count),
                associatedData: bytes.span.extracting(0..<start), nonce: header.nonce.span,
                key: fileKey)
        } catch { throw .bodyDamaged }
        defer { Wipe.zero(&plain) }
        do {
            var content = try Padding.content(of: plain)
            defer { Wipe.zero(&content) }
            let body = try SealedBody(content)
            let room = SealedBody.room(for: body.cards, slots: header.slots.count)
            guard plain.count == Padding.size(ofContent: content.count, room: room) else {
                throw SealedFileError.malformed
            }
            if !checked.contains(.seal) {
                // Whoever opens it is one of those listed, or a card lies about whose key it holds.
                guard body.readers.cards.contains(where: { $0.id == key.card.id }) else {
                    throw SealedFileError.ghostReader
                }
            }
            if !checked.contains(.slots) { try audit(body, header, fileKey, vault) }
            if !checked.contains(.seal) {
                try verifySealer(body, content, header, vault)
            }
            return .opened(
                try OpenedFile(
                    name: name, size: bytes.count, slots: header.slots.count, body: body,
                    vault: vault, checked: checked, verified: verified))
        } catch let error as SealedFileError {
            throw error
        } catch let error as FormatError {
            throw SealedFileError(error)
        } catch { throw .malformed }
    }

    /// The file's key, from the slot that opens with a member's key.
    private static func findKey(_ header: SealedHeader, _ key: MemberKey) -> FileKey? {
        SealedBoxOpener(ephemeral: header.ephemeral, reader: key.box)?.open(anyOf: header.slots)
    }

    /// Checks the slots against the reader list.
    private static func audit(
        _ body: SealedBody, _ header: SealedHeader, _ key: FileKey, _ vault: VaultID
    ) throws(SealedFileError) {
        guard body.readers.cards.count <= header.slots.count else { throw .readerWithoutSlot }
        let table: SlotTable
        do {
            table = try SlotTable(
                key: key, readers: body.readers, count: header.slots.count, vault: vault)
        } catch { throw .badPublicKey }
        // Under another ephemeral key no reader has the slot that they should have.
        guard table.ephemeral == header.ephemeral else { throw .readerWithoutSlot }
        if table.slots != header.slots {
            let present = Set(header.slots)
            guard present.isSuperset(of: table.readerSlots) else { throw .readerWithoutSlot }
            guard present == Set(table.slots) else { throw .ghostReader }
            throw .slotsOutOfOrder
        }
    }

    /// Checks the sealer's signature.
    private static func verifySealer(
        _ body: SealedBody, _ content: [UInt8], _ header: SealedHeader, _ vault: VaultID
    ) throws(SealedFileError) {
        let signed = content.count - 64
        let message = SealedBody.message(
            vault: vault, commitment: header.commitment, slots: header.slots.count,
            content: content.span.extracting(0..<signed))
        guard
            let sealer = body.cards.first(where: { $0.id == body.sealer }),
            sealer.verifyKey.verify(body.signature, message)
        else { throw .badSealer }
    }
}
