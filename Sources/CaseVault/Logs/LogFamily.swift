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

    /// The name of the family: its first log's.
    var id: LogID { members[0].log }

    /// What the rules look at in one of the logs.
    func acts(of log: LogID) -> LogActs? {
        var (low, high) = (0, members.count)
        while low < high {
            let middle = (low + high) / 2
            if members[middle].log < log { low = middle + 1 } else { high = middle }
        }
        return low < members.count && members[low].log == log ? members[low] : nil
    }

    /// What a colleague's computer makes of the logs.
    func colleague(_ card: CardID) -> AuthorityState {
        colleagues(card) { state.of(roster.colleague(card)) }
    }
}

extension LogActs {
    /// What of the log is taken in; what this computer knew stays.
    func taken(_ memory: StandingMemory) -> IntakeLimit.Intake {
        intake.excessive.isEmpty ? intake : IntakeLimit().intake(of: all, knownBefore: memory.known)
    }

    /// What restricts somebody and was known before its author wrote too much: signed like what
    /// counts, so that a new computer knows it too.
    ///
    /// - Parameters:
    ///   - me: Who signs; what they signed before is left out.
    ///   - excessive: Who wrote too much.
    ///   - memory: What this computer knew.
    /// - Returns: The records.
    func unsignedRestrictions(
        by me: CardID, of excessive: [CardID], _ memory: StandingMemory
    ) -> Set<RecordID> {
        if excessive.isEmpty { return [] }
        let authors = Set(excessive)
        var (restrictions, signed): (Set<RecordID>, Set<RecordID>) = ([], [])
        for act in all {
            if case .counts(let ids) = act.act, act.author == me { signed.formUnion(ids) }
            if act.isRestriction, act.author != me, authors.contains(act.author),
                memory.known.contains(act.id)
            {
                restrictions.insert(act.id)
            }
        }
        return restrictions.subtracting(signed)
    }
}
