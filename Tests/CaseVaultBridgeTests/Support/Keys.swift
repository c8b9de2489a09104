// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

/// A file key from bytes.
func fileKey(_ bytes: [UInt8]) throws -> FileKey {
    let key = FileKey(copying: bytes.span)
    return try #require(key)
}

/// A secret from bytes.
func secret(_ bytes: [UInt8]) throws -> SecretBytes {
    try SecretBytes(copying: bytes.span)
}

/// The bytes of a secret, for comparing in tests.
func exposed(_ secret: SecretBytes) -> [UInt8] {
    secret.withBytes { (span) in span.indices.map { span[$0] } }
}

/// The bytes of a key, for comparing in tests.
func exposed(_ key: FileKey) -> [UInt8] {
    key.withBytes { (span) in span.indices.map { span[$0] } }
}

/// Encrypts arrays under a file key.
func seal(
    _ plaintext: [UInt8], aad: [UInt8] = [], nonce: [UInt8], key: FileKey
) throws(CryptoError) -> [UInt8] {
    try XChaCha20Poly1305.seal(
        plaintext.span, associatedData: aad.span, nonce: nonce.span, key: key)
}

/// Decrypts arrays under a file key.
func open(
    _ ciphertext: [UInt8], aad: [UInt8] = [], nonce: [UInt8], key: FileKey
) throws(CryptoError) -> [UInt8] {
    try XChaCha20Poly1305.open(
        ciphertext.span, associatedData: aad.span, nonce: nonce.span, key: key)
}
