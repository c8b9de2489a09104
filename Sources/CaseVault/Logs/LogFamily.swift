// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A case and the row and checks that name it too, or a row or check by itself, as this computer
/// counts them: what is settled together, because it looks at each other.
final class LogFamily: Sendable {
    /// The logs, ascending.
    let members: [LogActs]
    /// What this computer makes of them.
    let state: AuthorityState
    /// Which acts of others it has to sign as counted, log by log.
    let owed: [(log: LogID, acts: [RecordID])]
    /// The roster.
    private let roster: SettledRoster
    /// What colleagues' computers make of the logs, as far as anybody asked.
    private let colleagues = RecentResults<AuthorityState>()

    /// Settles logs.
    ///
    /// - Parameters:
    ///   - members: The logs.
    ///   - rootless: What is here of checks that the case names and whose first records are not
    ///     here: a conflict counts all the same.
    ///   - elsewhere: What the case names and what does not name it.
    ///   - roster: The roster.
    ///   - memory: What the computer remembers.
    init(
        _ members: [LogActs], beside rootless: [LogActs], elsewhere: Set<LogID>,
        in roster: SettledRoster, memory: StandingMemory
    ) {
        self.members = members.sorted { $0.log < $1.log }
        self.roster = roster
        var (records, known): ([AuthorityRecord], AuthorityMemory) = ([], AuthorityMemory())
        var excessive: [LogID: [CardID]] = [:]
        for log in self.members + rootless {
            let intake = log.taken(memory)
            if !intake.excessive.isEmpty { excessive[log.log] = intake.excessive }
            records += intake.kept
            known.logs[log.log] = memory.of(log.log, acts: intake.kept)
        }
        state = AuthorityState(
            in: roster.committee, records: records, elsewhere: elsewhere, memory: known)
        var owed: [LogID: Set<RecordID>] = [:]
        if !roster.isGuest {
            for one in state.owed(fresh: roster.fresh, excessive: excessive) {
                owed[one.log] = Set(one.acts)
            }
            for log in self.members {
                let more = log.unsignedRestrictions(
                    by: roster.committee.me, of: excessive[log.log] ?? [], memory)
                if !more.isEmpty { owed[log.log, default: []].formUnion(more) }
            }
        }
        self.owed = owed.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted()) }
    }

    /// The same in another roster, in which nobody stands otherwise who occurs here.
    private init(_ same: LogFamily, in roster: SettledRoster) {
        members = same.members
        state = same.state
        owed = same.owed
        self.roster = roster
    }

    /// The same in a new roster.
    ///
    /// - Parameters:
    ///   - roster: The new roster.
    ///   - others: Who stands otherwise in it than in the one before.
    /// - Returns: The family; `nil` if it has to be settled again.
    func moved(to roster: SettledRoster, unlike others: Set<CardID>) -> LogFamily? {
        // A row or check without a case is shown or not by who sealed it, too.
        let isConcerned =
            others.contains { state.facts.numbers[$0] != nil } || state.facts.namesOthers
            || !members.contains { $0.root?.root.kind == .caseFile }
        return isConcerned ? nil : LogFamily(self, in: roster)
    }

    /// The name of the family: its first log's.
    var id: LogID { members[0].log }

    /// What the rules look at in one of the logs.
    func acts(of log: LogID) -> LogActs? {
        let place = members.partitioningIndex { !($0.log < log) }
        return place < members.count && members[place].log == log ? members[place] : nil
    }

    /// What a colleague's computer makes of the logs.
    func colleague(_ card: CardID) -> AuthorityState {
        colleagues(card) { state.of(roster.colleague(card)) }
    }
}
