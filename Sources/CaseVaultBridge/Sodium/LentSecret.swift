// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Secret bytes that are only ever lent: the long-lived ``SecretBytes`` and the short-lived
/// ``FileKey``. Whatever takes a key can so take either.
package protocol LentSecret {
    /// Lends the bytes. The span cannot outlive the call.
    func withBytes<R, E: Error>(_ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R
}
