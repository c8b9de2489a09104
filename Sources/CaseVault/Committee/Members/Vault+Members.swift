// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Vault {
    /// The active members, by name.
    public var members: [Member] {
        guard let roster else { return [] }
        return roster.active.values.map { card in
            Member(
                card: card, isConfirmedByMe: roster.isConfirmed(card.id, by: me.id),
                hasPower: roster.powerful.contains(card.id),
                isMe: card.id == me.id, since: roster.since[card.id] ?? store.clock.today)
        }.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }

    /// Finds an active member by what people type: the name; a part of it that begins a word and
    /// fits nobody else, with or without accents; at least eight digits of the card's identifier; or
    /// at least five of the fingerprint.
    ///
    /// - Throws: `unknownName`, `ambiguousName`.
    public func member(named text: String) throws(VaultError) -> Member {
        let all = members
        let digits = text.filter { !$0.isWhitespace && $0 != "-" }.lowercased()
        let folded = TextFolding.fold(text)
        let ways: [(Member) -> Bool] = [
            { digits.utf8.count >= 8 && "\($0.id)".hasPrefix(digits) },
            { TextFolding.fold($0.name) == folded },
            { digits.utf8.count >= 5 && $0.fingerprint.digits.hasPrefix(digits) },
            { TextFolding.hasWord(beginning: text, in: $0.name) },
        ]
        for way in ways {
            let found = all.filter(way)
            guard found.count < 2 else { throw .ambiguousMember }
            if let member = found.first { return member }
        }
        throw .unknownMember
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
    ///   a check that you cannot read, `fileSystem`, `diskFull`.
    public func admit(
        _ card: MemberCard, confirming spoken: SpokenDigits,
        deciding decisions: [ConflictCheck.ID: Visibility], replacing old: CardID? = nil,
        progress: WorkProgress.Handler? = nil
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
                if roster.active[old] != nil { try transaction.add(.removed([old]), to: log) }
            }
            if !isHalfDone {
                let isSecond = roster.hasNoSecond(me.id)
                let admission = roster.log.history.lettingIn(card.id) { lifts in
                    .admitted(
                        Admission(card: card, replaces: old, lifts: lifts, isSecond: isSecond))
                }
                try transaction.add([log: admission])
            }
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
        let twice = boundTwice
        // Where I have a conflict somebody else has to decide.
        for view in readableChecks
        where !twice.contains(view.log.id) && view.log.history.hasPower(me.id) {
            let persons = Set([card.id] + (old.map { roster?.cards(of: $0) ?? [$0] } ?? []))
            let decision = decisions[ConflictCheck.ID(view.log.id)]
            if decision == .withheld || !view.withheld.isDisjoint(with: persons) {
                // Kept from them by the first record, or from now on until somebody opens it by name.
                if !view.isReader(card.id), !view.withheld.contains(card.id),
                    view.log.history.bars(against: card.id).isEmpty
                {
                    said[view.log.id] = [.revoked([card.id])]
                }
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
                said[view.log.id] = view.opening(to: card)
            }
        }
        for view in readableCases {
            let checks = self.checks(of: view)
            guard !checks.isEmpty, shown.isSuperset(of: checks), let row = self.row(of: view),
                !twice.contains(row.id), let log = transaction.log(row.id),
                log.history.hasPower(me.id), !log.history.isReader(card.id)
            else { continue }
            said[row.id] = log.history.lettingIn(card.id) {
                .opened(Opening(card: card, lifts: $0))
            }
        }
        try transaction.add(said)
        return isAsked
    }

    /// Says that you compared a member's card by the fingerprint that they read aloud.
    ///
    /// - Throws: `fingerprintMismatch`, `unknownName`, `refused`.
    public func confirm(
        _ member: CardID, fingerprint spoken: SpokenDigits
    ) throws(VaultError) -> AccessChange {
        try confirm([member]) { (card, _) throws(VaultError) in
            guard spoken.match(card) else { throw VaultError.fingerprintMismatch }
        }
    }

    /// Says that you compared either of the two with a member: the fingerprint, which the member read
    /// aloud, or the committee code.
    ///
    /// - Throws: `fingerprintMismatch`, `unknownName`, `refused`.
    public func confirm(
        _ member: CardID, digits spoken: SpokenDigits
    ) throws(VaultError) -> AccessChange {
        try confirm([member]) { (card, code) throws(VaultError) in
            guard spoken.match(card) || spoken.match(code) else {
                throw VaultError.fingerprintMismatch
            }
        }
    }

    /// Says that you and all members whom you have not compared read the same committee code to each
    /// other, as in a call of the whole committee. The code stands for every card.
    ///
    /// - Throws: `fingerprintMismatch`, `refused`.
    public func confirmAll(code spoken: SpokenDigits) throws(VaultError) -> AccessChange {
        let open = members.filter { !$0.isMe && !$0.isConfirmedByMe }.map(\.id)
        return try confirm(open) { (_, code) throws(VaultError) in
            guard spoken.match(code) else { throw VaultError.codeMismatch }
        }
    }

    /// Says that you and a member read the same committee code to each other.
    ///
    /// - Throws: `fingerprintMismatch`, `unknownName`, `refused`.
    public func confirm(
        _ member: CardID, code spoken: SpokenDigits
    ) throws(VaultError) -> AccessChange {
        try confirm([member]) { (_, code) throws(VaultError) in
            guard spoken.match(code) else { throw VaultError.codeMismatch }
        }
    }

    /// Writes confirmations after a comparison.
    private func confirm(
        _ members: [CardID], comparing: (MemberCard, CommitteeCode) throws(VaultError) -> Void
    ) throws(VaultError) -> AccessChange {
        try change { (transaction) throws(VaultError) in
            let roster = try activeRoster()
            let code = CommitteeCode(vault: store.vault, members: Array(roster.active.keys))
            for member in members {
                guard let card = roster.active[member] else { throw VaultError.unknownMember }
                try comparing(card, code)
            }
            let new = members.filter { !roster.isConfirmed($0, by: me.id) }
            try transaction.add([.roster(of: store.vault): new.map(Statement.confirmed)])
        }
    }

    /// Leaves the committee. What you did stays; your removals do not, and each that no colleague
    /// has counted yet has to be repeated by one.
    ///
    /// - Throws: `refused` for who is no member, `fileSystem`, `diskFull`.
    public func leave(progress: WorkProgress.Handler? = nil) throws(VaultError) -> AccessChange {
        try change(progress: progress) { (transaction) throws(VaultError) in
            let roster = try activeRoster()
            if roster.powerful.allSatisfy({ $0 == me.id }) {
                transaction.change.say(.lastWithPower)
            }
            for log in openLogs where transaction.canChange(log) { try transaction.leave(log) }
            transaction.change.wait(.catchUpByOthers)
        }
    }

    /// Removes a member from the roster, and so from everything.
    ///
    /// Remove first, then tell the person. What you cannot open waits for colleagues. Cases with
    /// guests take the member out by name: back on the committee, a hand has to let them in there.
    ///
    /// - Throws: `unknownName`; `refused` for yourself and for who has no power; `fileSystem`,
    ///   `diskFull`.
    public func remove(
        _ member: CardID, progress: WorkProgress.Handler? = nil
    ) throws(VaultError) -> AccessChange {
        try remove([member], progress: progress)
    }

    /// Removes several members in one act: none of them can bring another back.
    ///
    /// - Throws: `unknownName`; `refused` for yourself and for who has no power; `fileSystem`,
    ///   `diskFull`.
    public func remove(
        _ members: [CardID], progress: WorkProgress.Handler? = nil
    ) throws(VaultError) -> AccessChange {
        guard !members.contains(me.id) else { throw .cannotRemoveYourself }
        return try change(progress: progress) { (transaction) throws(VaultError) in
            let roster = try activeRoster()
            let cards = members.compactMap { roster.ever[$0] }
            guard cards.count == members.count, !cards.isEmpty else {
                throw VaultError.unknownMember
            }
            // Removed already, perhaps by this machine before it stopped half-way: go on.
            // Who is in, not who reads: a file names only so many. And who is out by a removal that is
            // gone from the folder: only a new one keeps them out everywhere.
            let gone = roster.log.history.view?.goneBars ?? [:]
            let there = Set(
                members.filter { roster.log.history.isIn($0) || gone[$0] != nil }
            ).sorted()
            try transaction.add([
                .roster(of: store.vault): there.inParts(of: ReaderList.limit).map(Statement.removed)
            ])
            try removeWhereGuestsAre(members, in: &transaction)
            for log in openLogs
            where log.files.contains(where: { file in
                cards.contains { file.readers.ids.contains($0.id) }
            }) && transaction.canChange(log) {
                transaction.rewrite(log.id)
            }
            transaction.change.wait(.catchUpByOthers)
            for card in cards { transaction.change.say(.loneReader(card)) }
        }
    }

    /// Takes members out of the cases with guests that I read, and of their checks, by name: a guest
    /// does not see the roster, and would go on sealing to them.
    private func removeWhereGuestsAre(
        _ members: [CardID], in transaction: inout Transaction
    ) throws(VaultError) {
        var removals: [LogID: [Statement]] = [:]
        for log in logsWithGuests where log.history.hasPower(me.id) && transaction.canChange(log) {
            let there = Set(members.filter(log.history.isIn)).sorted()
            if !there.isEmpty { removals[log.id] = [.revoked(there)] }
        }
        try transaction.add(removals)
    }
}
