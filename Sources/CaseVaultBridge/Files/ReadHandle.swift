// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A regular file that is open for reading in pieces. Closed when the last owner goes.
///
/// Reading at an offset may be done from several threads at once.
// Nothing changes after `init`; the file's own position is kept by the system.
package final class ReadHandle: Sendable {
    /// The path, for errors.
    package let path: String
    /// The size in bytes when the file was opened.
    package let size: Int
    /// The open file.
    private let descriptor: Int32
    /// Where the calls go.
    private let fileSystem: FileSystem

    /// Opens a file like ``FileSystem/readFile(_:limit:ownerOnly:followsLinks:)``.
    init(
        path: String, fileSystem: FileSystem, ownerOnly: Bool, followsLinks: Bool
    ) throws(FileSystemError) {
        let flags = FileSystem.readFlags(followsLinks: followsLinks)
        let descriptor = try fileSystem.openDescriptor(path, flags: flags)
        do {
            size = try fileSystem.checkedSize(descriptor, path, ownerOnly: ownerOnly)
        } catch {
            try? fileSystem.closeDescriptor(descriptor, path)
            throw error
        }
        self.path = path
        self.descriptor = descriptor
        self.fileSystem = fileSystem
    }

    deinit {
        try? fileSystem.closeDescriptor(descriptor, path)
    }

    /// Reads on from where the last such call ended, and replaces the contents of `buffer`.
    ///
    /// - Parameters:
    ///   - buffer: gets the bytes; its memory is used again.
    ///   - count: how many bytes; fewer come only at the end of the file.
    /// - Returns: how many bytes came, 0 at the end.
    /// - Throws: the system's error.
    @discardableResult
    package func read(
        into buffer: inout [UInt8], atMost count: Int
    ) throws(FileSystemError) -> Int {
        buffer.removeAll(keepingCapacity: true)
        while buffer.count < count {
            let moved = try fileSystem.append(
                count - buffer.count, from: descriptor, path, to: &buffer)
            if moved == 0 { break }
        }
        return buffer.count
    }

    /// Reads at an offset, and replaces the contents of `buffer`.
    ///
    /// - Parameters:
    ///   - buffer: gets the bytes; its memory is used again.
    ///   - count: how many bytes; fewer come only at the end of the file.
    ///   - offset: where to begin, not negative.
    /// - Returns: how many bytes came, 0 at the end.
    /// - Throws: the system's error.
    @discardableResult
    package func read(
        into buffer: inout [UInt8], atMost count: Int, at offset: Int
    ) throws(FileSystemError) -> Int {
        buffer.removeAll(keepingCapacity: true)
        while buffer.count < count {
            let moved = try fileSystem.append(
                count - buffer.count, from: descriptor, path, at: offset + buffer.count,
                to: &buffer)
            if moved == 0 { break }
        }
        return buffer.count
    }
}
