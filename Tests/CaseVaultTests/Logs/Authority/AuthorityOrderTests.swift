// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// Nothing follows from an order of arrival, and nothing from a memory that is not signed too.
struct AuthorityOrderTests {
    private static let count: UInt64 = 60

    @Test func anyOrderOfRecordsGivesTheSameState() {
        var random = SeededRandom()
        for seed in 1...Self.count {
            let history = AuthorityHistory.random(seed: seed)
            let records = history.records.map(\.record)
            for owner in ["A", "X"] {
                var first = AuthorityMachine(owner: owner, names: AuthorityNames(history.records))
                first.look(records)
                let expected = first.standings()
                for _ in 0..<3 {
                    var other = AuthorityMachine(
                        owner: owner, names: AuthorityNames(history.records))
                    other.look(records.shuffled(using: &random))
                    #expect(other.standings() == expected, "history \(seed); \(random.hint)")
                }
            }
        }
    }

    @Test func recordsThatArriveTwiceChangeNothing() {
        for seed in 1...Self.count {
            let history = AuthorityHistory.random(seed: seed)
            let records = history.records.map(\.record)
            var once = AuthorityMachine(owner: "A", names: AuthorityNames(history.records))
            var twice = once
            once.look(records)
            twice.look(records + records)
            #expect(once.standings() == twice.standings(), "history \(seed)")
        }
    }

    /// What this computer counted, a new one of the same person finds, once what is owed is signed.
    @Test func aLostMemoryLosesNothing() {
        var (looked, signed) = (0, 0)
        for seed in 1...Self.count * 4 {
            let history = AuthorityHistory.random(seed: seed)
            let known = Dictionary(uniqueKeysWithValues: history.records.map { ($0.id, $0.record) })
            for (owner, batches) in history.machines {
                var machine = AuthorityMachine(owner: owner, names: AuthorityNames(history.records))
                for case .records(let ids) in batches {
                    signed += machine.get(ids.compactMap { known[$0] }).count
                    guard let state = machine.state else { continue }
                    let new = AuthorityState(
                        of: AuthorityName.card(owner), roster: AuthorityName.log("R"),
                        records: machine.records)
                    for (log, view) in state.all {
                        guard view.people.contains(AuthorityName.card(owner)), let other = new[log]
                        else { continue }
                        looked += 1
                        let missing = Set(view.taken).subtracting(other.taken)
                        #expect(missing.isEmpty, "history \(seed), \(owner)")
                        // Who read before a link is asked on a new computer, and so has no
                        // power in a row there.
                        if other.taken == view.taken, view.log.root.kind != .row {
                            #expect(other.people == view.people, "history \(seed), \(owner)")
                            #expect(other.powerful == view.powerful, "history \(seed), \(owner)")
                        }
                    }
                    // And nothing is signed twice.
                    #expect(machine.get([]).isEmpty, "history \(seed), \(owner)")
                }
            }
        }
        #expect(looked > 500 && signed > 50, "\(looked) looked at, \(signed) signed")
    }

    /// A computer counts on what it remembers: without it this history ends otherwise.
    @Test func memoryMatters() {
        var maker = PileMaker()
        maker.found(["A", "B", "X"])
        let admission = maker.add("X", .letsIn(.init(card: maker.card("N"))))
        let before = AuthorityState(
            of: maker.card("A"), roster: maker.roster, records: maker.records)
        maker.add("B", .removes([maker.card("X")]))
        let after = AuthorityState(
            of: maker.card("A"), roster: maker.roster, records: maker.records,
            memory: before.nextMemory)
        let new = after.of(maker.card("A"))
        #expect(after.roster?.people.contains(maker.card("N")) == true)
        #expect(new.roster?.people.contains(maker.card("N")) == false)
        #expect(after.owed().first?.acts.contains(admission) == true)
    }

    /// What goes from the folder and comes back counts again.
    @Test func whatIsGoneIsRemembered() {
        var maker = PileMaker()
        maker.found(["A", "B", "X"])
        let removal = maker.add("B", .removes([maker.card("X")]))
        let all = maker.records
        let whole = AuthorityState(of: maker.card("A"), roster: maker.roster, records: all)
        let part = AuthorityState(
            of: maker.card("A"), roster: maker.roster, records: all.filter { $0.id != removal },
            memory: whole.nextMemory)
        #expect(part.nextMemory.logs[maker.roster]?.taken.contains(removal) == true)
        maker.add("X", .removes([maker.card("B")]))
        let back = AuthorityState(
            of: maker.card("A"), roster: maker.roster, records: maker.records,
            memory: part.nextMemory)
        #expect(back.roster?.people == [maker.card("A"), maker.card("B")].sorted())
    }
}
