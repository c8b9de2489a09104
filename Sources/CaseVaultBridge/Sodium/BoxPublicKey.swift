// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// An X25519 public key that is the other half of a ``VerifyKey``, or was just made.
///
/// So it is canonical and of no low order: nothing that comes from outside is taken for one.
package struct BoxPublicKey: Hashable, Sendable {
    /// The encoded u-coordinate, little-endian.
    package let raw: Bytes32

    /// Takes a key that libsodium has just made, or that a public test vector names.
    package init(trusted raw: Bytes32) {
        self.raw = raw
    }
}
