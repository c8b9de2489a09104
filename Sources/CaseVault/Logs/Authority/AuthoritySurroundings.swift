// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What holds for the people of a log whatever is taken over there: what the roster says of them,
/// and their conflicts.
struct AuthoritySurroundings: Sendable {
    /// For each person, whether the roster has them in; in the roster yes, but for who is out by
    /// records that are gone.
    var inRoster: [Bool]
    /// By which records the roster took people out, so that they are no guests either, by their
    /// numbers in the roster.
    var bans: [Int: Set<Int>]
    /// Whether they ever were out of the roster, or have or had a conflict on a check of the case.
    var everOut: [Bool]
    /// Whether they are in the roster or went from it by themselves.
    var inOrGoneFromRoster: [Bool]
    /// Whether they ever had power in the roster; in the roster itself, nobody yet.
    var everHadPower: [Bool]
    /// Whether they have power in the roster.
    var powerInRoster: [Bool]
    /// Whether they have power in this log once they are in; in the roster, no.
    var able: [Bool]
    /// Whether they have a conflict on a check of the case, and so are out of it.
    var conflicted: [Bool]
    /// From whom the log is kept.
    var withheld: [Bool]
    /// Whether what they change in a row may count: whether they are in its case.
    var inCase: [Bool]

    /// Looks at the roster and at the cases to which a log belongs.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - roster: What this computer makes of the roster; `nil` for the roster itself.
    ///   - cases: What it makes of the cases that name the log and that its owner is in. One author
    ///     can bind one row to two cases.
    ///   - out: Who is out of the roster by records that are gone from the folder.
    init(
        of log: AuthorityLog, roster: AuthorityView?, cases: [AuthorityView],
        out: some Sequence<CardID> = []
    ) {
        let (facts, people) = (log.facts, log.people)
        let (no, yes) = (
            Array(repeating: false, count: people.count),
            Array(repeating: true, count: people.count)
        )
        bans = [:]
        everOut = no
        everHadPower = no
        powerInRoster = no
        conflicted = no
        withheld = no
        inCase = yes
        guard let roster else {
            (inRoster, inOrGoneFromRoster, able) = (yes, yes, no)
            for person in out.compactMap({ facts.numbers[$0].flatMap(log.local) }) {
                inRoster[person] = false
                inOrGoneFromRoster[person] = false
            }
            return
        }
        (inRoster, inOrGoneFromRoster) = (no, no)
        for (i, person) in people.enumerated() {
            // By the card: the roster may have got records, and people other numbers, since the facts
            // were looked at.
            guard let there = roster.local(facts.people[person]) else { continue }
            inRoster[i] = roster.isIn(there)
            inOrGoneFromRoster[i] = roster.isIn(there) || roster.goneAlone(there)
            if facts.follow(.guestBanned), roster.isRemovedOrLeft(there) {
                bans[i] = Set(roster.bars(against: there).map { roster.log.records[$0] })
            }
            everOut[i] = roster.everOut(there)
            everHadPower[i] = roster.everHadPower(there)
            powerInRoster[i] = roster.hasPower(there)
        }
        able = powerInRoster
        if !facts.follow(.rosterFirst) { inRoster = yes }
        switch log.root.kind {
        case .caseFile:
            Self.mark(facts.conflicted(on: log.checksOfConflicts), in: log, &conflicted)
            Self.mark(facts.everConflicted(on: log.limits.allChecks), in: log, &everOut)
        case .check:
            for person in facts.conflicted(on: [log.number]) {
                if let i = log.local(person) { able[i] = false }
            }
            Self.mark(Self.withheld(of: log, cases), in: log, &withheld)
        case .row:
            guard !cases.isEmpty else { break }
            for (i, person) in people.enumerated() where facts.follow(.rowNeedsCase) {
                let there = cases.map { (view: $0, person: $0.local(person)) }
                inCase[i] = there.contains { view, person in
                    person.map { view.isIn($0) || view.goneWithoutConflict($0) } ?? false
                }
                guard able[i] else { continue }
                able[i] = there.contains { view, person in
                    person.map { view.hasPower($0) && view.reads($0) } ?? false
                }
            }
            Self.mark(Self.withheld(of: log, cases), in: log, &withheld)
        case .roster: break
        }
    }

    /// From whom a check is kept, or a row because of the checks of its cases, under any newer key.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - cases: The cases that name it.
    /// - Returns: The people, by their numbers in the vault.
    static func withheld(of log: AuthorityLog, _ cases: [AuthorityView]) -> Set<Int> {
        let facts = log.facts
        let roots: [AuthorityRoot] =
            switch log.root.kind {
            case .check: [log.root]
            case .row: cases.flatMap { $0.log.limits.allChecks.compactMap(facts.root) }
            case .roster, .caseFile: []
            }
        let cards = roots.flatMap(\.withheld)
        return cards.isEmpty ? [] : facts.withNewerKeys(cards.compactMap { facts.numbers[$0] })
    }

    /// Marks people in a log.
    private static func mark(_ people: Set<Int>, in log: AuthorityLog, _ marks: inout [Bool]) {
        for person in people { if let i = log.local(person) { marks[i] = true } }
    }
}
