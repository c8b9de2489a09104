// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

// MARK: - What is not encrypted

extension FileSystem {
    /// Writes a new file that holds what nobody else may read, such as a key or a text.
    ///
    /// - Parameters:
    ///   - bytes: all bytes of the file.
    ///   - name: its name in the directory; one that is taken is an error.
    ///   - directory: where; it must exist.
    /// - Throws: the system's error; then nothing stays, not even after a crash.
    package func writePrivately(
        _ bytes: [UInt8], to name: String, inDirectory directory: String
    ) throws(FileSystemError) {
        let handle = try createPlain(inDirectory: directory)
        defer { handle.abandon() }
        try handle.write(bytes.span)
        try handle.publish(as: name)
    }

    /// Makes an empty file for what is not encrypted, to write in pieces and to publish.
    package func createPlain(inDirectory directory: String) throws(FileSystemError) -> WriteHandle {
        try WriteHandle(inDirectory: directory, fileSystem: self, isPlain: true)
    }

    /// Gives an open file that has no name its first one.
    func giveName(_ target: String, to descriptor: Int32) throws(FileSystemError) {
        _ = try call(.link, target, undo: { _ in unsafe unlink(target) }) { _ in
            Int(
                unsafe linkat(
                    AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, target, AT_SYMLINK_FOLLOW))
        }
    }

    /// Removes temporary files of this tag that nobody is writing any more: whoever does holds a
    /// lock on them.
    func sweepTemporary(inDirectory directory: String) {
        var names: [String] = []
        try? visitDirectory(directory) { name, _ in
            if WriteHandle.isTemporaryName(name, tag: temporaryTag) { names.append(name) }
        }
        for name in names {
            let path = directory + "/" + name
            guard let lock = try? FileLock.tryExclusive(path: path, filesystem: self, notes: false)
            else { continue }
            try? remove(path)
            lock.unlock()
        }
    }
}
