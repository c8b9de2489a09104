// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// All file system calls of the product go through this value, so that tests can make any fail.
///
/// A call that a signal interrupts (`EINTR`) is made again. Files are opened without following a
/// symbolic link at the end of the path, unless the caller says so, and are not inherited by child
/// processes.
package struct FileSystem: Sendable {
    /// Asked before each single system call; `nil` lets the call be made.
    private let interceptor: (@Sendable (FileOperation, String) -> FaultAction?)?
    /// What the names of temporary files start with, after the part that all of them share: up to
    /// 16 hexadecimal digits, by which whoever set it knows its own left-overs again.
    package var temporaryTag = ""
    /// A folder that is shared with others, without a `/` at its end.
    ///
    /// In it no link is followed, whoever laid it, and what is made follows the folder's own
    /// permissions and the account's mask. Everywhere else what is made is its owner's alone.
    package var sharedFolder: String?

    /// A file system; the interceptor is for tests.
    ///
    /// An injected `EINTR` is handled like a real one: the interceptor is asked again. A close is
    /// always made, because a descriptor that stays open would be the test's fault, not ours.
    package init(interceptor: (@Sendable (FileOperation, String) -> FaultAction?)? = nil) {
        self.interceptor = interceptor
    }

    /// Makes one system call that answers a number, or -1 and `errno`.
    ///
    /// - Parameters:
    ///   - operation: the kind of call.
    ///   - path: what it is about.
    ///   - undo: called with the result when the call was made but is to be reported failed.
    ///   - body: the call; it is given the most bytes it may move.
    /// - Returns: what the call answered, at least 0.
    /// - Throws: the error of the system, or the injected one.
    func call(
        _ operation: FileOperation, _ path: String, undo: (Int) -> Void = { _ in },
        _ body: (_ most: Int) -> Int
    ) throws(FileSystemError) -> Int {
        while true {
            var most = Int.max
            var reported: Int32?
            switch interceptor?(operation, path) {
            case nil: break
            case .fail(EINTR): continue
            case .fail(let code): throw failure(operation, path, code)
            case .failAfter(let code): reported = code
            case .short(let count): most = max(0, count)
            }
            let result = body(most)
            let code = errno
            if let reported {
                if result >= 0 { undo(result) }
                throw failure(operation, path, reported)
            }
            if result >= 0 { return result }
            if code != EINTR { throw failure(operation, path, code) }
        }
    }

    /// The error for an error number.
    func failure(
        _ operation: FileOperation, _ path: String, _ code: Int32
    ) -> FileSystemError {
        // With O_NOFOLLOW this is how a symbolic link shows.
        let kind: FileSystemError.Kind = code == ELOOP ? .notRegular : .errno(code)
        return FileSystemError(operation: operation, path: path, kind: kind)
    }

    /// Opens a path and answers the descriptor.
    func openDescriptor(
        _ path: String, flags: Int32, mode: UInt32 = 0
    ) throws(FileSystemError) -> Int32 {
        let result = try call(.open, path, undo: { _ = close(Int32($0)) }) { _ in
            place(of: path) { (folder, name) in
                Int(unsafe openat(folder, name, flags | O_CLOEXEC, mode_t(mode)))
            }
        }
        return Int32(result)
    }

    /// Closes a descriptor. It is closed in any case; an error tells of bytes that may be lost.
    func closeDescriptor(_ descriptor: Int32, _ path: String) throws(FileSystemError) {
        let fault = interceptor?(.close, path)
        let result = close(descriptor)
        let code = errno
        switch fault {
        case .fail(let injected), .failAfter(let injected):
            if injected != EINTR { throw failure(.close, path, injected) }
        case .short, nil:
            // After EINTR the descriptor is closed on Linux and must not be closed again, since
            // another thread may have got the same number.
            if result != 0, code != EINTR { throw failure(.close, path, code) }
        }
    }

    /// Brings a file's bytes to the disk.
    func synchronize(
        _ descriptor: Int32, _ path: String, _ operation: FileOperation = .fsync
    ) throws(FileSystemError) {
        _ = try call(operation, path) { _ in
            #if canImport(Darwin)
                // There fsync stops at the drive's cache. (Not run on macOS yet.)
                let result = fcntl(descriptor, F_FULLFSYNC)
                if result != 0, errno == ENOTSUP || errno == EINVAL || errno == ENOTTY {
                    return Int(fsync(descriptor))
                }
                return Int(result)
            #else
                return Int(fsync(descriptor))
            #endif
        }
    }
}
