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
    /// What has happened before, beside that a committee was founded.
    enum Before {
        case nothing
        /// Xenia founded alone, named Ann her second, and let in Bob, with whom Ann compared.
        case loneFounder
        /// Yara's key was lost: Ann took it out and let Xenia in, which is the same person's.
        case sameHand
        /// Olga declared a conflict; her key was lost, and she came back as Wanda.
        case oldKey
        /// The same, and the check is withheld from Olga.
        case withheld
        /// Bob has a conflict in another case, whose check is here.
        case otherCase
        /// The same, and the check is not here.
        case hiddenCase
        /// The starter's case names a row and a check that a second case of theirs may name too.
        case twoCases
        /// Ann alone is in her case.
        case alone
        /// The starter has a conflict, and let in Ann and, without power, Nora, who is a machine.
        case handedOver
    }
    /// What is searched for.
    struct Setting {
        var name: String
        var honest = "AB"
        var hostile = "X"
        var own = "E"
        var menu = Menu.roster
        var before = Before.nothing
        var founder: String?
        var first: String?
        /// Who starts the case.
        var starter: String?
        var losesMemory = true
        /// What hostile keys sign, and what people do; everything if empty.
        var only: Set<AuthorityDeed.Kind> = []
        var acts: Set<String> = []
        /// How many acts by hand, and how many records of hostile keys.
        var hand = 1
        var bad = 2
    }
    /// One moment.
    struct Moment {
        var computers: [AuthorityComputer]
        var pool: Set<Int> = []
        var past: Past
        var trace: AuthorityTrace?
    }
    /// What really happened, for each honest computer.
    struct Past: Hashable {
        /// What it ever took.
        var took: [Set<Int>]
        /// Which of these opened the row there before their author had a conflict.
        var openers: [Set<Int>]
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
    /// Nora and Max, whom people let in; Olga's key, and Wanda, which is her new one.
    /// Whom the first records of the check and the row name.
    private(set) var firstReaders: Crowd = []
    let newcomer: Int
    let friend: Int
    let old: Int
    let new: Int
    /// How many hostile people there are, whatever their keys.
    var hostileCount: Int { setting.before == .sameHand ? 1 : hostile.count }
    private(set) var base: [Int] = []
    private(set) var text = -1
    private(set) var name = -1
    /// What was broken, and how it came to it.
    private(set) var broken: [String: [String]] = [:]
    /// The moments that were judged, each once.
    private var judged: Set<AuthorityMark> = []
    /// How many different histories were judged: what each computer holds and remembers, what is
    /// signed, and what each computer ever took.
    var graphs: Int { judged.count }
    private var computers: [AuthorityMark: AuthorityComputer] = [:]
    private var received: [ReceiveKey: AuthorityComputer] = [:]
    private var lookedAt: [LookKey: AuthorityState] = [:]
    private var rested: Set<AuthorityMark> = []

    private struct ReceiveKey: Hashable {
        let owner: Int
        let computer: AuthorityMark?
        let new: [Int]
        let isLost: Bool
    }
    private struct ComputerKey: Hashable {
        let owner: Int
        let records: [Int]
        let memory: AuthorityMemory
    }
    private struct LookKey: Hashable {
        let owner: Int
        let records: [Int]
    }

    init(_ setting: Setting, rules: AuthorityRules = .all) {
        self.setting = setting
        self.rules = rules
        let all = setting.honest + setting.hostile + setting.own
        let names = (all + "NMOW".filter { !all.contains($0) }).map { String($0) }
        deeds = AuthorityDeeds(names: names)
        let (h, x, e) = (setting.honest.count, setting.hostile.count, setting.own.count)
        honest = Array(0..<h)
        hostile = Array(h..<h + x)
        own = Array(h + x..<h + x + e)
        keys = Crowd(hostile + own)
        func number(_ name: Character) -> Int { names.firstIndex(of: String(name)) ?? 0 }
        (newcomer, friend, old, new) = (number("N"), number("M"), number("O"), number("W"))
        makeBase(names)
    }

    private func makeBase(_ names: [String]) {
        func number(_ name: String?) -> Int { name.flatMap { names.firstIndex(of: $0) } ?? 0 }
        let first = (setting.first ?? setting.honest + setting.hostile).map { number(String($0)) }
        add(
            .roster, by: number(setting.founder), AuthorityRoot(kind: .roster, people: cards(first))
        )
        switch setting.before {
        case .nothing, .otherCase, .hiddenCase, .twoCases, .alone: break
        case .loneFounder:
            let founder = hostile[0]
            add(AuthorityDeed(log: .roster, by: founder, kind: .letIn, card: 0, isSecond: true))
            add(AuthorityDeed(log: .roster, by: founder, kind: .letIn, card: 1))
            add(AuthorityDeed(log: .roster, by: 0, kind: .confirm, card: 1))
        case .sameHand:
            let (lost, found) = (hostile[1], hostile[0])
            add(AuthorityDeed(log: .roster, by: 0, kind: .out, people: Crowd(lost)))
            add(AuthorityDeed(log: .roster, by: 0, kind: .letIn, card: found, replaces: lost))
            add(AuthorityDeed(log: .roster, by: found, kind: .was, card: lost))
            add(AuthorityDeed(log: .roster, by: 1, kind: .confirm, card: found))
        case .oldKey, .withheld:
            add(AuthorityDeed(log: .roster, by: 0, kind: .out, people: Crowd(old)))
            add(AuthorityDeed(log: .roster, by: 0, kind: .letIn, card: new, replaces: old))
            add(AuthorityDeed(log: .roster, by: new, kind: .was, card: old))
        case .handedOver:
            add(AuthorityDeed(log: .roster, by: 0, kind: .letIn, card: newcomer))
        }
        if setting.menu == .work { makeCase(first, starter: number(setting.starter)) }
    }

    private func makeCase(_ first: [Int], starter: Int) {
        let name = deeds.names[starter]
        let (check, row) = (AuthorityDeeds.tag("k1", name), AuthorityDeeds.tag("row", name))
        let isWithheld = setting.before == .withheld
        let withheld = isWithheld ? [old] : []
        firstReaders = Crowd(first.filter { !withheld.contains($0) })
        let readers = cards(firstReaders.list)
        add(
            .check, by: starter,
            AuthorityRoot(
                kind: .check, people: readers, withheld: cards(withheld), tag: check.tag))
        add(.row, by: starter, AuthorityRoot(kind: .row, people: readers, tag: row.tag))
        add(
            .work, by: starter,
            AuthorityRoot(
                kind: .caseFile, people: cards([starter]), checks: [check], row: row))
        text = add(AuthorityDeed(log: .work, by: starter, kind: .text, salt: 1))
        self.name = add(AuthorityDeed(log: .check, by: starter, kind: .text, salt: 1))
        func declares(_ person: Int, _ log: AuthorityDeed.Log) {
            add(
                AuthorityDeed(
                    log: log, by: person, kind: .declare, checks: [log.rawValue], isConflict: true))
        }
        func letIn(_ person: Int, by author: Int) {
            add(AuthorityDeed(log: .work, by: author, kind: .letIn, card: person, checks: ["k1"]))
        }
        switch setting.before {
        case .handedOver:
            letIn(0, by: starter)
            letIn(newcomer, by: 0)
            declares(starter, .check)
            return
        case .oldKey: declares(old, .check)
        case .alone: return
        case .twoCases:
            _ = deeds.number(
                AuthorityDeed(log: .second, by: starter, kind: .root),
                root: AuthorityRoot(
                    kind: .caseFile, people: cards([starter]), checks: [check], row: row))
        case .otherCase, .hiddenCase:
            let tag = AuthorityDeeds.tag("k9", deeds.names[1]).tag
            if setting.before == .otherCase {
                add(.other, by: 1, AuthorityRoot(kind: .check, people: readers, tag: tag))
            }
            declares(1, .other)
        case .nothing, .loneFounder, .sameHand, .withheld: break
        }
        for person in honest + hostile where person != starter { letIn(person, by: starter) }
        if setting.before == .oldKey || isWithheld { letIn(new, by: starter) }
    }

    private func cards(_ people: [Int]) -> [CardID] { people.map { deeds.cards[$0] } }

    @discardableResult
    private func add(_ deed: AuthorityDeed) -> Int {
        base.append(deeds.number(deed))
        return base[base.count - 1]
    }

    private func add(_ log: AuthorityDeed.Log, by: Int, _ root: AuthorityRoot) {
        base.append(deeds.number(AuthorityDeed(log: log, by: by, kind: .root), root: root))
    }

    /// The logs that are judged.
    var logs: [AuthorityDeed.Log] { setting.menu == .work ? [.roster, .work] : [.roster] }

    /// Something does not hold.
    func fail(_ what: String, _ moment: Moment, _ detail: String = "") {
        let trace = (moment.trace?.words(self) ?? []) + [detail]
        if broken[what].map({ $0.count > trace.count }) ?? true { broken[what] = trace }
    }

    // MARK: Computers

    /// Records arrive at a computer, and it signs what it owes.
    func receive(_ owner: Int, _ computer: AuthorityComputer?, _ new: [Int], isLost: Bool = false)
        -> AuthorityComputer
    {
        let key = ReceiveKey(
            owner: owner, computer: computer?.mark, new: new.sorted(), isLost: isLost)
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
        let mark = AuthorityMark(
            of: ComputerKey(owner: owner, records: records, memory: memory))
        let found =
            computers[mark]
            ?? AuthorityComputer(
                mark: mark, owner: owner, records: records, memory: memory, state: state,
                deeds: deeds)
        computers[mark] = found
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
            past: Past(
                took: took, openers: Array(repeating: [], count: honest.count),
                readers: Array(repeating: [:], count: honest.count)))
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
            next.trace = AuthorityTrace(.signed(new), after: moment.trace)
            return next
        }
        let i = move.computer
        let (old, new) = (
            moment.computers[i],
            receive(honest[i], moment.computers[i], move.new, isLost: move.isLost)
        )
        next.trace = AuthorityTrace(
            .happened(at: i, move.what, isLost: move.isLost), after: moment.trace)
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
        if let row = new[.row], let work = new[.work] {
            for record in row.taken.subtracting(next.past.took[i])
            where !work.conflicted.has(deeds.deeds[record].by) {
                next.past.openers[i].insert(record)
            }
        }
        for sight in new.sights.values { next.past.took[i].formUnion(sight.taken) }
        return next
    }

    /// Whether a moment was not judged at rest before; notes that it is now.
    func restsAnew(_ moment: Moment) -> Bool {
        let marks = moment.computers.map(\.mark)
        judged.insert(AuthorityMark(of: Judged(marks: marks, pool: moment.pool, past: moment.past)))
        return rested.insert(AuthorityMark(of: Rested(marks: marks, pool: moment.pool))).inserted
    }

    private struct Judged: Hashable {
        let marks: [AuthorityMark]
        let pool: Set<Int>
        let past: Past
    }
    private struct Rested: Hashable {
        let marks: [AuthorityMark]
        let pool: Set<Int>
    }

    /// Forgets what was worked out, when it gets much.
    func tidy(above limit: Int) {
        guard received.count + lookedAt.count > limit else { return }
        received.removeAll()
        computers.removeAll()
        lookedAt.removeAll()
    }
}
