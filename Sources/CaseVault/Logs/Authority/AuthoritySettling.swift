// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Takes records over in one log until nothing is left that counts: rules 3 to 6 of
/// Docs/AUTHORITY.md.
///
/// In each round everything is taken that is open at its start, removals before anything else. A
/// list is opened once, when its owner has power; what has to wait is kept with what it waits for.
struct AuthoritySettling {
    /// How people stand so far.
    private(set) var standing: AuthorityStanding
    /// The owner of this computer; `nil` if the log does not know them.
    let me: Int?
    /// Who read here before links came.
    let exemptions: AuthorityExemptions
    /// Whether the log belongs to two cases at once: then nobody's list counts.
    let isDoubled: Bool

    /// Who has power where fewer than two are left; `nil` while there are two.
    private(set) var lastOnes: AuthorityLastOnes?
    /// And after those, if still fewer than two are in.
    private(set) var laterOnes: AuthorityLaterOnes?
    /// Those that were worked out before, by who the last were.
    private var earlierLastOnes: [[Int]: AuthorityLastOnes] = [:]
    /// People who may have power now and did not before.
    private var candidates: [Int] = []
    /// People with power whose grants were not looked at yet.
    private var waiting: [Int] = []
    /// People who left, and should be looked at again.
    private var leavers: [Int] = []
    /// For each person, which of their lists are open.
    private var opened: [Opened]
    /// For each person, removals by them that others list, as long as they never had power.
    private var unproven: [Int: [Listed]] = [:]
    /// Removals whose authors have power by now.
    private var proven: [Listed] = []
    /// Which checks are open here; `nil` if that has to be worked out anew.
    private var openChecks: AuthorityOpenChecks?
    /// How much was looked at while settling, beside what others count.
    private var ownSteps = 0

    /// A record on somebody's list.
    private struct Listed {
        let owner: Int
        let record: Int
    }

    /// Which lists of somebody were opened.
    private struct Opened: OptionSet {
        let rawValue: UInt8
        static let removals = Self(rawValue: 1)
        static let grants = Self(rawValue: 2)
    }

    /// Settles a log.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - me: The owner of this computer, by their number in the vault.
    ///   - surroundings: What the roster and the cases say.
    ///   - remembered: The records that this computer took before.
    ///   - exemptions: Who read here before links came.
    ///   - isDoubled: Whether the log belongs to two cases.
    ///   - takesOver: Whether this computer takes a case over from who has a conflict.
    init(
        _ log: AuthorityLog, me: Int?, surroundings: AuthoritySurroundings, remembered: [Int],
        exemptions: AuthorityExemptions, isDoubled: Bool, takesOver: Bool
    ) {
        standing = AuthorityStanding(log: log, surroundings: surroundings)
        self.me = me.flatMap(log.local)
        self.exemptions = exemptions
        self.isDoubled = isDoubled
        opened = Array(repeating: [], count: log.people.count)
        // My own list and memory stand: whoever is on it is not asked again.
        let stands = (self.me.map { Array(log.lists[$0]) } ?? []) + remembered
        standing.noteReplacements(stands)
        for record in stands { standing.take(record) }
        settle()
        takeTexts()
        if takesOver { takeOver() }
    }

    /// The records of the log.
    var log: AuthorityLog { standing.log }

    /// Whether a rule holds.
    private func follow(_ rule: AuthorityRules) -> Bool { log.facts.follow(rule) }

    /// How much was looked at to settle the log: records, lists, people, once for each time.
    var steps: Int {
        let known = Array(earlierLastOnes.values) + [lastOnes].compactMap(\.self)
        return ownSteps + standing.steps + known.map(\.steps).reduce(0, +)
    }

    // MARK: Power

    /// Whether somebody has power.
    func hasPower(_ person: Int) -> Bool {
        guard standing.isIn[person] else { return false }
        guard standing.isRoster else { return standing.surroundings.able[person] }
        if !follow(.twoVouchers) { return true }
        if standing.strong[person] { return true }
        return laterOnes?.isMember[person] ?? lastOnes?.isMember[person] ?? false
    }

