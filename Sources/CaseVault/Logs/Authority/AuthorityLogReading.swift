// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Reads the records of one log into pairs of numbers, from which `AuthorityLog` is made.
struct AuthorityLogReading {
    /// All records of the vault.
    private let facts: AuthorityFacts
    /// The records of the log.
    private let records: [Int]
    /// Its number.
    private let log: Int
    /// For each person of the vault, their number in the log.
    private var locals: [Int]

    /// The first people. Nobody starts a case for others.
    let first: [Int]
    /// For each person, whether a record ever let them in, by the first people or by somebody they
    /// let in and so on. Others are strangers: anybody can seal a record to public cards.
    private var isKnown: [Bool]
    /// What each record is.
    private(set) var kinds: [AuthorityLog.Kind]
    /// Who signed each.
    private(set) var authors: [Int]
    /// Whom each lets in or vouches for.
    private(set) var cards: [Int]
    /// What else there is to say.
    private(set) var traits: [AuthorityLog.Traits]
    /// Who lists which record.
    private(set) var lists: [(list: Int, value: Int)] = []
    /// Who leaves, with which record.
    private(set) var leaves: [(list: Int, value: Int)] = []
    /// Which records a leave names.
    private(set) var kept: [(list: Int, value: Int)] = []
    /// Whom a removal or a leave takes out.
    private(set) var bars: [(list: Int, value: Int)] = []
    /// Which records an act lifts, for its card.
    private(set) var lifts: [(list: Int, value: Int)] = []

    /// Which records of the roster an act lifts here, for a guest.
    private(set) var rosterLifts: [(list: Int, value: Int)] = []

    /// Reads a log.
    ///
    /// - Parameters:
    ///   - records: Its records, by their numbers in the vault.
    ///   - people: Its people, ascending.
    ///   - log: Its number.
    ///   - facts: All records of the vault.
    init(records: [Int], people: [Int], log: Int, facts: AuthorityFacts) {
        self.facts = facts
        self.records = records
        self.log = log
        var locals = Array(repeating: -1, count: facts.people.count)
        for (local, person) in people.enumerated() { locals[person] = local }
        self.locals = locals
        kinds = Array(repeating: .other, count: records.count)
        authors = records.map { locals[facts.authors[$0]] }
        first = Self.first(of: log, locals, facts)
        isKnown = Array(repeating: true, count: people.count)
        cards = Array(repeating: -1, count: records.count)
        traits = Array(repeating: [], count: records.count)
        for (place, record) in records.enumerated() { read(facts.records[record].act, at: place) }
        if facts.follow(.strangers) { findStrangers() }
        // What a list names is looked up once all kinds are known.
        for (place, record) in records.enumerated() {
            readNames(facts.records[record].act, at: place)
        }
    }

    /// Who signed the first record.
    var starter: Int { locals[facts.authors[facts.roots[log]]] }

    /// The first people of a log.
    private static func first(of log: Int, _ locals: [Int], _ facts: AuthorityFacts) -> [Int] {
        guard let root = facts.root(log) else { return [] }
        if root.kind == .caseFile { return [locals[facts.authors[facts.roots[log]]]] }
        return root.people.compactMap { facts.numbers[$0].map { locals[$0] } }
    }

    /// For each person, whom their records let in, counted or not.
    var lets: [(list: Int, value: Int)] {
        kinds.indices.filter { kinds[$0] == .letsIn && !traits[$0].contains(.onlyLifts) }
            .map { (authors[$0], cards[$0]) }
    }

    /// Sees who was never let in by anybody.
    private mutating func findStrangers() {
        let lets = Ragged(count: isKnown.count, pairs: lets)
        isKnown = Array(repeating: false, count: isKnown.count)
        var todo = first + [starter]
        while let person = todo.popLast() {
            guard !isKnown[person] else { continue }
            isKnown[person] = true
            todo += lets[person]
        }
    }

