// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Vault {
    /// Changes the vault. Who each file is sealed to follows from the records, whatever arrived.
    ///
    /// - Returns: What `body` returns, and what became of the act.
    func transact<T>(
        progress: WorkProgress.Handler? = nil,
        _ body: (inout Transaction) throws(VaultError) -> T
    ) throws(VaultError) -> (result: T, change: AccessChange) {
        try store.transact(progress: progress, body)
    }

    /// The same for an act that has nothing else to answer.
    func change(
        progress: WorkProgress.Handler? = nil,
        _ body: (inout Transaction) throws(VaultError) -> Void
    ) throws(VaultError) -> AccessChange {
        try transact(progress: progress, body).change
    }

    /// Takes me out of a case, unless nobody else reads it. What I did there stays.
    func leave(_ view: CaseView, in transaction: inout Transaction) throws(VaultError) {
        guard let log = transaction.log(view.log.id) else { return }
        guard log.history.readers.contains(where: { $0.key != me.id }) else {
            return transaction.change.wait(.moreReaders, in: view.named)
        }
        try transaction.leave(log)
    }
}

extension Transaction {
    /// Takes me out of a log. What I did there stays; my removals do not.
    mutating func leave(_ log: Log) throws(VaultError) {
        let acts = log.history.acts(of: store.key.card.id)
        try add(.left(Array(acts.suffix(Statement.longListLimit))), to: log.id)
    }
}
