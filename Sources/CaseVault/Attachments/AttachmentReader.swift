// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Finds and decrypts one attachment, from whichever copy is whole.
struct AttachmentReader {
    /// What the signed record says about it.
    let note: AttachmentNote
    /// The log that it belongs to.
    let log: Log
    /// The vault.
    let store: VaultStore

    /// The copies that the log's files name, by file name.
    private var copies: [AttachmentEntry] {
        var found: [FileName: AttachmentEntry] = [:]
        for name in log.files {
            for entry in store.files[name]?.attachments ?? [] where entry.id == note.id {
                found[entry.file] = entry
            }
        }
        return found.values.sorted { $0.file < $1.file }
    }

    /// Decrypts from the first copy that is there.
    private func decrypt(
        progress: Progress.Handler?, into sink: (Span<UInt8>) throws(VaultError) -> Void
    ) throws(VaultError) {
        let cipher = AttachmentCipher(folder: store.folder, vault: store.vault)
        let all = copies
        guard let first = all.first(where: { store.foreign.contains($0.file) }) ?? all.first else {
            throw .incomplete(log: log.id)
        }
        try cipher.decrypt(first, as: note, progress: progress, into: sink)
    }

    /// Verifies the whole file, then gives it out.
    func read(
        progress: Progress.Handler?, _ body: (Span<UInt8>) throws(VaultError) -> Void
    ) throws(VaultError) {
        try decrypt(progress: progress) { _ in }
        try decrypt(progress: progress, into: body)
    }

    /// Writes a verified file.
    func save(to path: String, progress: Progress.Handler?) throws(VaultError) {
        let files = store.folder.files
        let parts = path.split(separator: "/", omittingEmptySubsequences: true)
        guard let name = parts.last.map(String.init) else { throw .notAVault(path) }
        let directory =
            path.hasPrefix("/")
            ? "/" + parts.dropLast().joined(separator: "/")
            : (parts.count > 1 ? parts.dropLast().joined(separator: "/") : ".")
        do {
            let output = try files.createTemporary(inDirectory: directory)
            defer { output.abandon() }
            try decrypt(progress: progress) { (plain) throws(VaultError) in
                do throws(FileSystemError) { try output.write(plain) } catch {
                    throw .fileSystem(error)
                }
            }
            try output.finish()
            do throws(FileSystemError) {
                try files.publish(
                    temporary: output.temporaryName, as: name, inDirectory: directory,
                    replacing: false)
            } catch {
                try? files.remove(directory + "/" + output.temporaryName)
                throw error
            }
            try files.syncDirectory(directory)
        } catch let error as VaultError {
            throw error
        } catch let error as FileSystemError {
            if error.isExists { throw .alreadyExists(path) }
            throw .fileSystem(error)
        } catch { throw .outOfMemory }
    }
}
