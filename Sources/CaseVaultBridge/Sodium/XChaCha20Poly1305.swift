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

    /// Encrypts under a file key.
    ///
    /// - Throws: `badLength` for a nonce that has not 24 bytes.
    package static func seal(
        _ plaintext: Span<UInt8>, associatedData: Span<UInt8>, nonce: Span<UInt8>, key: FileKey
    ) throws(CryptoError) -> [UInt8] {
        try [UInt8](capacity: plaintext.count + tagBytes) { (output) throws(CryptoError) in
            try seal(
                plaintext, associatedData: associatedData, nonce: nonce, key: key, into: &output)
        }
    }

    /// Encrypts under a secret of 32 bytes.
    ///
    /// - Throws: `badLength` for a nonce that has not 24 or a key that has not 32 bytes.
    package static func seal(
        _ plaintext: Span<UInt8>, associatedData: Span<UInt8>, nonce: Span<UInt8>,
        key: SecretBytes
    ) throws(CryptoError) -> [UInt8] {
        try [UInt8](capacity: plaintext.count + tagBytes) { (output) throws(CryptoError) in
            try seal(
                plaintext, associatedData: associatedData, nonce: nonce, key: key, into: &output)
        }
    }

    /// Encrypts under a file key and appends the ciphertext to `output`.
    ///
    /// - Precondition: `output` has room for the plaintext and a tag.
    /// - Throws: `badLength` for a nonce that has not 24 bytes.
    package static func seal(
        _ plaintext: Span<UInt8>, associatedData: Span<UInt8>, nonce: Span<UInt8>, key: FileKey,
        into output: inout OutputSpan<UInt8>
    ) throws(CryptoError) {
        try key.withPointer { (keyPointer) throws(CryptoError) in
            try unsafe encrypt(
                plaintext, associatedData: associatedData, nonce: nonce, key: keyPointer,
                into: &output)
        }
    }

    /// Encrypts under a secret of 32 bytes and appends the ciphertext to `output`.
    ///
    /// - Precondition: `output` has room for the plaintext and a tag.
    /// - Throws: `badLength` for a nonce that has not 24 or a key that has not 32 bytes.
    package static func seal(
        _ plaintext: Span<UInt8>, associatedData: Span<UInt8>, nonce: Span<UInt8>,
        key: SecretBytes, into output: inout OutputSpan<UInt8>
    ) throws(CryptoError) {
        guard key.count == keyBytes else { throw .badLength(expected: keyBytes, got: key.count) }
        try key.withPointer { (keyPointer) throws(CryptoError) in
            try unsafe encrypt(
                plaintext, associatedData: associatedData, nonce: nonce, key: keyPointer,
                into: &output)
        }
    }

    /// Decrypts under a file key.
    ///
    /// - Throws: `authenticationFailed`, also for fewer than 16 bytes; `badLength` for the nonce.
    package static func open(
        _ ciphertext: Span<UInt8>, associatedData: Span<UInt8>, nonce: Span<UInt8>, key: FileKey
    ) throws(CryptoError) -> [UInt8] {
        try [UInt8](capacity: max(0, ciphertext.count - tagBytes)) {
            (output) throws(CryptoError) in
            try open(
                ciphertext, associatedData: associatedData, nonce: nonce, key: key, into: &output)
        }
    }

    /// Decrypts under a secret of 32 bytes.
    ///
    /// - Throws: `authenticationFailed`, also for fewer than 16 bytes; `badLength` for the nonce
    ///   or the key.
    package static func open(
        _ ciphertext: Span<UInt8>, associatedData: Span<UInt8>, nonce: Span<UInt8>,
        key: SecretBytes
    ) throws(CryptoError) -> [UInt8] {
        try [UInt8](capacity: max(0, ciphertext.count - tagBytes)) {
            (output) throws(CryptoError) in
            try open(
                ciphertext, associatedData: associatedData, nonce: nonce, key: key, into: &output)
        }
    }

    /// Decrypts under a file key and appends the plaintext to `output`; nothing on failure.
    ///
    /// - Precondition: `output` has room for the plaintext.
    /// - Throws: `authenticationFailed`, also for fewer than 16 bytes; `badLength` for the nonce.
    package static func open(
        _ ciphertext: Span<UInt8>, associatedData: Span<UInt8>, nonce: Span<UInt8>, key: FileKey,
        into output: inout OutputSpan<UInt8>
    ) throws(CryptoError) {
        try key.withPointer { (keyPointer) throws(CryptoError) in
            try unsafe decrypt(
                ciphertext, associatedData: associatedData, nonce: nonce, key: keyPointer,
                into: &output)
        }
    }

    /// Decrypts under a secret of 32 bytes and appends to `output`; nothing on failure.
    ///
    /// - Precondition: `output` has room for the plaintext.
    /// - Throws: `authenticationFailed`, also for fewer than 16 bytes; `badLength` for the nonce
    ///   or the key.
    package static func open(
        _ ciphertext: Span<UInt8>, associatedData: Span<UInt8>, nonce: Span<UInt8>,
        key: SecretBytes, into output: inout OutputSpan<UInt8>
    ) throws(CryptoError) {
        guard key.count == keyBytes else { throw .badLength(expected: keyBytes, got: key.count) }
        try key.withPointer { (keyPointer) throws(CryptoError) in
            try unsafe decrypt(
                ciphertext, associatedData: associatedData, nonce: nonce, key: keyPointer,
                into: &output)
        }
    }

    /// Calls `crypto_aead_xchacha20poly1305_ietf_encrypt`.
    private static func encrypt(
        _ plaintext: Span<UInt8>, associatedData: Span<UInt8>, nonce: Span<UInt8>,
        key: UnsafePointer<UInt8>, into output: inout OutputSpan<UInt8>
    ) throws(CryptoError) {
        guard nonce.count == nonceBytes else {
            throw .badLength(expected: nonceBytes, got: nonce.count)
        }
        Sodium.ensure()
        output.append(upTo: plaintext.count + tagBytes) { (target) in
            plaintext.withPointer { (bytes, count) in
                associatedData.withPointer { (extra, extraCount) in
                    nonce.withPointer { (nonceBytes, _) in
                        let code = unsafe crypto_aead_xchacha20poly1305_ietf_encrypt(
                            target, nil, bytes, UInt64(count), extra, UInt64(extraCount), nil,
                            nonceBytes, key)
                        precondition(code == 0, "encryption cannot fail")
                        return count + tagBytes
                    }
                }
            }
        }
    }

    /// Calls `crypto_aead_xchacha20poly1305_ietf_decrypt`, for empty plaintexts too.
    private static func decrypt(
        _ ciphertext: Span<UInt8>, associatedData: Span<UInt8>, nonce: Span<UInt8>,
        key: UnsafePointer<UInt8>, into output: inout OutputSpan<UInt8>
    ) throws(CryptoError) {
        guard nonce.count == nonceBytes else {
            throw .badLength(expected: nonceBytes, got: nonce.count)
        }
        guard ciphertext.count >= tagBytes else { throw .authenticationFailed }
        Sodium.ensure()
        try output.append(upTo: ciphertext.count - tagBytes) { (target) throws(CryptoError) in
            try ciphertext.withPointer { (bytes, count) throws(CryptoError) in
                let code = associatedData.withPointer { (extra, extraCount) in
                    nonce.withPointer { (nonceBytes, _) in
                        unsafe crypto_aead_xchacha20poly1305_ietf_decrypt(
                            target, nil, nil, bytes, UInt64(count), extra, UInt64(extraCount),
                            nonceBytes, key)
                    }
                }
                guard code == 0 else { throw .authenticationFailed }
                return count - tagBytes
            }
        }
    }
}
