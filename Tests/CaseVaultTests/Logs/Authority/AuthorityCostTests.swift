// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// Nobody makes the rules slow: twice as many records cost about twice as much to settle, however
/// they are made. Counted in what is looked at, because seconds depend on the machine.
struct AuthorityCostTests {
    /// Ways to write many records.
    enum Pile: String, CaseIterable {
        /// An ordinary log: entries by a few people.
        case entries
        /// One member removes the others again and again.
        case removals
        /// One member lets in keys without end.
        case keys
        /// One member lists everything in one record.
        case listed
        /// Founders remove each other in a ring.
        case ring
        /// Own keys, each let in by the one before.
        case chain
        /// The same where one founder is left, so that each has power by the one before and the founder.
        case lastChain
        /// Each key says that it was the one before, and the first has a conflict.
        case olderKeys
        /// Removals of one person, each lifted by name.
        case lifts
        /// Links of checks that nobody holds, and whom they list.
        case links
        /// Founders who left, with acts that they name.
        case leavers
    }

    /// Some records of one kind, in a vault of Ann, Bob and Xenia.
    static func records(_ pile: Pile, _ count: Int) -> [AuthorityRecord] {
        var maker = PileMaker()
        switch pile {
        case .entries:
            maker.found(["A", "B", "X"])
            for i in 0..<count { maker.add(["A", "B", "X"][i % 3], .text) }
        case .removals:
            maker.found(["A", "B", "X"])
            for i in 0..<count { maker.add("X", .removes([maker.card(["A", "B"][i % 2])])) }
        case .keys:
            maker.found(["A", "B", "X"])
            for i in 0..<count { maker.add("X", .letsIn(.init(card: maker.card("E\(i)")))) }
        case .listed:
            maker.found(["A", "B", "X"])
            for i in 0..<count { maker.add("E", .letsIn(.init(card: maker.card("E\(i)")))) }
            maker.add("X", .counts(maker.records.map(\.id)))
        case .ring:
            let people = (0..<count).map { "F\($0)" }
            maker.found(people)
            for i in 0..<count {
                maker.add(people[i], .removes([maker.card(people[(i + 1) % count])]))
            }
        case .chain, .lastChain:
            maker.found(pile == .chain ? ["A", "B", "X"] : ["X"])
            var last = "X"
            for i in 0..<count / 2 {
                maker.add(last, .letsIn(.init(card: maker.card("E\(i)"))))
                maker.add("X", .confirms(maker.card("E\(i)")))
                last = "E\(i)"
            }
        case .olderKeys:
            maker.found(["A", "B", "X"])
            for i in 0..<count { maker.add("E\(i + 1)", .wasKey(maker.card("E\(i)"))) }
            maker.startCase()
            maker.add(
                "E0", .declares(check: maker.check, conflict: true, replacing: []), to: maker.check)
            for i in 0..<min(50, count) {
                maker.add(
                    "A", .letsIn(.init(card: maker.card("E\(count - i)"), isGuest: true)),
                    to: maker.work)
            }
        case .lifts:
            maker.found(["A", "B", "X"])
            for _ in 0..<count / 2 {
                let removal = maker.add("X", .removes([maker.card("A")]))
                maker.add("B", .letsIn(.init(card: maker.card("A"), lifts: [removal])))
            }
        case .links:
            maker.found(["A", "B", "X"])
            maker.startCase()
            maker.add(
                "A", .letsIn(.init(card: maker.card("X"), answers: [maker.check])), to: maker.work)
            for i in 0..<count / 2 {
                maker.add(
                    "X",
                    .letsIn(
                        .init(card: maker.card("E\(i)"), answers: [maker.check], isGuest: true)),
                    to: maker.work)
                maker.add(
                    "X",
                    .links(
                        .init(check: AuthorityName.log("none \(i)"), tag: AuthorityName.bytes(""))),
                    to: maker.work)
            }
        case .leavers:
            let people = (0..<max(2, count / 3)).map { "F\($0)" }
            maker.found(people)
            for person in people {
                let act = maker.add(person, .letsIn(.init(card: maker.card(person + " new"))))
                maker.add(person, .leaves(keeping: [act]))
            }
        }
        return maker.records
    }

    /// What it costs to settle a pile on a computer of Ann's without memory.
    static func steps(_ pile: Pile, _ count: Int) -> Int {
        let state = AuthorityState(
            of: AuthorityName.card("A"), roster: AuthorityName.log("R"),
            records: records(pile, count))
        return state.all.values.map(\.steps).reduce(0, +)
    }

    @Test(arguments: Pile.allCases) func twiceAsManyCostTwiceAsMuch(_ pile: Pile) {
        let (some, twice) = (Self.steps(pile, 1500), Self.steps(pile, 3000))
        #expect(some > 0)
        #expect(Double(twice) < 2.3 * Double(some), "\(some), then \(twice)")
        #expect(twice < 12 * 3000)
    }
}

/// Makes records one by one.
struct PileMaker {
    private(set) var records: [AuthorityRecord] = []
    let roster = AuthorityName.log("R")
    let work = AuthorityName.log("c")
    let check = AuthorityName.log("k")

    func card(_ name: String) -> CardID { AuthorityName.card(name) }

    @discardableResult
    mutating func add(_ author: String, _ act: AuthorityAct, to log: LogID? = nil) -> RecordID {
        let id = AuthorityName.record("\(records.count)")
        records.append(AuthorityRecord(id: id, log: log ?? roster, author: card(author), act: act))
        return id
    }

    mutating func found(_ people: [String]) {
        add(people[0], .starts(AuthorityRoot(kind: .roster, people: people.map(card))))
    }

    /// A case of Ann's with one check that everybody knows.
    mutating func startCase() {
        let tag = AuthorityName.bytes("bond")
        add(
            "A", .starts(AuthorityRoot(kind: .check, people: ["A", "B", "X"].map(card), tag: tag)),
            to: check)
        add(
            "A",
            .starts(
                AuthorityRoot(
                    kind: .caseFile, people: [card("A")], checks: [.init(log: check, tag: tag)])),
            to: work)
    }
}
