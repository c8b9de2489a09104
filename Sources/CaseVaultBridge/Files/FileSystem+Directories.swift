// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

// MARK: - Names and directories

extension FileSystem {
    /// Calls `body` with each name of a directory, in no order, in constant memory.
    ///
    /// `.` and `..` are left out. A name that is not UTF-8 is passed repaired, so it no longer
    /// leads to its file.
    ///
    /// - Parameters:
    ///   - path: the directory; it may be reached through a symbolic link, but not in the shared
    ///     folder.
    ///   - body: is given the name and what the directory says it is.
    /// - Throws: the system's error; `body` may have been called already.
    package func visitDirectory(
        _ path: String, _ body: (_ name: String, _ kind: EntryKind) -> Void
    ) throws(FileSystemError) {
        try visitNames(in: path) { name, kind in
            body(name, kind)
            return true
        }
    }

    /// The same until `body` answers `false`: in a directory that somebody filled, not all need be
    /// read.
    package func visitNames(
        in path: String, while body: (_ name: String, _ kind: EntryKind) -> Bool
    ) throws(FileSystemError) {
        try visitEntries(in: path) { name, kind, _ in body(name, kind) }
    }

    /// The same with the number that the directory gives of what has each name.
    package func visitEntries(
        in path: String, while body: (_ name: String, _ kind: EntryKind, _ number: UInt64) -> Bool
    ) throws(FileSystemError) {
        let descriptor = try openDescriptor(
            path, flags: O_RDONLY | O_DIRECTORY | O_NONBLOCK | linkFlag(path))
        guard let stream = unsafe fdopendir(descriptor) else {
            let code = errno
            try? closeDescriptor(descriptor, path)
            throw failure(.open, path, code)
        }
        // closedir closes the descriptor too.
        defer { unsafe closedir(stream) }
        var more = true
        while more {
            _ = try call(.list, path) { _ in
                errno = 0
                guard let entry = unsafe readdir(stream) else {
                    more = false
                    return errno == 0 ? 0 : -1
                }
                let (name, kind) = unsafe Self.nameAndKind(entry)
                if name != ".", name != ".." {
                    more = body(name, kind, UInt64(unsafe entry.pointee.d_ino))
                }
                return 0
            }
        }
    }

