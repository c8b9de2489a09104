// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

/// libsodium's own answer about a signature, for tests with public vectors only.
package enum RawEd25519 {
    /// What `crypto_sign_verify_detached` says; `false` for wrong lengths.
    package static func verify(signature: [UInt8], message: [UInt8], publicKey: [UInt8]) -> Bool {
        guard signature.count == 64, publicKey.count == 32 else { return false }
        Sodium.ensure()
        return signature.withPointer { (sig, _) in
            message.withPointer { (bytes, count) in
                publicKey.withPointer { (key, _) in
                    unsafe crypto_sign_verify_detached(sig, bytes, UInt64(count), key) == 0
                }
            }
        }
    }
}
