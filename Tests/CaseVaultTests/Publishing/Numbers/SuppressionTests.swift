// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// No hidden count can be computed from what is shown.
struct SuppressionTests {
    /// What is shown of a table.
    private struct Shown: Hashable {
        let counts: [Int?]
        let total: Int?
    }

    /// All tables of so many counts up to a largest one.
    private func tables(_ cells: Int, upTo most: Int) -> [[Int]] {
        (0..<cells).reduce([[]]) { tables, _ in
            tables.flatMap { table in (0...most).map { table + [$0] } }
        }
    }

    /// For each thing that can be shown, the tables that look like it. The reader knows the rule.
    private func byLook(_ cells: Int, upTo most: Int) -> [Shown: [[Int]]] {
        Dictionary(grouping: tables(cells, upTo: most)) { table in
            let shown = Suppression.table(table)
            return Shown(counts: shown.counts, total: shown.total)
        }
    }

    @Test(arguments: [(2, 12), (3, 9), (4, 8), (5, 6), (6, 4)])
    func everyHiddenCountCanBeSeveral(_ cells: Int, _ most: Int) {
        var hidden = 0
        for (shown, tables) in byLook(cells, upTo: most) {
            // Tables above the largest count are missing; sums at most as large are complete.
            guard (shown.total ?? 0) <= most else { continue }
            for (place, count) in shown.counts.enumerated() where count == nil {
                hidden += 1
                #expect(Set(tables.map { $0[place] }).count > 1, "\(shown)")
            }
            if shown.total == nil {
                #expect(Set(tables.map { $0.reduce(0, +) }).count > 1)
            }
        }
        #expect(hidden > 10)
    }

    @Test func showsNoSmallCountAndWhatItShowsIsTrue() {
        for table in tables(4, upTo: 6) {
            let (counts, total) = Suppression.table(table)
            for (count, shown) in zip(table, counts) { #expect(shown == nil || shown == count) }
            #expect(counts.allSatisfy { $0 == nil || ($0 ?? 0) >= 3 })
            #expect(total == nil || total == table.reduce(0, +))
            #expect((total ?? 3) >= 3)
            // Nothing is hidden where nothing is small.
            if table.allSatisfy({ $0 >= 3 }) { #expect(counts == table.map(Int?.some)) }
        }
    }

    @Test func hidesTheNextSmallestToo() {
        #expect(Suppression.table([5, 1, 9, 4]).counts == [5, nil, 9, nil])
        #expect(Suppression.table([0, 0, 9]).counts == [nil, nil, nil])
        // Two hidden that add up to four could only be two and two.
        #expect(Suppression.table([2, 2, 9]).counts == [nil, nil, nil])
        #expect(Suppression.table([2, 1, 9]).counts == [nil, nil, 9])
        #expect(Suppression.table([7, 0, 4, 4]).counts == [7, nil, nil, nil])
        #expect(Suppression.table([0, 2]).total == nil)
        #expect(Suppression.shown(2) == nil)
        #expect(Suppression.shown(3) == 3)
    }
}
