// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Vault {
    /// Changes the vault, and takes out of everything that the change touches whoever this
    /// machine knows must not read it.
    ///
    /// Otherwise an entry, written before the next catching up, would still be sealed to a
    /// member whom a colleague has removed, or who has declared a conflict.
    ///
    /// - Returns: What `body` returns, and what became of the act.
    func transact<T>(
        progress: Progress.Handler? = nil,
        _ body: (inout Transaction) throws(VaultError) -> T
    ) throws(VaultError) -> (result: T, change: AccessChange) {
        try store.transact(progress: progress) { (transaction) throws(VaultError) in
            let result = try body(&transaction)
            let roster = Roster(transaction.log(.roster(of: store.vault)))
            // Taking somebody out of one log can make the others in its files be rewritten.
            var seen: Set<LogID> = []
            while true {
                let touched = Set(transaction.changed.keys).union(transaction.logsToRewrite())
                var isAdded = false
                for id in touched.subtracting(seen).sorted() {
                    if try takeOut(of: id, by: roster, in: &transaction) { isAdded = true }
                }
                if !isAdded { return result }
                seen.formUnion(touched)
            }
        }
    }

    /// The same for an act that has nothing else to answer.
    func change(
        progress: Progress.Handler? = nil,
        _ body: (inout Transaction) throws(VaultError) -> Void
    ) throws(VaultError) -> AccessChange {
        try transact(progress: progress, body).change
    }

    /// Takes former members and readers with a conflict out of one log.
    ///
    /// Called for every log that an act changes or rewrites; and before I leave one, because
    /// afterwards I may not take out anybody.
    func takeOut(of id: LogID, in transaction: inout Transaction) throws(VaultError) {
        _ = try takeOut(
            of: id, by: Roster(transaction.log(.roster(of: store.vault))), in: &transaction)
    }

    /// The same by a roster that was computed before; answers whether there was anybody.
    private func takeOut(
        of id: LogID, by roster: Roster?, in transaction: inout Transaction
    ) throws(VaultError) -> Bool {
        guard let roster, !roster.log.history.isContested, let log = transaction.log(id),
            log.kind != .roster, store.obstacle(in: log) == nil, log.history.isReader(me.id)
        else { return false }
        let former = roster.former.filter { $0 != me.id && log.history.isReader($0) }
        for card in former { try transaction.add(.expelled(card), to: id) }
        guard let view = CaseView(transaction.log(id)) else { return !former.isEmpty }
        let others = GrantRules(vault: self, view: view).mustLeave
        for card in others { try transaction.add(.revoked(card.id), to: id) }
        return !former.isEmpty || !others.isEmpty
    }

    /// Takes me out of a case in which I have a conflict, unless nobody else reads it.
    func leave(_ view: CaseView, in transaction: inout Transaction) throws(VaultError) {
        try takeOut(of: view.log.id, in: &transaction)
        guard let log = transaction.log(view.log.id), log.history.isReader(me.id) else { return }
        guard log.history.readers.count > 1 else {
            return transaction.change.wait(.moreReaders, case: view.codeName)
        }
        try transaction.add(.recused, to: log.id)
    }
}
