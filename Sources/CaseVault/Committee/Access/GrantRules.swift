// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Who may be let into one case, and the two acts that change it.
///
/// By-hand acts and catching up both go through here, so that they cannot differ.
struct GrantRules {
    /// The vault.
    let vault: Vault
    /// The case.
    let view: CaseView

    /// The checks of the case.
    private let checkIDs: [LogID]
    /// The same, as far as I read them.
    private let checks: [CheckView?]

    /// The rules for a case as it is now, or without some checks that are just ending.
    init(vault: Vault, view: CaseView, without ending: Set<LogID> = []) {
        self.vault = vault
        self.view = view
        checkIDs = vault.checks(of: view).filter { !ending.contains($0) }
        checks = checkIDs.map(vault.checkView)
    }

    /// A log that a grant rests on and that holds less than this machine has seen: the roster may
    /// lack a removal, a check may lack a conflict.
    var outdated: LogID? {
        ([.roster(of: vault.store.vault), view.log.id] + checkIDs)
            .first { vault.store.regressed[$0] != nil }
    }

    /// The card of a member, or of a guest whom I invited or who read the case before.
    func candidate(_ id: CardID) -> MemberCard? {
        vault.roster?.active[id]
            ?? view.invitations.first { $0.card.id == id && $0.by == vault.me.id }?.card
            ?? (vault.roster?.ever[id] == nil ? view.log.history.everReaders[id] : nil)
    }

    /// Whether I compared a card: by confirming it, by admitting it, or by inviting the guest.
    func isConfirmed(_ card: MemberCard) -> Bool {
        if let roster = vault.roster, roster.active[card.id] != nil {
            return roster.isConfirmed(card.id, by: vault.me.id)
        }
        return view.invitations.contains { $0.card.id == card.id && $0.by == vault.me.id }
    }

    /// The signed "no conflict" on every check of the case; `nil` if one is missing, and of a case
    /// that has none: there is nothing that anybody could have answered.
    func declarations(of card: MemberCard) -> [Record]? {
        if checks.isEmpty { return nil }
        var records: [Record] = []
        for check in checks {
            guard let check, check.isReader(card.id),
                let record = check.noConflict(of: vault.cards(of: card.id))
            else { return nil }
            records.append(record.record)
        }
        return records
    }

    /// Whether somebody reads every check of the case, which has one.
    func isReaderOfAllChecks(_ card: MemberCard) -> Bool {
        !checks.isEmpty && checks.allSatisfy { $0?.isReader(card.id) ?? false }
    }

    /// Whether somebody never answered a check whose name was erased since. Such a case lets in
    /// only who answered before.
    func lacksErasedAnswer(of card: MemberCard) -> Bool {
        checks.contains { check in
            guard let check, check.isErased else { return false }
            return check.noConflict(of: vault.cards(of: card.id)) == nil
        }
    }

    /// Whether somebody declared a conflict on a check of the case.
    func hasConflict(_ card: MemberCard) -> Bool { view.log.history.conflicted.contains(card.id) }

    /// Whether I may let somebody in: I have power in the case and need answer nothing; or nobody
    /// has power there, and the other has in the roster.
    func mayGrant(to card: MemberCard) -> Bool {
        let history = view.log.history
        if history.hasPower(vault.me.id) { return history.isReader(vault.me.id) }
        return history.powerful.isEmpty && vault.roster?.powerful.contains(card.id) ?? false
    }

    /// The removals and leaves of a person that are open, under any card of theirs.
    private func bars(against card: MemberCard) -> [VerifiedRecord] {
        vault.cards(of: card.id).flatMap { view.log.history.bars(against: $0) }
    }

    /// Whether a person was taken out of the case under an earlier card only.
    func wasReplaced(_ card: MemberCard) -> Bool {
        view.log.history.bars(against: card.id).isEmpty && !bars(against: card).isEmpty
    }

    /// Whether somebody was ever taken out of the case, under any card of theirs: then only a hand
    /// lets them in again.
    private func wasEverOut(_ card: MemberCard) -> Bool {
        vault.cards(of: card.id).contains(where: view.log.history.wasEverOut)
    }

