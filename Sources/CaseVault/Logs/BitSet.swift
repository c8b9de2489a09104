// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A fixed number of yes-or-no answers, 64 to a word.
struct BitSet {
    /// The answers.
    private var words: [UInt64]

    /// All answers no.
    init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

    /// Whether the answer at `index` is yes.
    func contains(_ index: Int) -> Bool { words[index >> 6] & 1 << UInt64(index & 63) != 0 }

    /// Makes the answer at `index` yes.
    mutating func insert(_ index: Int) { words[index >> 6] |= 1 << UInt64(index & 63) }

    /// How many answers are yes.
    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// Makes every answer yes that is yes in `other`.
    mutating func formUnion(_ other: BitSet) {
        for i in words.indices { words[i] |= other.words[i] }
    }
}
