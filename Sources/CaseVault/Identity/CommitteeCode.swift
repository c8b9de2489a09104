// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Forty digits over the vault and the cards of all active members.
///
/// When two people read the same code aloud, each holds the other's true card and both look
/// at the same vault.
public struct CommitteeCode: Hashable, Sendable, CustomStringConvertible {
    /// The digits; compared as any fingerprint.
    let value: Fingerprint

    /// The code of a vault with these active members.
    init(vault: VaultID, members: [CardID]) {
        var message = Label.committeeCode.writer
        message.raw(vault.raw)
        message.list(members.sorted()) { $0.raw($1.raw) }
        value = Fingerprint(digitsOf: message.bytes)
    }

    /// Eight groups of five digits.
    public var description: String { value.description }
}
