// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Who counts: what one computer makes of the roster and of some other logs.
///
/// A pure function of the owner's card, the set of records and what the computer remembers. It
/// says who is in, who has power, who reads, what is erased, what people are asked, and what the
/// computer should sign. Docs/AUTHORITY.md has the rules.
///
/// A case and the row and checks that name it too look at each other and at the roster, at nothing
/// else. So a vault may be settled in one such state, or in many that share the roster.
struct AuthorityState: Sendable {
    /// The roster.
    let committee: AuthorityCommittee
    /// The records of the other logs, numbered.
    let facts: AuthorityFacts
    /// The logs whose first records are here, by their numbers.
    private let logs: [AuthorityLog?]
    /// What this computer makes of each of them.
    private let views: [AuthorityView?]
    /// What the computer remembered.
    private let memory: AuthorityMemory?

    /// Works everything out.
    ///
    /// - Parameters:
    ///   - me: The owner of the computer.
    ///   - roster: The vault's roster.
    ///   - records: The records of all logs as intake leaves them, in any order.
    ///   - memory: What the computer remembers; `nil` for a new one.
    ///   - rules: Which rules hold: all, but for tests.
    init(
        of me: CardID, roster: LogID, records: some Sequence<AuthorityRecord>,
        memory: AuthorityMemory? = nil, rules: AuthorityRules = .all
    ) {
        var (inRoster, others): ([AuthorityRecord], [AuthorityRecord]) = ([], [])
        others.reserveCapacity(records.underestimatedCount)
        for record in records {
            if record.log == roster { inRoster.append(record) } else { others.append(record) }
        }
        self.init(
            in: AuthorityCommittee(
                of: me, roster: roster, records: inRoster, memory: memory?.logs[roster],
                rules: rules),
            records: others, memory: memory)
    }

    /// Works out what follows for other logs than the roster.
    ///
    /// - Parameters:
    ///   - committee: The roster.
    ///   - records: The records of cases with all rows and checks that name them too, or of rows
    ///     and checks without a case, as intake leaves them, in any order.
    ///   - elsewhere: Other logs that do not belong to these, though these name them.
    ///   - memory: What the computer remembers of these logs; `nil` for a new one.
    init(
        in committee: AuthorityCommittee, records: some Sequence<AuthorityRecord>,
        elsewhere: Set<LogID> = [], memory: AuthorityMemory?
    ) {
        let facts = AuthorityFacts(
            records, committee: committee.facts, elsewhere: elsewhere,
            rules: committee.facts.rules)
        let logs = facts.roots.indices.map { AuthorityLog($0, in: facts) }
        self.init(in: committee, facts: facts, logs: logs, memory: memory)
    }

    /// What another computer makes of the same records.
    ///
    /// - Parameters:
    ///   - other: Its owner.
    ///   - memory: What it remembers.
    /// - Returns: Its state.
    func of(_ other: CardID, memory: AuthorityMemory? = nil) -> AuthorityState {
        let roster = committee.view?.log.id
        return of(
            committee.of(other, memory: roster.flatMap { memory?.logs[$0] }), memory: memory)
    }

    /// The same where its roster is known.
    func of(_ committee: AuthorityCommittee, memory: AuthorityMemory? = nil) -> AuthorityState {
        AuthorityState(in: committee, facts: facts, logs: logs, memory: memory)
    }

    /// Settles the logs: the cases first, then rows and checks, which look at their case.
    private init(
        in committee: AuthorityCommittee, facts: AuthorityFacts, logs: [AuthorityLog?],
        memory: AuthorityMemory?
    ) {
        self.committee = committee
        self.facts = facts
        self.logs = logs
        self.memory = memory
        var views: [AuthorityView?] = Array(repeating: nil, count: logs.count)
        guard let roster = committee.view else {
            self.views = views
            return
        }
        let (me, number) = (committee.me, facts.numbers[committee.me])
        func settle(_ log: AuthorityLog, _ cases: [AuthorityView]) {
            let known = memory?.logs[log.id]
            views[log.number] = AuthorityView(
                log, me: number, memory: known, roster: roster, cases: cases,
                takesOver: !(known?.readers.contains(me) ?? false))
        }
        var owners: [Int: [Int]] = [:]
        for case let log? in logs where log.root.kind == .caseFile {
            settle(log, [])
            for part in log.parts { owners[part, default: []].append(log.number) }
        }
        for case let log? in logs where log.root.kind == .check || log.root.kind == .row {
            // A row or check is judged by its case only where the owner is in that case.
            let cases = (owners[log.number] ?? []).compactMap { views[$0] }.filter { view in
                !facts.follow(.ownCases) || number.flatMap(view.local).map(view.isIn) ?? false
            }
            settle(log, cases)
        }
        self.views = views
    }

    /// The owner of this computer.
    var me: CardID { committee.me }

    /// The roster.
    var roster: AuthorityView? { committee.view }

    /// What this computer makes of a log; `nil` if its first record is not here.
    subscript(log: LogID) -> AuthorityView? {
        if let roster, roster.log.id == log { return roster }
        return facts.logNumbers[log].flatMap { views[$0] }
    }

    /// The logs other than the roster whose first records are here.
    var others: some Sequence<AuthorityView> { views.lazy.compactMap(\.self) }

    /// The logs whose first records are here.
    var all: [LogID: AuthorityView] {
        var all: [LogID: AuthorityView] = [:]
        if let roster { all[roster.log.id] = roster }
        for view in others { all[view.log.id] = view }
        return all
    }

    /// What the computer remembers from now on.
    var nextMemory: AuthorityMemory {
        var next = memory ?? AuthorityMemory()
        for (log, view) in all { next.logs[log] = view.memory(after: memory?.logs[log]) }
        return next
    }

    // MARK: What is signed

    /// Which acts of others this computer should sign as counted, log by log; see
    /// `AuthorityView.owed`.
    ///
    /// - Parameter excessive: For each log, whose records intake cannot all take.
    /// - Returns: The acts to list in one record of each log.
    func owed(excessive: [LogID: [CardID]] = [:]) -> [(log: LogID, acts: [RecordID])] {
        guard let roster else { return [] }
        let (acts, fresh) = committee.owed(excessive: excessive[roster.log.id] ?? [])
        let theirs = owed(fresh: fresh, excessive: excessive)
        return acts.isEmpty ? theirs : [(roster.log.id, acts)] + theirs
    }

    /// The same in the logs other than the roster.
    ///
    /// - Parameters:
    ///   - roster: What a new computer would make of the roster once what is owed there is signed.
    ///   - excessive: For each log, whose records intake cannot all take.
    /// - Returns: The acts to list in one record of each log.
    func owed(
        fresh roster: AuthorityView?, excessive: [LogID: [CardID]]
    ) -> [(log: LogID, acts: [RecordID])] {
        var fresh: [Int: AuthorityView] = [:]
        var all: [(log: LogID, acts: [RecordID])] = []
        let order: [LogKind] = [.caseFile, .check, .row]
        for kind in order {
            for case let view? in views where view.log.root.kind == kind {
                let (acts, new) = view.owed(
                    by: facts.numbers[me], excessive: excessive[view.log.id] ?? [],
                    roster: roster, cases: view.cases.compactMap { fresh[$0.log.number] })
                fresh[view.log.number] = new
                if !acts.isEmpty { all.append((view.log.id, acts.map(view.log.id).sorted())) }
            }
        }
        return all
    }
}
