// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What can go wrong in a cryptographic operation. It never carries bytes of any secret.
package enum CryptoError: Error, Equatable, Sendable {
    /// An input has the wrong number of bytes.
    case badLength(expected: Int, got: Int)
    /// A ciphertext does not open: wrong key, wrong associated data, or changed bytes.
    case authenticationFailed
    /// A public key cannot be used.
    case invalidKey
    /// No guarded, or no ordinary, memory for the operation was to be had.
    case outOfSecureMemory
}
