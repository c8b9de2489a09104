// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The records of one log, with its people and its records numbered once more from 0.
///
/// It holds what no computer's memory can change: who lists what, what each act would lift, who
/// vouches for whom.
final class AuthorityLog: Sendable {
    /// What a record is; facts that no list carries are `other`.
    enum Kind: UInt8, Sendable {
        /// It lets somebody in.
        case letsIn
        /// It vouches for somebody.
        case confirms
        /// It takes people out.
        case removes
        /// It goes.
        case leaves
        /// An entry.
        case text
        /// Anything else.
        case other
    }

    /// What else there is to say of an act that lets somebody in.
    struct Traits: OptionSet, Sendable {
        let rawValue: UInt8
        /// The card need not be in the roster.
        static let guest = Self(rawValue: 1)
        /// The card is a lone founder's second.
        static let second = Self(rawValue: 2)
        /// It lifts something.
        static let lifts = Self(rawValue: 4)
        /// All that it lifts is here.
        static let complete = Self(rawValue: 8)
        /// It names the log's first record.
        static let namesRoot = Self(rawValue: 16)
        /// It replaces a key, and the new key does not say so.
        static let unsigned = Self(rawValue: 32)
        /// It only lifts: it lets in nobody who never was, and is no voucher.
        static let onlyLifts = Self(rawValue: 64)
        /// It replaces a key.
        static let replaces = Self(rawValue: 128)
    }

    /// All records of the vault.
    let facts: AuthorityFacts
    /// Which log.
    let number: Int
    /// Its first record.
    let root: AuthorityRoot
    /// Its people, by their numbers in the vault, ascending.
    let people: [Int]
    /// Its records, by their numbers in the vault.
    let records: [Int]
    /// What each record is.
    let kinds: [Kind]
    /// Who signed each record.
    let authors: [Int]
    /// Whom a record lets in or vouches for; -1 for others.
    let cards: [Int]
    /// What else there is to say of each.
    let traits: [Traits]
    /// The first people.
    let first: [Bool]
    /// How many first people there are.
    let firstCount: Int

    /// For each person, the removals on their list.
    let removals: Ragged
    /// For each person, what on their list lets in or vouches.
    let grants: Ragged
    /// For each person, the entries on their list.
    let texts: Ragged
    /// For each person, everything on their list.
    let lists: Ragged
    /// For each person, their leaves.
    let leaves: Ragged
    /// For each leave, the records of this log that it names.
    let kept: Ragged

    /// For each removal and leave, whom it takes out: each pair is a bar, by its place in this.
    let bars: Ragged
    /// For each person, the bars against them.
    let barsOf: Ragged
    /// The record of each bar.
    let barRecords: [Int]
    /// For each act that lets somebody in, the bars that it lifts.
    let lifted: Ragged
    #if DEBUG
        /// For each such act, the records that it lifts.
        let named: Ragged
    #endif

    /// For each such act outside of the roster, the records of the roster that it lifts here, by
    /// their numbers there.
    let rosterLifts: Ragged
    /// For each person, whom their records let in, counted or not.
    let lets: Ragged
    /// Who signed the first record.
    let starter: Int

    /// For each act that lets in or vouches for somebody else, in the roster, its pair of people;
    /// -1 for others.
    let pairOf: [Int]
    /// Who vouches in each pair.
    let voucher: [Int]
    /// For whom.
    let vouched: [Int]
    /// For each person, the pairs in which they vouch.
    let pairs: Ragged
    /// For each person, the pairs in which somebody vouches for them.
    let pairsFor: Ragged

    /// The restrictions of the log, and what ends them.
    let limits: AuthorityLimits
    /// For each person, the checks of this case on which they said that they have no conflict: in
    /// the check itself, or in a record here that lets them in.
    let answers: Ragged

