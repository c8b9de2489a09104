// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Vault {
    /// Gives the committee other rules: a signed record in the roster.
    ///
    /// They hold from then on, for what is due, votes and newcomers; nothing that was done is
    /// undone. Of two changes made at the same time the one that comes last in the order of the
    /// log holds, the same on every computer; the other stays in the roster.
    ///
    /// - Parameter rules: The new rules; the same text as today's changes nothing.
    /// - Returns: What became of it.
    /// - Throws: `refused` for who is no active member; `incomplete`,
    ///   `fileSystem`, `diskFull`.
    @discardableResult
    public func changeRules(_ rules: Rules) throws(VaultError) -> AccessChange {
        try change { (transaction) throws(VaultError) in
            let roster = try activeRoster()
            guard rules.json != roster.rules.json else { return }
            try transaction.add(.rulesChanged(rules), to: .roster(of: store.vault))
        }
    }
}
