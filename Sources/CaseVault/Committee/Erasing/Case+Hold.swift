// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Case {
    /// Whether a legal hold keeps the case from being erased.
    public var isOnHold: Bool { (try? view())?.isOnHold ?? false }

    /// Puts the case on legal hold, or lifts the hold: while it is on, nothing is erased.
    ///
    /// Every hold keeps the text on every computer that knows of it, whoever wrote it. Lifting ends
    /// all holds that are here; of whoever is out, later ones too.
    ///
    /// - Throws: `notForYou`, `refused` for a guest and for who has no power, `incomplete`,
    ///   `fileSystem`, `diskFull`.
    public func setHold(_ isOn: Bool) throws(VaultError) -> AccessChange {
        try vault.change { (transaction) throws(VaultError) in
            let view = try view()
            _ = try vault.activeRoster()
            if isOn {
                if !view.isOnHold { try transaction.add(.held, to: log) }
                return
            }
            let holds = view.log.history.openHolds
            if holds.isEmpty { return }
            try transaction.add([log: view.endings(of: holds)])
        }
    }
}
