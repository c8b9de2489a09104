// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A failed file operation: which one, on which path, and why. It never carries contents.
package struct FileSystemError: Error, Equatable, Sendable {
    /// Why the operation failed.
    package enum Kind: Equatable, Sendable {
        /// The system's error number.
        case errno(Int32)
        /// The file has more bytes than the caller allows.
        case tooLarge(limit: Int)
        /// Not a regular file, or reached through a symbolic link at the end of the path.
        case notRegular
        /// Others than the owner can reach the file; its permission bits.
        case tooOpen(mode: UInt32)
    }

    /// The operation that failed.
    package let operation: FileOperation
    /// The path it was about.
    package let path: String
    /// Why it failed.
    package let kind: Kind

    /// Puts an error together.
    package init(operation: FileOperation, path: String, kind: Kind) {
        self.operation = operation
        self.path = path
        self.kind = kind
    }

    /// The system's error number; 0 for the kinds that are not the system's.
    package var code: Int32 {
        guard case .errno(let code) = kind else { return 0 }
        return code
    }

    /// Whether the path does not exist.
    package var isNotFound: Bool { code == ENOENT || code == ENOTDIR }

    /// Whether the name is taken already.
    package var isExists: Bool { code == EEXIST }

    /// Whether there is no room: the disk is full, or the quota used up.
    package var isNoSpace: Bool { code == ENOSPC || code == EDQUOT }

    /// Whether the system does not let this user do it here.
    package var isReadOnlyOrPermission: Bool {
        code == EROFS || code == EACCES || code == EPERM
    }

    /// The system's words for its error number.
    package var reasonText: String { unsafe String(cString: strerror(code)) }
}
