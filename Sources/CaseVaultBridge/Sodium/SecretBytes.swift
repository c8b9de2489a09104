// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

/// Secret bytes in guarded, locked memory that is read-only, and wiped when the last owner goes.
///
/// Made for the few long-lived secrets: a passphrase, a derived key, a private key. An allocation
/// costs about 25 microseconds and four memory mappings, so per-file keys are ``FileKey``.
// Unchecked Sendable: nothing changes after `init`, and the pages are read-only by then.
@safe
package final class SecretBytes: LentSecret, @unchecked Sendable {
    /// The first byte of the region.
    private let base: UnsafeMutablePointer<UInt8>
    /// The number of bytes. It is not secret.
    package let count: Int

    /// Hands a fresh, zeroed region to `fill`, then makes it read-only.
    ///
    /// - Parameters:
    ///   - count: the number of bytes; not negative.
    ///   - fill: writes the bytes in place.
    /// - Throws: `outOfSecureMemory` when the system has no guarded memory left, or what `fill`
    ///   throws; the region is wiped and freed in both cases.
    package init(
        count: Int, filledBy fill: (inout MutableSpan<UInt8>) throws(CryptoError) -> Void
    ) throws(CryptoError) {
        precondition(count >= 0, "a secret cannot have a negative length")
        Sodium.ensure()
        guard let raw = unsafe sodium_malloc(count) else { throw .outOfSecureMemory }
        let pointer = unsafe raw.bindMemory(to: UInt8.self, capacity: count)
        unsafe pointer.initialize(repeating: 0, count: count)
        var span = unsafe MutableSpan(_unsafeStart: pointer, count: count)
        do {
            try fill(&span)
        } catch {
            unsafe sodium_free(pointer)
            throw error
        }
        guard unsafe sodium_mprotect_readonly(pointer) == 0 else {
            unsafe sodium_free(pointer)
            throw .outOfSecureMemory
        }
        unsafe base = pointer
        self.count = count
    }

    /// Fresh random bytes.
    package convenience init(random count: Int) throws(CryptoError) {
        try self.init(count: count) { (span) throws(CryptoError) in
            span.withPointer { (target, count) in unsafe randombytes_buf(target, count) }
        }
    }

    /// A copy of bytes that the caller goes on to wipe.
    package convenience init(copying source: Span<UInt8>) throws(CryptoError) {
        try self.init(count: source.count) { (span) throws(CryptoError) in
            span.withPointer { (target, count) in
                source.withPointer { (bytes, _) in
                    unsafe target.update(from: bytes, count: count)
                }
            }
        }
    }

    deinit {
        // sodium_free wipes, and stops the process if the canary before the region has changed.
        unsafe sodium_free(base)
    }

    /// Lends the bytes. The span cannot outlive the call.
    package func withBytes<R, E: Error>(
        _ body: (Span<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        try unsafe body(Span(_unsafeStart: base, count: count))
    }

    /// Lends the bytes to a C function.
    @safe
    func withPointer<R, E: Error>(
        _ body: (UnsafePointer<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        try unsafe body(base)
    }

    /// Compares two secrets in constant time. Only whether the lengths differ can be timed.
    package static func equal(_ a: SecretBytes, _ b: SecretBytes) -> Bool {
        guard a.count == b.count else { return false }
        return unsafe sodium_memcmp(a.base, b.base, a.count) == 0
    }
}

// MARK: - CustomStringConvertible, CustomReflectable

extension SecretBytes: CustomStringConvertible, CustomReflectable {
    /// A fixed text, so that a secret never reaches a log.
    package var description: String { "SecretBytes(redacted)" }
    /// A mirror without children, so that `dump` shows nothing.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
