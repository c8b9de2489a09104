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

    /// The copies that the log's files name, in a fixed order.
    private var copies: [AttachmentEntry] {
        var found: [AttachmentEntry.Place: AttachmentEntry] = [:]
        for name in log.files {
            for entry in store.files[name]?.attachments ?? [] where entry.id == note.id {
                found[entry.place] = entry
            }
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Decrypts from the first copy that is whole, or from the only one that there is.
    private func decrypt(
        progress: Progress.Handler?, into sink: (Span<UInt8>) throws(VaultError) -> Void
    ) throws(VaultError) {
        let cipher = AttachmentCipher(folder: store.folder, vault: store.vault)
        let all = copies
        guard let first = all.first(where: { store.foreign.contains($0.file) }) ?? all.first else {
            throw .incomplete(log: log.id)
        }
        let chosen = all.count == 1 ? first : all.first { store.isWhole($0, as: note) } ?? first
        try cipher.decrypt(chosen, as: note, progress: progress, into: sink)
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
