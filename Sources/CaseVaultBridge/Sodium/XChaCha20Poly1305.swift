// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

/// Authenticated encryption: XChaCha20-Poly1305 with a 24-byte nonce and a 16-byte tag at the end.
///
/// It does not commit to its key: one ciphertext can open under two keys. The format commits to
/// the key elsewhere.
package enum XChaCha20Poly1305 {
    /// The length of a key.
    package static let keyBytes = 32
    /// The length of a nonce.
    package static let nonceBytes = 24
    /// The bytes that a ciphertext is longer than its plaintext.
    package static let tagBytes = 16

    /// Encrypts.
    ///
    /// - Throws: `badLength` for a nonce that has not 24 or a key that has not 32 bytes.
    package static func seal(
        _ plaintext: Span<UInt8>, associatedData: Span<UInt8>, nonce: Span<UInt8>,
        key: some LentSecret
    ) throws(CryptoError) -> [UInt8] {
        try [UInt8](capacity: plaintext.count + tagBytes) { (output) throws(CryptoError) in
            try seal(
                plaintext, associatedData: associatedData, nonce: nonce, key: key, into: &output)
        }
    }

    /// Encrypts and appends the ciphertext to `output`.
    ///
    /// The corresponding C function is `crypto_aead_xchacha20poly1305_ietf_encrypt`.
    ///
    /// - Precondition: `output` has room for the plaintext and a tag.
    /// - Throws: `badLength` for a nonce that has not 24 or a key that has not 32 bytes.
    package static func seal(
        _ plaintext: Span<UInt8>, associatedData: Span<UInt8>, nonce: Span<UInt8>,
        key: some LentSecret, into output: inout OutputSpan<UInt8>
    ) throws(CryptoError) {
        try key.withBytes { (key) throws(CryptoError) in
            try check(key, nonce)
            Sodium.ensure()
            output.append(upTo: plaintext.count + tagBytes) { (target) in
                plaintext.withPointer { (bytes, count) in
                    associatedData.withPointer { (extra, extraCount) in
                        nonce.withPointer { (nonceBytes, _) in
                            key.withPointer { (keyBytes, _) in
                                let code = unsafe crypto_aead_xchacha20poly1305_ietf_encrypt(
                                    target, nil, bytes, UInt64(count), extra, UInt64(extraCount),
                                    nil, nonceBytes, keyBytes)
                                precondition(code == 0, "encryption cannot fail")
                                return count + tagBytes
                            }
                        }
                    }
                }
            }
        }
    }

    /// Decrypts.
    ///
    /// - Throws: `authenticationFailed`, also for fewer than 16 bytes; `badLength` for the nonce
    ///   or the key.
    package static func open(
        _ ciphertext: Span<UInt8>, associatedData: Span<UInt8>, nonce: Span<UInt8>,
        key: some LentSecret
    ) throws(CryptoError) -> [UInt8] {
        try [UInt8](capacity: max(0, ciphertext.count - tagBytes)) {
            (output) throws(CryptoError) in
            try open(
                ciphertext, associatedData: associatedData, nonce: nonce, key: key, into: &output)
        }
    }

    /// Decrypts and appends the plaintext to `output`; nothing on failure.
    ///
    /// The corresponding C function is `crypto_aead_xchacha20poly1305_ietf_decrypt`. It is called
    /// for empty plaintexts too: there is a tag to check.
    ///
    /// - Precondition: `output` has room for the plaintext.
    /// - Throws: `authenticationFailed`, also for fewer than 16 bytes; `badLength` for the nonce
    ///   or the key.
    package static func open(
        _ ciphertext: Span<UInt8>, associatedData: Span<UInt8>, nonce: Span<UInt8>,
        key: some LentSecret, into output: inout OutputSpan<UInt8>
    ) throws(CryptoError) {
        try key.withBytes { (key) throws(CryptoError) in
            try check(key, nonce)
            guard ciphertext.count >= tagBytes else { throw .authenticationFailed }
            Sodium.ensure()
            try output.append(upTo: ciphertext.count - tagBytes) { (target) throws(CryptoError) in
                let code = ciphertext.withPointer { (bytes, count) in
                    associatedData.withPointer { (extra, extraCount) in
                        nonce.withPointer { (nonceBytes, _) in
                            key.withPointer { (keyBytes, _) in
                                unsafe crypto_aead_xchacha20poly1305_ietf_decrypt(
                                    target, nil, nil, bytes, UInt64(count), extra,
                                    UInt64(extraCount), nonceBytes, keyBytes)
                            }
                        }
                    }
                }
                guard code == 0 else { throw .authenticationFailed }
                return ciphertext.count - tagBytes
            }
        }
    }

    /// Checks what the C functions take on trust.
    private static func check(_ key: Span<UInt8>, _ nonce: Span<UInt8>) throws(CryptoError) {
        guard key.count == keyBytes else { throw .badLength(expected: keyBytes, got: key.count) }
        guard nonce.count == nonceBytes else {
            throw .badLength(expected: nonceBytes, got: nonce.count)
        }
    }
}
