// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

/// An X25519 key pair that opens sealed boxes. The secret half is in locked memory.
package struct BoxSecretKey: Sendable {
    /// The public half.
    package let publicKey: BoxPublicKey
    /// The 32 bytes of the secret half.
    let secret: SecretBytes

    /// Derives the pair from a 32-byte seed.
    ///
    /// The corresponding C function is `crypto_box_seed_keypair`.
    ///
    /// - Throws: `badLength` unless the seed has 32 bytes; `outOfSecureMemory`.
    package init(seed: SecretBytes) throws(CryptoError) {
        let pair = try SeededPair(seed: seed, secretCount: 32) { (publicHalf, secret, seed) in
            _ = unsafe crypto_box_seed_keypair(publicHalf, secret, seed)
        }
        publicKey = BoxPublicKey(trusted: pair.publicHalf)
        secret = pair.secret
    }

    /// Puts a pair together from its halves.
    ///
    /// - Throws: `badLength` unless the secret has 32 bytes.
    package init(secret: SecretBytes, publicKey: BoxPublicKey) throws(CryptoError) {
        guard secret.count == 32 else { throw .badLength(expected: 32, got: secret.count) }
        self.secret = secret
        self.publicKey = publicKey
    }
}

// MARK: - CustomStringConvertible

extension BoxSecretKey: CustomStringConvertible {
    /// A fixed text, so that nothing of the key reaches a log.
    package var description: String { "BoxSecretKey(redacted)" }
}
