// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Vault {
    /// What waits, for whom and for what; nothing is changed.
    public var waiting: [Waiting] { CatchUpPlan(vault: self).waiting }

    /// What the next catching up would do, without doing it.
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
        offers += plan.expulsions.map { Offer(act: .expel, codeName: nil, member: $0) }
        offers += plan.revocations.map {
            Offer(act: .revoke, codeName: $0.view.codeName, member: $0.card)
        }
        offers += plan.leavings.map { Offer(act: .revoke, codeName: $0.codeName, member: me) }
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
    /// Readers who declared a conflict are taken out, you among them. Removals are carried out,
    /// files are rewritten for exactly their readers, and superseded files are deleted.
    ///
    /// - Throws: `contested` never: such logs are listed and left alone. `fileSystem`,
    ///   `diskFull`, `cancelled`; then nothing was changed.
    @discardableResult
    public func catchUp(progress: Progress.Handler? = nil) throws(VaultError) -> AccessChange {
        try change(progress: progress) { (transaction) throws(VaultError) in
            transaction.sweeps = true
            let plan = CatchUpPlan(vault: self)
            transaction.change.wait(plan.waiting)
            for card in plan.expulsions { try expel(card, in: &transaction) }
            for (view, card) in plan.revocations {
                guard transaction.log(view.log.id)?.history.isReader(card.id) == true else {
                    continue
                }
                try GrantRules(vault: self, view: view).revoke(card, in: &transaction)
            }
            for view in plan.leavings { try leave(view, in: &transaction) }
            var said: [LogID: [Statement]] = [:]
            for (view, card) in plan.grants {
                let rules = GrantRules(vault: self, view: view)
                // Who only hands the case over leaves it in the same act.
                if rules.hasConflict(me) {
                    try rules.grant(card, in: &transaction)
                } else {
                    said[view.log.id, default: []].append(try rules.grantStatement(for: card))
                }
            }
            for (row, card) in plan.rows {
                said[row, default: []].append(.opened(Opening(card: card, lifts: [])))
            }
            try transaction.add(said)
            for id in plan.rewrites { transaction.rewrite(id) }
        }
    }
}
