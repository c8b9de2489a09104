// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Vault {
    /// The active members, by name.
    public var members: [Member] {
        guard let roster else { return [] }
        return roster.active.values.map { card in
            Member(
                card: card, isConfirmedByMe: roster.isConfirmed(card.id, by: me.id),
                isMe: card.id == me.id, since: roster.since[card.id] ?? store.clock.today)
        }.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }

    /// Finds an active member by display name or card identifier.
    ///
    /// - Throws: `unknownName`, `ambiguousName`.
    public func member(named name: String) throws(VaultError) -> Member {
        let all = members
        if let member = try Self.member(withID: name, among: all) { return member }
        let folded = TextFolding.fold(name)
        let exact = all.filter { TextFolding.fold($0.name) == folded }
        guard let first = exact.first else { throw .unknownMember }
        guard exact.count == 1 else { throw .ambiguousMember }
        return first
    }

    /// The member whose identifier begins with at least eight digits; `nil` if there is none.
    private static func member(
        withID digits: String, among all: [Member]
    ) throws(VaultError) -> Member? {
        guard digits.utf8.count >= 8 else { return nil }
        let found = all.filter { "\($0.id)".hasPrefix(digits.lowercased()) }
        guard found.count < 2 else { throw .ambiguousMember }
        return found.first
    }

    /// Admits a member: takes the card and the fingerprint as its owner spoke it.
    ///
    /// The newcomer is asked about every check that you decided to show, if the rules ask
    /// newcomers about earlier cases at all. What you cannot read waits for colleagues, and so
    /// does what has arrived since you were shown ``checks``: it stays closed until somebody
    /// decides. Called again with more decisions, it goes on.
    ///
    /// - Parameters:
    ///   - card: The newcomer's card.
    ///   - spoken: The fingerprint that the newcomer read aloud from their own screen.
    ///   - decisions: For each check that you were shown, whether the newcomer may see its name,
    ///     or is that person or stands close to them.
    ///   - old: The same person's lost card: it leaves the roster, and its removals and declared
    ///     conflicts carry over.
    ///   - progress: Is told how many files were written; can stop.
    /// - Returns: What waits: the newcomer's answers, decisions, and colleagues' catching up.
    /// - Throws: `fingerprintMismatch`, `refused`, `unknownName`, `notForYou` for a decision about
    ///   a check that you cannot read, `contested`, `fileSystem`, `diskFull`.
    public func admit(
        _ card: MemberCard, confirming spoken: SpokenDigits,
        deciding decisions: [ConflictCheck.ID: Visibility], replacing old: CardID? = nil,
        progress: Progress.Handler? = nil
    ) throws(VaultError) -> AccessChange {
        guard spoken.match(card) else { throw .fingerprintMismatch }
        return try change(progress: progress) { (transaction) throws(VaultError) in
            let roster = try activeRoster()
            guard decisions.keys.allSatisfy({ checkView(LogID($0)) != nil }) else {
                throw VaultError.notForYou
            }
            // An admission that stopped half-way, before the checks were opened, goes on.
            let isHalfDone =
                roster.active[card.id] != nil
                && readableChecks.contains { isUndecided(card, in: $0) }
            guard roster.active[card.id] == nil || isHalfDone,
                !roster.ever.values.contains(where: card.sharesKey(with:))
            else { throw VaultError.alreadyAMember }
            let log = LogID.roster(of: store.vault)
            if let old {
                guard roster.ever[old] != nil, old != me.id else { throw VaultError.unknownMember }
                if roster.active[old] != nil { try transaction.add(.removed(old), to: log) }
            }
            let lifts = roster.log.history.removals[card.id]?.map(\.id) ?? []
            if !isHalfDone {
                try transaction.add(
                    .admitted(Admission(card: card, replaces: old, lifts: lifts)), to: log)
            }
            if let old, let lost = roster.active[old] { try expel(lost, in: &transaction) }
            var isAsked = false
            if roster.rules.newcomers == .allCases {
                isAsked = try openChecks(
                    to: card, replacing: old, deciding: decisions, in: &transaction)
            }
            transaction.change.wait(.firstOpening, for: card)
            if isAsked { transaction.change.wait(.declaration, for: card) }
            transaction.change.wait(.catchUpByOthers, for: card)
        }
    }

    /// Opens every check to a newcomer of which it was decided, and the rows of cases of which all
    /// checks are open.
    ///
    /// - Returns: Whether the newcomer is asked about anybody.
    private func openChecks(
        to card: MemberCard, replacing old: CardID?,
        deciding decisions: [ConflictCheck.ID: Visibility],
        in transaction: inout Transaction
    ) throws(VaultError) -> Bool {
        let roster = self.roster
        var shown: Set<LogID> = []
        var isAsked = false
        var said: [LogID: [Statement]] = [:]
        for view in readableChecks {
            let persons = Set([card.id] + (old.map { roster?.cards(of: $0) ?? [$0] } ?? []))
            let decision = decisions[ConflictCheck.ID(view.log.id)]
            if decision == .withheld || !view.withheld.isDisjoint(with: persons) {
                if !view.isReader(card.id) { said[view.log.id] = [.withheld(card.id)] }
                continue
            }
            // There is no name any more to be asked about.
            if view.isErased {
                shown.insert(view.log.id)
                continue
            }
            // It has arrived since somebody looked: nobody has said that the newcomer may see it.
            guard decision == .shown || view.isReader(card.id) else {
                transaction.change.wait(.openDecision, for: card)
                continue
            }
            shown.insert(view.log.id)
            isAsked = true
            if !view.isReader(card.id) {
                let lifts = view.log.history.removals[card.id]?.map(\.id) ?? []
                said[view.log.id] = [.opened(Opening(card: card, lifts: lifts))]
            }
        }
        let twice = boundTwice
        for view in readableCases {
            let checks = self.checks(of: view)
            guard !checks.isEmpty, shown.isSuperset(of: checks), let row = self.row(of: view),
                !twice.contains(row.id), let log = transaction.log(row.id),
                log.history.isReader(me.id), !log.history.isReader(card.id)
            else { continue }
            said[row.id] = [.opened(Opening(card: card, lifts: []))]
        }
        try transaction.add(said)
        return isAsked
    }

    /// Says that you compared a member's card by the fingerprint that they read aloud.
    ///
    /// - Throws: `fingerprintMismatch`, `unknownName`, `refused`, `contested`.
    @discardableResult
    public func confirm(
        _ member: CardID, fingerprint spoken: SpokenDigits
    ) throws(VaultError) -> AccessChange {
        try confirm(member) { (card, _) throws(VaultError) in
            guard spoken.match(card) else { throw VaultError.fingerprintMismatch }
        }
    }

    /// Says that you and a member read the same committee code to each other.
    ///
    /// - Throws: `fingerprintMismatch`, `unknownName`, `refused`, `contested`.
    @discardableResult
    public func confirm(
        _ member: CardID, code spoken: SpokenDigits
    ) throws(VaultError) -> AccessChange {
        try confirm(member) { (_, code) throws(VaultError) in
            guard spoken.match(code) else { throw VaultError.codeMismatch }
        }
    }

    /// Writes a confirmation after a comparison.
    private func confirm(
        _ member: CardID, comparing: (MemberCard, CommitteeCode) throws(VaultError) -> Void
    ) throws(VaultError) -> AccessChange {
        try change { (transaction) throws(VaultError) in
            let roster = try activeRoster()
            guard let card = roster.active[member] else { throw VaultError.unknownMember }
            try comparing(
                card, CommitteeCode(vault: store.vault, members: Array(roster.active.keys)))
            if !roster.isConfirmed(member, by: me.id) {
                try transaction.add(.confirmed(member), to: .roster(of: store.vault))
            }
        }
    }

    /// Removes a member from the roster and from everything that you can open.
    ///
    /// Remove first, then tell the person. What you cannot open waits for colleagues.
    ///
    /// - Throws: `unknownName`; `refused` for yourself; `contested`; `fileSystem`, `diskFull`.
    @discardableResult
    public func remove(
        _ member: CardID, progress: Progress.Handler? = nil
    ) throws(VaultError) -> AccessChange {
        guard member != me.id else { throw .cannotRemoveYourself }
        return try change(progress: progress) { (transaction) throws(VaultError) in
            let roster = try activeRoster()
            guard let card = roster.ever[member] else { throw VaultError.unknownMember }
            // Removed already, perhaps by this machine before it stopped half-way: go on.
            if roster.active[member] != nil {
                try transaction.add(.removed(member), to: .roster(of: store.vault))
            }
            try expel(card, in: &transaction)
            transaction.change.wait(.catchUpByOthers)
            transaction.change.say(.loneReader(card))
        }
    }

    /// Takes a former member out of every check, row and case that I read.
    func expel(_ card: MemberCard, in transaction: inout Transaction) throws(VaultError) {
        let logs = store.logs.values.filter {
            $0.kind != .roster && $0.history.isReader(card.id) && isOpenToMe($0)
        }
        var said: [LogID: [Statement]] = [:]
        for log in logs.sorted(by: { $0.id < $1.id }) where transaction.canChange(log) {
            said[log.id] = [.expelled(card.id)]
        }
        try transaction.add(said)
    }
}
