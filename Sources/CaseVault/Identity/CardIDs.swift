// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A set of people, by their cards.
///
/// Kept in order: of thousands of files at once is asked whether they are for exactly the readers
/// of a log, or for some of them. Two lists in order answer that without hashing anybody.
struct CardIDs: Hashable, Sendable {
    /// The identifiers, ascending, each once.
    private let ascending: [CardID]

    /// The set of some people, in any order and any number of times.
    init(_ people: some Sequence<CardID>) {
        let sorted = people.sorted()
        let isEachOnce = zip(sorted, sorted.dropFirst()).allSatisfy { $0 < $1 }
        ascending = isEachOnce ? sorted : Set(sorted).sorted()
    }

    /// Whether somebody is one of them.
    func contains(_ id: CardID) -> Bool {
        let place = ascending.partitioningIndex { !($0 < id) }
        return place < ascending.count && ascending[place] == id
    }

    /// Whether all of them are among others.
    func isSubset(of others: CardIDs) -> Bool {
        guard ascending.count <= others.ascending.count else { return false }
        var place = 0
        for id in ascending {
            while place < others.ascending.count, others.ascending[place] < id { place += 1 }
            guard place < others.ascending.count, others.ascending[place] == id else {
                return false
            }
            place += 1
        }
        return true
    }

    /// Whether none of them is among others.
    func isDisjoint(with others: CardIDs) -> Bool { !ascending.contains(where: others.contains) }

    /// They and others.
    func union(_ others: some Sequence<CardID>) -> CardIDs {
        let new = others.filter { !contains($0) }
        return new.isEmpty ? self : CardIDs(ascending + new)
    }

    /// They without somebody.
    func subtracting(_ id: CardID) -> CardIDs { CardIDs(ascending.filter { $0 != id }) }
}

// MARK: - RandomAccessCollection

extension CardIDs: RandomAccessCollection {
    var startIndex: Int { ascending.startIndex }
    var endIndex: Int { ascending.endIndex }
    subscript(position: Int) -> CardID { ascending[position] }
}

// MARK: - ExpressibleByArrayLiteral

extension CardIDs: ExpressibleByArrayLiteral {
    init(arrayLiteral people: CardID...) { self.init(people) }
}
