// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// How people stand in one log on one computer, while records are taken over one by one.
///
/// What is taken only grows. Everything else is counted along: how many removals and leaves of
/// somebody are open, how many people with power vouch for somebody. So each record costs its own
/// length, and no list is looked through twice.
struct AuthorityStanding {
    /// The records of the log.
    let log: AuthorityLog
    /// For each record, whether it counts.
    private(set) var taken: [Bool]
    /// For each bar, whether somebody lifted it.
    private(set) var isLifted: [Bool]
    /// For each person, how many removals are open.
    private(set) var openRemovals: [Int]
    /// For each person, whether a removal of them was ever taken, lifted or not.
    private(set) var everRemoved: [Bool]
    /// For each guest whom the roster took out, by which records that nothing here lifted.
    private var bans: [Int: Set<Int>]
    /// For each person, the keys that they replaced by a record that counts.
    private(set) var replaced: [Int: Set<Int>] = [:]
    /// For each person, how many leaves are open.
    private(set) var openLeaves: [Int]
    /// For each person, whether somebody ever let them in.
    private(set) var letIn: [Bool]
    /// For each person, whether they were let in as a guest.
    private(set) var guests: [Bool]
    /// For each person, whether they ever had power in the roster.
    private(set) var strong: [Bool]
    /// For each person, whether they are in.
    private(set) var isIn: [Bool]
    /// What holds for each person whatever is taken.
    let surroundings: AuthoritySurroundings

    /// For each pair, whether somebody has vouched.
    private(set) var vouches: [Bool]
    /// For each person, how many people with power vouch for them.
    private var vouchers: [Int]
    /// How many people are strong.
    private(set) var strongCount = 0
    /// How many strong people are in, and the sum of their numbers: with one of them, who it is.
    private(set) var strongIn = (count: 0, sum: 0)
    /// The strong people who went by themselves.
    private(set) var strongGone: Set<Int> = []
    /// How many people are in whom the roster gives power; outside of it, those have power.
    private(set) var ableIn = 0
    /// What has happened, for whoever follows it.
    private(set) var events: [Event] = []
    /// How much was looked at.
    private(set) var steps = 0
    /// What happened to whom since `changes` was last looked at.
    private var changed: [Int] = []

    /// Something that can give power to people.
    enum Event {
        /// Somebody vouches in this pair.
        case vouches(Int)
        /// Somebody was let in for the first time.
        case letIn(Int)
        /// Somebody is strong now.
        case strong(Int)
        /// Somebody is in, and should be looked at again.
        case isIn(Int)
    }

    /// A log of which nothing is taken yet.
    init(log: AuthorityLog, surroundings: AuthoritySurroundings) {
        let (records, people) = (log.records.count, log.people.count)
        self.log = log
        self.surroundings = surroundings
        taken = Array(repeating: false, count: records)
        isLifted = Array(repeating: false, count: log.bars.values.count)
        openRemovals = Array(repeating: 0, count: people)
        everRemoved = Array(repeating: false, count: people)
        bans = surroundings.bans
        openLeaves = (0..<people).map { log.leaves[$0].count }
        letIn = Array(repeating: false, count: people)
        guests = letIn
        isIn = letIn
        strong = surroundings.everHadPower
        vouches = Array(repeating: false, count: log.voucher.count)
        vouchers = Array(repeating: 0, count: people)
        for person in 0..<people where log.first[person] { enter(person) }
        if isRoster { for person in 0..<people where log.first[person] { strengthen(person) } }
    }

    /// Whether this is the roster.
    var isRoster: Bool { log.root.kind == .roster }

    /// Which rules hold.
    private func follow(_ rule: AuthorityRules) -> Bool { log.facts.follow(rule) }

    /// The people to whom something happened since the last call.
    mutating func takeChanges() -> [Int] {
        defer { changed.removeAll(keepingCapacity: true) }
        return changed
    }

    /// Lets somebody be looked at again.
    mutating func remind(_ person: Int) { events.append(.isIn(person)) }

    // MARK: Taking over

