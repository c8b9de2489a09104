// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

package import CaseVaultBridge

/// A passphrase, in locked memory that is wiped when the last copy goes.
public struct Passphrase: Sendable {
    /// The bytes as typed, at least one.
    let secret: SecretBytes

    /// Copies a passphrase from bytes; wipe your own copy afterwards.
    ///
    /// One line of text: a byte order mark in front, a line end behind and spaces around it are
    /// taken away, every other kind of space becomes an ordinary one, and it is brought to Unicode's
    /// form C, so that every keyboard types the same one.
    ///
    /// - Throws: `badInput` when it is empty, over 1,024 bytes or no line of text; `outOfMemory`.
    public init(_ bytes: Span<UInt8>) throws(VaultError) {
        var meant = try PassphraseRule.meant(by: bytes)
        defer { Wipe.zero(&meant) }
        do { secret = try SecretBytes(copying: meant.span) } catch { throw .outOfMemory }
    }

    /// Takes a passphrase that is in locked memory already.
    package init(_ secret: SecretBytes) throws(VaultError) {
        let result = secret.withBytes { (span) in
            Result { () throws(VaultError) in try PassphraseRule.meant(by: span) }
        }
        var meant = try result.get()
        defer { Wipe.zero(&meant) }
        do { self.secret = try SecretBytes(copying: meant.span) } catch { throw .outOfMemory }
    }
}

// MARK: - CustomStringConvertible, CustomReflectable

extension Passphrase: CustomStringConvertible, CustomReflectable {
    /// Always the same text.
    public var description: String { "Passphrase(redacted)" }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
