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
            offers.append(Offer(act: .declare, codeName: nil, member: nil))
        }
        for item in plan.waiting {
            switch item.need {
            case .openDecision:
                offers.append(Offer(act: .decideOpening, codeName: nil, member: item.member))
            case .confirmation where item.codeName == nil:
                offers.append(Offer(act: .confirm, codeName: nil, member: item.member))
            case .erasure:
                offers.append(Offer(act: .erase, codeName: item.codeName, member: nil))
            default: break
            }
        }
        offers += plan.grants.map {
            Offer(act: .grant, codeName: $0.view.codeName, member: $0.card)
        }
        offers += plan.rows.map { Offer(act: .openRow, codeName: nil, member: $0.card) }
        if !plan.rewrites.isEmpty { offers.append(Offer(act: .reseal, codeName: nil, member: nil)) }
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
    @discardableResult
    public func catchUp(progress: Progress.Handler? = nil) throws(VaultError) -> AccessChange {
        try change(progress: progress) { (transaction) throws(VaultError) in
            transaction.sweeps = true
            let plan = CatchUpPlan(vault: self)
            transaction.change.wait(plan.waiting)
            var acts: [LogID: [Transaction.Offered]] = [:]
            for (view, card) in plan.grants {
                let rules = GrantRules(vault: self, view: view)
                let waiting = Waiting(codeName: view.codeName, member: card, need: .noEffect)
                acts[view.log.id, default: []].append(
                    Transaction.Offered(try rules.grantStatements(for: card), waiting: waiting))
            }
            for (row, card) in plan.rows {
                let waiting = Waiting(codeName: nil, member: card, need: .noEffect)
                acts[row, default: []].append(
                    Transaction.Offered([.opened(Opening(card: card))], waiting: waiting))
            }
            try transaction.offer(acts)
            for id in plan.rewrites { transaction.rewrite(id) }
        }
    }
}
