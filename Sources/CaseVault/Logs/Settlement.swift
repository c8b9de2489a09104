// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// What one computer makes of the records of all logs: the one place where the rules are asked.
///
/// It follows from the owner's card, the records and what the computer remembers. Nothing here
/// looks at parents, days or the order of arrival, but for one thing: an erasure is carried out a
/// day after this computer first saw it.
///
/// The roster is settled first, then each case with its row and checks by itself. What did not
/// change is kept, also where the roster changed, if nobody stands otherwise in it who occurs there;
/// `init` is the slow way to the same.
struct Settlement: Sendable {
    /// The roster.
    private(set) var roster: SettledRoster
    /// The owner of this computer.
    let me: CardID
    /// The roster's name.
    private let rosterID: LogID
    /// For each other log, what it was settled with.
    private var families: [LogID: LogFamily] = [:]
    /// For each row and check that cases name, the cases.
    private var namers: [LogID: Set<LogID>] = [:]
    /// The families in which something has to be signed, by their names.
    private var owing: Set<LogID> = []
    /// The logs that this computer settled before.
    private var settledBefore: [LogID: [CardID]]

    /// Settles all logs.
    ///
    /// - Parameters:
    ///   - me: The owner of this computer.
    ///   - roster: The roster's name.
    ///   - logs: What the rules look at in each log.
    ///   - memory: What the computer remembers.
    init(of me: CardID, roster: LogID, logs: LogActs.Table, memory: StandingMemory) {
        self.init(
            in: SettledRoster(roster, of: me, among: logs, memory: memory), of: me, roster, logs,
            memory)
    }

    /// Settles all other logs in a roster.
    private init(
        in roster: SettledRoster, of me: CardID, _ rosterID: LogID, _ logs: LogActs.Table,
        _ memory: StandingMemory
    ) {
        self.me = me
        self.rosterID = rosterID
        settledBefore = memory.readers
        self.roster = roster
        regroup(logs.ids, in: logs, memory)
    }

    /// Works out what follows from changes: the families in which nothing changed stay the same.
    ///
    /// - Parameters:
    ///   - touched: The logs that may have changed, come or gone.
    ///   - logs: What the rules look at in each log that is here.
    ///   - memory: What the computer remembers.
    /// - Returns: The logs of which it may say something else than before.
    mutating func change(
        _ touched: Set<LogID>, in logs: LogActs.Table, memory: StandingMemory
    ) -> Set<LogID> {
        let changed = touched.filter { id in
            let (before, now) = (acts(of: id), logs[id])
            if let before, let now { return !before.isSame(as: now) }
            return before != nil || now != nil
        }
        if changed.isEmpty { return [] }
        settledBefore = memory.readers
        guard roster.isGuest || changed.contains(rosterID) else {
            return regroup(changed, in: logs, memory)
        }
        let earlier = roster
        roster = SettledRoster(rosterID, of: me, among: logs, memory: memory)
        guard let others = roster.people(unlike: earlier) else {
            let known = families.keys
            self = Settlement(in: roster, of: me, rosterID, logs, memory)
            return logs.ids.union(known)
        }
        return regroup(changed.union(move(without: others)), in: logs, memory).union([rosterID])
    }

    /// Takes what was settled over into the new roster.
    ///
    /// - Parameter others: Who stands otherwise in it.
    /// - Returns: The logs that have to be settled again.
    private mutating func move(without others: Set<CardID>) -> Set<LogID> {
        var concerned: Set<LogID> = []
        for (id, family) in families where family.id == id {
            if let moved = family.moved(to: roster, unlike: others) {
                for member in moved.members { families[member.log] = moved }
            } else {
                concerned.formUnion(family.members.map(\.log))
            }
        }
        return concerned
    }

    /// What was settled of a log.
    private func acts(of id: LogID) -> LogActs? {
        if id == rosterID { return roster.acts }
        return families[id]?.acts(of: id)
    }

    /// Settles the families to which some logs belong, or belonged.
    ///
    /// - Parameters:
    ///   - changed: The logs that changed, came or went.
    ///   - logs: What the rules look at in each log that is here.
    ///   - memory: What the computer remembers.
    /// - Returns: All logs of these families.
    @discardableResult
    private mutating func regroup(
        _ changed: Set<LogID>, in logs: LogActs.Table, _ memory: StandingMemory
    ) -> Set<LogID> {
        noteNames(in: changed, logs)
        // Whatever was or will be settled with one of them.
        var (found, todo): (Set<LogID>, [LogID]) = ([], Array(changed))
        var replaced: Set<LogID> = []
        while let id = todo.popLast() {
            guard id != rosterID, found.insert(id).inserted else { continue }
            if let family = families[id], replaced.insert(family.id).inserted {
                todo += family.members.map(\.log)
            }
            if changed.contains(id) { todo += namers[id] ?? [] }
            for part in logs[id]?.parts ?? [] where logs[part.log]?.isFor(part) ?? false {
                todo.append(part.log)
            }
        }
        let (roster, groups) = (roster, Self.groups(of: found, in: logs))
        let settled = parallelMap(count: groups.count, width: 2, stride: 8) { i in
            LogFamily(
                groups[i].members, beside: groups[i].beside, elsewhere: groups[i].elsewhere,
                in: roster, memory: memory)
        }
        for id in found { families[id] = nil }
        owing.subtract(replaced)
        for family in settled {
            for member in family.members { families[member.log] = family }
            if !family.owed.isEmpty { owing.insert(family.id) }
        }
        return found
    }