    /// Everybody whom the records of a log name, ascending.
    static func people(of records: [Int], root: AuthorityRoot, in facts: AuthorityFacts) -> [Int] {
        var people: [Int] = []
        people.reserveCapacity(2 * records.count)
        func add(_ cards: [CardID]) { people += cards.compactMap { facts.numbers[$0] } }
        add(root.people)
        for record in records {
            people.append(facts.authors[record])
            switch facts.records[record].act {
            case .letsIn(let grant):
                add([grant.card])
                if let old = grant.replaces { add([old]) }
            case .confirms(let card): add([card])
            case .removes(let cards), .ends(_, let cards), .erases(_, _, let cards): add(cards)
            case .links(let link): add(link.readers)
            case .starts, .leaves, .counts, .wasKey, .holds, .declares, .text: break
            }
        }
        people.sort()
        var last = -1
        return people.filter { person in
            defer { last = person }
            return person != last
        }
    }

    /// The number in the log of a card; `nil` if it does not occur there.
    func person(_ card: CardID) -> Int? {
        guard let number = facts.numbers[card], locals[number] >= 0 else { return nil }
        return locals[number]
    }

    /// Where a record stands in the log; `nil` if it is not here.
    private func place(_ id: RecordID) -> Int? {
        guard let number = facts.recordNumbers[id], facts.logs[number] == log else { return nil }
        return facts.places[number]
    }

    /// Notes what a record is.
    private mutating func read(_ act: AuthorityAct, at place: Int) {
        let author = authors[place]
        switch act {
        case .letsIn(let grant):
            kinds[place] = .letsIn
            cards[place] = person(grant.card) ?? -1
            var traits: AuthorityLog.Traits = []
            if grant.isGuest { traits.insert(.guest) }
            if grant.isSecond { traits.insert(.second) }
            if !grant.lifts.isEmpty { traits.insert(.lifts) }
            let root = facts.records[facts.roots[log]].id
            if grant.lifts.contains(where: { $0 != root }), facts.follow(.liftOnly) {
                traits.insert(.onlyLifts)
            }
            if grant.replaces != nil { traits.insert(.replaces) }
            if grant.lifts.allSatisfy({ facts.isHere($0, in: log) }) { traits.insert(.complete) }
            if let old = grant.replaces, !facts.says(grant.card, replaces: old) {
                traits.insert(.unsigned)
            }
            if grant.lifts.contains(root) { traits.insert(.namesRoot) }
            self.traits[place] = traits
        case .confirms(let card):
            kinds[place] = .confirms
            cards[place] = person(card) ?? -1
        case .removes(let people):
            kinds[place] = .removes
            for card in people {
                if let person = person(card), person != author { bars.append((place, person)) }
            }
        case .leaves:
            kinds[place] = .leaves
        case .text: kinds[place] = .text
        case .starts, .counts, .wasKey, .links, .holds, .ends, .erases, .declares: break
        }
    }

    /// Notes which records a record names.
    private mutating func readNames(_ act: AuthorityAct, at place: Int) {
        if case .letsIn(let grant) = act {
            for id in grant.lifts {
                if let named = self.place(id) {
                    lifts.append((place, named))
                } else if let named = facts.committee?.recordNumbers[id] {
                    rosterLifts.append((place, named))
                }
            }
        }
        guard isKnown[authors[place]] else { return }
        switch act {
        case .letsIn, .confirms, .removes, .text: lists.append((authors[place], place))
        case .leaves(let ids):
            leaves.append((authors[place], place))
            bars.append((place, authors[place]))
            for id in ids { if let named = self.place(id) { kept.append((place, named)) } }
        case .counts(let ids):
            for id in ids {
                // What intake leaves out, nobody can list.
                guard let named = self.place(id), isKnown[authors[named]] else { continue }
                switch kinds[named] {
                case .letsIn, .confirms, .removes, .text: lists.append((authors[place], named))
                case .leaves, .other: break
                }
            }
        case .starts, .wasKey, .links, .holds, .ends, .erases, .declares: break
        }
    }

    /// The lists, with records of some kinds only.
    func listed(_ isWanted: (AuthorityLog.Kind) -> Bool) -> [(list: Int, value: Int)] {
        lists.filter { isWanted(kinds[$0.value]) }
    }

