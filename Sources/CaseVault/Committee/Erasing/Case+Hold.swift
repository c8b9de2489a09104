// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Case {
    /// Whether a legal hold keeps the case from being erased.
    public var isOnHold: Bool { (try? view())?.isOnHold ?? false }

    /// Puts the case on legal hold, or lifts the hold: while it is on, nothing is erased.
    ///
    /// An erasure that somebody wrote before they knew of the hold takes effect all the same.
    ///
    /// - Throws: `notForYou`, `refused` for a guest, `contested`, `incomplete`, `fileSystem`,
    ///   `diskFull`.
    @discardableResult
    public func setHold(_ isOn: Bool) throws(VaultError) -> AccessChange {
        try vault.change { (transaction) throws(VaultError) in
            let view = try view()
            _ = try vault.activeRoster()
            if view.isOnHold != isOn { try transaction.add(.held(isOn), to: log) }
        }
    }
}
