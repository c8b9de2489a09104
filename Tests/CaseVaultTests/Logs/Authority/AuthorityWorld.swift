// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

@testable import CaseVault

/// A small committee with hostile members, whose every move can be tried: what each honest computer
/// holds and remembers, and what hostile keys have signed.
///
/// `AuthorityOracle` judges each step by what really happened and when, which no rule can see.
final class AuthorityWorld {
    /// What people do in it.
    enum Menu { case roster, work }
    /// What is searched for.
    struct Setting {
        var name: String
        var honest = "AB"
        var hostile = "X"
        var own = "E"
        var menu = Menu.roster
        var founder: String?
        var first: String?
        var losesMemory = true
        /// How many acts by hand, and how many records of hostile keys.
        var hand = 1
        var bad = 2
    }
    /// One moment.
    struct Moment {
        var computers: [AuthorityComputer]
        var pool: Set<Int> = []
        var past: Past
        var trace: [String] = []
    }
    /// What really happened, for each honest computer.
    struct Past: Hashable {
        /// What it ever took.
        var took: [Set<Int>]
        /// Who read a case there when a link came.
        var readers: [[Int: Crowd]]
        /// For each hostile record, on which computers its author was out when it was signed.
        var late: [Int: [Bool]] = [:]
    }
    /// Something that can happen next.
    struct Move {
        enum Kind: Int { case hand, get, all, sync, everything, sign }
        var kind: Kind
        var computer = 0
        var what = ""
        var about: Crowd = []
        var isLetIn: Bool?
        var log = AuthorityDeed.Log.roster
        var new: [Int]
        var isLost = false
    }

    let setting: Setting
    let rules: AuthorityRules
    let deeds: AuthorityDeeds
    let honest: [Int]
    let hostile: [Int]
    let own: [Int]
    let keys: Crowd
    let newcomer: Int
    private(set) var base: [Int] = []
    private(set) var text = -1
    private(set) var name = -1
    /// What was broken, and how it came to it.
    private(set) var broken: [String: [String]] = [:]
    /// How many graphs of records were judged.
    private(set) var graphs = 0
    private var computers: [ComputerKey: AuthorityComputer] = [:]
    private var received: [ReceiveKey: AuthorityComputer] = [:]
    private var lookedAt: [LookKey: AuthorityState] = [:]
    private(set) var rested: Set<[Int]> = []

    private struct ComputerKey: Hashable {
        let owner: Int
        let records: [Int]
        let memory: AuthorityMemory
    }
    private struct ReceiveKey: Hashable {
        let owner: Int
        let computer: Int
        let new: [Int]
        let isLost: Bool
    }
    private struct LookKey: Hashable {
        let owner: Int
        let records: [Int]
    }

    init(_ setting: Setting, rules: AuthorityRules = .all) {
        self.setting = setting
        self.rules = rules
        let names = (setting.honest + setting.hostile + setting.own + "NM").map { String($0) }
        deeds = AuthorityDeeds(names: names)
        let (h, x, e) = (setting.honest.count, setting.hostile.count, setting.own.count)
        honest = Array(0..<h)
        hostile = Array(h..<h + x)
        own = Array(h + x..<h + x + e)
        keys = Crowd(hostile + own)
        newcomer = h + x + e
        makeBase(names)
    }

    private func makeBase(_ names: [String]) {
        let first = Crowd(
            (setting.first ?? setting.honest + setting.hostile).compactMap {
                names.firstIndex(of: String($0))
            })
        let founder = setting.founder.flatMap { names.firstIndex(of: $0) } ?? 0
        func root(_ log: AuthorityDeed.Log, by: Int, _ root: AuthorityRoot) {
            base.append(deeds.number(AuthorityDeed(log: log, by: by, kind: .root), root: root))
        }
        let cards = first.list.map { deeds.cards[$0] }
        root(.roster, by: founder, AuthorityRoot(kind: .roster, people: cards))
        guard setting.menu == .work else { return }
        let (check, row) = (AuthorityDeeds.tag("k1", names[0]), AuthorityDeeds.tag("row", names[0]))
        root(.check, by: 0, AuthorityRoot(kind: .check, people: cards, tag: check.tag))
        root(.row, by: 0, AuthorityRoot(kind: .row, people: cards, tag: row.tag))
        root(
            .work, by: 0,
            AuthorityRoot(kind: .caseFile, people: [cards[0]], checks: [check], row: row))
        text = deeds.number(AuthorityDeed(log: .work, by: 0, kind: .text, salt: 1))
        name = deeds.number(AuthorityDeed(log: .check, by: 0, kind: .text, salt: 1))
        base += [text, name]
        for person in (honest + hostile).dropFirst() {
            base.append(
                deeds.number(
                    AuthorityDeed(log: .work, by: 0, kind: .letIn, card: person, checks: ["k1"])))
        }
    }

    /// The logs that are judged.
    var logs: [AuthorityDeed.Log] { setting.menu == .work ? [.roster, .work] : [.roster] }

    /// Something does not hold.
    func fail(_ what: String, _ moment: Moment, _ detail: String = "") {
        let trace = moment.trace + [detail]
        if broken[what].map({ $0.count > trace.count }) ?? true { broken[what] = trace }
    }

