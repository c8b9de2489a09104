// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Gives out a source in chunks of a fixed size, so that memory does not grow with it.
struct ChunkReader {
    /// An open file, or the bytes.
    private enum Input {
        /// An open file.
        case file(ReadHandle)
        /// Bytes in memory.
        case bytes(ArraySlice<UInt8>)
    }

    /// Where the bytes come from.
    private let input: Input
    /// How many bytes there are in all.
    let size: Int
    /// How many were given out.
    private var done = 0

    /// Opens a source.
    init(_ origin: AttachmentSource.Origin, files: FileSystem) throws(FileSystemError) {
        switch origin {
        case .file(let path):
            let handle = try files.openForReading(path, followsLinks: true)
            input = .file(handle)
            size = handle.size
        case .bytes(let bytes):
            input = .bytes(bytes[...])
            size = bytes.count
        case .made(let make):
            let bytes = make()
            input = .bytes(bytes)
            size = bytes.count
        }
    }

    /// Reads on into `buffer`; fewer bytes than asked for come only at the end.
    private mutating func read(
        into buffer: inout [UInt8], atMost count: Int
    ) throws(FileSystemError) {
        switch input {
        case .file(let handle): try handle.read(into: &buffer, atMost: count)
        case .bytes(let bytes):
            buffer.removeAll(keepingCapacity: true)
            buffer.append(contentsOf: bytes.dropFirst(done).prefix(count))
        }
        done += buffer.count
    }

    /// Reads on, some chunks at a time; nothing comes after the end.
    mutating func batch() throws(VaultError) -> [[UInt8]] {
        var batch: [[UInt8]] = []
        do {
            while batch.count < ChunkBatch.most {
                var chunk: [UInt8] = []
                chunk.reserveCapacity(AttachmentCipher.chunkSize)
                try read(into: &chunk, atMost: AttachmentCipher.chunkSize)
                if chunk.isEmpty { break }
                batch.append(chunk)
                if chunk.count < AttachmentCipher.chunkSize { break }
            }
        } catch { throw .fileSystem(error) }
        return batch
    }
}