    /// Notes which cases name which rows and checks.
    private mutating func noteNames(in changed: Set<LogID>, _ logs: LogActs.Table) {
        for id in changed {
            let before = Set((acts(of: id)?.parts ?? []).map(\.log))
            let now = Set((logs[id]?.parts ?? []).map(\.log))
            for part in before.subtracting(now) { namers[part]?.remove(id) }
            for part in now.subtracting(before) { namers[part, default: []].insert(id) }
        }
    }

    /// Logs that name each other; what is here of checks without their first records, which any
    /// case may name; and what does not name the case that names it.
    private typealias Group = (members: [LogActs], beside: [LogActs], elsewhere: Set<LogID>)

    /// Which logs belong together.
    private static func groups(of found: Set<LogID>, in logs: LogActs.Table) -> [Group] {
        let here = found.compactMap { logs[$0] }.filter { $0.root != nil }
        var namers: [LogID: [LogActs]] = [:]
        for log in here {
            for part in log.parts where logs[part.log]?.isFor(part) ?? false {
                namers[part.log, default: []].append(log)
            }
        }
        var groups: [Group] = []
        var done: Set<LogID> = []
        for first in here where !done.contains(first.log) {
            var (members, todo): ([LogActs], [LogActs]) = ([], [first])
            var (beside, elsewhere): ([LogID: LogActs], Set<LogID>) = ([:], [])
            while let log = todo.popLast() {
                guard done.insert(log.log).inserted else { continue }
                members.append(log)
                todo += namers[log.log] ?? []
                for part in log.parts {
                    guard let other = logs[part.log] else { continue }
                    if other.root == nil {
                        beside[other.log] = other
                    } else if other.isFor(part) {
                        todo.append(other)
                    } else {
                        elsewhere.insert(other.log)
                    }
                }
            }
            groups.append((members, Array(beside.values), elsewhere))
        }
        return groups
    }

    // MARK: - What follows

    /// What this computer makes of a log; `nil` if its first record is not here.
    subscript(log: LogID) -> AuthorityView? {
        log == rosterID ? roster.committee.view : families[log]?.state[log]
    }

    /// What a colleague's computer makes of the records of a log that are here. By the rule of
    /// signing, that is what it says if it has them.
    func view(of log: LogID, by colleague: CardID) -> AuthorityView? {
        log == rosterID
            ? roster.colleague(colleague).view : families[log]?.colleague(colleague)[log]
    }

    /// Who read a log when this computer last looked.
    func readBefore(_ log: LogID) -> [CardID] { settledBefore[log] ?? [] }

    /// What people are asked about a log, but for the checks that they have to answer.
    func questions(about log: LogID, withAnswers: Bool = false) -> AuthorityQuestions {
        if let family = families[log] {
            return family.state.questions(
                about: log, withAnswers: withAnswers, colleague: family.colleague)
        }
        func alone(_ committee: AuthorityCommittee) -> AuthorityState {
            AuthorityState(in: committee, records: [], memory: nil)
        }
        return alone(roster.committee).questions(about: log, withAnswers: withAnswers) {
            alone(roster.colleague($0))
        }
    }

    /// Whether somebody started a log who is a member; or was, if this computer knows the log from
    /// that time, or it belongs to a case that I am in, or somebody else took part.
    ///
    /// Anybody can seal a file to a card, and a former member knows everybody's. A case needs no such
    /// look: there the first record names nobody but its author.
    ///
    /// - Parameters:
    ///   - view: The log.
    ///   - sealers: Who sealed the files that hold it: what a member's computer passes on, it knows
    ///     from when its starter was a member. Otherwise two computers would differ for good.
    /// - Returns: Whether the log is shown and written.
    func isFromMember(_ view: AuthorityView, passedOnBy sealers: some Sequence<CardID>) -> Bool {
        let (kind, log) = (view.log.root.kind, view.log)
        guard kind == .check || kind == .row, !roster.isGuest, let members = roster.committee.view
        else { return true }
        guard let there = members.local(log.card(log.starter)), members.standing.letIn[there]
        else { return false }
        if members.isIn(there) || !view.cases.isEmpty { return true }
        if settledBefore[log.id] != nil { return true }
        if sealers.contains(where: { members.local($0).map(members.isIn) ?? false }) { return true }
        return log.authors.contains { author in
            author != log.starter
                && members.local(log.card(author)).map { members.standing.letIn[$0] } ?? false
        }
    }

    /// Which acts of others I have to sign as counted, log by log.
    var owed: [(log: LogID, acts: [RecordID])] {
        let theirs = owing.sorted().flatMap { families[$0]?.owed ?? [] }
        return roster.owed.isEmpty ? theirs : [(rosterID, roster.owed)] + theirs
    }

    /// Notes what the computer remembers of some logs from now on.
    func note(_ logs: Set<LogID>, in memory: inout StandingMemory) {
        if roster.isGuest { return }
        for id in logs {
            guard let view = self[id], isFromMember(view, passedOnBy: []) else { continue }
            var known = view.memory(after: nil)
            if known.readers.count > ReaderList.limit {
                // Who finds no place does not read.
                known.readers = view.ranked(readBefore: readBefore(id))
                    .prefix(ReaderList.limit).sorted()
            }
            memory.note(known, of: id)
            if id == rosterID { memory.noteOut(of: view) }
            if let acts = acts(of: id) { memory.noteRestrictions(in: acts) }
        }
    }
}
