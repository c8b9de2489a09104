// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// A member's secret: one 32-byte seed, from which all other keys are derived.
///
/// The secret parts live in locked memory that is wiped when the last copy of this value goes.
public struct MemberKey: Sendable {
    /// The public half.
    public let card: MemberCard
    /// The seed that the key file and the printed backup hold.
    let seed: SecretBytes
    /// Signs records and files.
    let signing: SigningKey
    /// Opens slots.
    let box: BoxSecretKey
    /// Encrypts what this member's machines remember.
    let local: SecretBytes

    /// The size of the seed in bytes.
    static let seedSize = 32

    /// Makes a new key from random bytes.
    ///
    /// - Parameter name: The name that colleagues will see: one line, 1 to 100 characters and at
    ///   most 200 bytes of UTF-8. White space around it is left out.
    /// - Returns: The key.
    /// - Throws: `badInput` when the name cannot be shown safely; `outOfMemory`.
    public static func generate(name: String) throws(VaultError) -> MemberKey {
        let seed: SecretBytes
        do { seed = try SecretBytes(random: seedSize) } catch { throw .outOfMemory }
        return try MemberKey(name: name, seed: seed)
    }

    /// Derives all keys from a seed. The same name and seed give the same card.
    init(name: String, seed: SecretBytes) throws(VaultError) {
        let name = DisplayName.tidied(name)
        guard DisplayName.isValid(name), seed.count == Self.seedSize else { throw .badName }
        do {
            self.seed = seed
            signing = try SigningKey(
                seed: try BLAKE2b.derive(from: seed, Label.signingSeed.message()))
            box = try signing.boxSecret()
            local = try BLAKE2b.derive(from: seed, Label.localKey.message())
        } catch { throw .outOfMemory }
        card = MemberCard(name: name, signing: signing)
    }
}

// MARK: - CustomStringConvertible, CustomReflectable

extension MemberKey: CustomStringConvertible, CustomReflectable {
    /// Always the same text.
    public var description: String { "MemberKey(redacted)" }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
