// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

/// A 32-byte key for one file, in ordinary memory that never moves and is wiped at the end.
///
/// Guarded memory for each file would halve the throughput of opening many files, and the system
/// allows only some thousand guarded regions at a time. The key is short-lived and lives once.
// Unchecked Sendable: nothing changes after `init`.
@safe
package final class FileKey: LentSecret, @unchecked Sendable {
    /// The number of bytes.
    package static let count = 32
    /// The first byte of the key.
    private let base: UnsafeMutablePointer<UInt8>

    /// Lets `fill` write the 32 bytes in place; `nil` when it answers `false`.
    @safe
    init?(filledBy fill: (UnsafeMutablePointer<UInt8>) -> Bool) {
        Sodium.ensure()
        unsafe base = .allocate(capacity: Self.count)
        unsafe base.initialize(repeating: 0, count: Self.count)
        // From here on `deinit` runs, so a failed fill is wiped as well.
        guard unsafe fill(base) else { return nil }
    }

    /// Fresh random bytes.
    private init() {
        Sodium.ensure()
        unsafe base = .allocate(capacity: Self.count)
        unsafe randombytes_buf(base, Self.count)
    }

    /// A fresh random key.
    package static func random() -> FileKey {
        FileKey()
    }

    /// A copy of 32 bytes that the caller goes on to wipe; `nil` for any other number.
    package convenience init?(copying source: Span<UInt8>) {
        guard source.count == Self.count else { return nil }
        self.init { (target) in
            source.withPointer { (bytes, count) in
                unsafe target.update(from: bytes, count: count)
            }
            return true
        }
    }

    deinit {
        unsafe sodium_memzero(base, Self.count)
        unsafe base.deallocate()
    }

    /// Lends the bytes. The span cannot outlive the call.
    package func withBytes<R, E: Error>(
        _ body: (Span<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        try unsafe body(Span(_unsafeStart: base, count: Self.count))
    }

    /// Lends the bytes to a C function.
    @safe
    func withPointer<R, E: Error>(
        _ body: (UnsafePointer<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        try unsafe body(base)
    }

    /// Compares two keys in constant time.
    package static func equal(_ a: FileKey, _ b: FileKey) -> Bool {
        unsafe sodium_memcmp(a.base, b.base, count) == 0
    }
}

// MARK: - CustomStringConvertible, CustomReflectable

extension FileKey: CustomStringConvertible, CustomReflectable {
    /// A fixed text, so that a key never reaches a log.
    package var description: String { "FileKey(redacted)" }
    /// A mirror without children, so that `dump` shows nothing.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
