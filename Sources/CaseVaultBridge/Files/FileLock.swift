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

/// An advisory lock on a file, held until ``unlock()`` or until the last owner goes.
///
/// It holds between processes and between two locks in one process. The lock file stays in place
/// when the lock is given up: removing it would let two processes lock two different files.
package final class FileLock: Sendable {
    /// The path, for errors.
    private let path: String
    /// The open lock file.
    private let descriptor: Int32
    /// Where the calls go.
    private let fileSystem: FileSystem
    /// Whether the lock is still held.
    private let isLocked = Atomic<Bool>(true)

    /// Keeps a lock that was taken.
    private init(path: String, descriptor: Int32, fileSystem: FileSystem) {
        self.path = path
        self.descriptor = descriptor
        self.fileSystem = fileSystem
    }

    deinit { unlock() }

    /// Takes the lock, and waits while another holds it; ``WaitNotice`` says so after a while.
    ///
    /// - Parameters:
    ///   - path: the lock file; made with mode 0600 if missing. A symbolic link is refused.
    ///   - filesystem: where the calls go.
    /// - Returns: the lock.
    /// - Throws: the system's error.
    package static func exclusive(
        path: String, filesystem: FileSystem = FileSystem()
    ) throws(FileSystemError) -> FileLock {
        let patience = ContinuousClock.now + WaitNotice.patience
        while true {
            if let lock = try tryExclusive(path: path, filesystem: filesystem) { return lock }
            if ContinuousClock.now >= patience { break }
            _ = usleep(10_000)
        }
        WaitNotice.tell(holder: holder(of: path, filesystem))
        return try take(path, LOCK_EX, filesystem)
    }

    /// Takes the lock as ``exclusive(path:filesystem:)`` does, unless the task that asks is cancelled
    /// while it waits.
    ///
    /// In a task it asks again and again, because nothing wakes a thread that the system keeps
    /// waiting. Elsewhere nobody can cancel, and the system keeps the turns.
    ///
    /// - Parameters:
    ///   - path: the lock file; made with mode 0600 if missing. A symbolic link is refused.
    ///   - filesystem: where the calls go.
    /// - Returns: the lock; `nil` if the task was cancelled before it was free.
    /// - Throws: the system's error.
    package static func exclusiveUnlessCancelled(
        path: String, filesystem: FileSystem = FileSystem()
    ) throws(FileSystemError) -> FileLock? {
        let isInTask = unsafe withUnsafeCurrentTask { unsafe $0 != nil }
        guard isInTask else { return try exclusive(path: path, filesystem: filesystem) }
        let patience = ContinuousClock.now + WaitNotice.patience
        var isTold = false
        while !Task.isCancelled {
            if let lock = try tryExclusive(path: path, filesystem: filesystem) { return lock }
            if !isTold, ContinuousClock.now >= patience {
                isTold = true
                WaitNotice.tell(holder: holder(of: path, filesystem))
            }
            _ = usleep(5000)
        }
        return nil
    }

    /// Takes the lock if nobody holds it; `nil` if somebody does.
    ///
    /// - Parameters:
    ///   - path: the lock file; made with mode 0600 if missing. A symbolic link is refused.
    ///   - filesystem: where the calls go.
    ///   - notes: whether the file is there for the lock alone, and gets to hold who has it.
    /// - Returns: the lock, or `nil`.
    /// - Throws: the system's error.
    package static func tryExclusive(
        path: String, filesystem: FileSystem = FileSystem(), notes: Bool = true
    ) throws(FileSystemError) -> FileLock? {
        do {
            return try take(path, LOCK_EX | LOCK_NB, filesystem, notes: notes)
        } catch  where error.operation == .lock && error.code == EWOULDBLOCK {
            return nil
        }
    }

    /// Opens the lock file and locks it.
    private static func take(
        _ path: String, _ operation: Int32, _ fileSystem: FileSystem, notes: Bool = true
    ) throws(FileSystemError) -> FileLock {
        let descriptor = try fileSystem.openDescriptor(
            path, flags: O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK, mode: 0o600)
        do {
            _ = try fileSystem.call(.lock, path) { _ in Int(flock(descriptor, operation)) }
        } catch {
            try? fileSystem.closeDescriptor(descriptor, path)
            throw error
        }
        if notes { noteHolder(descriptor) }
        return FileLock(path: path, descriptor: descriptor, fileSystem: fileSystem)
    }

    /// Writes into the lock file which process has it, for whoever waits. A lock whose file cannot
    /// be written holds as well.
    private static func noteHolder(_ descriptor: Int32) {
        _ = ftruncate(descriptor, 0)
        Array("\(getpid())\n".utf8).withPointer { (base, count) in
            _ = unsafe pwrite(descriptor, base, count, 0)
        }
    }

    /// The process that has a lock, as far as its file says.
    private static func holder(of path: String, _ fileSystem: FileSystem) -> Int32? {
        guard let bytes = try? fileSystem.readPrefix(path, count: 16) else { return nil }
        let digits = bytes.prefix { (0x30...0x39).contains($0) }
        return Int32(String(decoding: digits, as: UTF8.self))
    }

    /// Gives the lock up. Calling it again does nothing.
    package func unlock() {
        guard isLocked.exchange(false, ordering: .acquiringAndReleasing) else { return }
        // Closing alone would leave the lock, for a moment, with a process that another thread is
        // just starting: that has a copy of the descriptor until it runs its program.
        _ = flock(descriptor, LOCK_UN)
        try? fileSystem.closeDescriptor(descriptor, path)
    }
}
