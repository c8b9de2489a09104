// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

@testable import CaseVault

extension AuthorityHistory {
    /// A history in which everybody writes whatever they like, naming whatever they like, and which
    /// reaches some computers in pieces.
    static func random(seed: UInt64) -> AuthorityHistory {
        var random = SeededRandom(seed)
        // One in three starts from a case that works, so that more of it is reached.
        let isOffice = seed % 3 == 0
        var maker = AuthorityHistoryMaker(random: random, isOffice: isOffice)
        if isOffice { maker.makeOffice() } else { maker.makeRoots() }
        let count = Int.random(in: isOffice ? 2...9 : 4...22, using: &random)
        for _ in 0..<count { maker.makeRecord() }
        maker.nameRecords()
        return AuthorityHistory(records: maker.records, machines: maker.machines())
    }
}

/// Makes a random history.
struct AuthorityHistoryMaker {
    private var random: SeededRandom
    private(set) var records: [AuthorityHistory.Entry] = []
    private var cases: [(log: String, author: String, checks: [String], row: String?)] = []
    private let people = ["A", "B", "C", "X", "Y", "E", "F", "N"]
    private let founders: [String]

    init(random: SeededRandom, isOffice: Bool) {
        self.random = random
        if isOffice {
            founders = ["A", "B", "X"]
            return
        }
        let some = [
            ["A"], ["X"], ["A", "B"], ["A", "X"], ["A", "B", "X"], ["A", "B", "C", "X", "Y"],
        ]
        founders = some.randomElement(using: &self.random) ?? ["A"]
    }

    /// One of some values.
    private mutating func pick<T>(_ values: [T]) -> T {
        values[Int.random(in: values.indices, using: &random)]
    }

