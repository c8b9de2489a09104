// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

@testable import CaseVault

/// Sealed files that a member with ill intent could write: everything fits but one thing.
struct Forgery {
    /// Who forges.
    let key: MemberKey
    /// The vault.
    let vault: Vault

    /// The parts of a file that can be wrong.
    private struct Parts {
        /// Who is listed.
        var readers: [MemberCard]
        /// Who really gets a slot.
        var slotsFor: [MemberCard]
        /// The cards of authors.
        var authors: [MemberCard] = []
        /// What is done to the slots.
        var reorders = false
        /// What is done to the sealer's signature.
        var breaksSeal = false
        /// What is done to the record's signature.
        var breaksRecord = false
    }

    /// One of each.
    func all(other: MemberCard) throws -> [(what: String, bytes: [UInt8])] {
        let me = key.card
        var ghost = Parts(readers: [me], slotsFor: [me, other])
        var forged = [("ghost", try build(ghost))]
        forged.append(("no slot", try build(Parts(readers: [me, other], slotsFor: [me]))))
        ghost.slotsFor = [me]
        ghost.reorders = true
        forged.append(("order", try build(ghost)))
        ghost.reorders = false
        ghost.breaksSeal = true
        forged.append(("sealer", try build(ghost)))
        ghost.breaksSeal = false
        ghost.breaksRecord = true
        forged.append(("record", try build(ghost)))
        // The same keys under another name: one person twice.
        let twin = try MemberKey(name: "Twin", seed: key.seed).card
        forged.append(
            ("twin", try build(Parts(readers: [me], slotsFor: [me], authors: [twin]))))
        return forged
    }

    /// Builds a file as `SealedFile.seal` does, but from parts that need not fit.
    private func build(_ parts: Parts) throws -> [UInt8] {
        let id = vault.store.vault
        let fileKey = FileKey.random()
        let commitment = SlotTable.commitment(to: fileKey, vault: id)
        var record = Record(
            log: .roster(of: id), kind: .confirmed, parents: [], day: Day(daysSince1970: 20_000),
            body: Statement.confirmed(key.card.id).body, vault: id, author: key)
        if parts.breaksRecord {
            var bytes = record.encoded
            bytes[140] ^= 1
            record = try Record(wholly: bytes)
        }
        let listed = parts.readers.sorted { $0.id < $1.id }
        var content = ByteWriter()
        content.list(listed)
        content.list(parts.authors)
        content.count(0)
        content.list([record])
        content.raw(key.card.id.raw)
        let message = SealedBody.message(
            vault: id, commitment: commitment, slots: 8, content: content.bytes.span)
        var signature = key.signing.sign(message).bytes
        if parts.breaksSeal { signature[0] ^= 1 }
        content.raw(signature)
        let recipients = try #require(ReaderList(parts.slotsFor) ?? ReaderList([key.card]))
        let table = try SlotTable(key: fileKey, readers: recipients, count: 8, vault: id)
        var slots = table.slots
        if parts.reorders { slots.swapAt(0, 7) }
        let nonce = Random.bytes(XChaCha20Poly1305.nonceBytes)
        let header = SealedHeader(
            commitment: commitment, ephemeral: table.ephemeral, slots: slots, nonce: nonce
        ).encoded
        let cards = (parts.readers + parts.authors).reduce(0) { $0 + $1.encoded.count }
        let body = Padding.pad(content.bytes, room: 8 * 164 - cards)
        return header
            + (try XChaCha20Poly1305.seal(
                body.span, associatedData: header.span, nonce: nonce.span, key: fileKey))
    }
}
