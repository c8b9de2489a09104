// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Hides small counts in a table, also from whoever subtracts.
///
/// A count below three could point at somebody. Where one is hidden, the others and the total
/// would give it away, so the next smallest are hidden too until the hidden ones add up to at
/// least three and are at least two. Then, for each hidden count, what is shown fits tables in
/// which it differs; a test goes through all small tables to see that, also for a reader who
/// knows this rule.
enum Suppression {
    /// Counts below this are hidden.
    static let limit = 3

    /// A count that stands alone.
    static func shown(_ count: Int) -> Int? { count < limit ? nil : count }

    /// Counts that add up to a total which is shown as well, unless it is small itself.
    ///
    /// - Parameter counts: At least two, none negative.
    /// - Returns: The counts and the total, `nil` where hidden.
    static func table(_ counts: [Int]) -> (counts: [Int?], total: Int?) {
        let total = counts.reduce(0, +)
        guard total >= limit else { return (counts.map { _ in nil }, nil) }
        var hidden: Set<Int> = []
        var sum = 0
        let ascending = counts.indices.sorted { (counts[$0], $0) < (counts[$1], $1) }
        for place in ascending {
            let isSmall = counts[place] < limit
            let mustGoOn = !hidden.isEmpty && (hidden.count < 2 || sum < limit)
            guard isSmall || mustGoOn else { break }
            hidden.insert(place)
            sum += counts[place]
        }
        return (counts.indices.map { hidden.contains($0) ? nil : counts[$0] }, total)
    }
}