    /// The name and kind of a directory entry, read in place.
    private static func nameAndKind(_ entry: UnsafeMutablePointer<dirent>) -> (String, EntryKind) {
        // The name is an array at the end of the struct that may be longer or shorter than
        // declared, so it is read through its address and never copied as a tuple.
        guard let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) else {
            preconditionFailure("a C struct has fixed offsets")
        }
        let start = unsafe UnsafeRawPointer(entry).advanced(by: offset)
            .assumingMemoryBound(to: CChar.self)
        let name = unsafe String(cString: start)
        let kind: EntryKind =
            switch unsafe Int32(entry.pointee.d_type) {
            case Int32(DT_REG): .file
            case Int32(DT_DIR): .directory
            case Int32(DT_UNKNOWN): .unknown
            default: .other
            }
        return (name, kind)
    }

    /// Whether the name is taken, by whatever. `false` too when the system does not let us see.
    package func fileExists(_ path: String) -> Bool {
        (try? status(path)) != nil
    }

    /// Whether the path is a directory, symbolic links followed unless in the shared folder.
    package func isDirectory(_ path: String) -> Bool {
        guard let found = try? status(path, followLinks: true) else { return false }
        return found.st_mode & S_IFMT == S_IFDIR
    }

    /// What a path stands for; `nil` if there is nothing. A symbolic link is ``EntryKind/other``.
    ///
    /// - Throws: the system's error.
    package func kind(of path: String) throws(FileSystemError) -> EntryKind? {
        do {
            return switch try status(path).st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            default: .other
            }
        } catch  where error.isNotFound {
            return nil
        }
    }

    /// The size of a regular file in bytes.
    ///
    /// - Throws: `notRegular` for anything else, a symbolic link too; the system's error.
    package func fileSize(_ path: String) throws(FileSystemError) -> Int {
        let found = try status(path)
        guard found.st_mode & S_IFMT == S_IFREG else {
            throw FileSystemError(operation: .stat, path: path, kind: .notRegular)
        }
        return Int(found.st_size)
    }

    /// When the bytes of a file were last changed, in seconds since 1970.
    ///
    /// - Parameter path: the path; a link at its end is not followed.
    /// - Returns: the seconds, or `nil` if nothing is known.
    package func modified(_ path: String) -> Int64? {
        guard let found = try? status(path) else { return nil }
        #if canImport(Darwin)
            return Int64(found.st_mtimespec.tv_sec)
        #else
            return Int64(found.st_mtim.tv_sec)
        #endif
    }

    /// What tells a file from any other that was or will be under its name.
    ///
    /// - Throws: `notRegular`; the system's error.
    package func stamp(of path: String) throws(FileSystemError) -> FileStamp {
        let found = try status(path)
        guard found.st_mode & S_IFMT == S_IFREG else {
            throw FileSystemError(operation: .stat, path: path, kind: .notRegular)
        }
        return Self.stamp(found)
    }

    /// The stamp of what the system knows about something.
    private static func stamp(_ found: stat) -> FileStamp {
        #if canImport(Darwin)
            let (modified, changed) = (found.st_mtimespec, found.st_ctimespec)
        #else
            let (modified, changed) = (found.st_mtim, found.st_ctim)
        #endif
        return FileStamp(
            size: Int64(found.st_size), modified: FileStamp.nanoseconds(of: modified),
            changed: FileStamp.nanoseconds(of: changed), number: UInt64(found.st_ino))
    }

    /// What tells whether anything in a folder has changed; `nil` where that cannot be told.
    ///
    /// - Parameters:
    ///   - path: the folder.
    ///   - moment: when its names were read, in nanoseconds since 1970; `nil` to compare only. What
    ///     changed just before may share its time with what changes just after.
    /// - Returns: the stamp.
    package func folderStamp(of path: String, settledAt moment: Int64? = nil) -> FileStamp? {
        guard let found = try? status(path, followLinks: true), found.st_mode & S_IFMT == S_IFDIR
        else { return nil }
        let stamp = Self.stamp(found)
        guard let moment else { return stamp }
        guard stamp.isSettled(at: moment), keepsFolderTimes(path) else { return nil }
        return stamp
    }

    /// Looks for some names in a folder, without reading what else is in it.
    ///
    /// - Parameters:
    ///   - names: the names.
    ///   - folder: the folder.
    /// - Returns: those that are there, each with its stamp if it is a folder.
    /// - Throws: the system's error.
    package func look(
        for names: [String], in folder: String
    ) throws(FileSystemError) -> [(name: String, folder: FileStamp?)] {
        let descriptor = try openDescriptor(folder, flags: Self.folderFlags | linkFlag(folder))
        defer { close(descriptor) }
        var found: [(name: String, folder: FileStamp?)] = []
        for name in names {
            var status = stat()
            do throws(FileSystemError) {
                _ = try call(.stat, folder + "/" + name) { _ in
                    Int(unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW))
                }
            } catch {
                if error.isNotFound { continue }
                throw error
            }
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            found.append((name, isFolder ? Self.stamp(status) : nil))
        }
        return found
    }

    /// What tells files in a folder from any other that were or will be under their names.
    ///
    /// - Parameters:
    ///   - names: the names.
    ///   - folder: the folder.
    /// - Returns: a stamp of whatever stands under each name; `nil` where nothing does or the
    ///   system does not say.
    /// - Throws: the system's error about the folder.
    package func stamps(
        of names: some Sequence<String>, in folder: String
    ) throws(FileSystemError) -> [FileStamp?] {
        let descriptor = try openDescriptor(folder, flags: Self.folderFlags | linkFlag(folder))
        defer { close(descriptor) }
        return names.map { name in
            var status = stat()
            let result = try? call(.stat, folder + "/" + name) { _ in
                Int(unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW))
            }
            return result == nil ? nil : Self.stamp(status)
        }
    }

    /// The system's clock in nanoseconds since 1970.
    package static var moment: Int64 {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
        return FileStamp.nanoseconds(of: time)
    }

    /// Whether a folder is on a disk of which it is known that every change in a folder changes the
    /// folder's times. Disks from elsewhere and shares may be changed by systems that do not.
    package func keepsFolderTimes(_ path: String) -> Bool {
        // ext4, XFS, Btrfs, F2FS, ZFS, tmpfs, overlay
        let known: Set<UInt32> = [
            0xEF53, 0x5846_5342, 0x9123_683E, 0xF2F5_2010, 0x2FC1_2FC1, 0x0102_1994, 0x794C_7630,
        ]
        return known.contains(unsafe csodium_disk_kind(path))
    }

    /// What the system knows about a path.
    ///
    /// - Parameters:
    ///   - path: the path.
    ///   - followLinks: whether a link at its end is followed; in the shared folder none ever is.
    /// - Returns: what the system knows.
    /// - Throws: the system's error.
    func status(_ path: String, followLinks: Bool = false) throws(FileSystemError) -> stat {
        var result = stat()
        _ = try call(.stat, path) { _ in
            place(of: path) { (folder, name) in
                let follows = followLinks && folder == AT_FDCWD
                return Int(
                    unsafe fstatat(folder, name, &result, follows ? 0 : AT_SYMLINK_NOFOLLOW))
            }
        }
        return result
    }

    /// Makes a directory. One that is there already is fine, and keeps its permissions.
    ///
    /// - Parameters:
    ///   - path: the directory.
    ///   - createParents: make missing directories above it as well.
    /// - Throws: the system's error; `EEXIST` when the name is taken by something else.
    package func makeDirectory(
        _ path: String, createParents: Bool = false
    ) throws(FileSystemError) {
        let mode = folderMode(path)
        do {
            _ = try call(.mkdir, path) { _ in
                place(of: path) { Int(unsafe mkdirat($0, $1, mode_t(mode))) }
            }
        } catch  where error.isExists && isDirectory(path) {
            return
        } catch  where createParents && error.code == ENOENT {
            guard let parent = Self.parent(of: path) else { throw error }
            try makeDirectory(parent, createParents: true)
            try makeDirectory(path)
            return
        }
        letGroupIn(path)
    }

    /// Gives a new directory in a shared one of several accounts what that one has.
    private func letGroupIn(_ path: String) {
        guard isShared(path) else { return }
        let more = groupMode(in: Self.parent(of: path) ?? ".")
        guard more != 0, let found = try? status(path) else { return }
        let wanted = mode_t(found.st_mode & 0o7777) | mode_t(more) | mode_t(S_ISGID)
        // The folder is made; if this is refused, it is as the mask says.
        _ = place(of: path) { Int(unsafe fchmodat($0, $1, wanted, 0)) }
    }

    /// The path without its last part; `nil` when there is none before it.
    private static func parent(of path: String) -> String? {
        var bytes = Array(path.utf8)
        while bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        while let last = bytes.last, last != UInt8(ascii: "/") { bytes.removeLast() }
        while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        return bytes.isEmpty || bytes.count >= path.utf8.count
            ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// Removes a file's name.
    package func remove(_ path: String) throws(FileSystemError) {
        _ = try call(.unlink, path) { _ in place(of: path) { Int(unsafe unlinkat($0, $1, 0)) } }
    }

    /// Removes an empty directory.
    ///
    /// - Throws: the system's error, also when something is in it.
    package func removeDirectory(_ path: String) throws(FileSystemError) {
        _ = try call(.unlink, path) { _ in
            place(of: path) { Int(unsafe unlinkat($0, $1, AT_REMOVEDIR)) }
        }
    }
}
