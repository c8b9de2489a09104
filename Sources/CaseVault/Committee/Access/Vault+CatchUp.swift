// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Vault {
    /// What waits, for whom and for what; nothing is changed.
    public var waiting: [Waiting] { CatchUpPlan(vault: self).waiting }

    /// What the next catching up would do, without doing it; what turns out to count for nobody
    /// waits instead.
    public var offers: [Offer] {
        let plan = CatchUpPlan(vault: self)
        var offers: [Offer] = []
        if !unansweredChecks.isEmpty {
            offers.append(Offer(.declare))
        }
        for item in plan.waiting {
            switch item.need {
            case .openDecision:
                offers.append(Offer(.decideOpening, with: item.member))
            case .confirmation where item.codeName == nil:
                offers.append(Offer(.confirm, with: item.member))
            case .erasure:
                offers.append(Offer(.erase, in: item.file))
            default: break
            }
        }
        offers += plan.grants.map { Offer(.grant, in: $0.view.named, with: $0.card) }
        offers += plan.rows.map { Offer(.openRow, with: $0.card) }
        if !plan.rewrites.isEmpty { offers.append(Offer(.reseal)) }
        return offers
    }

    /// Does every act that waits for you and needs no judgement; lists the rest.
    ///
    /// Members who declared "no conflict" on every check, and whom you compared, are let in.
    /// Files are rewritten for exactly their readers, erasures whose day is over are carried out,
    /// and superseded files are deleted. About whom people are asked nothing is done. What would
    /// count for nobody waits (`noEffect`) and stops nothing else.
    ///
    /// - Throws: `fileSystem`, `diskFull`, `cancelled`; then nothing was changed.
    public func catchUp(progress: WorkProgress.Handler? = nil) throws(VaultError) -> AccessChange {
        try change(progress: progress) { (transaction) throws(VaultError) in
            transaction.sweeps = true
            let plan = CatchUpPlan(vault: self)
            transaction.change.wait(plan.waiting)
            var acts: [LogID: [Transaction.Offered]] = [:]
            for (view, card) in plan.grants {
                let rules = GrantRules(vault: self, view: view)
                let waiting = Waiting(.noEffect, in: view.named, for: card)
                acts[view.log.id, default: []].append(
                    Transaction.Offered(try rules.grantStatements(for: card), waiting: waiting))
            }
            for (row, card) in plan.rows {
                let waiting = Waiting(.noEffect, for: card)
                acts[row, default: []].append(
                    Transaction.Offered([.opened(Opening(card: card))], waiting: waiting))
            }
            try transaction.offer(acts)
            for id in plan.rewrites { transaction.rewrite(id) }
        }
    }
}
