// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension FileSystemError {
    /// What the system's error number means to a person: who or what stands in the way.
    package enum Cause: String, Sendable, Hashable {
        /// There is no such file or folder.
        case notFound
        /// The name is taken.
        case exists
        /// A part of the path is no folder, or a folder stands where a file belongs.
        case wrongKind
        /// The disk is full, or the quota is used up.
        case noSpace
        /// The account may not do this.
        case noPermission
        /// The disk or share can only be read.
        case readOnly
        /// The disk itself failed.
        case inputOutput
        /// Another program has the file.
        case busy
        /// A share or drive does not answer.
        case away
        /// The disk knows no locks.
        case noLocks
        /// The name is longer than the disk allows, or has bytes that it does not allow.
        case badName
        /// The file is larger than the disk allows.
        case fileTooLarge
        /// The process has too many files open, or the system has.
        case tooManyFiles
        /// None of these, or not the system's.
        case other
    }

    /// What the error number means.
    package var cause: Cause {
        if operation == .lock, Self.lockless.contains(code) { return .noLocks }
        return switch code {
        case ENOENT: .notFound
        case EEXIST: .exists
        case ENOTDIR, EISDIR: .wrongKind
        case ENOSPC, EDQUOT: .noSpace
        case EACCES, EPERM: .noPermission
        case EROFS: .readOnly
        case EIO, ENXIO, ENODEV: .inputOutput
        case EBUSY, ETXTBSY, EAGAIN, EDEADLK: .busy
        case ESTALE, ENOTCONN, ETIMEDOUT, EHOSTDOWN, EHOSTUNREACH, ENETDOWN, ENETUNREACH,
            ECONNRESET, ECONNABORTED, ECONNREFUSED, EPIPE:
            .away
        case ENAMETOOLONG, EILSEQ: .badName
        case EFBIG, EOVERFLOW: .fileTooLarge
        case EMFILE, ENFILE: .tooManyFiles
        case ENOLCK: .noLocks
        default: .other
        }
    }

    /// Numbers by which a disk says that it does not know locks.
    private static let lockless = [ENOLCK, ENOSYS, ENOTSUP, EOPNOTSUPP, EINVAL]

    /// Whether the operation would have changed something.
    package var isAboutWriting: Bool {
        switch operation {
        case .write, .fsync, .link, .rename, .unlink, .mkdir, .fsyncDirectory: true
        case .open, .read, .close, .list, .stat, .lock: false
        }
    }
}
