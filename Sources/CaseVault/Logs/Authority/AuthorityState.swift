// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Who counts: everything that one computer makes of the records that are here.
///
/// A pure function of the owner's card, the set of records and what the computer remembers. It
/// says who is in, who has power, who reads, what is erased, what people are asked, and what the
/// computer should sign. Docs/AUTHORITY.md has the rules.
struct AuthorityState: Sendable {
    /// All records, numbered.
    let facts: AuthorityFacts
    /// The logs whose first records are here, by their numbers.
    private let logs: [AuthorityLog?]
    /// What this computer makes of each of them.
    private let views: [AuthorityView?]
    /// The owner of this computer.
    let me: CardID
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
        let facts = AuthorityFacts(records, roster: roster, rules: rules)
        let logs = facts.roots.indices.map { AuthorityLog($0, in: facts) }
        self.init(of: me, facts: facts, logs: logs, memory: memory)
    }

    /// What another computer makes of the same records.
    ///
    /// - Parameters:
    ///   - other: Its owner.
    ///   - memory: What it remembers.
    /// - Returns: Its state.
    func of(_ other: CardID, memory: AuthorityMemory? = nil) -> AuthorityState {
        AuthorityState(of: other, facts: facts, logs: logs, memory: memory)
    }

    /// Settles all logs: the roster first, then the cases, then rows and checks, which look at
    /// their case.
    private init(
        of me: CardID, facts: AuthorityFacts, logs: [AuthorityLog?], memory: AuthorityMemory?
    ) {
        self.facts = facts
        self.logs = logs
        self.me = me
        self.memory = memory
        var views: [AuthorityView?] = Array(repeating: nil, count: logs.count)
        let number = facts.numbers[me]
        func settle(_ log: AuthorityLog, _ roster: AuthorityView?, _ cases: [AuthorityView]) {
            let known = memory?.logs[facts.logIDs[log.number]]
            views[log.number] = AuthorityView(
                log, me: number, memory: known, roster: roster, cases: cases,
                takesOver: !(known?.readers.contains(me) ?? false))
        }
        guard let committee = logs[facts.roster], committee.root.kind == .roster else {
            self.views = views
            return
        }
        settle(committee, nil, [])
        let roster = views[facts.roster]
        var owners: [Int: [Int]] = [:]
        for case let log? in logs where log.root.kind == .caseFile {
            settle(log, roster, [])
            for part in log.parts { owners[part, default: []].append(log.number) }
        }
        for case let log? in logs where log.root.kind == .check || log.root.kind == .row {
            // A row or check is judged by its case only where the owner is in that case.
            let cases = (owners[log.number] ?? []).compactMap { views[$0] }.filter { view in
                !facts.follow(.ownCases) || number.flatMap(view.local).map(view.isIn) ?? false
            }
            settle(log, roster, cases)
        }
        self.views = views
    }

    /// What this computer makes of a log; `nil` if its first record is not here.
    subscript(log: LogID) -> AuthorityView? { facts.logNumbers[log].flatMap { views[$0] } }

    /// The roster.
    var roster: AuthorityView? { views[facts.roster] }

    /// The logs whose first records are here.
    var all: [LogID: AuthorityView] {
        var all: [LogID: AuthorityView] = [:]
        for case let view? in views { all[facts.logIDs[view.log.number]] = view }
        return all
    }

    /// What the computer remembers from now on.
    var nextMemory: AuthorityMemory {
        var next = memory ?? AuthorityMemory()
        for (log, view) in all { next.logs[log] = view.memory(after: memory?.logs[log]) }
        return next
    }

    // MARK: What is signed

    /// Which acts of others this computer should sign as counted, log by log: every removal of
    /// somebody ever in, and whatever else a computer of the same owner without memory would not
    /// find; all that counts, if it would find more. The test is the rule itself.
    ///
    /// - Parameter excessive: For each log, whose records intake cannot all take: what counts of
    ///   them is signed as if they had gone.
    /// - Returns: The acts to list in one record of each log.
    func owed(excessive: [LogID: [CardID]] = [:]) -> [(log: LogID, acts: [RecordID])] {
        var fresh: [Int: AuthorityView] = [:]
        var all: [(log: LogID, acts: [RecordID])] = []
        let order: [LogKind] = [.roster, .caseFile, .check, .row]
        for kind in order {
            for case let view? in views where view.log.root.kind == kind {
                let log = facts.logIDs[view.log.number]
                let acts = owed(view, excessive: excessive[log] ?? [], &fresh)
                if acts.isEmpty { continue }
                all.append((log, acts.map(view.log.id).sorted()))
            }
        }
        return all
    }

    /// What is owed in one log.
    ///
    /// - Parameters:
    ///   - view: What this computer makes of it.
    ///   - excessive: Whose records intake cannot all take.
    ///   - fresh: What a new computer would make of the logs looked at before, with what is owed
    ///     there signed.
    /// - Returns: The records, by their numbers in the log.
    private func owed(
        _ view: AuthorityView, excessive: [CardID], _ fresh: inout [Int: AuthorityView]
    ) -> [Int] {
        let (log, number) = (view.log, facts.numbers[me])
        guard !view.isCalm || !excessive.isEmpty else {
            fresh[log.number] = view
            return []
        }
        let signs = facts.follow(.sign) && number.flatMap(log.local).map(view.isIn) ?? false
        var isMine = Array(repeating: false, count: log.records.count)
        if let me = number.flatMap(log.local) {
            for record in log.lists[me] { isMine[record] = true }
        }
        let free = log.records.indices.filter { view.standing.taken[$0] && !isMine[$0] }
        let fleeting = Set(excessive.compactMap { facts.numbers[$0].flatMap(log.local) })
        var need = Set(
            free.filter { record in
                if !signs { return false }
                if fleeting.contains(log.authors[record]) { return true }
                return log.kinds[record] == .removes && facts.follow(.signRemovals)
                    && log.bars[record].contains { view.standing.letIn[$0] }
            })
        let isRoster = log.root.kind == .roster
        while true {
            let new = AuthorityView(
                log, me: number, memory: nil, counted: need.sorted(),
                roster: isRoster ? nil : fresh[facts.roster],
                cases: view.cases.compactMap { fresh[$0.log.number] })
            fresh[log.number] = new
            // Where it would find more, all that counts here is signed, so that it starts there.
            let isMore =
                facts.follow(.signAll)
                && log.records.indices.contains {
                    new.standing.taken[$0] && !view.standing.taken[$0] && log.kinds[$0] != .text
                }
            let missing = free.filter {
                !need.contains($0) && (isMore || !new.standing.taken[$0])
            }
            if missing.isEmpty || !signs { return need.sorted() }
            need.formUnion(missing)
        }
    }
}
