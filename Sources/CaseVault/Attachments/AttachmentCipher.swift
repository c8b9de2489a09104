// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Encrypts and decrypts an attachment in chunks of 64 KiB, with memory that does not grow.
///
/// The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015) as in the age
/// format: the nonce of a chunk is its number and a flag for the last one. The key is random and
/// used for this file only, so a number is never used twice under it.
struct AttachmentCipher {
    /// The folder that the encrypted file is in.
    let folder: VaultFolder
    /// Which vault.
    let vault: VaultID

    /// How much plaintext a chunk holds; only the last one holds less.
    static let chunkSize = 64 * 1024
    /// How much longer an encrypted chunk is.
    private static let overhead = XChaCha20Poly1305.tagBytes

    /// What came of an encryption.
    struct Result {
        /// The encrypted file.
        let file: FileName
        /// The true size in bytes.
        let size: UInt64
        /// BLAKE2b-256 of the plaintext.
        let hash: Bytes32
    }

    /// The nonce of a chunk: 15 zero bytes, its number, whether it is the last.
    private static func nonce(_ number: UInt64, isLast: Bool) -> [UInt8] {
        var writer = ByteWriter()
        writer.raw(Array(repeating: 0, count: 15))
        writer.u64(number)
        writer.bool(isLast)
        return writer.bytes
    }

    // MARK: - Encrypting

    /// Encrypts a source into the folder, durably, under `key`.
    func encrypt(
        _ origin: AttachmentSource.Origin, key: FileKey, progress: Progress.Handler?
    ) throws(VaultError) -> Result {
        do {
            var reader = try ChunkReader(origin, files: folder.files)
            var current: [UInt8] = []
            var next: [UInt8] = []
            try reader.read(into: &current, atMost: Self.chunkSize)
            let writer = try EncryptedWriter(cipher: self, key: key)
            defer { writer.abandon() }
            var done = 0
            while true {
                next.removeAll(keepingCapacity: true)
                if current.count == Self.chunkSize {
                    try reader.read(into: &next, atMost: Self.chunkSize)
                }
                try writer.append(current, isLast: next.isEmpty)
                done += current.count
                try progress.report(.attachment, done, of: reader.size)
                if next.isEmpty { break }
                swap(&current, &next)
            }
            return try writer.finish()
        } catch let error as FileSystemError {
            throw .fileSystem(error)
        } catch let error as VaultError {
            throw error
        } catch { throw .outOfMemory }
    }

    /// Writes an encrypted file piece by piece.
    private final class EncryptedWriter {
        /// The temporary file.
        private let output: WriteHandle
        /// Where it goes in the end.
        private let folder: VaultFolder
        /// The file's key.
        private let key: FileKey
        /// Associated data of every chunk.
        private let header: [UInt8]
        /// Hash of the file's bytes: its name.
        private let fileHash = BLAKE2bStream()
        /// Hash of the plaintext.
        private let plainHash = BLAKE2bStream()
        /// The number of the next chunk.
        private var number: UInt64 = 0
        /// How much plaintext came.
        private var size: UInt64 = 0

        /// Starts a file with its header.
        init(cipher: AttachmentCipher, key: FileKey) throws(FileSystemError) {
            folder = cipher.folder
            self.key = key
            let header = AttachmentHeader(key: key, vault: cipher.vault).encoded
            self.header = header
            try folder.files.makeDirectory(folder.sealedPath, createParents: true)
            output = try folder.files.createTemporary(inDirectory: folder.sealedPath)
            try output.write(header.span)
            fileHash.update(header.span)
        }

        /// Encrypts one chunk.
        func append(_ plain: [UInt8], isLast: Bool) throws {
            let nonce = AttachmentCipher.nonce(number, isLast: isLast)
            let header = header
            let cipher = try XChaCha20Poly1305.seal(
                plain.span, associatedData: header.span, nonce: nonce.span, key: key)
            plainHash.update(plain.span)
            fileHash.update(cipher.span)
            try output.write(cipher.span)
            number += 1
            size += UInt64(plain.count)
        }

