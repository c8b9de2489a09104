// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// What waits for me: the acts that need no judgement, and the questions that need some.
///
/// Computing it changes nothing; `Vault.catchUp` carries out the acts of the same plan.
struct CatchUpPlan {
    /// Members without conflict whom I compared.
    var grants: [(view: CaseView, card: MemberCard)] = []
    /// Rows to open to members from whom none of the case's checks is withheld.
    var rows: [(row: LogID, card: MemberCard)] = []
    /// Logs to rewrite for exactly their readers, or into fewer files.
    var rewrites: [LogID] = []
    /// What waits for somebody.
    var waiting: [Waiting] = []

    /// Looks at everything that I read.
    init(vault: Vault) {
        let me = vault.me
        let roster = vault.roster
        var change = AccessChange()
        let logs = vault.openLogs
        if let roster {
            let active = roster.active.values.sorted { $0.id < $1.id }
            // First, and on all cores: each case looks at its own.
            let checks = vault.readableChecks
            let twice = vault.boundTwice
            for log in logs where log.kind == .caseFile {
                guard let view = CaseView(log) else { continue }
                look(at: view, active: active, twice: twice, vault: vault, &change)
            }
            for question in vault.questions where !question.replies.isEmpty {
                change.wait(.question, in: question.file, for: question.member)
            }
            for view in vault.orphanedCases {
                change.wait(.moreReaders, in: view.named)
                // Who hands a case over lets one in, and that one the others.
                let rules = GrantRules(vault: vault, view: view)
                let next = active.first { rules.state(of: $0) == .ready && rules.mayGrant(to: $0) }
                if let next, vault.store.isComplete(view.log), rules.outdated == nil {
                    grants.append((view, next))
                }
            }
            for view in checks {
                for card in active where vault.isUndecided(card, in: view) {
                    change.wait(.openDecision, for: card)
                }
            }
            for card in active where !roster.isConfirmed(card.id, by: me.id) {
                change.wait(.confirmation, for: card)
            }
        }
        let snapshot = vault.store.snapshot
        let rewrite = RewriteRule(snapshot: snapshot, added: [:])
        let compaction = CompactionRule(snapshot: snapshot)
        let writable = logs.filter { log in
            if vault.store.isComplete(log) { return true }
            change.wait(.arrival, in: log.namedCase)
            return false
        }
        let isRewritten = parallelMap(count: writable.count, width: 2, stride: 32) { i in
            rewrite.applies(to: writable[i]) || rewrite.needsFreshAttachments(writable[i])
                || (!writable[i].sharesFiles && compaction.applies(to: [writable[i]]))
        }
        var shared: Set<LogID> = []
        for (log, isRewritten) in zip(writable, isRewritten) {
            if isRewritten {
                rewrites.append(log.id)
            } else if log.sharesFiles {
                shared.insert(log.id)
            }
        }
        let cells = vault.store.cells(of: logs) { shared.contains($0.id) }
        let isCompacted = parallelMap(count: cells.count, width: 2) { i in
            compaction.applies(to: cells[i])
        }
        for (cell, isCompacted) in zip(cells, isCompacted) where isCompacted {
            rewrites += cell.map(\.id)
        }
        if vault.store.regressed.keys.contains(where: { vault.store.logs[$0] == nil }) {
            change.wait(.closedOrMissing)
        }
        waiting = change.waiting
    }

    /// Looks at one case.
    private mutating func look(
        at view: CaseView, active: [MemberCard], twice: Set<LogID>, vault: Vault,
        _ change: inout AccessChange
    ) {
        guard vault.store.isComplete(view.log) else { return }
        let rules = GrantRules(vault: vault, view: view)
        // An erased case has nothing left to let anybody in for.
        if view.isErased {
            if vault.isErasureUnfinished(of: view) {
                change.wait(.erasure, in: view.named)
            }
            return
        }
        if !view.log.history.erasing.isEmpty { change.wait(.erasureDay, in: view.named) }
        // Letting in waits until everything is here that this machine knew.
        guard rules.outdated == nil else { return change.wait(.arrival, in: view.named) }
        let guests = view.invitations.map(\.card).filter { guest in
            !active.contains { $0.id == guest.id }
        }
        for card in active + guests where !view.log.history.isReader(card.id) {
            switch rules.state(of: card) {
            case .ready where rules.mayGrant(to: card): grants.append((view, card))
            case .ready: change.wait(.comparedByTwo, for: vault.me)
            // About a name that was erased nobody is asked, so there is no answer to wait for.
            case .noAnswer where rules.lacksErasedAnswer(of: card): break
            case .noAnswer: change.wait(.declaration, in: view.named, for: card)
            case .unconfirmed: change.wait(.confirmation, in: view.named, for: card)
            // Whether it was the lost key that was taken out, or the person, the records do not say.
            case .revoked where rules.wasReplaced(card):
                change.wait(.grantByHand, in: view.named, for: card)
            case .conflict, .revoked, .recused, .withheld: break
            }
        }
        // Only of a case that it belongs to: anybody can name it in one that asks nothing.
        if let row = vault.row(of: view), !twice.contains(row.id),
            vault.store.isComplete(row)
        {
            for card in active
            where !row.history.isReader(card.id) && row.history.bars(against: card.id).isEmpty
                && row.history.hasPower(vault.me.id) && rules.isReaderOfAllChecks(card)
                && !row.history.isKept(from: card.id)
            {
                rows.append((row.id, card))
            }
        }
        if view.log.history.readers.count < vault.rules.minimumReaders {
            change.wait(.moreReaders, in: view.named)
        }
        if rules.needsAnotherOrganizer { change.wait(.anotherOrganizer, in: view.named) }
    }
}
