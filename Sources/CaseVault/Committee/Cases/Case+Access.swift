// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Case {
    /// Who reads the case, since when and by whose act; everybody else, and why not.
    ///
    /// - Throws: `notForYou`.
    public func access() throws(VaultError) -> AccessReport {
        let view = try view()
        let roster = vault.roster
        let readers = view.log.history.readers.values.compactMap { reader in
            reader.grants.last.map { grant in
                AccessReport.Reader(
                    member: reader.card, since: grant.record.day, grantedBy: grant.author,
                    isGuest: roster.map { $0.active[reader.card.id] == nil } ?? false)
            }
        }
        let rules = GrantRules(vault: vault, view: view)
        let history = view.log.history
        // A guest who is asked is in and does not read yet.
        let asked = history.people.filter { roster?.active[$0] == nil }
            .compactMap { history.everReaders[$0] }
        let others = ((roster.map { Array($0.active.values) } ?? []) + asked).filter {
            !history.isReader($0.id)
        }.map { AccessReport.Other(member: $0, state: rules.state(of: $0)) }
        return AccessReport(
            readers: readers.sorted {
                ($0.member.name, $0.member.id) < ($1.member.name, $1.member.id)
            },
            others: others.sorted {
                ($0.member.name, $0.member.id) < ($1.member.name, $1.member.id)
            },
            needsAnotherOrganizer: rules.needsAnotherOrganizer)
    }

    /// Lets a member in by hand; lifts, by name, every earlier removal of theirs.
    ///
    /// - Throws: `notForYou`, `unknownName`, `noDeclaration` unless the member declared "no
    ///   conflict" on every check, `refused` when a check is withheld from them or you have not
    ///   compared their card, `fileSystem`, `diskFull`.
    public func grantAccess(
        to member: CardID, progress: WorkProgress.Handler? = nil
    ) throws(VaultError) -> AccessChange {
        try vault.change(progress: progress) { (transaction) throws(VaultError) in
            let view = try vault.caseViewForGranting(log)
            let rules = GrantRules(vault: vault, view: view)
            guard let card = rules.candidate(member) else { throw VaultError.unknownMember }
            if view.log.history.isReader(member) {
                return try seal(view, to: card, in: &transaction)
            }
            guard rules.isConfirmed(card) else { throw VaultError.notConfirmed }
            // What somebody linked who is out, and what nobody has, asks nobody for good.
            let void = vault.voidLinks(of: view)
            try transaction.add([log: view.endings(of: void)])
            try rules.grant(card, without: view.checks(of: void), in: &transaction)
        }
    }

    /// Asks a guest in: a card that reads this case and its checks and is not on the roster.
    ///
    /// The guest sees the checks at once and has to answer them; then the case opens by calling
    /// this again or by your next catching up.
    ///
    /// - Parameters:
    ///   - guest: The guest's card.
    ///   - spoken: The fingerprint that the guest read aloud from their own screen.
    ///   - progress: Is told how many files were written; can stop.
    /// - Returns: Who was let in, or that the guest has to answer.
    /// - Throws: `fingerprintMismatch`, `notForYou`, `refused` when the file has no free slot,
    ///   `fileSystem`, `diskFull`.
    public func invite(
        _ guest: MemberCard, confirming spoken: SpokenDigits,
        progress: WorkProgress.Handler? = nil
    ) throws(VaultError) -> AccessChange {
        guard spoken.match(guest) else { throw .fingerprintMismatch }
        return try vault.change(progress: progress) { (transaction) throws(VaultError) in
            let view = try view()
            if view.log.history.isReader(guest.id) {
                return try seal(view, to: guest, in: &transaction)
            }
            let planner = Planner(transaction)
            let checks = vault.checks(of: view)
            guard planner.hasRoom(in: view.log),
                checks.allSatisfy({
                    guard let log = vault.checkView($0)?.log else { return true }
                    return log.history.isReader(guest.id) || planner.hasRoom(in: log)
                })
            else { throw VaultError.noFreeSlot }
            let known = view.log.history.everReaders.values
            guard !known.contains(where: guest.sharesKey(with:)) else {
                throw VaultError.alreadyAMember
            }
            if !view.invitations.contains(where: { $0.card.id == guest.id && $0.by == vault.me.id })
            {
                try transaction.add(.invited(guest), to: log)
            }
            for check in checks {
                guard let log = vault.checkView(check)?.log else { throw VaultError.notForYou }
                if log.history.isReader(guest.id) { continue }
                let opening = log.history.lettingIn(guest.id) {
                    .opened(Opening(card: guest, lifts: $0, isGuest: true))
                }
                try transaction.add([check: opening])
            }
            let lifting = view.log.history.lifting(guest.id) {
                .granted(Grant(card: guest, declarations: [], lifts: $0))
            }
            try transaction.add([log: lifting])
            if transaction.log(log)?.history.isReader(guest.id) != true {
                transaction.change.wait(.declaration, in: view.named, for: guest)
            }
        }
    }

    /// Rewrites the case for somebody who reads it since they answered, if that was not done yet.
    private func seal(
        _ view: CaseView, to card: MemberCard, in transaction: inout Transaction
    ) throws(VaultError) {
        guard !view.log.files.contains(where: { $0.readers.ids.contains(card.id) }) else {
            throw .alreadyAReader
        }
        transaction.rewrite(log)
    }

    /// Takes somebody out: a fresh key, everything rewritten, the old files deleted at once.
    ///
    /// Whoever is in can be taken out, also who does not read, since they must answer a check.
    ///
    /// - Throws: `notForYou`, `lastReader`, `refused` for somebody who is not in the case or
    ///   for yourself (then recuse), `fileSystem`, `diskFull`.
    public func revokeAccess(
        of member: CardID, progress: WorkProgress.Handler? = nil
    ) throws(VaultError) -> AccessChange {
        if member == vault.me.id { return try recuse() }
        return try vault.change(progress: progress) { (transaction) throws(VaultError) in
            let view = try view()
            let history = view.log.history
            guard history.isIn(member), let card = history.everReaders[member] else {
                throw VaultError.notAReader
            }
            try GrantRules(vault: vault, view: view).revoke(card, in: &transaction)
        }
    }

    /// Takes somebody out; see `revokeAccess(of:progress:)`.
    public func revokeAccess(of member: MemberCard) throws(VaultError) -> AccessChange {
        try revokeAccess(of: member.id)
    }

    /// Leaves the case, because of the reporter or a witness; recorded in the case file only.
    ///
    /// Who leaves never makes the new key: a colleague's catching up does.
    ///
    /// - Throws: `notForYou`, `lastReader`, `fileSystem`, `diskFull`.
    public func recuse() throws(VaultError) -> AccessChange {
        let change = try vault.change { (transaction) throws(VaultError) in
            let view = try view()
            try vault.store.requireWritable(view.log)
            guard view.log.history.readers.count > 1 else { throw VaultError.lastReader }
            try transaction.leave(view.log)
        }
        vault.store.seen.firstLooks.remove(log)
        try? vault.store.saveSeen()
        return change
    }

    /// Adds a reported person: everybody is asked again, and present readers stay until they
    /// declare a conflict.
    ///
    /// - Parameters:
    ///   - person: The reported person.
    ///   - decisions: For each member whom you were shown, whether they may see the name. Readers
    ///     from whom it is kept are taken out first, in the same act; those of whom nothing is said
    ///     stay, and see it when somebody has decided.
    ///   - progress: Is told how many files were written; can stop.
    /// - Returns: The new check, and what else became of it.
    /// - Throws: `notForYou`, `firstLookNeeded`, `unknownName`, `lastReader`, `contested`,
    ///   `fileSystem`, `diskFull`.
    public func addCheck(
        about person: ReportedPerson, deciding decisions: [CardID: Visibility],
        progress: WorkProgress.Handler? = nil
    ) throws(VaultError) -> AddedCheck {
        guard let person = person.tidied else { throw .nobodyReported }
        let (check, change) = try vault.transact(progress: progress) {
            (transaction) throws(VaultError) in
            let view = try viewAfterFirstLook()
            let roster = try vault.activeRoster()
            let (readers, hidden) = try vault.decided(decisions, in: roster, &transaction)
            let rules = GrantRules(vault: vault, view: view)
            for card in view.log.history.readerCards where hidden.contains(card.id) {
                try rules.revoke(card, in: &transaction)
            }
            if let row = vault.row(of: view) {
                let seeing = row.history.readerIDs.filter(hidden.contains)
                if !seeing.isEmpty { try transaction.add(.revoked(seeing), to: row.id) }
            }
            // A former member who has not been taken out yet is no guest.
            let guests = view.log.history.readerCards.filter { roster.ever[$0.id] == nil }
            let bond = Bond.random()
            let root = try transaction.first(
                .checkStarted(
                    CheckStart(
                        readers: readers, withheld: hidden, tag: bond.tag(linkedTo: log))))
            let check = try transaction.start(with: root)
            try transaction.add(.named(person), to: check)
            try transaction.add(
                .declared(DeclarationStatement(answer: .noConflict, replaces: [])), to: check)
            for guest in guests {
                try transaction.add(.opened(Opening(card: guest, isGuest: true)), to: check)
            }
            let staying = transaction.log(log)?.history.readerIDs ?? []
            try transaction.add(
                .checkLinked(
                    CheckLink(check: BoundLog(log: check, bond: bond), readers: Array(staying))),
                to: log)
            for card in readers + guests where card.id != vault.me.id {
                transaction.change.wait(.declaration, for: card)
            }
            return check
        }
        return AddedCheck(id: ConflictCheck.ID(check), change: change)
    }

    /// Takes a conflict check off the case that was added to it: nobody has to answer it any more to
    /// read the case. Whoever declared a conflict on it stays out all the same.
    ///
    /// - Parameters:
    ///   - check: The check. It stays in the vault, with its name.
    ///   - progress: Is told how many files were written; can stop.
    /// - Returns: Who can read the case now, or waits.
    /// - Throws: `unknownName` for a check that is not of this case or was taken off; `refused` for one
    ///   that the case began with; `notForYou`, `firstLookNeeded`, `needsComparison`, `fileSystem`,
    ///   `diskFull`.
    public func removeCheck(
        _ check: ConflictCheck.ID, progress: WorkProgress.Handler? = nil
    ) throws(VaultError) -> AccessChange {
        try vault.change(progress: progress) { (transaction) throws(VaultError) in
            let view = try viewAfterFirstLook()
            let asking = Set(view.log.history.view?.askingLinks ?? [])
            let links = view.log.history.order.filter { record in
                asking.contains(record.id) && view.checks(of: [record]).contains(LogID(check))
            }
            guard !links.isEmpty else {
                throw view.checks.contains(LogID(check))
                    ? VaultError.firstCheckStays : VaultError.unknownCheck
            }
            try transaction.add([view.log.id: view.endings(of: links)])
        }
    }
}

/// What became of adding a reported person to a case.
public struct AddedCheck: Identifiable, Sendable {
    /// The new check.
    public let id: ConflictCheck.ID
    /// What else became of the act.
    public let change: AccessChange
}
