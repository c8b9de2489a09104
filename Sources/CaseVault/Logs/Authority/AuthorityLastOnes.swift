// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Who has power where fewer than two people with power are in: one voucher by the last of them is
/// enough then; with none, one by those who left by themselves.
///
/// It follows the events of a standing, so that a long chain of vouchers is gone through once.
struct AuthorityLastOnes {
    /// The last with power, ascending.
    let last: [Int]
    /// For each person, whether they have power once they are in.
    private(set) var isMember: [Bool]
    /// All members, in the order in which they were found.
    private(set) var members: [Int] = []
    /// The members who have not been looked at since they became one or came in.
    private var news: [Int] = []
    /// For each person, how many members vouch for them.
    private var vouchers: [Int]
    /// For each person, whether one of the last does.
    private var hasOneOfTheLast: [Bool]
    /// For each person, whether they are one of the last.
    private var isLast: [Bool]
    /// For each pair, whether it is counted.
    private var isCounted: [Bool]
    /// How many events were followed.
    private(set) var followed = 0
    /// How much was looked at.
    private(set) var steps = 0

    /// Starts without having followed anything.
    init(last: [Int], log: AuthorityLog) {
        self.last = last
        isMember = Array(repeating: false, count: log.people.count)
        vouchers = Array(repeating: 0, count: log.people.count)
        hasOneOfTheLast = isMember
        isLast = isMember
        for person in last { isLast[person] = true }
        isCounted = Array(repeating: false, count: log.voucher.count)
    }

    /// Follows what has happened since.
    ///
    /// - Returns: The members to be looked at: new ones, and those who came in again.
    mutating func follow(_ standing: AuthorityStanding) -> [Int] {
        while followed < standing.events.count {
            switch standing.events[followed] {
            case .strong(let person): join(person, standing)
            case .letIn(let person): tryToJoin(person, standing)
            case .isIn(let person): if isMember[person] { news.append(person) }
            case .vouches(let pair):
                if isMember[standing.log.voucher[pair]] { count(pair, standing) }
            }
            followed += 1
            steps += 1
        }
        defer { news.removeAll(keepingCapacity: true) }
        return news
    }

    /// A voucher by a member.
    private mutating func count(_ pair: Int, _ standing: AuthorityStanding) {
        guard !isCounted[pair] else { return }
        isCounted[pair] = true
        let (voucher, person) = (standing.log.voucher[pair], standing.log.vouched[pair])
        vouchers[person] += 1
        if isLast[voucher] { hasOneOfTheLast[person] = true }
        tryToJoin(person, standing)
    }

    /// Makes somebody a member for whom enough vouch.
    private mutating func tryToJoin(_ person: Int, _ standing: AuthorityStanding) {
        if mayJoin(person, standing) { join(person, standing) }
    }

    /// Whether enough vouch for somebody: one of the last, or two members.
    private func mayJoin(_ person: Int, _ standing: AuthorityStanding) -> Bool {
        guard standing.letIn[person] else { return false }
        if hasOneOfTheLast[person] { return true }
        return vouchers[person] >= 2
            && (standing.replaced.isEmpty
                || standing.voices(for: person) { isMember[$0] } >= 2)
    }

    /// Makes somebody a member, and whoever follows from that.
    private mutating func join(_ person: Int, _ standing: AuthorityStanding) {
        guard !isMember[person] else { return }
        isMember[person] = true
        var todo = [person]
        while let person = todo.popLast() {
            members.append(person)
            news.append(person)
            steps += standing.log.pairs.places(person).count
            for pair in standing.log.pairs[person] {
                guard standing.vouches[pair], !isCounted[pair] else { continue }
                isCounted[pair] = true
                let other = standing.log.vouched[pair]
                vouchers[other] += 1
                if isLast[person] { hasOneOfTheLast[other] = true }
                guard !isMember[other], mayJoin(other, standing) else { continue }
                isMember[other] = true
                todo.append(other)
            }
        }
    }

    /// Whether two members are in.
    func areTwoIn(_ standing: AuthorityStanding) -> Bool {
        var count = 0
        // The newest first: the oldest are those who went.
        for person in members.reversed() where standing.isIn[person] {
            count += 1
            if count == 2 { return true }
        }
        return false
    }
}
