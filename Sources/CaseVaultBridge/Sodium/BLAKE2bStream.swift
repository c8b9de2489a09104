// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

/// BLAKE2b-256 over a message that comes in pieces. Not for use from two threads at once.
@safe
package final class BLAKE2bStream {
    /// The C state. Swift sees an opaque type, because C asks for 64-byte alignment.
    private let state: OpaquePointer
    /// The memory behind ``state``.
    private let memory: UnsafeMutableRawPointer
    /// The hash, once ``finish()`` was called.
    private var result: Bytes32?

    /// Starts a plain hash.
    package init() {
        Sodium.ensure()
        (unsafe memory, unsafe state) = Self.allocate()
        let code = unsafe crypto_generichash_init(state, nil, 0, Bytes32.count)
        precondition(code == 0, "BLAKE2b refused fixed sizes")
    }

    /// Starts a keyed hash.
    package init(key: FileKey) {
        Sodium.ensure()
        (unsafe memory, unsafe state) = Self.allocate()
        let state = unsafe state
        let code = key.withPointer { (bytes) in
            unsafe crypto_generichash_init(state, bytes, FileKey.count, Bytes32.count)
        }
        precondition(code == 0, "BLAKE2b refused fixed sizes")
    }

    /// Memory for a state, aligned as the C type asks.
    @safe
    private static func allocate() -> (UnsafeMutableRawPointer, OpaquePointer) {
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: crypto_generichash_statebytes(), alignment: 64)
        return unsafe (memory, OpaquePointer(memory))
    }

    deinit {
        // With a key, the state is secret.
        unsafe sodium_memzero(memory, crypto_generichash_statebytes())
        unsafe memory.deallocate()
    }

    /// Adds the next piece.
    ///
    /// - Precondition: ``finish()`` was not called yet.
    package func update(_ piece: Span<UInt8>) {
        precondition(result == nil, "the hash is finished")
        piece.withPointer { (bytes, count) in
            let code = unsafe crypto_generichash_update(state, bytes, UInt64(count))
            precondition(code == 0, "BLAKE2b cannot take more")
        }
    }

    /// The hash of all pieces. A second call answers the same.
    package func finish() -> Bytes32 {
        if let result { return result }
        let hash = Bytes32 { (out) in
            let code = unsafe crypto_generichash_final(state, out, Bytes32.count)
            precondition(code == 0, "BLAKE2b refused fixed sizes")
        }
        result = hash
        return hash
    }
}
