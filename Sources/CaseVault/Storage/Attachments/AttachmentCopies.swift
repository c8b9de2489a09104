// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge
internal import Synchronization

/// Looks into copies of attachments in the folder, and remembers what it found.
final class AttachmentCopies: Sendable {
    /// The folder.
    private let folder: VaultFolder
    /// The vault.
    private let vault: VaultID
    /// Whether a copy decrypts to what a record promises, as far as looked at.
    private let answers = Mutex<[Question: Bool]>([:])

    /// A copy of an attachment, and what a record says about it.
    private struct Question: Hashable {
        /// The copy.
        let place: AttachmentEntry.Place
        /// What the record says.
        let note: AttachmentNote
        /// The record's log.
        let log: LogID
    }

    /// The copies in a vault's folder.
    init(folder: VaultFolder, vault: VaultID) {
        self.folder = folder
        self.vault = vault
    }

    /// What is wrong with a copy that is there; `nil` if it decrypts to what a record promises.
    func fault(
        of entry: AttachmentEntry, as note: AttachmentNote, in log: LogID
    ) -> SealedFileError? {
        if isIntact(entry, as: note, in: log) { return nil }
        let path = folder.path(of: entry.file)
        let start: [UInt8]
        do { start = try folder.files.readPrefix(path, count: AttachmentHeader.size) } catch {
            return error.isNotFound ? nil : SealedFileError(error)
        }
        let header: AttachmentHeader
        do { header = try AttachmentHeader(wholly: start) } catch { return SealedFileError(error) }
        let isOurs =
            header.encoded
            == AttachmentHeader(
                key: entry.key, vault: vault, log: log, id: entry.id
            ).encoded
        return isOurs ? .bodyDamaged : .keyNotCommitted
    }

    /// Whether a copy decrypts to what a record of a log promises.
    ///
    /// One is looked into at a time: each uses all cores, and tens of MiB.
    func isIntact(_ entry: AttachmentEntry, as note: AttachmentNote, in log: LogID) -> Bool {
        let question = Question(place: entry.place, note: note, log: log)
        let cipher = AttachmentCipher(folder: folder, vault: vault, log: log)
        return answers.withLock { answers in
            if let known = answers[question] { return known }
            var isIntact = true
            do throws(VaultError) {
                try cipher.decrypt(entry, as: note, progress: nil) { _ in }
            } catch { isIntact = false }
            answers[question] = isIntact
            return isIntact
        }
    }

    /// Looks again into those that were not whole: their bytes may have arrived.
    func forgetFailures() { answers.withLock { $0 = $0.filter(\.value) } }

    /// Whether a file is the attachment of a log that an entry says it is, under its key.
    func isOpened(by entry: AttachmentEntry, in log: LogID) -> Bool {
        let header = AttachmentCipher(folder: folder, vault: vault, log: log)
            .header(of: entry.id, key: entry.key)
        return (try? folder.files.readPrefix(folder.path(of: entry.file), count: header.count))
            == header
    }
}
