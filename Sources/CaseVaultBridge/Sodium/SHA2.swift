// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

/// The SHA-2 hashes, for what has to agree with a web page: nothing in a vault uses them.
package enum SHA2 {
    /// SHA-512. The corresponding C function is `crypto_hash_sha512`.
    package static func sha512(_ message: [UInt8]) -> [UInt8] {
        Sodium.ensure()
        return message.withPointer { (bytes, count) in
            [UInt8](capacity: 64) { (output) in
                output.append(upTo: 64) { (target) in
                    _ = unsafe crypto_hash_sha512(target, bytes, UInt64(count))
                    return 64
                }
            }
        }
    }

    /// SHA-256. The corresponding C function is `crypto_hash_sha256`.
    package static func sha256(_ message: [UInt8]) -> [UInt8] {
        Sodium.ensure()
        return message.withPointer { (bytes, count) in
            [UInt8](capacity: 32) { (output) in
                output.append(upTo: 32) { (target) in
                    _ = unsafe crypto_hash_sha256(target, bytes, UInt64(count))
                    return 32
                }
            }
        }
    }

    /// The first bytes of SHA-512 over what stands in front, a key, and what stands behind it.
    ///
    /// The corresponding C functions are `crypto_hash_sha512_init`, `_update` and `_final`; so no
    /// copy of the key is made.
    private static func hash<R>(
        _ front: [UInt8], _ key: FileKey, _ behind: [UInt8], _ body: (Span<UInt8>) -> R
    ) -> R {
        Sodium.ensure()
        var state = crypto_hash_sha512_state()
        var hash = [64 of UInt8](repeating: 0)
        var span = hash.mutableSpan
        return span.withPointer { (target, size) in
            _ = unsafe crypto_hash_sha512_init(&state)
            front.withPointer { (bytes, count) in
                _ = unsafe crypto_hash_sha512_update(&state, bytes, UInt64(count))
            }
            key.withPointer { (bytes) in
                _ = unsafe crypto_hash_sha512_update(&state, bytes, UInt64(FileKey.count))
            }
            behind.withPointer { (bytes, count) in
                _ = unsafe crypto_hash_sha512_update(&state, bytes, UInt64(count))
            }
            _ = unsafe crypto_hash_sha512_final(&state, target)
            defer {
                unsafe sodium_memzero(target, size)
                unsafe sodium_memzero(&state, MemoryLayout.size(ofValue: state))
            }
            return unsafe body(Span(_unsafeStart: target, count: size))
        }
    }

    /// A key that follows from another one.
    package static func derive(
        _ label: [UInt8], from key: FileKey, _ more: [UInt8] = []
    ) -> FileKey {
        let derived = hash(label, key, more) { FileKey(copying: $0.extracting(first: 32)) }
        guard let derived else { preconditionFailure("32 bytes of 64") }
        return derived
    }

    /// Public bytes that follow from a key: at most 64.
    package static func publicBytes(
        _ count: Int, _ label: [UInt8], from key: FileKey, _ more: [UInt8] = []
    ) -> [UInt8] {
        precondition(count <= 64, "a hash has 64 bytes")
        return hash(label, key, more) { (all) in (0..<count).map { all[$0] } }
    }
}
