// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

/// Turns a passphrase into a key, slowly on purpose.
package enum PasswordHash {
    /// The length of a salt.
    package static let saltBytes = 16

    /// Argon2id version 1.3 with one lane, straight into locked memory.
    ///
    /// The corresponding C function is `crypto_pwhash_argon2id`.
    ///
    /// - Parameters:
    ///   - passphrase: its bytes; it may be empty, which the caller should not allow.
    ///   - salt: 16 bytes.
    ///   - passes: how many times the memory is gone over, 1 to 2^32 - 1.
    ///   - memoryBytes: the memory to use, at least 8192 and below 4 TiB.
    ///   - outputCount: the length of the result, at least 16.
    /// - Returns: the derived secret.
    /// - Throws: `badLength` when a number is out of range; `outOfSecureMemory` when the memory
    ///   is not to be had.
    package static func argon2id(
        _ passphrase: SecretBytes, salt: [UInt8], passes: UInt64, memoryBytes: Int,
        outputCount: Int = 32
    ) throws(CryptoError) -> SecretBytes {
        guard salt.count == saltBytes else {
            throw .badLength(expected: saltBytes, got: salt.count)
        }
        guard outputCount >= 16, outputCount <= 1 << 20 else {
            throw .badLength(expected: 32, got: outputCount)
        }
        guard passes >= 1, passes <= UInt64(UInt32.max) else {
            throw .badLength(expected: 1, got: Int(clamping: passes))
        }
        guard memoryBytes >= 8192, memoryBytes < 1 << 42 else {
            throw .badLength(expected: 8192, got: memoryBytes)
        }
        return try SecretBytes(count: outputCount) { (output) throws(CryptoError) in
            let code = output.withPointer { (target, count) in
                passphrase.withPointer { (secret) in
                    salt.withPointer { (saltPointer, _) in
                        unsafe crypto_pwhash_argon2id(
                            target, UInt64(count),
                            UnsafeRawPointer(secret).assumingMemoryBound(to: CChar.self),
                            UInt64(passphrase.count), saltPointer, passes, memoryBytes,
                            crypto_pwhash_argon2id_ALG_ARGON2ID13)
                    }
                }
            }
            guard code == 0 else { throw .outOfSecureMemory }
        }
    }
}
