// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Gives people, logs and records numbers, so that the rules need not hash anybody.
struct AuthorityNumbering {
    /// The records, each once.
    private(set) var records: [AuthorityRecord] = []
    /// The number of each record's author.
    private(set) var authors: [Int] = []
    /// The number of each record's log.
    private(set) var logs: [Int] = []
    /// Who occurs.
    private(set) var people: [CardID] = []
    /// The number of each of them.
    private(set) var numbers: [CardID: Int] = [:]
    /// The logs that occur.
    private(set) var logIDs: [LogID] = []
    /// The number of each of them.
    private(set) var logNumbers: [LogID: Int] = [:]
    /// The number of each record.
    private(set) var recordNumbers: [RecordID: Int] = [:]
    /// On which check somebody said that they have no conflict, and who.
    private(set) var answers: [(list: Int, value: Int)] = []
    /// Which keys replace which, by the newer key's own word.
    private(set) var newer: [(list: Int, value: Int)] = []
    /// The declared conflicts, by their records.
    private var conflicts: [Int] = []
    /// The declarations that others of the same log take back, and by which.
    private var replaced: [(by: Int, record: RecordID)] = []

    /// Numbers records and whatever they name.
    init(_ given: some Sequence<AuthorityRecord>) {
        let count = given.underestimatedCount
        records.reserveCapacity(count)
        authors.reserveCapacity(count)
        logs.reserveCapacity(count)
        recordNumbers.reserveCapacity(count)
        for record in given { add(record) }
    }

    /// The number of a person, a new one if need be.
    private mutating func number(of person: CardID) -> Int {
        let next = people.count
        let number = numbers[person, default: next]
        if number == next {
            numbers[person] = next
            people.append(person)
        }
        return number
    }

    /// The number of a log, a new one if need be.
    mutating func number(of log: LogID) -> Int {
        let next = logIDs.count
        let number = logNumbers[log, default: next]
        if number == next {
            logNumbers[log] = next
            logIDs.append(log)
        }
        return number
    }

    /// Numbers a record and whatever it names.
    private mutating func add(_ record: AuthorityRecord) {
        let place = records.count
        guard recordNumbers[record.id] == nil else { return }
        recordNumbers[record.id] = place
        records.append(record)
        let author = number(of: record.author)
        authors.append(author)
        logs.append(number(of: record.log))
        switch record.act {
        case .starts(let root):
            for person in root.people { _ = number(of: person) }
            for person in root.withheld { _ = number(of: person) }
            for part in root.checks { _ = number(of: part.log) }
            if let row = root.row { _ = number(of: row.log) }
        case .letsIn(let grant):
            _ = number(of: grant.card)
            for check in grant.answers { _ = number(of: check) }
            if let old = grant.replaces { _ = number(of: old) }
        case .confirms(let card): _ = number(of: card)
        case .removes(let people): for person in people { _ = number(of: person) }
        case .wasKey(let old): newer.append((number(of: old), author))
        case .links(let link):
            _ = number(of: link.check)
            for person in link.readers { _ = number(of: person) }
        case .ends(_, let people): for person in people { _ = number(of: person) }
        case .erases(_, _, let people): for person in people { _ = number(of: person) }
        case .declares(let check, let conflict, let earlier):
            let check = number(of: check)
            if conflict { conflicts.append(place) } else { answers.append((check, author)) }
            for id in earlier { replaced.append((place, id)) }
        case .leaves, .counts, .holds, .text: break
        }
    }

    /// The declared conflicts, by their checks, as records.
    func declaredConflicts() -> [(list: Int, value: Int)] {
        conflicts.compactMap { place in
            guard case .declares(let check, _, _) = records[place].act,
                let number = logNumbers[check]
            else { return nil }
            return (number, place)
        }
    }

    /// For each declaration that somebody takes back, who does.
    func takenBack() -> [Int: Set<Int>] {
        var back: [Int: Set<Int>] = [:]
        for (declaration, id) in replaced {
            guard let place = recordNumbers[id], logs[place] == logs[declaration] else { continue }
            back[place, default: []].insert(authors[declaration])
        }
        return back
    }
}