    /// Takes a record over.
    mutating func take(_ record: Int) {
        guard !taken[record] else { return }
        taken[record] = true
        steps += 1 + log.bars.places(record).count + log.lifted.places(record).count
        switch log.kinds[record] {
        case .removes:
            for bar in log.bars.places(record) {
                let person = log.bars.values[bar]
                if !everRemoved[person] {
                    everRemoved[person] = true
                    changed.append(person)
                }
                if isLifted[bar] { continue }
                openRemovals[person] += 1
                if openRemovals[person] == 1 { update(person) }
            }
        case .letsIn:
            let person = log.cards[record]
            lift(record, person)
            if log.traits[record].contains(.onlyLifts) { return }
            if log.traits[record].contains(.guest), !guests[person] {
                guests[person] = true
                update(person)
            }
            if !letIn[person] { enter(person) }
            vouch(record)
            let (author, isSecond) = (log.authors[record], log.traits[record].contains(.second))
            if isRoster, isSecond, author != person, log.isFoundedAlone(by: author) {
                strengthen(person)
            }
        case .confirms: vouch(record)
        case .leaves, .text, .other: break
        }
    }

    /// Notes which keys the acts of a batch replace. All of a batch first: whose voice is whose
    /// must not follow from the order in which they are taken.
    mutating func noteReplacements(_ records: some Sequence<Int>) {
        for record in records where log.traits[record].contains(.replaces) {
            guard !taken[record], !log.traits[record].contains(.onlyLifts),
                let old = log.replacedKey(record), old != log.cards[record]
            else { continue }
            replaced[log.cards[record], default: []].insert(old)
        }
    }

    /// Somebody is let in for the first time.
    private mutating func enter(_ person: Int) {
        letIn[person] = true
        events.append(.letIn(person))
        if !follow(.ownStrength) {
            for pair in log.pairs[person] where vouches[pair] { vouchers[log.vouched[pair]] += 1 }
        }
        update(person)
        if isRoster, hasEnough(person) { strengthen(person) }
    }

    /// Whether two people with power vouch for somebody who was let in.
    private func hasEnough(_ person: Int) -> Bool {
        guard letIn[person], vouchers[person] >= 2 else { return false }
        return replaced.isEmpty
            || voices(for: person) { strong[$0] || (!follow(.ownStrength) && letIn[$0]) } >= 2
    }

    /// How many people vouch for somebody, of those who are wanted: a key that another of them
    /// replaced, with the word of somebody else, is no second one.
    func voices(for person: Int, of isWanted: (Int) -> Bool) -> Int {
        let keys = Set(
            log.pairsFor[person].filter { vouches[$0] && isWanted(log.voucher[$0]) }
                .map { log.voucher[$0] })
        guard keys.count > 1, follow(.oneVoice) else { return keys.count }
        var (old, todo): (Set<Int>, [Int]) = ([], Array(keys))
        while let key = todo.popLast() {
            for earlier in replaced[key] ?? [] where old.insert(earlier).inserted {
                todo.append(earlier)
            }
        }
        return keys.subtracting(old).count
    }

    /// Lifts what an act names, for the person whom it lets in.
    private mutating func lift(_ record: Int, _ person: Int) {
        for bar in log.lifted[record] { lift(bar: bar) }
        if !bans.isEmpty, follow(.guestBack), bans[person] != nil {
            bans[person]?.subtract(log.rosterLifts[record])
            if bans[person]?.isEmpty ?? false {
                bans[person] = nil
                update(person)
            }
        }
        #if DEBUG
            if !follow(.liftByName) {
                for bar in log.barsOf[person] {
                    let barring = log.barRecords[bar]
                    if taken[barring] || log.kinds[barring] == .leaves { lift(bar: bar) }
                }
            }
            if !follow(.liftEach) {
                for other in log.named[record] {
                    for bar in log.bars.places(other) { lift(bar: bar) }
                }
            }
        #endif
    }

    /// Lifts one removal or leave of one person.
    private mutating func lift(bar: Int) {
        guard !isLifted[bar] else { return }
        isLifted[bar] = true
        let (record, person) = (log.barRecords[bar], log.bars.values[bar])
        if log.kinds[record] == .leaves {
            openLeaves[person] -= 1
            update(person)
        } else if taken[record] {
            openRemovals[person] -= 1
            if openRemovals[person] == 0 { update(person) }
        }
    }

    /// Somebody vouches for somebody else.
    private mutating func vouch(_ record: Int) {
        let pair = log.pairOf[record]
        guard pair >= 0, !vouches[pair] else { return }
        vouches[pair] = true
        events.append(.vouches(pair))
        let (voucher, person) = (log.voucher[pair], log.vouched[pair])
        guard strong[voucher] || (!follow(.ownStrength) && letIn[voucher]) else { return }
        vouchers[person] += 1
        if !strong[person], hasEnough(person) { strengthen(person) }
    }

