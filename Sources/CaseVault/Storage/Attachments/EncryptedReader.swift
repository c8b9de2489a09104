// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Gives out an attachment's encrypted file, some chunks at a time.
struct EncryptedReader {
    /// The open file.
    private let input: ReadHandle
    /// What stands in clear in front; it fits the key.
    let header: [UInt8]
    /// How many chunks there are.
    let count: Int
    /// How many were given out.
    private var done = 0

    /// The size of an encrypted chunk that is not the last.
    private static let full = AttachmentCipher.chunkSize + AttachmentCipher.overhead

    /// Opens the file of an entry.
    ///
    /// - Throws: `incomplete` when it is not there, `damaged` when its header fits the key of
    ///   no attachment of this name in this log.
    init(
        cipher: AttachmentCipher, entry: AttachmentEntry, damaged: VaultError
    ) throws(VaultError) {
        let folder = cipher.folder
        do {
            input = try folder.files.openForReading(folder.path(of: entry.file))
        } catch {
            if error.isNotFound {
                throw .attachmentMissing(folder.shownPath(of: entry.file))
            }
            throw .fileSystem(error)
        }
        let body = input.size - AttachmentHeader.size
        guard body >= AttachmentCipher.overhead else { throw damaged }
        count = (body + Self.full - 1) / Self.full
        var bytes: [UInt8] = []
        do { try input.read(into: &bytes, atMost: AttachmentHeader.size) } catch {
            throw .fileSystem(error)
        }
        header = bytes
        guard header == cipher.header(of: entry.id, key: entry.key) else { throw damaged }
    }

    /// Reads on; nothing comes after the last chunk.
    mutating func batch() throws(VaultError) -> [[UInt8]] {
        var batch: [[UInt8]] = []
        do {
            while batch.count < ChunkBatch.most, done < count {
                var chunk: [UInt8] = []
                chunk.reserveCapacity(Self.full)
                try input.read(into: &chunk, atMost: Self.full)
                batch.append(chunk)
                done += 1
            }
        } catch { throw .fileSystem(error) }
        return batch
    }

    /// Whether nothing follows, though the file may have grown meanwhile.
    func isAtEnd() throws(VaultError) -> Bool {
        var rest: [UInt8] = []
        do { try input.read(into: &rest, atMost: 1) } catch { throw .fileSystem(error) }
        return rest.isEmpty
    }
}
