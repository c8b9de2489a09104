// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Why bytes were refused by a parser. Never carries the bytes themselves.
struct FormatError: Error, Equatable, Sendable {
    /// The kinds of refusal.
    enum Reason: Equatable, Sendable {
        /// The bytes end before the value does.
        case truncated
        /// A size or a count is over its limit.
        case tooLarge
        /// The value could be written in another way than it was.
        case notCanonical
        /// The value has no meaning in this format.
        case malformed
        /// Bytes follow the end of the value.
        case trailingBytes
        /// A newer program wrote this.
        case unsupportedVersion
        /// A public key is not canonical or has low order.
        case badPublicKey
        /// Two different cards share a key.
        case repeatedKey
        /// A signature does not match.
        case badSignature
    }

    /// What is wrong.
    let reason: Reason
    /// Where it is wrong, in bytes from the start of what was parsed.
    let offset: Int
}
