// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What somebody may have meant who mistyped a command or an option.
enum Suggestion {
    /// "Did you mean …? " for a hint; empty when nothing is near.
    ///
    /// - Parameters:
    ///   - word: what was typed. It is not quoted: it may be a name.
    ///   - known: the words there are.
    /// - Returns: the words that are nearest, at most three, in their order.
    static func text(for word: String, among known: [String]) -> String {
        let near = nearest(to: word, among: known)
        guard let last = near.last else { return "" }
        let others = near.dropLast()
        return "Did you mean \(others.isEmpty ? "" : others.joined(separator: ", ") + " or ")"
            + "\(last)? "
    }

    /// The known words that begin with it, else those with the fewest slips in between.
    static func nearest(to word: String, among known: [String]) -> [String] {
        // Longer than any of them: not worth comparing.
        guard (2...24).contains(word.utf8.count) else { return [] }
        let word = word.lowercased()
        let longer = known.filter { !$0.isEmpty && $0.hasPrefix(word) }
        if (1...3).contains(longer.count) { return longer }
        let most = word.utf8.count < 6 ? 1 : 2
        let near = known.filter { !$0.isEmpty }.map { (word: $0, slips: slips(word, $0)) }
        guard let fewest = near.map(\.slips).min(), fewest <= most else { return [] }
        return near.filter { $0.slips == fewest }.prefix(3).map(\.word)
    }

    /// How many letters were left out, added, mistaken or swapped with the next: the optimal string
    /// alignment distance of Damerau and Levenshtein.
    static func slips(_ typed: String, _ meant: String) -> Int {
        let (a, b) = (Array(typed.utf8), Array(meant.utf8))
        var rows = [Array(0...b.count)]
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var least = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    least = min(least, rows[i - 1][j - 1] + 1)
                }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
