// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge

@testable import CaseVault

/// Assembles sealed files by hand, right ones and wrong ones; every part can be replaced.
struct FileForge {
    /// The file's key.
    var key = FileKey.random()
    /// The vault whose labels are used.
    var vault: VaultID
    /// The cards of the reader list, in binary form and in this order.
    var readers: [[UInt8]]
    /// The cards of other authors.
    var authors: [[UInt8]] = []
    /// The attachment index.
    var attachments: [AttachmentEntry] = []
    /// The records, in binary form and in this order.
    var records: [[UInt8]]
    /// Who is named as the sealer.
    var sealer: CardID
    /// Whose key signs as the sealer.
    var signer: MemberKey
    /// The keys that are given slots; unused slots become decoys.
    var slotKeys: [BoxPublicKey]
    /// How many slots there are.
    var slotCount = 8
    /// The seed of the ephemeral key pair; `nil` is the right one.
    var ephemeralSeed: FileKey?
    /// For how many bytes more the body is padded; `nil` is right.
    var room: Int?
    /// Replaces slots, after they were sorted.
    var editSlots: (inout [[UInt8]]) -> Void = { _ in }
    /// The commitment; `nil` is the right one.
    var commitment: Bytes32?
    /// Replaces header bytes in front of the commitment.
    var editHeader: (inout [UInt8]) -> Void = { _ in }
    /// Replaces content before it is signed.
    var editContent: (inout [UInt8]) -> Void = { _ in }
    /// Replaces the body after it was signed, before it is padded.
    var editBody: (inout [UInt8]) -> Void = { _ in }
    /// Replaces the padded body, before it is encrypted.
    var editPadded: (inout [UInt8]) -> Void = { _ in }

    /// A right file of these readers and records.
    init(
        vault: VaultID, readers: [MemberCard], records: [Record], sealer: MemberKey,
        authors: [MemberCard] = []
    ) {
        self.vault = vault
        let sorted = readers.sorted { $0.id < $1.id }
        self.readers = sorted.map(\.encoded)
        self.authors = authors.sorted { $0.id < $1.id }.map(\.encoded)
        self.records = records.map(\.encoded)
        self.sealer = sealer.card.id
        signer = sealer
        slotKeys = sorted.map(\.boxKey)
    }

    /// The file.
    func bytes() throws -> [UInt8] {
        let seed = ephemeralSeed ?? SlotTable.ephemeralSeed(of: key, vault: vault)
        let boxes = try SealedBoxes(sealing: key, to: slotKeys, ephemeralSeed: seed)
        var slots = boxes.boxes
        for number in slots.count..<max(slotCount, slots.count) {
            slots.append(SlotTable.decoy(number, key: key, vault: vault))
        }
        slots.sort { $0.lexicographicallyPrecedes($1) }
        editSlots(&slots)
        let commitment = commitment ?? SlotTable.commitment(to: key, vault: vault)
        var content = ByteWriter()
        content.list(readers) { $0.raw($1) }
        content.list(authors) { $0.raw($1) }
        content.list(attachments)
        content.list(records) { $0.raw($1) }
        content.raw(sealer.raw)
        var body = content.bytes
        editContent(&body)
        let message = SealedBody.message(
            vault: vault, commitment: commitment, slots: slotCount, content: body.span)
        body += signer.signing.sign(message).bytes
        editBody(&body)
        let cards = (readers + authors).reduce(0) { $0 + $1.count }
        var padded = Padding.pad(body, room: room ?? max(0, 164 * slotCount - cards))
        editPadded(&padded)
        var front = Array("CVSF".utf8) + [1, 1, UInt8(slotCount.trailingZeroBitCount)]
        editHeader(&front)
        let nonce = Random.bytes(24)
        let header =
            front + commitment.bytes + boxes.ephemeral.bytes + slots.joined() + nonce
        return header
            + (try XChaCha20Poly1305.seal(
                padded.span, associatedData: header.span, nonce: nonce.span, key: key))
    }

    /// The file, and what its reader says about it.
    func open(with reader: MemberKey) throws(SealedFileError) -> SealedFile.Opening {
        guard let bytes = try? bytes() else { throw .malformed }
        return try Self.open(bytes, with: reader, vault: vault)
    }

    /// Opens bytes under the name that they have.
    static func open(
        _ bytes: [UInt8], with reader: MemberKey, vault: VaultID
    ) throws(SealedFileError) -> SealedFile.Opening {
        try SealedFile.open(
            bytes, name: FileName(raw: BLAKE2b.hash(bytes)), with: reader, vault: vault)
    }

    /// A card in binary form with a name or key that a card must not have, signed all the same.
    static func card(name: String, key: Bytes32, signer: MemberKey) -> [UInt8] {
        var unsigned = ByteWriter()
        unsigned.text(name)
        unsigned.raw(key)
        var message = Label.cardSignature.writer
        message.raw(unsigned.bytes)
        return unsigned.bytes + signer.signing.sign(message.bytes).bytes
    }
}
