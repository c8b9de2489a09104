// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

@testable import CaseVault

/// What one computer says of one log, in the explorer's numbers: all that its oracle looks at.
struct AuthoritySight {
    var people: Crowd = []
    var power: Crowd = []
    var readers: Crowd = []
    var letIn: Crowd = []
    var strong: Crowd = []
    /// Who has or had power.
    var everPower: Crowd = []
    var guests: Crowd = []
    var conflicted: Crowd = []
    var goneAlone: Crowd = []
    /// The open removals and leaves of each person.
    var removals: [[Int]]
    var leaves: [[Int]]
    var taken: Set<Int> = []
    var openHolds: [Int] = []
    var askingLinks: [Int] = []
    var erased: Set<Int> = []

    init(_ view: AuthorityView, _ deeds: AuthorityDeeds) {
        removals = Array(repeating: [], count: deeds.cards.count)
        leaves = removals
        let (log, standing) = (view.log, view.standing)
        func number(_ record: Int) -> Int { deeds.numbers[log.id(record)] ?? -1 }
        for (person, card) in deeds.cards.enumerated() {
            guard let there = log.facts.numbers[card].flatMap(log.local) else { continue }
            let one = Crowd(person)
            if view.isIn(there) { people.insert(one) }
            if view.hasPower(there) { power.insert(one) }
            if view.reads(there) { readers.insert(one) }
            if standing.letIn[there] { letIn.insert(one) }
            if standing.strong[there] { strong.insert(one) }
            if view.everHadPower(there) { everPower.insert(one) }
            if standing.guests[there] { guests.insert(one) }
            if standing.surroundings.conflicted[there] { conflicted.insert(one) }
            if standing.goneAlone(there) { goneAlone.insert(one) }
            removals[person] = view.removals(of: there).map(number)
            for bar in log.barsOf[there] where !standing.isLifted[bar] {
                let record = log.barRecords[bar]
                if log.kinds[record] == .leaves { leaves[person].append(number(record)) }
            }
        }
        for record in log.records.indices where standing.taken[record] {
            taken.insert(number(record))
        }
        guard log.root.kind != .roster else { return }
        openHolds = view.openHolds.compactMap { deeds.numbers[$0] }
        askingLinks = view.askingLinks.compactMap { deeds.numbers[$0] }
        erased = Set(view.erased.compactMap { deeds.numbers[$0] })
    }
}

/// An honest computer at one moment of a search.
final class AuthorityComputer {
    /// Tells it from others: equal ones behave alike.
    let mark: AuthorityMark
    let owner: Int
    let records: [Int]
    let memory: AuthorityMemory
    let state: AuthorityState
    let sights: [AuthorityDeed.Log: AuthoritySight]

    init(
        mark: AuthorityMark, owner: Int, records: [Int], memory: AuthorityMemory,
        state: AuthorityState,
        deeds: AuthorityDeeds
    ) {
        self.mark = mark
        self.owner = owner
        self.records = records
        self.memory = memory
        self.state = state
        var sights: [AuthorityDeed.Log: AuthoritySight] = [:]
        for log in AuthorityDeed.Log.allCases {
            if let view = state[AuthorityName.log(log.rawValue)] {
                sights[log] = AuthoritySight(view, deeds)
            }
        }
        self.sights = sights
    }

    subscript(log: AuthorityDeed.Log) -> AuthoritySight? { sights[log] }
}

extension AuthorityView {
    /// The number of a person in the log.
    func local(of card: CardID) -> Int? { log.facts.numbers[card].flatMap(local) }
}
