// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Case {
    /// Votes on an entry; your later vote on it replaces the earlier one.
    ///
    /// - Parameters:
    ///   - vote: Your vote.
    ///   - entry: The entry that you were shown.
    /// - Returns: How the votes stand now, and what else became of it.
    /// - Throws: `notForYou`, `firstLookNeeded`, `unknownName`; `changedMeanwhile` for an entry that
    ///   was corrected or erased; `refused` for who has a conflict; `fileSystem`, `diskFull`.
    public func vote(_ vote: Vote, on entry: Entry.ID) throws(VaultError) -> CastVote {
        let change = try vault.change { (transaction) throws(VaultError) in
            let view = try viewAfterFirstLook()
            let record = try view.entryRecord(RecordID(entry)).id
            try refuseChanged(entry, in: view)
            guard voters(view).contains(where: { $0.id == vault.me.id }) else {
                throw VaultError.conflictedVote
            }
            try transaction.add(.voted(VoteStatement(entry: record, vote: vote)), to: log)
        }
        return CastVote(tally: try tally(of: entry), change: change)
    }

    /// Counts the votes on an entry.
    ///
    /// Only the readers of today count. A member's last vote counts; of two that were cast
    /// without knowing of each other, the one that comes last in the order of the log, the same
    /// on every computer.
    ///
    /// - Parameter entry: The entry.
    /// - Returns: The count by today's rules.
    /// - Throws: `notForYou`, `firstLookNeeded`, `unknownName`.
    public func tally(of entry: Entry.ID) throws(VaultError) -> Tally {
        let view = try viewAfterFirstLook()
        let voted = try view.entryRecord(RecordID(entry)).id
        var votes: [CardID: Vote] = [:]
        for record in view.log.history.counting {
            if case .voted(let statement) = record.statement, statement.entry == voted {
                votes[record.author.id] = statement.vote
            }
        }
        let voters = voters(view)
        let cast = voters.compactMap { votes[$0.id] }
        return Tally(
            entry: entry, label: vault.entryNames(view.log).label(of: voted),
            yes: cast.count { $0 == .yes }, no: cast.count { $0 == .no },
            abstain: cast.count { $0 == .abstain }, open: voters.filter { votes[$0.id] == nil },
            needed: vault.rules.majority.needed(of: voters.count), quorum: vault.rules.quorum,
            notCounted: notCounted(view, voters),
            isStale: view.entryRecords.contains { $0.corrects == voted }
        )
    }

    /// Who may vote: the readers, by name.
    private func voters(_ view: CaseView) -> [MemberCard] {
        view.log.history.readerCards.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }

    /// The members who do not count, and why as far as it is anybody's business.
    private func notCounted(_ view: CaseView, _ voters: [MemberCard]) -> [Tally.NotCounted] {
        let rules = GrantRules(vault: vault, view: view)
        let counted = Set(voters.map(\.id))
        let others = (vault.roster.map { Array($0.active.values) } ?? []).filter {
            !counted.contains($0.id)
        }
        return others.map { card in
            let reason: Tally.Reason =
                switch rules.state(of: card) {
                case .conflict: .conflict
                case .recused, .revoked: .recused
                // A name may be kept from somebody who must not notice: not a reason to show.
                case .noAnswer, .unconfirmed, .withheld, .ready: .noAnswer
                }
            return Tally.NotCounted(member: card, reason: reason)
        }.sorted { ($0.member.name, $0.member.id) < ($1.member.name, $1.member.id) }
    }
}
