// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// English words that tell a person's gender, for a hint to whoever writes the register.
enum GenderedWords {
    /// The words looked for.
    static let all = [
        "he", "him", "his", "himself", "she", "her", "hers", "herself", "mr", "mrs", "ms", "sir",
        "madam", "man", "men", "woman", "women", "male", "female", "boy", "girl", "guy", "lady",
        "ladies", "gentleman", "gentlemen", "boyfriend", "girlfriend", "husband", "wife", "brother",
        "sister", "father", "mother", "son", "daughter",
    ]

    /// The words that a text has, as whole words in any case, in the order of the list.
    static func found(in text: String) -> [String] {
        let folded = Array(TextFolding.fold(text).unicodeScalars)
        return all.filter { WordFinder($0)?.occurs(inFolded: folded) ?? false }
    }
}
