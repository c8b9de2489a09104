// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

@testable import CaseVault

/// An honest computer that gets records, signs what it owes, and says what then stands in the words
/// of the Python rules.
struct AuthorityMachine {
    /// Its owner.
    let owner: String
    /// The owner's card.
    let me: CardID
    /// The roster.
    let roster: LogID
    /// Which rules hold.
    var rules = AuthorityRules.all
    /// The records that are here.
    private(set) var records: [AuthorityRecord] = []
    /// What they are called, and the people and logs in them.
    private(set) var names = AuthorityNames()
    /// What it remembers.
    private(set) var memory: AuthorityMemory?
    /// What it makes of the records.
    private(set) var state: AuthorityState?
    /// How often it signed something.
    private var signed = 0

    init(
        owner: String, me: CardID? = nil, roster: LogID = AuthorityName.log("R"),
        names: AuthorityNames, rules: AuthorityRules = .all
    ) {
        self.owner = owner
        self.me = me ?? AuthorityName.card(owner)
        self.roster = roster
        self.names = names
        self.rules = rules
    }

    /// What it says after something arrived.
    struct Answer: Codable, Equatable {
        /// What it signed.
        struct Signed: Codable, Equatable {
            let log: String
            let ids: [String]
        }
        /// What it signed, by log.
        let signs: [Signed]
        /// What stands in each log.
        let logs: [String: Standing]
    }

    /// What it says of one log.
    struct Standing: Codable, Equatable {
        let people, power, readers, shutOut, taken, onHold, asking, erased, removedBy: [String]
        let ask: [Dispute]
        let told, waits: [[String]]
        let isUnheld: Bool

        enum CodingKeys: String, CodingKey {
            case people = "in"
            case power, readers
            case shutOut = "shut out"
            case taken
            case onHold = "on hold"
            case asking = "links that ask"
            case erased
            case removedBy = "removed by"
            case ask, told, waits
            case isUnheld = "nobody holds me in"
        }
    }

    /// Somebody about whom people are asked: a name, and the removers' names.
    struct Dispute: Codable, Equatable {
        let name: String
        let removers: [String]

        init(name: String, removers: [String]) {
            self.name = name
            self.removers = removers
        }

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            name = try list.decode(String.self)
            removers = try list.decode([String].self)
        }

        func encode(to encoder: any Encoder) throws {
            var list = encoder.unkeyedContainer()
            try list.encode(name)
            try list.encode(removers)
        }
    }

    /// Its memory is lost.
    mutating func forget() { memory = nil }

    /// Records arrive; what is owed is signed in the same step.
    @discardableResult
    mutating func get(_ new: [AuthorityRecord]) -> [Answer.Signed] {
        records += new
        var state = AuthorityState(
            of: me, roster: roster, records: records, memory: memory, rules: rules)
        let owed = state.owed().map { (log: names.log($0.log), acts: $0) }
            .sorted { $0.log < $1.log }
        var signs: [Answer.Signed] = []
        for (log, (id, acts)) in owed {
            signs.append(Answer.Signed(log: log, ids: acts.map(names.record).sorted()))
            let name = "\(owner).\(signed)"
            signed += 1
            names.add(record: name)
            records.append(
                AuthorityRecord(
                    id: AuthorityName.record(name), log: id, author: me, act: .counts(acts)))
        }
        memory = state.nextMemory
        if !owed.isEmpty {
            state = AuthorityState(
                of: me, roster: roster, records: records, memory: memory, rules: rules)
            memory = state.nextMemory
        }
        self.state = state
        return signs
    }

    /// Looks at records without signing anything.
    mutating func look(_ new: [AuthorityRecord]) {
        records += new
        state = AuthorityState(
            of: me, roster: roster, records: records, memory: memory, rules: rules)
    }

    /// Records arrive; everything that stands then.
    mutating func answer(_ new: [AuthorityRecord]) -> Answer {
        Answer(signs: get(new), logs: standings())
    }

    /// What stands in all logs.
    func standings() -> [String: Standing] {
        guard let state else { return [:] }
        var logs: [String: Standing] = [:]
        for (id, view) in state.all {
            let questions = state.questions(about: id)
            let cards = { (cards: [CardID]) in cards.map(names.card).sorted() }
            let ids = { (ids: [RecordID]) in ids.map(names.record).sorted() }
            logs[names.log(id)] = Standing(
                people: cards(view.people), power: cards(view.powerful),
                readers: cards(view.readers), shutOut: cards(view.shutOut),
                taken: ids(view.taken), onHold: ids(view.openHolds),
                asking: ids(view.askingLinks),
                erased: ids(view.erased.filter { view.log.isText($0) }),
                removedBy: cards(questions.removedBy),
                ask: questions.whoStays.map {
                    Dispute(name: names.card($0.card), removers: cards($0.removers))
                }.sorted { $0.name < $1.name },
                told: questions.differences.map { [names.card($0.computer), names.card($0.about)] }
                    .sorted { $0.joined(separator: " ") < $1.joined(separator: " ") },
                waits: questions.mustAnswer.map { [names.card($0.card), names.log($0.check)] }
                    .sorted { $0.joined(separator: " ") < $1.joined(separator: " ") },
                isUnheld: questions.isUnheld)
        }
        return logs
    }
}

extension AuthorityLog {
    /// Whether a record of the log is an entry.
    func isText(_ id: RecordID) -> Bool { place(id).map { kinds[$0] == .text } ?? false }
}

/// What identifiers are called.
struct AuthorityNames {
    private var cards: [CardID: String] = [:]
    private var logs: [LogID: String] = [:]
    private var records: [RecordID: String] = [:]

    init() {}

    /// Names that are given.
    init(cards: [CardID: String], logs: [LogID: String], records: [RecordID: String]) {
        (self.cards, self.logs, self.records) = (cards, logs, records)
    }

    /// The names in a history.
    init(_ history: [AuthorityHistory.Entry]) {
        for entry in history {
            add(record: entry.id)
            for log in [entry.log, entry.row ?? ""] + (entry.checks ?? []) {
                logs[AuthorityName.log(log)] = log
            }
            let people = (entry.people ?? []) + (entry.withheld ?? [])
            for name in [entry.by, entry.card ?? "", entry.was ?? ""] + people {
                cards[AuthorityName.card(name)] = name
            }
        }
    }

    mutating func add(record: String) { records[AuthorityName.record(record)] = record }
    func card(_ id: CardID) -> String { cards[id] ?? "?" }
    func log(_ id: LogID) -> String { logs[id] ?? "?" }
    func record(_ id: RecordID) -> String { records[id] ?? "?" }
}
