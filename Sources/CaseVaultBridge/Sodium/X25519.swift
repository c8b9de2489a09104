// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

/// The Diffie-Hellman function under the sealed boxes.
package enum X25519 {
    /// Multiplies a point; `nil` when the result is all zero, as it is for points of low order.
    ///
    /// The corresponding C function is `crypto_scalarmult_curve25519`. For tests with public
    /// vectors: the result would be a secret, and a value type cannot be wiped.
    package static func scalarMultiply(scalar: Bytes32, point: Bytes32) -> Bytes32? {
        Sodium.ensure()
        var code: Int32 = -1
        let product = Bytes32 { (out) in
            scalar.withPointer { (scalarBytes) in
                point.withPointer { (pointBytes) in
                    code = unsafe crypto_scalarmult_curve25519(out, scalarBytes, pointBytes)
                }
            }
        }
        return code == 0 ? product : nil
    }
}