    /// Whether somebody has power in the roster, or had it.
    func everHadPower(_ person: Int) -> Bool {
        if standing.strong[person] { return true }
        guard standing.isRoster, follow(.lastAgain) else { return false }
        return laterOnes?.isMember[person] ?? lastOnes?.isMember[person] ?? false
    }

    /// Whether what stands on somebody's list is taken over.
    private func speaks(_ person: Int) -> Bool {
        if isDoubled { return false }
        return follow(.needsPower) ? hasPower(person) : standing.letIn[person]
    }

    /// Looks at what the last round changed: who has power now, and who should be looked at again.
    private mutating func refresh() {
        candidates = standing.takeChanges()
        if !candidates.isEmpty { openChecks = nil }
        let isOther = refreshLastOnes()
        for person in candidates {
            if !log.leaves[person].isEmpty { leavers.append(person) }
            if !unproven.isEmpty, everHadPower(person),
                let listed = unproven.removeValue(forKey: person)
            {
                proven += listed
            }
        }
        guard isOther else { return }
        // Others are the last now: whoever waits for somebody's power is looked at again.
        leavers += log.people.indices.filter { !log.leaves[$0].isEmpty }
        for person in unproven.keys.sorted() where everHadPower(person) {
            proven += unproven.removeValue(forKey: person) ?? []
        }
    }

    /// Looks at who has power where fewer than two are left.
    ///
    /// - Returns: Whether these are other people than before, new ones in candidates left aside.
    private mutating func refreshLastOnes() -> Bool {
        guard standing.isRoster, follow(.lastOne), follow(.twoVouchers) else { return false }
        if standing.strongIn.count >= 2 {
            shelveLastOnes()
            return false
        }
        let last =
            standing.strongIn.count == 1 ? [standing.strongIn.sum] : standing.strongGone.sorted()
        var isOther = false
        if lastOnes?.last != last {
            shelveLastOnes()
            lastOnes =
                earlierLastOnes.removeValue(forKey: last) ?? AuthorityLastOnes(last: last, log: log)
            isOther = true
        }
        let known = lastOnes?.followed
        candidates += lastOnes?.follow(standing) ?? []
        // A voucher for somebody who is in already changes nobody, and may give them power.
        guard isOther || !candidates.isEmpty || lastOnes?.followed != known, follow(.lastAgain),
            let lastOnes
        else { return isOther }
        let areFew = !lastOnes.areTwoIn(standing)
        isOther = isOther || areFew || laterOnes != nil
        laterOnes = areFew ? AuthorityLaterOnes(after: lastOnes, standing) : nil
        candidates += laterOnes?.members ?? []
        return isOther
    }

    /// Keeps what was worked out, for the case that the same people are the last again.
    private mutating func shelveLastOnes() {
        guard let known = lastOnes else { return }
        lastOnes = nil
        laterOnes = nil
        if earlierLastOnes.count >= 8 { earlierLastOnes.removeAll() }
        earlierLastOnes[known.last] = known
    }

    // MARK: Rounds

    /// Takes over until nothing is open.
    private mutating func settle() {
        while true {
            refresh()
            var open = openRemovals()
            if open.isEmpty || !follow(.removalsFirst) { open += openGrants() }
            if open.isEmpty { open = openHandOvers() }
            if open.isEmpty { return }
            ownSteps += open.count
            standing.noteReplacements(open)
            for record in open { standing.take(record) }
        }
    }