    /// Somebody has power for good, and so has everybody for whom two such people vouch: the least
    /// fixed point.
    private mutating func strengthen(_ person: Int) {
        var todo = [person]
        while let person = todo.popLast() {
            guard !strong[person] else { continue }
            strong[person] = true
            strongCount += 1
            events.append(.strong(person))
            if isIn[person] {
                strongIn.count += 1
                strongIn.sum += person
            }
            update(person)
            if !follow(.ownStrength), letIn[person] { continue }
            steps += log.pairs.places(person).count
            for pair in log.pairs[person] where vouches[pair] {
                let other = log.vouched[pair]
                vouchers[other] += 1
                if !strong[other], hasEnough(other) { todo.append(other) }
            }
        }
    }

    // MARK: How somebody stands

    /// Looks again at whether somebody is in.
    private mutating func update(_ person: Int) {
        changed.append(person)
        let isInNow = stands(person) && !surroundings.conflicted[person]
        if isInNow != isIn[person] {
            isIn[person] = isInNow
            let change = isInNow ? 1 : -1
            if isInNow { events.append(.isIn(person)) }
            if isRoster, strong[person] {
                strongIn.count += change
                strongIn.sum += change * person
            }
            if surroundings.able[person] { ableIn += change }
        }
        guard isRoster, strong[person], !log.leaves[person].isEmpty else { return }
        if goneAlone(person) { strongGone.insert(person) } else { strongGone.remove(person) }
    }

    /// Whether somebody is in, conflicts left aside.
    func stands(_ person: Int) -> Bool {
        letIn[person] && openRemovals[person] == 0 && openLeaves[person] == 0 && outer(person)
    }

    /// Outside of the roster: whether the roster has them in, or they are a guest whom it never
    /// took out.
    func outer(_ person: Int) -> Bool {
        surroundings.inRoster[person]
            || (!isRoster && guests[person] && bans[person] == nil)
    }

    /// Whether somebody went by themselves: left, and no removal of them is open.
    func goneAlone(_ person: Int) -> Bool {
        letIn[person] && openLeaves[person] > 0 && openRemovals[person] == 0
            && surroundings.inOrGoneFromRoster[person]
    }

    /// Whether somebody started the case and was never out of it: then they need not answer.
    func stayed(_ person: Int) -> Bool {
        guard log.first[person] else { return false }
        return !follow(.starterStayed)
            || !(everRemoved[person] || !log.leaves[person].isEmpty || surroundings.everOut[person])
    }

    /// Whose links and holds are over when those of some people are: theirs if they are out, and
    /// those of whoever was let in by them only and never counted here, so that nobody who is out
    /// goes on with new keys.
    func covered(by people: Set<Int>) -> Set<Int> {
        let out = people.filter { !stands($0) }
        guard !out.isEmpty, follow(.endChain) else { return out }
        let known = log.known(without: out)
        let restricting = log.limits.linkAuthors + log.limits.holds.map { log.authors[$0] }
        return out.union(restricting.filter { !known[$0] && !letIn[$0] })
    }

    /// What of somebody's acts stays because they named it when they left. Nothing of somebody who
    /// has a conflict, just as if they were in.
    func keptByLeaves(of person: Int) -> [Int] {
        surroundings.conflicted[person] ? [] : namedByLeaves(of: person)
    }

    /// What each of somebody's open leaves names, if they went by themselves.
    func namedByLeaves(of person: Int) -> [Int] {
        guard follow(.leaveKeeps), goneAlone(person) else { return [] }
        var open: [Int] = []
        for bar in log.barsOf[person] where !isLifted[bar] {
            if log.kinds[log.barRecords[bar]] == .leaves { open.append(log.barRecords[bar]) }
        }
        let kinds = log.kinds
        let isFree = follow(.leaveNoRemoval)
        let names: [Int]
        if follow(.leaveAll) {
            guard let shortest = open.min(by: { log.kept[$0].count < log.kept[$1].count }) else {
                return []
            }
            names = log.kept[shortest].filter { record in
                open.allSatisfy { log.kept.contains(record, in: $0) }
            }
        } else {
            names = open.flatMap { Array(log.kept[$0]) }
        }
        return names.filter { !(isFree && kinds[$0] == .removes) }
    }
}
