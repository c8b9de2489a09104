// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Lists of numbers, one behind the other in one array.
struct Ragged: Sendable {
    /// Where each list starts; one more at the end.
    private let starts: [Int]
    /// The numbers of all lists.
    let values: [Int]

    /// Sorts pairs of a list and a number into `count` lists.
    ///
    /// - Parameters:
    ///   - count: How many lists.
    ///   - pairs: Which number goes on which list.
    ///   - areSets: Whether each list is put in order, each number once.
    init(count: Int, pairs: [(list: Int, value: Int)], areSets: Bool = false) {
        var pairs = pairs
        if areSets, pairs.count > 1 {
            pairs.sort { ($0.list, $0.value) < ($1.list, $1.value) }
            var kept = 1
            for i in 1..<pairs.count where pairs[i] != pairs[kept - 1] {
                pairs[kept] = pairs[i]
                kept += 1
            }
            pairs.removeSubrange(kept...)
        }
        var starts = Array(repeating: 0, count: count + 1)
        for pair in pairs { starts[pair.list + 1] += 1 }
        for i in 0..<count { starts[i + 1] += starts[i] }
        var next = starts
        var values = Array(repeating: 0, count: pairs.count)
        for pair in pairs {
            values[next[pair.list]] = pair.value
            next[pair.list] += 1
        }
        self.starts = starts
        self.values = values
    }

    /// The places of a list in `values`.
    func places(_ list: Int) -> Range<Int> { starts[list]..<starts[list + 1] }

    /// The numbers of a list.
    subscript(list: Int) -> ArraySlice<Int> { values[places(list)] }

    /// Where a number stands on a list that is a set.
    func place(of value: Int, in list: Int) -> Int? {
        let place = self[list].partitioningIndex { $0 >= value }
        return place < places(list).upperBound && values[place] == value ? place : nil
    }

    /// Whether a list that is a set has a number.
    func contains(_ value: Int, in list: Int) -> Bool { place(of: value, in: list) != nil }
}
