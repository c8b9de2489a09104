// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Encrypts and decrypts an attachment in chunks of 64 KiB, with memory that does not grow.
///
/// Two hashes take most of the time, and each can only go on from piece to piece. So one runs on a
/// second thread beside the other; reading, writing and the cipher fill up what is left of both.
///
/// The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015) as in the age
/// format: the nonce of a chunk is its number and a flag for the last one. The key is random and
/// used for this file only, so a number is never used twice under it.
struct AttachmentCipher {
    /// The folder that the encrypted file is in.
    let folder: VaultFolder
    /// Which vault.
    let vault: VaultID
    /// The log that the attachment belongs to.
    let log: LogID

    /// How much plaintext a chunk holds; only the last one holds less.
    static let chunkSize = 64 * 1024
    /// How much longer an encrypted chunk is.
    static let overhead = XChaCha20Poly1305.tagBytes

    /// What came of an encryption.
    struct Result {
        /// The encrypted file.
        let file: FileName
        /// The true size in bytes.
        let size: UInt64
        /// BLAKE2b-256 of the plaintext.
        let hash: Bytes32
    }

    /// What stands in front of a file: it fits this attachment of this log only.
    func header(of id: AttachmentID, key: FileKey) -> [UInt8] {
        AttachmentHeader(key: key, vault: vault, log: log, id: id).encoded
    }

    /// The nonce of a chunk: 15 zero bytes, its number, whether it is the last.
    static func nonce(_ number: UInt64, isLast: Bool) -> [UInt8] {
        var writer = ByteWriter()
        writer.raw(Array(repeating: 0, count: 15))
        writer.u64(number)
        writer.bool(isLast)
        return writer.bytes
    }

    // MARK: - Encrypting

    /// Encrypts a source into the folder, durably, under `key`.
    func encrypt(
        _ origin: AttachmentSource.Origin, as id: AttachmentID, key: FileKey,
        progress: WorkProgress.Handler?
    ) throws(VaultError) -> Result {
        var reader: ChunkReader
        do { reader = try ChunkReader(origin, files: folder.files) } catch {
            throw .fileSystem(error)
        }
        let writer = try EncryptedWriter(cipher: self, id: id, key: key)
        defer { writer.abandon() }
        var current = try reader.batch()
        if current.isEmpty { current = [[]] }
        // Which chunk is the last shows when the one behind it is read.
        var next = try reader.batch()
        var done = 0
        while true {
            let isLast = next.isEmpty
            var later: [[UInt8]] = []
            try writer.append(current, isLast: isLast) { () throws(VaultError) in
                if !isLast { later = try reader.batch() }
            }
            done += current.reduce(0) { $0 + $1.count }
            try progress.report(.attachment, done, of: reader.size)
            if isLast { return try writer.finish() }
            current = next
            next = later
        }
    }

    // MARK: - Decrypting

    /// Decrypts a file, some chunks at a time.
    ///
    /// What `sink` gets is not verified as a whole until this returns: then the last chunk came,
    /// and size, plaintext hash and file name agree. Callers release it only then.
    ///
    /// - Parameters:
    ///   - entry: Where the file is, and its key.
    ///   - note: What it must decrypt to.
    ///   - progress: Is told how many bytes were decrypted; can stop.
    ///   - isSinkBusy: Whether `sink` has much to do, and keeps the chunks: then the other thread
    ///     hashes them.
    ///   - sink: Gets the chunks in order. It may keep them, by taking them out of the array; the
    ///     others are wiped.
    /// - Throws: `incomplete`, `damaged`, `fileSystem`, `cancelled`, and what `sink` throws.
    func decrypt(
        _ entry: AttachmentEntry, as note: AttachmentNote, progress: WorkProgress.Handler?,
        isSinkBusy: Bool = false, into sink: (inout [[UInt8]]) throws(VaultError) -> Void
    ) throws(VaultError) {
        let damaged = VaultError.damaged(
            folder.shownPath(of: entry.file), "its contents do not decrypt")
        var input = try EncryptedReader(cipher: self, entry: entry, damaged: damaged)
        let header = input.header
        let count = input.count
        let fileHash = SharedHash()
        fileHash.update([header])
        let plainHash = SharedHash()
        var size: UInt64 = 0
        var plain: [[UInt8]] = []
        defer { for i in plain.indices { Wipe.zero(&plain[i]) } }
        var first = 0
        var encrypted = try input.batch()
        while !encrypted.isEmpty || !plain.isEmpty {
            let start = first
            let batch = ChunkBatch(encrypted) { (index, chunk) in
                let number = start + index
                let nonce = Self.nonce(UInt64(number), isLast: number == count - 1)
                return try? XChaCha20Poly1305.open(
                    chunk.span, associatedData: header.span, nonce: nonce.span, key: entry.key)
            }
            var next: [[UInt8]] = []
            // No second owner where this wipes them.
            let kept = isSinkBusy ? plain : []
            try together {
                fileHash.update(batch.chunks)
                plainHash.update(kept)
                batch.work()
            } _: { () throws(VaultError) in
                for chunk in plain {
                    guard !chunk.isEmpty || count == 1 else { throw damaged }
                    size += UInt64(chunk.count)
                }
                if !isSinkBusy { plainHash.update(plain) }
                if !plain.isEmpty {
                    try sink(&plain)
                    try progress.report(.attachment, Int(size), of: Int(clamping: note.size))
                }
                if !encrypted.isEmpty { next = try input.batch() }
                batch.work()
            }
            for i in plain.indices { Wipe.zero(&plain[i]) }
            guard let opened = batch.finish() else { throw damaged }
            plain = opened
            first += encrypted.count
            encrypted = next
        }
        guard try input.isAtEnd(), first == count, size == note.size,
            plainHash.finish() == note.hash,
            fileHash.finish() == entry.file.raw
        else { throw damaged }
    }

    // MARK: - Encrypting again

    /// Encrypts an attachment under a fresh key, reading it once; nothing of it reaches the disk
    /// in clear.
    ///
    /// - Throws: `incomplete` when the bytes have not arrived, `damaged` when they are wrong;
    ///   then no new file stays.
    func reencrypt(
        _ entry: AttachmentEntry, as note: AttachmentNote, key: FileKey,
        progress: WorkProgress.Handler?
    ) throws(VaultError) -> FileName {
        // Decrypting checks the hash of the plaintext; it need not be computed twice.
        let writer = try EncryptedWriter(
            cipher: self, id: entry.id, key: key, plainHash: note.hash)
        defer { writer.abandon() }
        // Kept until more comes or nothing does: only then it is known which chunk is the last.
        var pending: [[UInt8]] = []
        defer { for i in pending.indices { Wipe.zero(&pending[i]) } }
        try decrypt(entry, as: note, progress: progress, isSinkBusy: true) {
            (plain) throws(VaultError) in
            if !pending.isEmpty { try writer.append(pending, isLast: false) {} }
            for i in pending.indices { Wipe.zero(&pending[i]) }
            pending = plain
            plain = []
        }
        try writer.append(pending, isLast: true) {}
        return try writer.finish().file
    }
}
