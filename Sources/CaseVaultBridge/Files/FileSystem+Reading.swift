// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

// MARK: - Reading

extension FileSystem {
    /// Flags for opening a file to read. Without O_NONBLOCK a pipe would keep us waiting.
    static func readFlags(followsLinks: Bool) -> Int32 {
        O_RDONLY | O_NONBLOCK | (followsLinks ? 0 : O_NOFOLLOW)
    }

    /// Reads a whole regular file.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - limit: the most bytes to take; a longer file is an error, never cut.
    ///   - isHandedOver: whether a person hands the bytes over at this path: behind a link too, or
    ///     through a pipe, which is waited for.
    ///   - ownerOnly: refuse a file that others than its owner can reach.
    ///   - followsLinks: take the file behind a symbolic link. Only for a file that a person
    ///     names: in a shared folder, somebody else may have laid the link.
    /// - Returns: the bytes.
    /// - Throws: `notRegular`, `tooLarge`, `tooOpen` or the system's error.
    package func readFile(
        _ path: String, limit: Int, isHandedOver: Bool = false, ownerOnly: Bool = false,
        followsLinks: Bool = false
    ) throws(FileSystemError) -> [UInt8] {
        let flags = isHandedOver ? O_RDONLY : Self.readFlags(followsLinks: followsLinks)
        let descriptor = try openDescriptor(path, flags: flags)
        defer { try? closeDescriptor(descriptor, path) }
        let isPipe = isHandedOver && Self.isPipe(descriptor)
        let size = isPipe ? 0 : try checkedSize(descriptor, path, ownerOnly: ownerOnly)
        guard size <= limit else { throw tooLarge(path, limit) }
        var bytes: [UInt8] = []
        // One byte more than the size, so that the end shows in the second read.
        bytes.reserveCapacity(size + 1)
        while true {
            let room = max(size + 1 - bytes.count, 4096)
            let wanted = min(room, min(limit, Int.max - 1) + 1 - bytes.count)
            let count = try append(wanted, from: descriptor, path, to: &bytes)
            if count == 0 { return bytes }
            // The file may grow while it is read.
            guard bytes.count <= limit else { throw tooLarge(path, limit) }
        }
    }

    /// Whether an open file is a pipe.
    private static func isPipe(_ descriptor: Int32) -> Bool {
        var status = stat()
        return unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
    }

    /// The size of an open file after checking what it is.
    func checkedSize(
        _ descriptor: Int32, _ path: String, ownerOnly: Bool = false
    ) throws(FileSystemError) -> Int {
        var status = stat()
        _ = try call(.stat, path) { _ in Int(unsafe fstat(descriptor, &status)) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileSystemError(operation: .open, path: path, kind: .notRegular)
        }
        if ownerOnly, status.st_mode & 0o077 != 0 {
            throw FileSystemError(
                operation: .open, path: path,
                kind: .tooOpen(mode: UInt32(status.st_mode & 0o7777)))
        }
        return Int(status.st_size)
    }

    /// Reads once and appends what came; answers how much, 0 at the end of the file.
    ///
    /// - Parameters:
    ///   - wanted: the most bytes to read.
    ///   - descriptor: an open file.
    ///   - path: its path, for errors.
    ///   - offset: where to read; `nil` for the file's own position, which moves on.
    ///   - bytes: gets the bytes.
    /// - Returns: the number of bytes read.
    /// - Throws: the system's error.
    func append(
        _ wanted: Int, from descriptor: Int32, _ path: String, at offset: Int? = nil,
        to bytes: inout [UInt8]
    ) throws(FileSystemError) -> Int {
        var moved = 0
        try bytes.append(addingCapacity: wanted) { (output) throws(FileSystemError) in
            try output.append(upTo: wanted) { (target) throws(FileSystemError) in
                moved = try call(.read, path) { (most) in
                    if let offset {
                        return unsafe pread(descriptor, target, min(wanted, most), off_t(offset))
                    }
                    return unsafe read(descriptor, target, min(wanted, most))
                }
                return moved
            }
        }
        return moved
    }

    /// The error for a file over its limit.
    private func tooLarge(_ path: String, _ limit: Int) -> FileSystemError {
        FileSystemError(operation: .read, path: path, kind: .tooLarge(limit: limit))
    }

    /// Reads the first bytes of a regular file; fewer come only when it is shorter.
    package func readPrefix(_ path: String, count: Int) throws(FileSystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        try openForReading(path).read(into: &bytes, atMost: count)
        return bytes
    }

    /// Opens a regular file for reading in pieces.
    package func openForReading(
        _ path: String, ownerOnly: Bool = false, followsLinks: Bool = false
    ) throws(FileSystemError) -> ReadHandle {
        try ReadHandle(
            path: path, fileSystem: self, ownerOnly: ownerOnly, followsLinks: followsLinks)
    }
}
