// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

extension Case {
    /// Whether it came from a sealed report, so that its reporter can be answered.
    public var canSealAnswers: Bool { (try? reportKeys())?.isEmpty == false }

    /// Other cases from the same sealed report, as far as you read them and have looked at them.
    ///
    /// Two members who take in one report start two cases. Each can be closed as the same as the
    /// other.
    ///
    /// - Throws: `notForYou`, `incomplete`, `damaged`.
    public func sameReport() throws(VaultError) -> [Case] {
        let mine = Set(try reportKeys().map(\.signing))
        guard !mine.isEmpty else { return [] }
        var found: [Case] = []
        for other in vault.cases where other.id != id && other.hasTakenFirstLook {
            if try other.reportKeys().contains(where: { mine.contains($0.signing) }) {
                found.append(other)
            }
        }
        return found
    }

    /// Seals an answer to whoever holds the receipt.
    ///
    /// - Parameter text: At most 60,000 bytes of UTF-8.
    /// - Returns: The lines to send.
    /// - Throws: `notForYou`, `firstLookNeeded`, `refused` when the case came in another way,
    ///   `badInput` when the text is too long.
    public func sealAnswer(_ text: String) throws(VaultError) -> SealedAnswer {
        _ = try viewAfterFirstLook()
        guard let reply = try reportKeys().first else { throw .cannotSealAnswer }
        guard text.utf8.count <= SealedAnswer.longestText else { throw .answerTooLong }
        guard let answer = SealedAnswer(text, on: vault.store.clock.today, to: reply) else {
            throw .cannotSealAnswer
        }
        return answer
    }

    /// What was kept of the sealed report that started the case.
    private func reportKeys() throws(VaultError) -> [ReplyKeys] {
        let view = try view()
        return try keys(in: view.entryRecords.filter { $0.kind == .reported }, of: view)
    }

    /// What was kept of all sealed messages in the case.
    func replyKeys() throws(VaultError) -> [ReplyKeys] {
        let view = try view()
        return try keys(in: view.entryRecords, of: view)
    }

    /// What is kept in the attachments of these records.
    private func keys(
        in records: [VerifiedRecord], of view: CaseView
    ) throws(VaultError) -> [ReplyKeys] {
        var found: [ReplyKeys] = []
        for note in records.flatMap(\.attachments)
        where note.mediaType == AttachmentNote.replyType && note.size == UInt64(ReplyKeys.size) {
            var bytes: [UInt8] = []
            let reader = AttachmentReader(note: note, log: view.log, store: vault.store)
            try reader.read(progress: nil) { (part) throws(VaultError) in
                for index in part.indices { bytes.append(part[index]) }
            }
            if let keys = try? ReplyKeys(wholly: bytes) { found.append(keys) }
        }
        return found
    }
}