    // MARK: Computers

    /// Records arrive at a computer, and it signs what it owes.
    func receive(_ owner: Int, _ computer: AuthorityComputer?, _ new: [Int], isLost: Bool = false)
        -> AuthorityComputer
    {
        let key = ReceiveKey(
            owner: owner, computer: computer?.number ?? -1, new: new.sorted(), isLost: isLost)
        if let known = received[key] { return known }
        var records = Set(computer?.records ?? []).union(new).sorted()
        var state = look(owner, records, isLost ? nil : computer?.memory)
        let owed = state.owed()
        var memory = state.nextMemory
        if !owed.isEmpty {
            for (log, acts) in owed {
                guard
                    let log = AuthorityDeed.Log.allCases.first(where: {
                        AuthorityName.log($0.rawValue) == log
                    })
                else { continue }
                let ids = acts.compactMap { deeds.numbers[$0] }.sorted()
                records.append(
                    deeds.number(AuthorityDeed(log: log, by: owner, kind: .counted, ids: ids)))
            }
            records = Set(records).sorted()
            state = look(owner, records, memory)
            memory = state.nextMemory
        }
        let name = ComputerKey(owner: owner, records: records, memory: memory)
        let found =
            computers[name]
            ?? AuthorityComputer(
                number: computers.count, records: records, memory: memory, state: state,
                deeds: deeds)
        computers[name] = found
        received[key] = found
        return found
    }

    /// What a computer makes of records.
    private func look(_ owner: Int, _ records: [Int], _ memory: AuthorityMemory?) -> AuthorityState
    {
        AuthorityState(
            of: deeds.cards[owner], roster: AuthorityName.log("R"),
            records: records.map { deeds.records[$0] }, memory: memory, rules: rules)
    }

    /// What a computer without memory makes of records.
    func newComputer(_ owner: Int, _ records: [Int]) -> AuthorityState {
        let key = LookKey(owner: owner, records: records)
        if let known = lookedAt[key] { return known }
        let state = look(owner, records, nil)
        lookedAt[key] = state
        return state
    }

    /// What a computer asks about a log.
    func questions(_ computer: AuthorityComputer, _ log: AuthorityDeed.Log) -> AuthorityQuestions {
        computer.state.questions(about: AuthorityName.log(log.rawValue)) { card in
            self.newComputer(self.deeds.cards.firstIndex(of: card) ?? 0, computer.records)
        }
    }

    /// Everybody gets everything until nobody writes any more; `nil` if that never ends.
    func exchange(_ given: [AuthorityComputer]) -> [AuthorityComputer]? {
        var computers = given
        for _ in 0..<10 {
            let all = Set(computers.flatMap(\.records)).sorted()
            if computers.allSatisfy({ $0.records == all }) { return computers }
            for i in computers.indices { computers[i] = receive(honest[i], computers[i], all) }
        }
        return nil
    }

    /// The first moment, everybody having synced.
    func begin() -> Moment {
        let computers = honest.map { receive($0, nil, base) }
        let synced = exchange(computers) ?? computers
        let took = synced.map {
            $0.sights.values.reduce(into: Set<Int>()) { $0.formUnion($1.taken) }
        }
        return Moment(
            computers: synced,
            past: Past(took: took, readers: Array(repeating: [:], count: honest.count)))
    }

    // MARK: Moves

    /// Lets something happen, and judges it.
    func step(_ move: Move, _ moment: Moment) -> Moment {
        var next = moment
        if move.kind == .sign {
            let new = move.new[0]
            let deed = deeds.deeds[new]
            next.pool.insert(new)
            next.past.late[new] = moment.computers.map {
                !($0[deed.log]?.removals[deed.by].isEmpty ?? true)
            }
            next.trace.append("signed " + deeds.shown(new))
            return next
        }
        let i = move.computer
        let (old, new) = (
            moment.computers[i],
            receive(honest[i], moment.computers[i], move.new, isLost: move.isLost)
        )
        next.trace.append(
            "\(deeds.names[honest[i]]) \(move.what)" + (move.isLost ? " (memory lost)" : ""))
        next.computers[i] = new
        if let isLetIn = move.isLetIn, let people = new[move.log]?.people,
            move.about.list.contains(where: { people.has($0) != isLetIn })
        {
            fail("I10 truth", next)
        }
        if setting.menu == .work, let readers = old[.work]?.readers {
            for link in Set(new.records).subtracting(old.records)
            where deeds.deeds[link].kind == .link {
                next.past.readers[i][link] = readers
            }
        }
        AuthorityOracle(world: self, moment: next).judge(i, from: old, to: new, isLost: move.isLost)
        for sight in new.sights.values { next.past.took[i].formUnion(sight.taken) }
        return next
    }

    /// Whether a moment was judged at rest before; notes that it is now.
    func restsAnew(_ computers: [AuthorityComputer]) -> Bool {
        graphs += 1
        return rested.insert(computers.map(\.number)).inserted
    }

    /// Forgets what was worked out, when it gets much.
    func tidy(above limit: Int) {
        guard received.count + lookedAt.count > limit else { return }
        received.removeAll()
        lookedAt.removeAll()
    }
}
