// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

// MARK: - Where a path leads

extension FileSystem {
    /// Makes a call about a path, given the folder that its last part is in and that part.
    ///
    /// In the shared folder each folder on the way is opened from the one before and never through
    /// a link, so that nobody who can write there leads us somewhere else. Elsewhere the path is
    /// the caller's own, and its links are what they meant.
    ///
    /// - Parameters:
    ///   - path: the path.
    ///   - body: makes the call, with a descriptor or `AT_FDCWD`; answers -1 and `errno`.
    /// - Returns: what `body` answered; -1 and `errno`, `ENOTDIR` for a link, when a folder on the
    ///   way could not be opened.
    func place(of path: String, _ body: (_ folder: Int32, _ name: String) -> Int) -> Int {
        guard let root = sharedFolder, let inside = Self.parts(of: path, in: root),
            let name = inside.last
        else { return body(AT_FDCWD, path) }
        guard !inside.contains("..") else {
            errno = ENOTDIR
            return -1
        }
        var folder = unsafe open(root, Self.folderFlags)
        for part in inside.dropLast() where folder >= 0 {
            let next = unsafe openat(folder, part, Self.folderFlags | O_NOFOLLOW)
            let code = errno
            _ = close(folder)
            folder = next
            // macOS says of a link that it is one; both mean that there is no folder.
            errno = code == ELOOP ? ENOTDIR : code
        }
        guard folder >= 0 else { return -1 }
        let result = body(folder, name)
        let code = errno
        _ = close(folder)
        errno = code
        return result
    }

    /// Whether a path is the shared folder, in it, or on the way to it.
    func isShared(_ path: String) -> Bool {
        guard let root = sharedFolder else { return false }
        return path == root || Self.parts(of: path, in: root) != nil
            || root.hasPrefix(path.last == "/" ? path : path + "/")
    }

    /// The parts of a path behind a folder; `nil` if it is not in there.
    private static func parts(of path: String, in root: String) -> [String]? {
        guard path.utf8.count > root.utf8.count, path.utf8.starts(with: root.utf8) else {
            return nil
        }
        let rest = path.utf8.dropFirst(root.utf8.count)
        guard rest.first == UInt8(ascii: "/") || root.utf8.last == UInt8(ascii: "/") else {
            return nil
        }
        return rest.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
    }

    /// Flags for opening a folder on the way. To pass through it, it need not be readable.
    static var folderFlags: Int32 {
        #if canImport(Darwin)
            O_RDONLY | O_DIRECTORY | O_CLOEXEC
        #else
            // O_PATH, which Swift does not import; the same number on all of our machines.
            0o10000000 | O_DIRECTORY | O_CLOEXEC
        #endif
    }

    /// The flag against a link at the end of a directory's path: in the shared folder.
    func linkFlag(_ path: String) -> Int32 {
        guard let root = sharedFolder, path != root, isShared(path) else { return 0 }
        return root.utf8.count < path.utf8.count ? O_NOFOLLOW : 0
    }

    /// The path of what is there, without any link, by `realpath`; `nil` if there is nothing.
    package func realPath(_ path: String) -> String? {
        guard let found = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(found) }
        return unsafe String(validatingCString: found)
    }

    // MARK: - Permissions

    /// The permissions of a new file, before the account's mask.
    func fileMode(_ path: String) -> UInt32 { isShared(path) ? 0o666 : 0o600 }

    /// The permissions of a new folder, before the account's mask.
    func folderMode(_ path: String) -> UInt32 { isShared(path) ? 0o777 : 0o700 }

    /// Whether others than its owner can reach a file or folder, as far as the system tells.
    ///
    /// On a disk without permissions everything is open, whatever was asked for.
    package func isOpenToOthers(_ path: String) -> Bool {
        guard let found = try? status(path, followLinks: true) else { return true }
        return found.st_mode & 0o077 != 0
    }

    /// What a new name in a folder gets besides what the mask leaves: the rights of the group,
    /// where the folder passes its group on to everything in it and lets the group write.
    ///
    /// Such a folder was made for several accounts. One whose mask is meant for private files
    /// would lock the others out of what it writes.
    func groupMode(in folder: String) -> UInt32 {
        guard isShared(folder), let found = try? status(folder, followLinks: true) else { return 0 }
        let mode = UInt32(found.st_mode)
        guard mode & UInt32(S_ISGID) != 0, mode & 0o020 != 0 else { return 0 }
        return mode & 0o070
    }
}
