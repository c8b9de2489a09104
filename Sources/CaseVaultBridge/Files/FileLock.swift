// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import Synchronization

#if canImport(Darwin)
    internal import Darwin
#else
    internal import Glibc
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
    private let isHeld = Atomic<Bool>(true)

    /// Keeps a lock that was taken.
    private init(path: String, descriptor: Int32, fileSystem: FileSystem) {
        self.path = path
        self.descriptor = descriptor
        self.fileSystem = fileSystem
    }

    deinit { unlock() }

    /// Takes the lock, and waits while another holds it.
    ///
    /// - Parameters:
    ///   - path: the lock file; made with mode 0600 if missing. A symbolic link is refused.
    ///   - filesystem: where the calls go.
    /// - Returns: the lock.
    /// - Throws: the system's error.
    package static func exclusive(
        path: String, filesystem: FileSystem = FileSystem()
    ) throws(FileSystemError) -> FileLock {
        try take(path, LOCK_EX, filesystem)
    }

    /// Takes the lock if nobody holds it; `nil` if somebody does.
    ///
    /// - Parameters:
    ///   - path: the lock file; made with mode 0600 if missing. A symbolic link is refused.
    ///   - filesystem: where the calls go.
    /// - Returns: the lock, or `nil`.
    /// - Throws: the system's error.
    package static func tryExclusive(
        path: String, filesystem: FileSystem = FileSystem()
    ) throws(FileSystemError) -> FileLock? {
        do {
            return try take(path, LOCK_EX | LOCK_NB, filesystem)
        } catch  where error.operation == .lock && error.code == EWOULDBLOCK {
            return nil
        }
    }

    /// Opens the lock file and locks it.
    private static func take(
        _ path: String, _ operation: Int32, _ fileSystem: FileSystem
    ) throws(FileSystemError) -> FileLock {
        let descriptor = try fileSystem.openDescriptor(
            path, flags: O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK, mode: 0o600)
        do {
            _ = try fileSystem.call(.lock, path) { _ in Int(flock(descriptor, operation)) }
        } catch {
            try? fileSystem.closeDescriptor(descriptor, path)
            throw error
        }
        return FileLock(path: path, descriptor: descriptor, fileSystem: fileSystem)
    }

    /// Gives the lock up. Calling it again does nothing.
    package func unlock() {
        guard isHeld.exchange(false, ordering: .acquiringAndReleasing) else { return }
        // Closing alone would leave the lock, for a moment, with a process that another thread is
        // just starting: that has a copy of the descriptor until it runs its program.
        _ = flock(descriptor, LOCK_UN)
        try? fileSystem.closeDescriptor(descriptor, path)
    }
}