    private mutating func chance(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &random) < percent
    }

    /// Somebody; founders and whoever is known more often than others.
    private mutating func somebody() -> String {
        if chance(55) { return founders.randomElement(using: &random) ?? "A" }
        if chance(3) { return "Z" }
        return people.randomElement(using: &random) ?? "A"
    }

    private mutating func some(_ percent: Int) -> [String] {
        people.filter { _ in chance(percent) }
    }

    private mutating func add(_ entry: AuthorityHistory.Entry) {
        var entry = entry
        entry.id = "\(records.count)"
        records.append(entry)
    }

    private func entry(_ log: String, _ by: String, _ kind: String) -> AuthorityHistory.Entry {
        AuthorityHistory.Entry(id: "", log: log, by: by, kind: kind)
    }

    /// The first records of the roster and up to two cases of different people.
    mutating func makeRoots() {
        var roster = entry("R", founders[0], "root")
        roster.people = founders
        roster.of = "roster"
        add(roster)
        let starters = [founders[0], somebody()]
        for n in 0..<pick([0, 1, 1, 2])
        where n == 0 || starters[0] != starters[1] {
            makeCase(n, by: starters[n])
        }
    }

    /// Three founders, and a case of one of them that all read.
    mutating func makeOffice() {
        var roster = entry("R", "A", "root")
        roster.people = founders
        roster.of = "roster"
        add(roster)
        makeCase(0, by: "A")
        for name in ["B", "X", "N"] where chance(80) {
            var grant = entry("c0", "A", "in")
            grant.card = name
            grant.guest = name == "N"
            grant.checks = ["k0"] + (chance(50) ? ["l0"] : [])
            add(grant)
        }
        add(entry("c0", "B", "text"))
        if chance(50) { add(entry("c0", somebody(), "hold")) }
        if chance(50) {
            var out = entry(chance(50) ? "c0" : "R", "A", "out")
            out.people = [chance(50) ? "X" : "B"]
            add(out)
        }
    }

    private mutating func makeCase(_ n: Int, by author: String) {
        let checks = chance(85) ? ["k\(n)"] : []
        let row = chance(70) ? "row\(n)" : nil
        var start = entry("c\(n)", author, "root")
        start.of = "case"
        start.people = [author]
        start.checks = checks
        start.row = row
        start.bonds = (checks + [row].compactMap { $0 }).filter { _ in chance(93) }.map {
            [$0, "bond \($0)"]
        }
        add(start)
        for log in checks + [row].compactMap({ $0 }) where chance(85) {
            var part = entry(log, chance(93) ? author : somebody(), "root")
            part.of = log.hasPrefix("k") ? "check" : "row"
            part.withheld = chance(25) ? some(20) : nil
            part.people = some(50).filter { !(part.withheld ?? []).contains($0) }
            part.tag = ["bond", "bond \(log)", author]
            add(part)
        }
        if chance(40) {
            // A check that is linked later.
            var part = entry("l\(n)", author, "root")
            part.of = "check"
            part.people = some(50)
            part.tag = ["bond", "bond l\(n)", chance(90) ? "c\(n)" : author]
            if chance(70) { add(part) }
            for _ in 0...(chance(20) ? 1 : 0) {
                var link = entry("c\(n)", chance(80) ? author : somebody(), "link")
                link.checks = ["l\(n)"]
                link.people = some(30)
                link.bond = "bond l\(n)"
                add(link)
            }
        }
        cases.append(("c\(n)", author, checks, row))
    }

    /// A record of anybody about anybody in any log.
    mutating func makeRecord() {
        let by = somebody()
        let work = cases.randomElement(using: &random)
        guard let work, chance(60) else { return makeRosterRecord(by) }
        let parts = work.checks + ["l" + work.log.dropFirst()]
        if chance(22) {
            var declared = entry(pick(parts), by, "declare")
            declared.checks = [declared.log]
            declared.conflict = chance(40)
            return add(declared)
        }
        let logs = [work.log, work.log, work.log] + parts + [work.row ?? work.log]
        let kinds = [
            "in", "in", "in", "out", "leave", "counted", "link", "hold", "end", "end", "erase",
            "erase",
            "text", "text",
        ]
        let kind = pick(kinds)
        // Only a case links checks: the format has no other such record.
        let log = kind == "link" ? work.log : pick(logs)
        let isByStarter = (kind == "end" || kind == "erase") && chance(50)
        var record = entry(log, isByStarter ? work.author : by, kind)
        switch record.kind {
        case "in":
            record.card = somebody()
            record.guest = chance(35)
            record.checks = parts.filter { _ in chance(70) }
        case "out": record.people = chance(80) ? [somebody()] : some(30)
        case "link":
            record.checks = [chance(60) ? "gone" : pick(parts)]
            record.bond = chance(50) ? "bond \((record.checks ?? [])[0])" : "none"
            record.people = some(40)
        case "end": record.people = chance(30) ? [somebody()] : nil
        default: break
        }
        record.people = record.people?.filter { $0 != by || record.kind != "out" }
        add(record)
    }

    private mutating func makeRosterRecord(_ by: String) {
        let kinds = [
            "in", "in", "in", "in", "confirmed", "confirmed", "out", "out", "out", "leave",
            "counted", "counted",
            "was", "text",
        ]
        var record = entry("R", by, pick(kinds))
        switch record.kind {
        case "in":
            record.card = somebody()
            record.second = chance(15)
            record.was = chance(10) ? somebody() : nil
            if let old = record.was, let new = record.card, old != new, chance(70) {
                var word = entry("R", new, "was")
                word.card = old
                add(word)
            }
        case "confirmed", "was": record.card = somebody()
        case "out": record.people = (chance(70) ? [somebody()] : some(30)).filter { $0 != by }
        default: break
        }
        if record.card == by { record.card = people.first { $0 != by } }
        add(record)
    }

    /// Says what records name, whether written before or after them.
    mutating func nameRecords() {
        for (i, record) in records.enumerated() {
            let there = records.filter { $0.log == record.log }
            let percent = pick([30, 60, 95])
            func some(_ entries: [AuthorityHistory.Entry]) -> [String] {
                entries.map(\.id).filter { _ in chance(percent) }
            }
            switch record.kind {
            case "in":
                let against = there.filter {
                    ($0.kind == "out" && $0.people?.contains(record.card ?? "") ?? false)
                        || ($0.kind == "leave" && $0.by == record.card)
                }
                var ids = chance(70) ? some(against) : []
                if record.log != "R", chance(30) {
                    // What the roster has against a guest.
                    let there = records.filter { $0.log == "R" }
                    ids += some(
                        there.filter {
                            ($0.kind == "out" && $0.people?.contains(record.card ?? "") ?? false)
                                || ($0.kind == "leave" && $0.by == record.card)
                        })
                }
                if chance(4) { ids += some(Array(there.prefix(3))) }
                if chance(2) { ids.append("nowhere") }
                if chance(5), there.first?.kind == "root" { ids.append(there[0].id) }
                records[i].ids = ids
            case "leave":
                records[i].ids = some(
                    there.filter { $0.by == record.by && $0.id != record.id }
                        + there.filter { _ in chance(10) })
            case "counted": records[i].ids = some(there.filter { $0.id != record.id && chance(60) })
            case "declare":
                records[i].ids = some(there.filter { $0.kind == "declare" && $0.id != record.id })
            case "end":
                records[i].ids = some(there.filter { $0.kind == "hold" || $0.kind == "link" })
            case "erase":
                records[i].ids = some(there.filter { $0.kind == "text" })
                records[i].over =
                    some(records.filter { $0.kind == "hold" }) + (chance(20) ? [somebody()] : [])
            default: break
            }
        }
    }

    /// Some computers that get the records in pieces.
    mutating func machines() -> [String: [AuthorityHistory.Batch]] {
        var machines: [String: [AuthorityHistory.Batch]] = [:]
        // Most often computers of people who may sign.
        var owners = founders.shuffled(using: &random)
        if chance(40) || owners.count < 2 { owners.insert(chance(50) ? "N" : "B", at: 0) }
        for name in owners.prefix(2) {
            let pieces = Int.random(in: 1...4, using: &random)
            var batches = Array(repeating: [String](), count: pieces)
            for record in records {
                let isRoot = record.kind == "root"
                batches[isRoot && chance(85) ? 0 : Int.random(in: 0..<pieces, using: &random)]
                    .append(record.id)
            }
            machines[name] = []
            for batch in batches {
                machines[name]?.append(.records(batch))
                if chance(12) { machines[name]?.append(.forget) }
            }
        }
        return machines
    }
}
