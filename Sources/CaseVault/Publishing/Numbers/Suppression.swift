// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Hides small counts in a table, also from whoever subtracts.
///
/// A count below three could point at somebody. Where counts are hidden, the others and the total
/// give away their sum. So the next larger counts are hidden too, those that are equal together,
/// until there are two different ones among the hidden. Whatever fills the hidden places with the
/// same counts in another order then looks the same: each place could hold either. Knowing this
/// rule does not help. A test goes through all small tables.
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
        guard counts.contains(where: { $0 < limit }) else { return (counts, total) }
        var largest = limit - 1
        while Set(counts.filter { $0 <= largest }).count < 2,
            let next = counts.filter({ $0 > largest }).min()
        {
            largest = next
        }
        return (counts.map { $0 <= largest ? nil : $0 }, total)
    }
}