    /// The removals on lists of people with power.
    private mutating func openRemovals() -> [Int] {
        var open: [Int] = []
        for person in candidates where speaks(person) {
            ownSteps += 1
            if !opened[person].contains(.grants) { waiting.append(person) }
            guard opened[person].insert(.removals).inserted else { continue }
            for record in log.removals[person] where !standing.taken[record] {
                ownSteps += 1
                let author = log.authors[record]
                if author == person || everHadPower(author) || !follow(.ownRemovals) {
                    open.append(record)
                } else if standing.isRoster {
                    unproven[author, default: []].append(Listed(owner: person, record: record))
                }
            }
        }
        candidates.removeAll(keepingCapacity: true)
        for listed in proven where !standing.taken[listed.record] {
            ownSteps += 1
            if speaks(listed.owner) {
                open.append(listed.record)
            } else {
                // Its owner has no power now; if they have it again, the list is opened again.
                opened[listed.owner].remove(.removals)
                if standing.isIn[listed.owner] { standing.remind(listed.owner) }
            }
        }
        proven.removeAll(keepingCapacity: true)
        #if DEBUG
            if !follow(.leaveNoRemoval) {
                for person in log.people.indices where !log.leaves[person].isEmpty {
                    let kept = Set(standing.keptByLeaves(of: person))
                    open += log.removals[person].filter { !standing.taken[$0] && kept.contains($0) }
                }
            }
            if !follow(.earlyRemoval) {
                let late = open.filter { record in
                    !log.bars[record].contains { standing.isIn[$0] }
                }
                proven = late.map { Listed(owner: log.authors[$0], record: $0) }
                open.removeAll { late.contains($0) }
            }
        #endif
        return open
    }

    /// What lets in or vouches, on lists of people with power who need answer nothing, and what
    /// the leaves of somebody name who left.
    private mutating func openGrants() -> [Int] {
        var open: [Int] = []
        var asked: [Int] = []
        for person in waiting where !opened[person].contains(.grants) {
            ownSteps += 1
            guard speaks(person) else {
                if standing.isIn[person] { standing.remind(person) }
                continue
            }
            if log.grants[person].isEmpty { continue }
            if follow(.readsToAdmit), isAsked(person) {
                asked.append(person)
                continue
            }
            opened[person].insert(.grants)
            for record in log.grants[person] where !standing.taken[record] {
                ownSteps += 1
                if fits(record, on: person) { open.append(record) }
            }
        }
        waiting = asked
        openLeavers(&open)
        return open
    }

    /// What somebody named when they left stays.
    private mutating func openLeavers(_ open: inout [Int]) {
        for person in leavers where everHadPower(person) && !log.grants[person].isEmpty {
            let kept = standing.keptByLeaves(of: person)
            if kept.isEmpty { continue }
            let names = Set(kept)
            for record in log.grants[person] where !standing.taken[record] {
                ownSteps += 1
                if names.contains(record), fits(record, on: person) { open.append(record) }
            }
        }
        leavers.removeAll(keepingCapacity: true)
    }

    /// Whether an act that lets in or vouches may be taken from somebody's list; rule 5.
    private func fits(_ record: Int, on owner: Int) -> Bool {
        guard log.kinds[record] == .letsIn else { return true }
        let (card, author, traits) = (log.cards[record], log.authors[record], log.traits[record])
        let isBack = traits.contains(.lifts) || traits.contains(.replaces)
        if isBack, card == author || card == owner, follow(.liftNotOwn) { return false }
        if traits.contains(.lifts), !traits.contains(.complete), follow(.liftWaits) { return false }
        if traits.contains(.unsigned), follow(.wasSigned) { return false }
        if standing.surroundings.withheld[card], !traits.contains(.namesRoot),
            follow(.withheldStays)
        {
            return false
        }
        // Strong once is strong for good: a second who comes too late never counts.
        let isLateSecond =
            standing.isRoster && traits.contains(.second) && log.isFoundedAlone(by: author)
            && standing.strongCount > (standing.strong[author] ? 1 : 0)
        return !(isLateSecond && follow(.secondAlone))
    }

