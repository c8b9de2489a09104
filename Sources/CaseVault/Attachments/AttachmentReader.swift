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

    /// Decrypts chunk by chunk.
    private var cipher: AttachmentCipher {
        AttachmentCipher(folder: store.folder, vault: store.vault)
    }

    /// The first copy that is whole to its last byte.
    private func wholeCopy(progress: Progress.Handler?) throws(VaultError) -> AttachmentEntry {
        var failure = VaultError.incomplete(log: log.id)
        for copy in store.copies(of: note.id, in: log) {
            do throws(VaultError) {
                try cipher.decrypt(copy, as: note, progress: progress) { _ in }
                return copy
            } catch {
                guard error.code == .damaged || error.code == .incomplete else { throw error }
                failure = error
            }
        }
        throw failure
    }

    /// Verifies the whole file, then gives it out.
    func read(
        progress: Progress.Handler?, _ body: (Span<UInt8>) throws(VaultError) -> Void
    ) throws(VaultError) {
        let copy = try wholeCopy(progress: progress)
        try cipher.decrypt(copy, as: note, progress: progress, into: body)
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
            let copy = try wholeCopy(progress: progress)
            let output = try files.createTemporary(inDirectory: directory)
            defer { output.abandon() }
            try cipher.decrypt(copy, as: note, progress: progress) { (plain) throws(VaultError) in
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
