// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

package import CaseVaultBridge

/// A passphrase, in locked memory that is wiped when the last copy goes.
public struct Passphrase: Sendable {
    /// The bytes as typed, at least one.
    let secret: SecretBytes

    /// Copies a passphrase from bytes; wipe your own copy afterwards.
    ///
    /// - Throws: `badInput` when it is empty or over 1,024 bytes; `outOfMemory`.
    public init(_ bytes: Span<UInt8>) throws(VaultError) {
        guard (1...1024).contains(bytes.count) else {
            throw .badInput(
                "A passphrase has 1 to 1024 bytes.", hint: "Choose another passphrase.")
        }
        do { secret = try SecretBytes(copying: bytes) } catch { throw .outOfMemory }
    }

    /// Takes a passphrase that is in locked memory already.
    package init(_ secret: SecretBytes) throws(VaultError) {
        guard (1...1024).contains(secret.count) else {
            throw .badInput(
                "A passphrase has 1 to 1024 bytes.", hint: "Choose another passphrase.")
        }
        self.secret = secret
    }
}

// MARK: - CustomStringConvertible, CustomReflectable

extension Passphrase: CustomStringConvertible, CustomReflectable {
    /// Always the same text.
    public var description: String { "Passphrase(redacted)" }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
