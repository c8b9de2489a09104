// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

/// The hash of the format: BLAKE2b, plain or keyed.
package enum BLAKE2b {
    /// The 256-bit hash of a message.
    package static func hash(_ message: Span<UInt8>) -> Bytes32 {
        Sodium.ensure()
        return Bytes32 { (out) in
            message.withPointer { (bytes, count) in
                let code = unsafe crypto_generichash(
                    out, Bytes32.count, bytes, UInt64(count), nil, 0)
                precondition(code == 0, "BLAKE2b refused fixed sizes")
            }
        }
    }

    /// The 256-bit hash of a message.
    package static func hash(_ message: [UInt8]) -> Bytes32 {
        hash(message.span)
    }

    /// The 512-bit hash of a message.
    package static func hash64(_ message: [UInt8]) -> [UInt8] {
        Sodium.ensure()
        return [UInt8](capacity: 64) { (output) in
            output.append(upTo: 64) { (out) in
                message.withPointer { (bytes, count) in
                    let code = unsafe crypto_generichash(out, 64, bytes, UInt64(count), nil, 0)
                    precondition(code == 0, "BLAKE2b refused fixed sizes")
                    return 64
                }
            }
        }
    }

    /// The 256-bit hash of a message under a file key, to be published.
    package static func keyed(_ key: FileKey, _ message: [UInt8]) -> Bytes32 {
        Bytes32 { (out) in hash(message, under: key, into: out, Bytes32.count) }
    }

    /// So many bytes of hash under a file key, 16 to 64, to be published.
    package static func keyed(_ key: FileKey, _ message: [UInt8], count: Int) -> [UInt8] {
        precondition((16...64).contains(count), "BLAKE2b makes 16 to 64 bytes")
        return [UInt8](capacity: count) { (output) in
            output.append(upTo: count) { (out) in
                hash(message, under: key, into: out, count)
                return count
            }
        }
    }

    /// Derives a secret from a file key: keyed BLAKE2b-256, straight into memory that is wiped.
    package static func derive(from key: FileKey, _ message: [UInt8]) -> FileKey {
        let derived = FileKey { (out) in
            hash(message, under: key, into: out, FileKey.count)
            return true
        }
        guard let derived else { preconditionFailure("it was filled") }
        return derived
    }

    /// Hashes a message under a file key.
    @safe
    private static func hash(
        _ message: [UInt8], under key: FileKey, into out: UnsafeMutablePointer<UInt8>, _ size: Int
    ) {
        Sodium.ensure()
        key.withPointer { (keyBytes) in
            message.withPointer { (bytes, count) in
                let code = unsafe crypto_generichash(
                    out, size, bytes, UInt64(count), keyBytes, FileKey.count)
                precondition(code == 0, "BLAKE2b refused checked sizes")
            }
        }
    }

    /// Derives a 32-byte secret from another one: keyed BLAKE2b-256, straight into locked memory.
    ///
    /// - Parameters:
    ///   - secret: the key, 16 to 64 bytes.
    ///   - message: what the result is for; a different message gives an unrelated result.
    /// - Returns: the derived secret.
    /// - Throws: `badLength` for another length of `secret`; `outOfSecureMemory`.
    package static func derive(
        from secret: SecretBytes, _ message: [UInt8]
    ) throws(CryptoError) -> SecretBytes {
        // A length of zero would silently be the plain, public hash.
        guard (16...64).contains(secret.count) else {
            throw .badLength(expected: 32, got: secret.count)
        }
        return try SecretBytes(count: 32) { (output) throws(CryptoError) in
            output.withPointer { (out, outCount) in
                secret.withPointer { (keyBytes) in
                    message.withPointer { (bytes, count) in
                        let code = unsafe crypto_generichash(
                            out, outCount, bytes, UInt64(count), keyBytes, secret.count)
                        precondition(code == 0, "BLAKE2b refused checked sizes")
                    }
                }
            }
        }
    }
}
