// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// Writes files that no honest program writes.
struct HostileWriter {
    /// The committee under attack.
    let committee: TestCommittee
    /// Who attacks; a member or not.
    let key: MemberKey

    /// Signs a record in a log.
    func record(
        _ statement: Statement, in log: LogID, parents: [RecordID] = [], vault: VaultID
    ) throws -> VerifiedRecord {
        try VerifiedRecord(
            signed: Record(
                log: log, kind: statement.kind, parents: parents,
                day: Day.of(secondsSince1970: committee.clock.now), body: statement.body,
                vault: vault, author: key),
            by: key.card, in: vault)
    }

    /// Signs the first record of a log.
    func start(_ statement: Statement, vault: VaultID) throws -> VerifiedRecord {
        try VerifiedRecord(
            signed: Record(
                starting: statement.kind, day: Day.of(secondsSince1970: committee.clock.now),
                body: statement.body, vault: vault, author: key),
            by: key.card, in: vault)
    }

    /// Signs the first record of a check for a case, and what links it; nobody else need hold it.
    func link(to file: LogID, vault: VaultID) throws -> CheckLink {
        let bond = Bond.random()
        let root = try start(
            .checkStarted(
                CheckStart(readers: [key.card], withheld: [], tag: bond.tag(linkedTo: file))),
            vault: vault)
        return CheckLink(
            check: BoundLog(log: root.record.log, bond: bond), readers: [key.card.id])
    }

    /// Seals records to cards and puts the file into the folder.
    @discardableResult
    func plant(
        _ records: [VerifiedRecord], for cards: [MemberCard], vault: VaultID, slots: Int = 32,
        attachments: [AttachmentEntry] = []
    ) throws -> FileName {
        guard let readers = ReaderList(cards) else { throw CocoaError(.featureUnsupported) }
        let bytes = try SealedFile.seal(
            SealedFile.Contents(
                readers: readers, records: records, attachments: attachments),
            slots: slots, sealer: key, vault: vault
        ).bytes
        let place = VaultFolder(path: committee.folder.path, files: .init())
        return try place.write([bytes])[0]
    }
}
