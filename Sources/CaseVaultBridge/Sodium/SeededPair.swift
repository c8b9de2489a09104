// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A key pair fresh from its seed: what ``BoxSecretKey`` and ``SigningKey`` are made of.
struct SeededPair {
    /// The public half, a point that the library underneath made.
    let publicHalf: Bytes32
    /// The secret half, in locked memory.
    let secret: SecretBytes

    /// Derives a pair in place.
    ///
    /// - Parameters:
    ///   - seed: 32 bytes.
    ///   - secretCount: the length of the secret half.
    ///   - derive: the C function; it is given the public half, the secret half and the seed.
    /// - Throws: `badLength` unless the seed has 32 bytes; `outOfSecureMemory`.
    @safe
    init(
        seed: SecretBytes, secretCount: Int,
        _ derive: (
            UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt8>, UnsafePointer<UInt8>
        ) -> Void
    ) throws(CryptoError) {
        guard seed.count == 32 else { throw .badLength(expected: 32, got: seed.count) }
        var publicBytes = [32 of UInt8](repeating: 0)
        secret = try SecretBytes(count: secretCount) { (output) throws(CryptoError) in
            var publicSpan = publicBytes.mutableSpan
            publicSpan.withPointer { (publicTarget, _) in
                output.withPointer { (secretTarget, _) in
                    seed.withPointer { (seedBytes) in
                        unsafe derive(publicTarget, secretTarget, seedBytes)
                    }
                }
            }
        }
        guard let raw = Bytes32(publicBytes.span) else { throw .invalidKey }
        publicHalf = raw
    }
}
