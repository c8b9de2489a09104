// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Finds one folded name in folded texts, in time linear in the text (Knuth, Morris, Pratt).
struct WordFinder {
    /// The folded name.
    private let pattern: [Unicode.Scalar]
    /// For each length of a match, the longest shorter match that may go on.
    private let fallback: [Int]

    /// Prepares the search for a name.
    ///
    /// - Parameter name: the name, not yet folded; `nil` comes back when nothing of it is left.
    init?(_ name: String) {
        let pattern = Array(TextFolding.fold(name).unicodeScalars)
        guard !pattern.isEmpty else { return nil }
        var fallback = [0]
        var length = 0
        for place in 1..<max(1, pattern.count) {
            while length > 0, pattern[place] != pattern[length] { length = fallback[length - 1] }
            if pattern[place] == pattern[length] { length += 1 }
            fallback.append(length)
        }
        self.pattern = pattern
        self.fallback = fallback
    }

    /// Whether the name stands in a text as whole words.
    ///
    /// - Parameter text: the scalars of a text that is already folded.
    /// - Returns: whether there is a match with a boundary at both ends.
    func occurs(inFolded text: [Unicode.Scalar]) -> Bool {
        var steps = 0
        return occurs(inFolded: text, countingSteps: &steps)
    }

    /// The same search with its work counted, so that a test can show that it is linear.
    ///
    /// - Parameters:
    ///   - text: the scalars of a text that is already folded.
    ///   - steps: grows by the number of comparisons made.
    /// - Returns: whether there is a match with a boundary at both ends.
    func occurs(inFolded text: [Unicode.Scalar], countingSteps steps: inout Int) -> Bool {
        var length = 0
        for (place, scalar) in text.enumerated() {
            steps += 1
            while length > 0, scalar != pattern[length] {
                length = fallback[length - 1]
                steps += 1
            }
            if scalar == pattern[length] { length += 1 }
            guard length == pattern.count else { continue }
            let start = place + 1 - length
            let before = start == 0 || !CharacterClass.isWord(text[start - 1])
            let after = place + 1 == text.count || !CharacterClass.isWord(text[place + 1])
            if before, after { return true }
            length = fallback[length - 1]
        }
        return false
    }
}
