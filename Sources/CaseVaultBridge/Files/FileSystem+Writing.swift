// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

// MARK: - Writing

extension FileSystem {
    /// Writes a file so that after a crash its name leads to the old bytes or to the new ones.
    ///
    /// - Parameters:
    ///   - bytes: all bytes of the file.
    ///   - name: its name in the directory.
    ///   - directory: where; it must exist.
    ///   - replacing: whether a file of that name is replaced; otherwise it is an error.
    /// - Throws: the system's error. No temporary file stays behind unless removing it fails
    ///   too. The file itself may be in place, because a late step failed.
    package func writeDurably(
        _ bytes: [UInt8], to name: String, inDirectory directory: String, replacing: Bool
    ) throws(FileSystemError) {
        let temporary = try writeTemporary(bytes, inDirectory: directory)
        do {
            try publish(
                temporary: temporary, as: name, inDirectory: directory, replacing: replacing)
        } catch {
            try? remove(directory + "/" + temporary)
            throw error
        }
        try syncDirectory(directory)
    }

    /// Writes and syncs a file under a fresh temporary name, and answers the name.
    package func writeTemporary(
        _ bytes: [UInt8], inDirectory directory: String
    ) throws(FileSystemError) -> String {
        try writeTemporary(bytes.span, inDirectory: directory)
    }

    /// Writes and syncs a file under a fresh temporary name, and answers the name.
    package func writeTemporary(
        _ bytes: Span<UInt8>, inDirectory directory: String
    ) throws(FileSystemError) -> String {
        let handle = try createTemporary(inDirectory: directory)
        do {
            try handle.write(bytes)
            try handle.finish()
        } catch {
            handle.abandon()
            throw error
        }
        return handle.temporaryName
    }

    /// Makes an empty file under a fresh temporary name, for writing in pieces.
    package func createTemporary(
        inDirectory directory: String
    ) throws(FileSystemError) -> WriteHandle {
        try WriteHandle(inDirectory: directory, fileSystem: self)
    }

    /// Gives a temporary file its name.
    ///
    /// Without replacing, the file gets the name as a second one by `link`, which fails when the
    /// name is taken, and then loses the temporary one. Some file systems have no links (FAT,
    /// some network shares). There the name is looked up and then given by `rename`; between the
    /// two another process could take it and lose its file. Names in a vault are random or
    /// hashes, and writers hold the vault's lock, so two writers do not meet at a name.
    ///
    /// - Parameters:
    ///   - temporary: the temporary name, in the same directory.
    ///   - name: the name to give.
    ///   - directory: where both are.
    ///   - replacing: whether a file of that name is replaced; otherwise it is `EEXIST`.
    /// - Throws: the system's error; the temporary file is then the caller's to remove.
    package func publish(
        temporary: String, as name: String, inDirectory directory: String, replacing: Bool
    ) throws(FileSystemError) {
        let source = directory + "/" + temporary
        let target = directory + "/" + name
        if replacing {
            try renameFile(source, target)
            return
        }
        do {
            _ = try call(.link, target) { _ in
                place(of: source) { (from, old) in
                    place(of: target) { Int(unsafe linkat(from, old, $0, $1, 0)) }
                }
            }
        } catch  where Self.meansNoLinks(error.code) {
            guard try !isTaken(target) else { throw failure(.link, target, EEXIST) }
            try renameFile(source, target)
            return
        }
        // The file has its name. Where nothing can be removed it keeps the temporary one beside
        // it, and whoever wrote it sweeps that later.
        do { try remove(source) } catch { try? remove(source) }
    }

    /// Calls `rename`.
    private func renameFile(_ source: String, _ target: String) throws(FileSystemError) {
        _ = try call(.rename, target) { _ in
            place(of: source) { (from, old) in
                place(of: target) { Int(unsafe renameat(from, old, $0, $1)) }
            }
        }
    }

    /// Whether an error number of `link` means that the file system has no links.
    private static func meansNoLinks(_ code: Int32) -> Bool {
        code == EPERM || code == ENOTSUP || code == EOPNOTSUPP || code == ENOSYS
    }

    /// Whether a name is taken; unlike ``fileExists(_:)`` it does not take "cannot see" for free.
    private func isTaken(_ path: String) throws(FileSystemError) -> Bool {
        do {
            _ = try status(path)
            return true
        } catch  where error.code == ENOENT {
            return false
        }
    }

    /// Brings a directory's names to the disk.
    package func syncDirectory(_ path: String) throws(FileSystemError) {
        let descriptor = try openDescriptor(
            path, flags: O_RDONLY | O_DIRECTORY | linkFlag(path))
        do {
            try synchronize(descriptor, path, .fsyncDirectory)
        } catch  where error.code == EINVAL || error.code == ENOTSUP {
            // Some file systems cannot sync a directory; there is nothing more to be done.
        } catch {
            try? closeDescriptor(descriptor, path)
            throw error
        }
        try? closeDescriptor(descriptor, path)
    }
}
