// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

/// An Ed25519 key pair. The secret half is in locked memory and has no way out.
package struct SigningKey: Sendable {
    /// The public half.
    package let verifyKey: VerifyKey
    /// The 64 bytes that libsodium signs with.
    private let secret: SecretBytes

    /// Derives the pair from a 32-byte seed.
    ///
    /// The corresponding C function is `crypto_sign_seed_keypair`.
    ///
    /// - Throws: `badLength` unless the seed has 32 bytes; `outOfSecureMemory`.
    package init(seed: SecretBytes) throws(CryptoError) {
        let pair = try SeededPair(seed: seed, secretCount: 64) { (publicHalf, secret, seed) in
            _ = unsafe crypto_sign_seed_keypair(publicHalf, secret, seed)
        }
        verifyKey = VerifyKey(trusted: pair.publicHalf)
        secret = pair.secret
    }

    /// The X25519 half of the same pair: what opens boxes that are sealed to `verifyKey.boxKey`.
    ///
    /// The corresponding C function is `crypto_sign_ed25519_sk_to_curve25519`.
    ///
    /// - Throws: `outOfSecureMemory`.
    package func boxSecret() throws(CryptoError) -> BoxSecretKey {
        let converted = try SecretBytes(count: 32) { (output) throws(CryptoError) in
            output.withPointer { (target, _) in
                secret.withPointer { (bytes) in
                    _ = unsafe crypto_sign_ed25519_sk_to_curve25519(target, bytes)
                }
            }
        }
        return try BoxSecretKey(secret: converted, publicKey: verifyKey.boxKey)
    }

    /// Signs a message. The same message gives the same signature.
    ///
    /// The corresponding C function is `crypto_sign_detached`.
    package func sign(_ message: [UInt8]) -> Signature64 {
        var signature = [64 of UInt8](repeating: 0)
        var span = signature.mutableSpan
        span.withPointer { (target, _) in
            message.withPointer { (bytes, count) in
                secret.withPointer { (secretBytes) in
                    _ = unsafe crypto_sign_detached(
                        target, nil, bytes, UInt64(count), secretBytes)
                }
            }
        }
        guard let result = Signature64(signature.span) else {
            preconditionFailure("a signature has 64 bytes")
        }
        return result
    }
}

// MARK: - CustomStringConvertible

extension SigningKey: CustomStringConvertible {
    /// A fixed text, so that nothing of the key reaches a log.
    package var description: String { "SigningKey(redacted)" }
}
