// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// A file of the vault that was opened and verified; only `SealedFile.open` makes one.
///
/// A class, because each log that it holds records of hands it around.
final class OpenedFile: Sendable {
    /// The file's name.
    let name: FileName
    /// The file's size in bytes.
    let size: Int
    /// How many slots it has.
    let slots: Int
    /// Who it is sealed to.
    let readers: ReaderList
    /// Who sealed it.
    let sealer: CardID
    /// The attachments' keys.
    let attachments: [AttachmentEntry]
    /// The verified records of each log, ancestors first.
    let records: [LogID: [VerifiedRecord]]
    /// How many records there are in all.
    let recordCount: Int
    /// What was checked: all but, perhaps, that the declarations in all grants are good.
    let checked: Checked

    /// Verifies the records of a body.
    ///
    /// - Parameters:
    ///   - name: The file's name.
    ///   - size: The file's size in bytes.
    ///   - slots: How many slots it has.
    ///   - body: What was decrypted.
    ///   - vault: The vault that every record must be signed for.
    ///   - checked: What this machine knows of the same bytes.
    ///   - verified: Records that were verified before, by id. The same id and the same body are
    ///     the same record.
    /// - Throws: `badSignature` when an author's card is missing or a signature is wrong, and
    ///   what a record's body is refused for.
    init(
        name: FileName, size: Int, slots: Int, body: SealedBody, vault: VaultID,
        checked: Checked, verified: [RecordID: VerifiedRecord] = [:]
    ) throws(FormatError) {
        self.name = name
        self.size = size
        self.slots = slots
        readers = body.readers
        sealer = body.sealer
        attachments = body.attachments
        var cards: [CardID: MemberCard] = [:]
        for card in body.cards { cards[card.id] = card }
        var records: [LogID: [VerifiedRecord]] = [:]
        for record in body.records {
            guard let author = cards[record.author] else {
                throw FormatError(reason: .badSignature, offset: 0)
            }
            if let known = verified[record.id], known.author == author,
                known.record.body == record.body
            {
                records[record.log, default: []].append(known)
                continue
            }
            var known = checked
            // Nobody vouches for what somebody else put into a grant.
            if !checked.contains(.signatures), record.author != body.sealer {
                known.remove(.declarations)
            }
            records[record.log, default: []].append(
                try VerifiedRecord(record, by: author, in: vault, checked: known))
        }
        self.records = records
        recordCount = body.records.count
        let isSound = records.values.joined().allSatisfy { $0.checked.contains(.declarations) }
        self.checked = isSound ? Checked.file.union(.declarations) : .file
    }

    /// The identifiers of the records of one log.
    func recordIDs(of log: LogID) -> Set<RecordID> { Set((records[log] ?? []).map(\.id)) }
}