        /// Gives the file its name, durably.
        func finish() throws(FileSystemError) -> Result {
            try output.finish()
            let name = FileName(raw: fileHash.finish())
            let directory = String(name.hexText.prefix(2))
            let target = folder.sealedPath + "/" + directory
            do throws(FileSystemError) {
                try folder.files.makeDirectory(target, createParents: true)
                try folder.files.publish(
                    temporary: output.temporaryName, as: directory + "/" + name.hexText,
                    inDirectory: folder.sealedPath, replacing: false)
                try folder.files.syncDirectory(target)
                try folder.files.syncDirectory(folder.sealedPath)
            } catch {
                try? folder.files.remove(folder.sealedPath + "/" + output.temporaryName)
                throw error
            }
            return Result(file: name, size: size, hash: plainHash.finish())
        }

        /// Removes the temporary file, if it has no name yet.
        func abandon() { output.abandon() }
    }

    // MARK: - Decrypting

    /// Decrypts a file chunk by chunk.
    ///
    /// What `sink` gets is not verified as a whole until this returns: then the last chunk came,
    /// and size, plaintext hash and file name agree. Callers release it only then.
    func decrypt(
        _ entry: AttachmentEntry, as note: AttachmentNote, progress: Progress.Handler?,
        into sink: (Span<UInt8>) throws(VaultError) -> Void
    ) throws(VaultError) {
        let shown = folder.shownPath(of: entry.file)
        let input: ReadHandle
        do {
            input = try folder.files.openForReading(folder.path(of: entry.file))
        } catch {
            if error.isNotFound { throw .attachmentMissing(shown) }
            throw .fileSystem(error)
        }
        let damaged = VaultError.damaged(shown, "its contents do not decrypt")
        let body = input.size - AttachmentHeader.size
        let full = Self.chunkSize + Self.overhead
        guard body >= Self.overhead else { throw damaged }
        let count = (body + full - 1) / full
        do {
            var chunk: [UInt8] = []
            try input.read(into: &chunk, atMost: AttachmentHeader.size)
            let header = chunk
            guard header == AttachmentHeader(key: entry.key, vault: vault).encoded else {
                throw damaged
            }
            let fileHash = BLAKE2bStream()
            let plainHash = BLAKE2bStream()
            fileHash.update(header.span)
            var size: UInt64 = 0
            for number in 0..<count {
                try input.read(into: &chunk, atMost: full)
                fileHash.update(chunk.span)
                let isLast = number == count - 1
                let nonce = Self.nonce(UInt64(number), isLast: isLast)
                var plain = try XChaCha20Poly1305.open(
                    chunk.span, associatedData: header.span, nonce: nonce.span, key: entry.key)
                defer { Wipe.zero(&plain) }
                guard !plain.isEmpty || count == 1 else { throw damaged }
                plainHash.update(plain.span)
                size += UInt64(plain.count)
                try sink(plain.span)
                try progress.report(.attachment, Int(size), of: Int(clamping: note.size))
            }
            try input.read(into: &chunk, atMost: 1)
            guard chunk.isEmpty, size == note.size, plainHash.finish() == note.hash,
                fileHash.finish() == entry.file.raw
            else { throw damaged }
        } catch let error as VaultError {
            throw error
        } catch let error as FileSystemError {
            throw .fileSystem(error)
        } catch { throw damaged }
    }

    // MARK: - Encrypting anew

    /// Encrypts an attachment under a fresh key, reading it once; nothing of it reaches the disk
    /// in clear.
    ///
    /// - Throws: `incomplete` when the bytes have not arrived, `damaged` when they are wrong;
    ///   then no new file stays.
    func reencrypt(
        _ entry: AttachmentEntry, as note: AttachmentNote, key: FileKey,
        progress: Progress.Handler?
    ) throws(VaultError) -> FileName {
        do {
            let writer = try EncryptedWriter(cipher: self, key: key)
            defer { writer.abandon() }
            var pending: [UInt8] = []
            try decrypt(entry, as: note, progress: progress) { (plain) throws(VaultError) in
                do {
                    if pending.count == Self.chunkSize {
                        try writer.append(pending, isLast: false)
                        pending.removeAll(keepingCapacity: true)
                    }
                    for i in plain.indices { pending.append(plain[i]) }
                } catch let error as FileSystemError {
                    throw .fileSystem(error)
                } catch { throw .outOfMemory }
            }
            try writer.append(pending, isLast: true)
            Wipe.zero(&pending)
            return try writer.finish().file
        } catch let error as FileSystemError {
            throw .fileSystem(error)
        } catch let error as VaultError {
            throw error
        } catch { throw .outOfMemory }
    }
}
