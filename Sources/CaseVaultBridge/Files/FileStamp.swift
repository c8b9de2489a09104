// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Size, times and number of a file: as long as they stay, it is taken for the file that it was.
package struct FileStamp: Sendable, Hashable {
    /// The size in bytes.
    package let size: Int64
    /// When its bytes last changed, in nanoseconds since 1970.
    package let modified: Int64
    /// When anything about it last changed, which nobody can set back.
    package let changed: Int64
    /// Its number on the disk.
    package let number: UInt64

    /// Puts a stamp together.
    package init(size: Int64, modified: Int64, changed: Int64, number: UInt64) {
        self.size = size
        self.modified = modified
        self.changed = changed
        self.number = number
    }

    /// Whether what changes from a moment on gets another time: what changed just before may share
    /// its time with what changes just after.
    package func isSettled(at moment: Int64) -> Bool {
        let isCoarse = changed % 1_000_000_000 == 0
        return moment - changed > (isCoarse ? 2_100_000_000 : 50_000_000)
    }

    /// A time in nanoseconds; one that is out of reach is as good as any other.
    static func nanoseconds(of time: timespec) -> Int64 {
        Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}