    /// In a case in which nobody has power, who is in, guests aside, lets in somebody who has power
    /// in the roster; if nobody is in, who went by themselves or has a conflict does. Each time lets
    /// in somebody with power, so there are few times.
    private func openHandOvers() -> [Int] {
        guard log.root.kind == .caseFile, follow(.handOver), standing.ableIn == 0 else {
            return []
        }
        var open: [Int] = []
        var around = log.people.indices.filter {
            standing.isIn[$0] && standing.surroundings.inRoster[$0] && follow(.handOverIn)
        }
        if around.isEmpty {
            around = log.people.indices.filter {
                standing.letIn[$0] && standing.openRemovals[$0] == 0
                    && (standing.outer($0) || standing.goneAlone($0))
            }
        }
        if around.isEmpty { return letInInTime() }
        for person in around {
            for record in log.grants[person] where !standing.taken[record] {
                let card = log.cards[record]
                if log.kinds[record] == .letsIn, standing.openRemovals[card] == 0,
                    standing.surroundings.powerInRoster[card] || !follow(.handOverPower),
                    fits(record, on: person)
                {
                    open.append(record)
                }
            }
        }
        return open
    }

    /// Where the starter of a case was taken out before anything else was known here: whoever has
    /// power in the roster and counted in time that the starter let them in. It takes two: the
    /// starter's word, and theirs.
    private func letInInTime() -> [Int] {
        let starter = log.starter
        let out = Set(log.removals[starter].flatMap { Array(log.bars[$0]) })
        var mine: [Int: [Int]] = [:]
        for person in log.people.indices
        where person != starter && standing.surroundings.powerInRoster[person]
            && !standing.surroundings.conflicted[person] && standing.openLeaves[person] == 0
            && !out.contains(person)
        {
            let grants = log.grants[person].filter { record in
                log.kinds[record] == .letsIn && log.authors[record] == starter
                    && log.cards[record] == person && !log.traits[record].contains(.lifts)
                    && !standing.taken[record] && fits(record, on: person)
            }
            if !grants.isEmpty { mine[person] = grants }
        }
        var named: Set<Int> = []
        for person in mine.keys {
            for record in log.removals[person] where log.authors[record] == person {
                named.formUnion(log.bars[record])
            }
        }
        named.formIntersection(mine.keys)
        let areAllNamed = named.count == mine.count
        return mine.filter { areAllNamed || !named.contains($0.key) }.values.flatMap { $0 }
    }

    // MARK: Checks, and the end

    /// Whether somebody has to answer a check of the case.
    private mutating func isAsked(_ person: Int) -> Bool {
        guard log.hasChecks else { return false }
        let checks = openChecks ?? AuthorityOpenChecks(self)
        openChecks = checks
        return checks.isAsked(person)
    }

    /// Entries change nothing, so they are looked at last. Of the roster, only the rules of the
    /// committee are entries. A row is changed by who is in its case.
    private mutating func takeTexts() {
        refresh()
        for person in log.people.indices where !log.texts[person].isEmpty {
            let hasPower = hasPower(person)
            if !hasPower, !standing.surroundings.inCase[person] { continue }
            let isIn = standing.isIn[person] && !standing.isRoster
            let kept = hasPower || isIn ? [] : Set(standing.keptByLeaves(of: person))
            if !hasPower && !isIn && kept.isEmpty { continue }
            for record in log.texts[person] where !standing.taken[record] {
                let isOwn = log.authors[record] == person
                if hasPower || (isOwn && (isIn || kept.contains(record))) {
                    standing.take(record)
                }
            }
        }
    }

    /// Who started a case for others, having a conflict, leaves the report to the one who takes
    /// over. That computer counts it once, when its owner comes in, and signs it. Otherwise nothing
    /// of somebody with a conflict counts.
    private mutating func takeOver() {
        guard log.root.kind == .caseFile, follow(.handOver), let me, hasPower(me),
            let starter = log.people.indices.first(where: { log.first[$0] }), starter != me,
            standing.surroundings.conflicted[starter],
            log.people.indices.allSatisfy({ $0 == me || !hasPower($0) })
        else { return }
        let names = Set(standing.namedByLeaves(of: starter))
        for record in log.texts[starter]
        where log.authors[record] == starter && names.contains(record) {
            standing.take(record)
        }
    }
}
