// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Everything that stands in the records of some logs, whoever counts, with people, logs and
/// records numbered: of the roster, or of others that are judged by it.
///
/// Restrictions need no standing: a conflict, an answer, a hold, a link, a leave and "I was that
/// key" say something about their author only, or only hold something back. Every computer finds
/// the same here, so it is worked out once for all of them.
final class AuthorityFacts: Sendable {
    /// The records, each once.
    let records: [AuthorityRecord]
    /// Which rules hold: all, but for tests.
    let rules: AuthorityRules
    /// What stands in the roster; `nil` if this is the roster.
    let committee: AuthorityFacts?
    /// Who occurs, by their numbers.
    let people: [CardID]
    /// The number of each of them.
    let numbers: [CardID: Int]
    /// The logs that occur, by their numbers.
    let logIDs: [LogID]
    /// Which number each log has.
    let logNumbers: [LogID: Int]
    /// Which number each record has.
    let recordNumbers: [RecordID: Int]
    /// For each log, its records.
    let recordsOf: Ragged
    /// For each record, which of its log's it is.
    let places: [Int]
    /// For each log, its first record; -1 if it is not here.
    let roots: [Int]
    /// For each record, the number of its author.
    let authors: [Int]
    /// For each record, the number of its log.
    let logs: [Int]
    /// Logs that these name and that do not belong to them: their first records say so.
    private let elsewhere: Set<LogID>
    /// For each person, their number in the roster; -1 if they do not occur there.
    let committeeNumbers: [Int]
    /// The way back, where keys were replaced.
    private let fromCommittee: [Int: Int]
    /// For each check, who said there that they have no conflict.
    let answers: Ragged
    /// For each check, the records that declare a conflict, taken back or not.
    private let conflicts: Ragged
    /// For each of these that somebody takes back, who does.
    private let takenBack: [Int: Set<Int>]
    /// For each key, the keys that say they replace it.
    private let newer: Ragged

    /// Looks at all records.
    ///
    /// - Parameters:
    ///   - given: The records of the logs, in any order, as intake leaves them.
    ///   - committee: What stands in the roster; `nil` if this is the roster.
    ///   - elsewhere: Other logs that do not belong to these, though these name them.
    ///   - rules: Which rules hold.
    init(
        _ given: some Sequence<AuthorityRecord>, committee: AuthorityFacts?,
        elsewhere: Set<LogID> = [], rules: AuthorityRules
    ) {
        let numbering = AuthorityNumbering(given)
        self.committee = committee
        self.elsewhere = elsewhere
        self.rules = rules
        let there = numbering.people.map { committee?.numbers[$0] ?? -1 }
        committeeNumbers = there
        let isAsked = committee.map { !$0.newer.values.isEmpty } ?? false
        fromCommittee =
            isAsked
            ? Dictionary(
                uniqueKeysWithValues: there.enumerated().lazy.filter { $0.element >= 0 }
                    .map { ($0.element, $0.offset) }) : [:]
        records = numbering.records
        authors = numbering.authors
        logs = numbering.logs
        people = numbering.people
        numbers = numbering.numbers
        logIDs = numbering.logIDs
        logNumbers = numbering.logNumbers
        recordNumbers = numbering.recordNumbers
        let (people, logs) = (numbering.people.count, numbering.logIDs.count)
        recordsOf = Ragged(
            count: logs, pairs: numbering.logs.enumerated().map { ($0.element, $0.offset) })
        var sizes = Array(repeating: 0, count: logs)
        places = numbering.logs.map { log in
            defer { sizes[log] += 1 }
            return sizes[log]
        }
        var roots = Array(repeating: -1, count: logs)
        for (i, record) in numbering.records.enumerated() {
            guard case .starts = record.act else { continue }
            let log = numbering.logs[i]
            // A log's name is the hash of its first record, so that there is no second. If there
            // were, all computers would have to take the same.
            if roots[log] < 0 || record.id < numbering.records[roots[log]].id { roots[log] = i }
        }
        self.roots = roots
        answers = Ragged(count: logs, pairs: numbering.answers, areSets: true)
        newer = Ragged(count: people, pairs: numbering.newer, areSets: true)
        conflicts = Ragged(count: logs, pairs: numbering.declaredConflicts(), areSets: true)
        takenBack = numbering.takenBack()
    }