    /// Why somebody does not read the case.
    func state(of card: MemberCard) -> AccessReport.State {
        let checks = checks.compactMap { $0 }
        if hasConflict(card) { return .conflict }
        if !checks.allSatisfy({ $0.isReader(card.id) }) { return .withheld }
        if let bar = bars(against: card).last { return bar.kind == .left ? .recused : .revoked }
        if declarations(of: card) == nil { return .noAnswer }
        if wasEverOut(card) { return .revoked }
        return isConfirmed(card) ? .ready : .unconfirmed
    }

    /// Whether more members have a conflict or stepped back than the committee's rules allow, and
    /// no guest was asked in yet.
    var needsAnotherOrganizer: Bool {
        guard let limit = vault.rules.recusalLimit, let roster = vault.roster else { return false }
        let history = view.log.history
        let recused = roster.active.values.count { card in
            guard !history.isReader(card.id) else { return false }
            let state = state(of: card)
            return state == .conflict || state == .recused
        }
        return recused > limit
            && view.invitations.allSatisfy { !history.bars(against: $0.card.id).isEmpty }
    }

    /// What lets somebody in, with their declarations; and what lifts their removals by name, which
    /// lets in nobody who never was.
    func grantStatements(for card: MemberCard) throws(VaultError) -> [Statement] {
        if let outdated { throw .regressed(outdated) }
        guard checks.isEmpty || isReaderOfAllChecks(card) else { throw .checkWithheld }
        guard let declarations = declarations(of: card) else { throw .noDeclaration }
        return view.log.history.lettingIn(card.id) {
            .granted(Grant(card: card, declarations: declarations, lifts: $0))
        }
    }

    /// Lets somebody in, who need not answer checks that are just ending.
    func grant(
        _ card: MemberCard, without ending: Set<LogID> = [], in transaction: inout Transaction
    ) throws(VaultError) {
        let rules = ending.isEmpty ? self : GrantRules(vault: vault, view: view, without: ending)
        try transaction.add([view.log.id: try rules.grantStatements(for: card)])
    }

    /// Takes somebody out.
    func revoke(_ card: MemberCard, in transaction: inout Transaction) throws(VaultError) {
        guard let readers = transaction.log(view.log.id)?.history.readerIDs,
            readers.contains(where: { $0 != card.id })
        else { throw .lastReader }
        try transaction.add(.revoked([card.id]), to: view.log.id)
    }
}

extension LogHistory {
    /// What lets somebody in here: what lifts the removals and leaves of theirs, and one record that
    /// lets them in if no record ever did.
    ///
    /// - Parameters:
    ///   - id: Who.
    ///   - keys: What each record names beside.
    ///   - statement: Makes a record out of what it lifts.
    /// - Returns: One statement or two; more, where somebody was taken out thousands of times.
    func lettingIn(
        _ id: CardID, naming keys: [RecordID] = [], _ statement: ([RecordID]) -> Statement
    ) -> [Statement] {
        let lifting = lifting(id, naming: keys, statement)
        return everReaders[id] == nil || lifting.isEmpty ? [statement(keys)] + lifting : lifting
    }

    /// What lifts the removals and leaves of somebody: as many records as it takes.
    ///
    /// - Parameters:
    ///   - id: Who.
    ///   - keys: What each record names beside.
    ///   - statement: Makes a record out of what it lifts.
    /// - Returns: Mostly one statement; none if there is nothing to lift.
    func lifting(
        _ id: CardID, naming keys: [RecordID] = [], _ statement: ([RecordID]) -> Statement
    ) -> [Statement] {
        let limit = Statement.listLimit - keys.count
        return allBars(against: id, limit: limit).inParts(of: limit).map { statement(keys + $0) }
    }

    /// What shows a check or a row to somebody. Where its first record keeps it from them, each
    /// record names that one: any other counts for nobody.
    func opening(to card: MemberCard) -> [Statement] {
        let key = isKept(from: card.id) ? [root?.id].compactMap(\.self) : []
        return lettingIn(card.id, naming: key) { .opened(Opening(card: card, lifts: $0)) }
    }
}
