// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Writes an attachment's encrypted file, some chunks at a time.
final class EncryptedWriter {
    /// The temporary file.
    private let output: WriteHandle
    /// Where it goes in the end.
    private let folder: VaultFolder
    /// The folder in `sealed` that the temporary file is in.
    private let place: String
    /// The file's key.
    private let key: FileKey
    /// Associated data of every chunk.
    private let header: [UInt8]
    /// Hash of the file's bytes: its name.
    private let fileHash = BLAKE2bStream()
    /// Hash of the plaintext, which another thread computes; `nil` where it is known already.
    private let plainHash: SharedHash?
    /// The hash of the plaintext, if it is known.
    private let knownHash: Bytes32?
    /// Encrypted chunks that are to be hashed and written while the next are encrypted.
    private var pending: [[UInt8]] = []
    /// The number of the next chunk.
    private var number = 0
    /// How much plaintext came.
    private var size: UInt64 = 0

    /// Starts a file with its header.
    ///
    /// - Parameters:
    ///   - cipher: Where the file goes, and which log it belongs to.
    ///   - id: Which attachment it is.
    ///   - key: The file's key.
    ///   - known: The hash of the plaintext, if it is known.
    /// - Throws: `fileSystem`, `diskFull`.
    init(
        cipher: AttachmentCipher, id: AttachmentID, key: FileKey, plainHash known: Bytes32? = nil
    ) throws(VaultError) {
        knownHash = known
        plainHash = known == nil ? SharedHash() : nil
        folder = cipher.folder
        self.key = key
        header = cipher.header(of: id, key: key)
        // Its own name is known at the end. Not in `sealed` itself: of what somebody filled that with
        // not all is read, and what a writer that died left there would stay.
        place = folder.anyFolder ?? String(id.hexText.prefix(2))
        let directory = folder.sealedPath + "/" + place
        try folder.make(directory)
        do { output = try folder.files.createTemporary(inDirectory: directory) } catch {
            throw .fileSystem(error)
        }
        pending = [header]
    }

    /// Encrypts some chunks.
    ///
    /// - Parameters:
    ///   - plain: The chunks; all but the last one of the file are full.
    ///   - isLast: Whether the last of them is the last of the file.
    ///   - meanwhile: What the calling thread does besides, such as reading on.
    /// - Throws: `fileSystem`, `diskFull`, and what `meanwhile` throws.
    func append(
        _ plain: [[UInt8]], isLast: Bool, _ meanwhile: () throws(VaultError) -> Void
    ) throws(VaultError) {
        let (header, key, start) = (header, key, number)
        let batch = ChunkBatch(plain) { (index, chunk) in
            let nonce = AttachmentCipher.nonce(
                UInt64(start + index), isLast: isLast && index == plain.count - 1)
            return try? XChaCha20Poly1305.seal(
                chunk.span, associatedData: header.span, nonce: nonce.span, key: key)
        }
        let plainHash = plainHash
        try together {
            plainHash?.update(plain)
            batch.work()
        } _: { () throws(VaultError) in
            try writePending()
            try meanwhile()
            batch.work()
        }
        guard let encrypted = batch.finish() else { throw .outOfMemory }
        pending = encrypted
        number += plain.count
        size += plain.reduce(0) { $0 + UInt64($1.count) }
    }

    /// Hashes and writes what was encrypted before.
    private func writePending() throws(VaultError) {
        do {
            for chunk in pending {
                fileHash.update(chunk.span)
                try output.write(chunk.span)
            }
        } catch { throw .fileSystem(error) }
        pending = []
    }

    /// Gives the file its name, durably.
    ///
    /// - Returns: The name, and size and hash of the plaintext.
    /// - Throws: `fileSystem`, `diskFull`; then nothing stays.
    func finish() throws(VaultError) -> AttachmentCipher.Result {
        try writePending()
        let name = FileName(raw: fileHash.finish())
        let directory = String(name.hexText.prefix(2))
        let target = folder.sealedPath + "/" + directory
        do { try output.finish() } catch { throw .fileSystem(error) }
        do throws(VaultError) {
            try folder.make(target)
            do throws(FileSystemError) {
                try folder.files.publish(
                    temporary: place + "/" + output.temporaryName,
                    as: directory + "/" + name.hexText, inDirectory: folder.sealedPath,
                    replacing: false)
                try folder.files.syncDirectory(target)
                try folder.files.syncDirectory(folder.sealedPath)
            } catch { throw .fileSystem(error) }
        } catch {
            try? folder.files.remove(output.directory + "/" + output.temporaryName)
            throw error
        }
        guard let hash = knownHash ?? plainHash?.finish() else { throw .outOfMemory }
        return AttachmentCipher.Result(file: name, size: size, hash: hash)
    }

    /// Removes the temporary file, if it has no name yet.
    func abandon() { output.abandon() }
}
