// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Who ended what, links or holds: only those whose word has effect now.
struct AuthorityEnders {
    /// For each link or hold, who named it; two are enough to know.
    private var named: [Hands]
    /// For each person who is out, who named them.
    private var people: [Int: Hands] = [:]

    /// Up to two different people.
    private struct Hands {
        var one = -1
        var two = -1
        mutating func add(_ person: Int) {
            if one < 0 { one = person } else if two < 0, person != one { two = person }
        }
    }

    /// Looks at all ends.
    ///
    /// - Parameters:
    ///   - settling: The log, and how people stand.
    ///   - lists: For each end, the links or holds that it names.
    ///   - count: How many of these there are.
    ///   - isHeard: Whose ends count beside that they may end.
    init(
        _ settling: AuthoritySettling, named lists: Ragged, count: Int,
        isHeard: (Int) -> Bool = { _ in true }
    ) {
        named = Array(repeating: Hands(), count: count)
        let limits = settling.log.limits
        var may = AuthorityMay(settling)
        var people: [Int: Set<Int>] = [:]
        for (end, record) in limits.ends.enumerated() where may.act(record) {
            let author = settling.log.authors[record]
            guard isHeard(author) else { continue }
            for place in lists[end] { named[place].add(author) }
            if !limits.endedPeople[end].isEmpty {
                people[author, default: []].formUnion(limits.endedPeople[end])
            }
        }
        for (author, theirs) in people {
            for person in settling.standing.covered(by: theirs) {
                self.people[person, default: Hands()].add(author)
            }
        }
    }

    /// Who ended a link or a hold of somebody: all if there are fewer than two, or else two.
    func hands(onto place: Int, by author: Int) -> Set<Int> {
        var hands: Set<Int> = []
        for known in [named[place], people[author] ?? Hands()] {
            if known.one >= 0 { hands.insert(known.one) }
            if known.two >= 0 { hands.insert(known.two) }
        }
        return hands
    }
}