    /// The pairs of people of whom the first vouches for the second, each once.
    ///
    /// - Parameter inRoster: Whether this is the roster; vouching means nothing elsewhere.
    /// - Returns: For each record its pair, and the people of each pair.
    func pairs(inRoster: Bool) -> (of: [Int], vouchers: [Int], vouched: [Int]) {
        var of = Array(repeating: -1, count: records.count)
        var (vouchers, vouched): ([Int], [Int]) = ([], [])
        guard inRoster else { return (of, vouchers, vouched) }
        let acts = kinds.indices.filter {
            (kinds[$0] == .letsIn || kinds[$0] == .confirms) && cards[$0] != authors[$0]
                && !traits[$0].contains(.onlyLifts)
        }.sorted { (authors[$0], cards[$0]) < (authors[$1], cards[$1]) }
        for act in acts {
            if vouchers.last != authors[act] || vouched.last != cards[act] {
                vouchers.append(authors[act])
                vouched.append(cards[act])
            }
            of[act] = vouchers.count - 1
        }
        return (of, vouchers, vouched)
    }

    /// Who answered which checks of a case.
    func answers(to limits: AuthorityLimits) -> [(list: Int, value: Int)] {
        let checks = Set(limits.rootChecks).union(limits.checks)
        if checks.isEmpty { return [] }
        var answers: [(list: Int, value: Int)] = []
        for check in checks {
            for person in facts.answers[check] where locals[person] >= 0 {
                answers.append((locals[person], check))
            }
        }
        for (place, record) in records.enumerated() where cards[place] >= 0 {
            guard case .letsIn(let grant) = facts.records[record].act else { continue }
            for check in grant.answers {
                guard let number = facts.logNumbers[check], checks.contains(number) else {
                    continue
                }
                answers.append((cards[place], number))
            }
        }
        return answers
    }

    /// The log's links, holds, ends and erasures.
    func limits(persons: Int) -> AuthorityLimits {
        var limits = AuthorityLimits()
        var readers: [(list: Int, value: Int)] = []
        var (linkAt, holdAt): ([Int: Int], [Int: Int]) = ([:], [:])
        for (place, record) in records.enumerated() where isKnown[authors[place]] {
            switch facts.records[record].act {
            case .links(let link):
                guard let check = facts.logNumbers[link.check],
                    facts.fits(
                        AuthorityRoot.Part(log: link.check, tag: link.tag),
                        of: facts.authors[record])
                else { continue }
                linkAt[place] = limits.links.count
                for card in link.readers {
                    if let reader = person(card) { readers.append((limits.links.count, reader)) }
                }
                limits.links.append(place)
                limits.checks.append(check)
                limits.linkAuthors.append(authors[place])
            case .holds:
                holdAt[place] = limits.holds.count
                limits.holds.append(place)
            case .ends: limits.ends.append(place)
            case .erases: limits.erasures.append(place)
            default: break
            }
        }
        limits.readers = Ragged(count: limits.links.count, pairs: readers, areSets: true)
        var (links, holds): ([(list: Int, value: Int)], [(list: Int, value: Int)]) = ([], [])
        var people: [(list: Int, value: Int)] = []
        for (end, place) in limits.ends.enumerated() {
            guard case .ends(let ids, let cards) = facts.records[records[place]].act else {
                continue
            }
            for id in ids {
                guard let named = self.place(id) else { continue }
                if let link = linkAt[named] { links.append((end, link)) }
                if let hold = holdAt[named] { holds.append((end, hold)) }
            }
            for card in cards { if let person = person(card) { people.append((end, person)) } }
        }
        limits.endedLinks = Ragged(count: limits.ends.count, pairs: links, areSets: true)
        limits.endedHolds = Ragged(count: limits.ends.count, pairs: holds, areSets: true)
        limits.endedPeople = Ragged(count: limits.ends.count, pairs: people, areSets: true)
        guard let root = facts.root(log), root.kind == .caseFile else { return limits }
        let author = facts.authors[facts.roots[log]]
        limits.rootChecks = root.checks.filter { facts.fits($0, of: author) }
            .compactMap { facts.logNumbers[$0.log] }
        limits.allChecks = Set(limits.rootChecks).union(
            limits.checks.filter { facts.roots[$0] >= 0 || !facts.follow(.conflictHere) })
        return limits
    }
}
