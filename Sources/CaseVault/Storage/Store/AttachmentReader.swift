// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Finds and decrypts one attachment, from whichever copy is intact.
struct AttachmentReader {
    /// What the signed record says about it.
    let note: AttachmentNote
    /// The log that it belongs to.
    let log: Log
    /// The vault.
    let store: VaultStore

    /// Tries one copy after the other until one is intact; those whose bytes are there come first.
    ///
    /// - Throws: What is wrong with the first copy, if none is intact.
    private func firstIntact(
        _ attempt: (AttachmentEntry) throws(VaultError) -> Void
    ) throws(VaultError) -> AttachmentEntry {
        let all = log.copies(of: note)
        let there = all.filter { store.foreign.contains($0.file) }
        var fault: VaultError?
        for entry in there + all.filter({ !store.foreign.contains($0.file) }) {
            do throws(VaultError) {
                try attempt(entry)
                return entry
            } catch {
                guard error.code == .damaged || error.code == .incomplete else { throw error }
                fault = fault ?? error
            }
        }
        throw fault ?? .incomplete(log: log.id)
    }

    /// Verifies the whole file, then gives it out.
    func read(
        progress: WorkProgress.Handler?, _ body: (Span<UInt8>) throws(VaultError) -> Void
    ) throws(VaultError) {
        let cipher = AttachmentCipher(folder: store.folder, vault: store.vault, log: log.id)
        let intact = try firstIntact { (entry) throws(VaultError) in
            try cipher.decrypt(entry, as: note, progress: progress) { _ in }
        }
        try cipher.decrypt(intact, as: note, progress: progress) { (plain) throws(VaultError) in
            for chunk in plain { try body(chunk.span) }
        }
    }

    /// Writes a verified file.
    func save(to path: String, progress: WorkProgress.Handler?) throws(VaultError) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: true)
        guard let name = parts.last.map(String.init) else { throw .notAVault(path) }
        let directory =
            path.hasPrefix("/")
            ? "/" + parts.dropLast().joined(separator: "/")
            : (parts.count > 1 ? parts.dropLast().joined(separator: "/") : ".")
        try OutsideRule(files: store.folder.files).check(directory)
        _ = try firstIntact { (entry) throws(VaultError) in
            try save(entry, to: path, name: name, in: directory, progress: progress)
        }
    }

    /// Writes one copy under a new name, if it is intact to the last byte.
    private func save(
        _ entry: AttachmentEntry, to path: String, name: String, in directory: String,
        progress: WorkProgress.Handler?
    ) throws(VaultError) {
        let files = store.folder.files
        let cipher = AttachmentCipher(folder: store.folder, vault: store.vault, log: log.id)
        do {
            let output = try files.createPlain(inDirectory: directory)
            defer { output.abandon() }
            try cipher.decrypt(entry, as: note, progress: progress) {
                (plain) throws(VaultError) in
                do throws(FileSystemError) {
                    for chunk in plain { try output.write(chunk.span) }
                } catch { throw .fileSystem(error) }
            }
            try output.publish(as: name)
        } catch let error as VaultError {
            throw error
        } catch let error as FileSystemError {
            throw error.isExists ? .alreadyExists(path) : .fileSystem(error)
        } catch { throw .outOfMemory }
    }
}
