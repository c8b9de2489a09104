// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A file under a temporary name that is open for writing in pieces.
///
/// Either ``finish()`` makes it ready to be published, or it is removed: by ``abandon()``, by a
/// failed ``finish()``, or when the last owner goes. Writing at an offset may be done from several
/// threads at once, but not while another thread finishes or abandons.
package final class WriteHandle: Sendable {
    /// The temporary name in ``directory``.
    package let temporaryName: String
    /// The directory.
    package let directory: String
    /// The open file.
    private let descriptor: Int32
    /// Where the calls go.
    private let fileSystem: FileSystem
    /// Whether the file has no name yet, not even a temporary one.
    private let isUnnamed: Bool
    /// Whether the file is still open.
    private let isOpen = Atomic<Bool>(true)

    /// What every temporary name starts with.
    private static let namePrefix = ".casevault-"
    /// What every temporary name ends with.
    private static let nameSuffix = ".tmp"

    /// Whether a name is one that a file system with this tag gave to a temporary file.
    package static func isTemporaryName(_ name: String, tag: String) -> Bool {
        !tag.isEmpty && name.hasSuffix(nameSuffix) && name.hasPrefix(namePrefix + tag)
            && name.utf8.count == namePrefix.utf8.count + 32 + nameSuffix.utf8.count
    }

    /// The path, for calls and errors.
    private var path: String { directory + "/" + temporaryName }

    /// Makes an empty file that only its owner can reach; in the shared folder, whoever the folder
    /// is shared with.
    ///
    /// - Parameters:
    ///   - directory: where.
    ///   - fileSystem: where the calls go.
    ///   - isPlain: whether what is written is not encrypted. Such a file has no name as long as
    ///     it is not finished, where the disk can do that, so that a crash leaves nothing.
    /// - Throws: the system's error.
    init(
        inDirectory directory: String, fileSystem: FileSystem, isPlain: Bool = false
    ) throws(FileSystemError) {
        if isPlain, let unnamed = Self.unnamed(in: directory, fileSystem) {
            (descriptor, isUnnamed) = (unnamed, true)
            (temporaryName, self.directory, self.fileSystem) = ("", directory, fileSystem)
            return
        }
        if isPlain { fileSystem.sweepTemporary(inDirectory: directory) }
        // At least 8 random bytes: two writers do not meet, and if they did, O_EXCL refuses.
        let digits = (fileSystem.temporaryTag + Random.bytes32().hex).prefix(32)
        let name = Self.namePrefix + digits + Self.nameSuffix
        let path = directory + "/" + name
        do {
            descriptor = try fileSystem.openDescriptor(
                path, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW,
                mode: fileSystem.fileMode(path))
        } catch {
            // The file may have been made although the call is said to have failed.
            if !error.isExists { try? fileSystem.remove(path) }
            throw error
        }
        isUnnamed = false
        temporaryName = name
        self.directory = directory
        self.fileSystem = fileSystem
        // Shows to whoever sweeps that somebody is still writing it.
        if isPlain { _ = flock(descriptor, LOCK_EX | LOCK_NB) }
        let more = fileSystem.groupMode(in: directory) & 0o060
        if more != 0 { Self.add(more, to: descriptor) }
    }

    /// Opens a file without a name; `nil` where the disk or the system has none.
    private static func unnamed(in directory: String, _ fileSystem: FileSystem) -> Int32? {
        #if canImport(Darwin)
            return nil
        #else
            // O_TMPFILE, which Swift does not import.
            let flags = O_WRONLY | O_DIRECTORY | 0o20000000
            // Another path than the one that listing it takes, so that tests can tell the two.
            let path = directory + "/."
            let mode = fileSystem.fileMode(path)
            guard let descriptor = try? fileSystem.openDescriptor(path, flags: flags, mode: mode)
            else { return nil }
            // It gets its name by way of /proc, which not every container has.
            guard unsafe access("/proc/self/fd/\(descriptor)", F_OK) == 0 else {
                close(descriptor)
                return nil
            }
            return descriptor
        #endif
    }

    /// Adds permissions to an open file. One to which they cannot be added is as the mask says.
    private static func add(_ more: UInt32, to descriptor: Int32) {
        var found = stat()
        guard unsafe fstat(descriptor, &found) == 0 else { return }
        _ = fchmod(descriptor, mode_t(found.st_mode & 0o777) | mode_t(more))
    }

    deinit { abandon() }

    /// Writes all bytes where the last such call ended.
    package func write(_ bytes: Span<UInt8>) throws(FileSystemError) {
        try write(bytes, from: nil)
    }

    /// Writes all bytes at an offset.
    package func write(_ bytes: Span<UInt8>, at offset: Int) throws(FileSystemError) {
        try write(bytes, from: offset)
    }

    /// Writes all bytes, in as many calls as it takes.
    private func write(_ bytes: Span<UInt8>, from offset: Int?) throws(FileSystemError) {
        guard isOpen.load(ordering: .acquiring) else {
            throw fileSystem.failure(.write, path, EBADF)
        }
        try bytes.withPointer { (base, count) throws(FileSystemError) in
            var done = 0
            while done < count {
                let moved = try fileSystem.call(.write, path) { (most) in
                    let next = unsafe base + done
                    let length = min(count - done, most)
                    if let offset {
                        return unsafe pwrite(descriptor, next, length, off_t(offset + done))
                    }
                    return unsafe writeOnce(descriptor, next, length)
                }
                // No regular file answers 0; going on could go on for ever.
                guard moved > 0 else { throw fileSystem.failure(.write, path, EIO) }
                done += moved
            }
        }
    }

    /// Brings the bytes to the disk and closes the file, which keeps its temporary name.
    ///
    /// - Throws: the system's error; the file is then removed.
    package func finish() throws(FileSystemError) {
        guard isOpen.exchange(false, ordering: .acquiringAndReleasing) else {
            throw fileSystem.failure(.fsync, path, EBADF)
        }
        do {
            try fileSystem.synchronize(descriptor, path)
        } catch {
            try? fileSystem.closeDescriptor(descriptor, path)
            try? fileSystem.remove(path)
            throw error
        }
        do {
            try fileSystem.closeDescriptor(descriptor, path)
        } catch {
            try? fileSystem.remove(path)
            throw error
        }
    }

    /// Brings the bytes to the disk and gives the file its name, durably.
    ///
    /// - Throws: the system's error, `EEXIST` when the name is taken; the file is then removed.
    package func publish(as name: String) throws(FileSystemError) {
        guard isUnnamed else {
            try finish()
            do {
                try fileSystem.publish(
                    temporary: temporaryName, as: name, inDirectory: directory, replacing: false)
            } catch {
                try? fileSystem.remove(path)
                throw error
            }
            return try fileSystem.syncDirectory(directory)
        }
        guard isOpen.exchange(false, ordering: .acquiringAndReleasing) else {
            throw fileSystem.failure(.fsync, path, EBADF)
        }
        defer { try? fileSystem.closeDescriptor(descriptor, path) }
        try fileSystem.synchronize(descriptor, path)
        try fileSystem.giveName(directory + "/" + name, to: descriptor)
        try fileSystem.syncDirectory(directory)
    }

    /// Closes and removes the file; nothing happens once it is finished or abandoned.
    package func abandon() {
        guard isOpen.exchange(false, ordering: .acquiringAndReleasing) else { return }
        try? fileSystem.closeDescriptor(descriptor, path)
        if !isUnnamed { try? fileSystem.remove(path) }
    }
}
