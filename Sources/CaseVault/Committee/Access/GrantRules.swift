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
    /// What the case names as its checks although it belongs to another, as far as I read it.
    private let foreign: [CheckView?]

    /// The rules for a case as it is now.
    init(vault: Vault, view: CaseView) {
        self.vault = vault
        self.view = view
        checkIDs = vault.checks(of: view)
        checks = checkIDs.map(vault.checkView)
        foreign = vault.foreignChecks(of: view).sorted().map(vault.checkView)
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

    /// Whether the case names a check that belongs to another. Nobody is asked about it; but a
    /// grant rests on an answer to everything that the first record names, whatever has arrived.
    /// So whoever starts such a case may keep others out of it, and out of nothing else.
    var namesForeignCheck: Bool { !foreign.isEmpty }

    /// The signed "no conflict" on every check of the case; `nil` if one is missing, and of a case
    /// that has none: there is nothing that anybody could have answered.
    func declarations(of card: MemberCard) -> [Record]? {
        if checks.isEmpty { return nil }
        var records: [Record] = []
        for check in checks + foreign {
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
    func hasConflict(_ card: MemberCard) -> Bool {
        checks.contains { check in
            guard let check, check.hasConflicts else { return false }
            return check.answer(of: vault.cards(of: card.id)) == .conflict
        }
    }

    /// Whether a check of the case was kept from somebody when it was started.
    ///
    /// Only whoever started it decides this: a later `withheld` can be written by everybody who
    /// was asked, and must not take a reader out of a case that they cannot read themselves.
    func isHiddenFrom(_ card: MemberCard) -> Bool {
        checks.contains { check in
            guard let check, check.hiddenFromStart.contains(card.id) else { return false }
            return !check.isReader(card.id)
        }
    }

    /// The readers whom I have to take out: those with a conflict, and those from whom a check of
    /// the case is kept. Nobody if I have a conflict myself: then I only hand the case over.
    var mustLeave: [MemberCard] {
        let isPossible = checks.contains { check in
            check.map { $0.hasConflicts || !$0.hiddenFromStart.isEmpty } ?? false
        }
        if !isPossible { return [] }
        if hasConflict(vault.me) { return [] }
        return view.log.history.readerCards.filter { card in
            card.id != vault.me.id && (hasConflict(card) || isHiddenFrom(card))
        }
    }

    /// The counting removals of a person, under any card of theirs.
    private func removals(of card: MemberCard) -> [VerifiedRecord] {
        vault.cards(of: card.id).flatMap { view.log.history.removals[$0] ?? [] }
    }

    /// Whether a person was taken out of the case under an earlier card only.
    func wasReplaced(_ card: MemberCard) -> Bool {
        view.log.history.removals[card.id] == nil && !removals(of: card).isEmpty
    }

    /// Why somebody does not read the case.
    func state(of card: MemberCard) -> AccessReport.State {
        let checks = checks.compactMap { $0 }
        if !checks.allSatisfy({ $0.isReader(card.id) }) { return .withheld }
        if hasConflict(card) { return .conflict }
        if let removal = removals(of: card).last {
            return removal.kind == .recused ? .recused : .revoked
        }
        if declarations(of: card) == nil { return .noAnswer }
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
            && view.invitations.allSatisfy { history.removals[$0.card.id] != nil }
    }

    /// What lets somebody in: a record with their declarations, which lifts their removals by name.
    func grantStatement(for card: MemberCard) throws(VaultError) -> Statement {
        if let outdated { throw .regressed(outdated) }
        guard checks.isEmpty || isReaderOfAllChecks(card) else { throw .checkWithheld }
        guard let declarations = declarations(of: card) else { throw .noDeclaration }
        let lifts = view.log.history.removals[card.id]?.map(\.id) ?? []
        return .granted(Grant(card: card, declarations: declarations, lifts: lifts))
    }

    /// Lets somebody in.
    ///
    /// If I took the report only to hand it over, I leave in the same act.
    func grant(_ card: MemberCard, in transaction: inout Transaction) throws(VaultError) {
        try transaction.add(try grantStatement(for: card), to: view.log.id)
        if hasConflict(vault.me) {
            try vault.takeOut(of: view.log.id, in: &transaction)
            try transaction.add(.recused, to: view.log.id)
        }
    }

    /// Takes somebody out.
    func revoke(_ card: MemberCard, in transaction: inout Transaction) throws(VaultError) {
        guard let readers = transaction.log(view.log.id)?.history.readers, readers.count > 1 else {
            throw .lastReader
        }
        try transaction.add(.revoked(card.id), to: view.log.id)
    }
}