    /// Numbers a log; `nil` if its first record is not here.
    init?(_ number: Int, in facts: AuthorityFacts) {
        guard let root = facts.root(number) else { return nil }
        let records = Array(facts.recordsOf[number])
        let people = AuthorityLogReading.people(of: records, root: root, in: facts)
        let reading = AuthorityLogReading(
            records: records, people: people, log: number, facts: facts)
        let (count, persons) = (records.count, people.count)
        self.facts = facts
        self.number = number
        self.root = root
        self.records = records
        self.people = people
        kinds = reading.kinds
        authors = reading.authors
        cards = reading.cards
        traits = reading.traits
        var first = Array(repeating: false, count: persons)
        for person in reading.first { first[person] = true }
        self.first = first
        firstCount = first.count { $0 }
        removals = Ragged(count: persons, pairs: reading.listed { $0 == .removes })
        grants = Ragged(count: persons, pairs: reading.listed { $0 == .letsIn || $0 == .confirms })
        texts = Ragged(count: persons, pairs: reading.listed { $0 == .text })
        lists = Ragged(count: persons, pairs: reading.lists)
        leaves = Ragged(count: persons, pairs: reading.leaves)
        kept = Ragged(count: count, pairs: reading.kept, areSets: true)
        let bars = Ragged(count: count, pairs: reading.bars, areSets: true)
        self.bars = bars
        var barRecords = Array(repeating: 0, count: bars.values.count)
        for record in 0..<count { for bar in bars.places(record) { barRecords[bar] = record } }
        self.barRecords = barRecords
        barsOf = Ragged(
            count: persons, pairs: bars.values.enumerated().map { ($0.element, $0.offset) })
        lifted = Ragged(
            count: count,
            pairs: reading.lifts.compactMap { act, record in
                bars.place(of: reading.cards[act], in: record).map { (act, $0) }
            })
        #if DEBUG
            named = Ragged(count: count, pairs: reading.lifts)
        #endif
        rosterLifts = Ragged(count: count, pairs: reading.rosterLifts)
        lets = Ragged(count: persons, pairs: reading.lets)
        starter = reading.starter
        (pairOf, voucher, vouched) = reading.pairs(inRoster: root.kind == .roster)
        pairs = Ragged(count: persons, pairs: voucher.enumerated().map { ($0.element, $0.offset) })
        pairsFor = Ragged(
            count: persons, pairs: vouched.enumerated().map { ($0.element, $0.offset) })
        limits = reading.limits(persons: persons)
        answers = Ragged(count: persons, pairs: reading.answers(to: limits), areSets: true)
    }

    /// The number of a person in this log, from that in the vault.
    func local(_ person: Int) -> Int? {
        let place = people.partitioningIndex { $0 >= person }
        return place < people.count && people[place] == person ? place : nil
    }

    /// Where a record stands in this log; `nil` if it is not here.
    func place(_ id: RecordID) -> Int? {
        guard let record = facts.recordNumbers[id], facts.logs[record] == number else { return nil }
        return facts.places[record]
    }

    /// The key that an act replaces; `nil` if there is none or it does not occur in this log.
    func replacedKey(_ record: Int) -> Int? {
        guard case .letsIn(let grant) = facts.records[records[record]].act, let old = grant.replaces
        else { return nil }
        return facts.numbers[old].flatMap(local)
    }

    /// The log's name.
    var id: LogID { facts.logIDs[number] }

    /// The name of a record.
    func id(_ record: Int) -> RecordID { facts.records[records[record]].id }

    /// The card of a person.
    func card(_ person: Int) -> CardID { facts.people[people[person]] }

    /// The checks on which a conflict puts somebody out of the case: all that were ever linked, so
    /// that ending a link sheds no conflict.
    var checksOfConflicts: Set<Int> {
        #if DEBUG
            if !facts.follow(.conflictStays) {
                let open = limits.links.indices.filter { !limits.endedLinks.values.contains($0) }
                return Set(limits.rootChecks).union(open.map { limits.checks[$0] })
            }
        #endif
        return limits.allChecks
    }

    /// Whether this is a case with checks that somebody has to answer.
    var hasChecks: Bool {
        root.kind == .caseFile && !(limits.rootChecks.isEmpty && limits.links.isEmpty)
    }

    /// The row and the checks that belong to this case, and name it too or are not here.
    var parts: Set<Int> {
        var parts = limits.allChecks
        let author = facts.authors[facts.roots[number]]
        if let row = root.row, facts.fits(row, of: author), let log = facts.logNumbers[row.log] {
            parts.insert(log)
        }
        return parts
    }

    /// Whom any record here lets in, from the first people on, leaving some people and whoever came
    /// by them only aside.
    func known(without people: Set<Int>) -> [Bool] {
        var known = Array(repeating: false, count: self.people.count)
        var todo = first.indices.filter { first[$0] } + [starter]
        while let person = todo.popLast() {
            guard !known[person], !people.contains(person) else { continue }
            known[person] = true
            todo += lets[person]
        }
        return known
    }

    /// Whether only one person, an author, founded.
    func isFoundedAlone(by person: Int) -> Bool { firstCount == 1 && first[person] }
}