    /// Whether a rule holds. In what ships, all do.
    @inline(__always)
    func follow(_ rule: AuthorityRules) -> Bool {
        #if DEBUG
            rules.contains(rule)
        #else
            true
        #endif
    }

    /// For each key, the keys that say they replace it.
    var newerKeys: [CardID: Set<CardID>] {
        if newer.values.isEmpty { return [:] }
        let pairs = people.indices.lazy.map { old in
            (self.people[old], Set(self.newer[old].map { self.people[$0] }))
        }
        return Dictionary(uniqueKeysWithValues: pairs.filter { !$0.1.isEmpty })
    }

    /// Whether a record names another to lift it that is in none of these logs: perhaps one of the
    /// roster's.
    var namesOthers: Bool {
        records.contains { record in
            guard case .letsIn(let grant) = record.act else { return false }
            return grant.lifts.contains { recordNumbers[$0] == nil }
        }
    }

    /// The first record of a log, if it is here.
    func root(_ log: Int) -> AuthorityRoot? {
        guard roots[log] >= 0, case .starts(let root) = records[roots[log]].act else { return nil }
        return root
    }

    /// Whether a record is here, in one of these logs or in the roster.
    func isHere(_ id: RecordID, in log: Int) -> Bool {
        if let record = recordNumbers[id] { return logs[record] == log }
        return committee?.recordNumbers[id] != nil
    }

    /// Whether a key says itself that it replaces another. It says so in the roster.
    func says(_ key: CardID, replaces old: CardID) -> Bool {
        if let committee { return committee.says(key, replaces: old) }
        guard let key = numbers[key], let old = numbers[old] else { return false }
        return newer.contains(key, in: old)
    }

    /// People, and the keys that say they replace theirs: what holds for a key holds for the keys
    /// after it.
    func withNewerKeys(
        _ people: some Sequence<Int>, except isFree: (Int) -> Bool = { _ in false }
    ) -> Set<Int> {
        let roster = committee ?? self
        var found = Set(people)
        guard follow(.wasCarries), !roster.newer.values.isEmpty else { return found }
        // A key in between need not occur in these logs.
        var isSeen = Array(repeating: false, count: roster.people.count)
        var todo = committee == nil ? Array(found) : found.map { committeeNumbers[$0] }
        todo.removeAll { $0 < 0 }
        for key in todo { isSeen[key] = true }
        while let old = todo.popLast() {
            for key in roster.newer[old] where !isSeen[key] {
                let here = committee == nil ? key : fromCommittee[key]
                if let here, isFree(here) { continue }
                isSeen[key] = true
                todo.append(key)
                if let here { found.insert(here) }
            }
        }
        return found
    }

    /// Who has a conflict on one of some checks and has not taken it back; and their newer keys,
    /// which may take it back too.
    func conflicted(on checks: some Sequence<Int>) -> Set<Int> {
        guard follow(.conflictCounts), !conflicts.values.isEmpty else { return [] }
        var (people, open): (Set<Int>, [Int]) = ([], [])
        for check in checks {
            for record in conflicts[check] where !isTakenBack(record, by: authors[record]) {
                if takenBack[record] == nil || !follow(.wasTakesBack) {
                    open.append(authors[record])
                } else {
                    people.formUnion(
                        withNewerKeys([authors[record]]) { self.isTakenBack(record, by: $0) })
                }
            }
        }
        return open.isEmpty ? people : people.union(withNewerKeys(open))
    }

    /// Whether somebody takes a declaration back.
    private func isTakenBack(_ record: Int, by person: Int) -> Bool {
        takenBack[record]?.contains(person) ?? false
    }

    /// Who ever declared a conflict on one of some checks, taken back or not.
    func everConflicted(on checks: some Sequence<Int>) -> Set<Int> {
        guard !conflicts.values.isEmpty else { return [] }
        var people: Set<Int> = []
        for check in checks { for record in conflicts[check] { people.insert(authors[record]) } }
        return people
    }

    /// Whether a case's row or check names the case too. One whose first record is not here does:
    /// otherwise hiding it would take its check away.
    func fits(_ part: AuthorityRoot.Part, of author: Int) -> Bool {
        guard follow(.bonds) else { return true }
        guard let log = logNumbers[part.log], let other = root(log) else {
            return !elsewhere.contains(part.log)
        }
        return authors[roots[log]] == author && other.tag == part.tag
    }
}
