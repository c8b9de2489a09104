// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Letters of other scripts that are drawn like a Latin letter.
///
/// A name written with a Cyrillic "а" must not slip past a check, nor pass for another name.
package enum LookAlikes {
    /// The Latin letter that a small Cyrillic or Greek letter looks like.
    static let latin: [Unicode.Scalar: Unicode.Scalar] = [
        // Cyrillic
        "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "һ": "h", "н": "h", "і": "i",
        "ј": "j", "к": "k", "ӏ": "l", "м": "m", "о": "o", "р": "p", "ԛ": "q", "ѕ": "s",
        "т": "t", "ѵ": "v", "ԝ": "w", "х": "x", "у": "y", "ү": "y", "г": "r",
        // Greek
        "α": "a", "β": "b", "ε": "e", "η": "n", "ι": "i", "κ": "k", "ν": "v", "ο": "o",
        "ρ": "p", "τ": "t", "υ": "u", "χ": "x", "ω": "w", "γ": "y", "ϲ": "c", "ϳ": "j",
        // Latin letters without a dot or of another shape
        "ı": "i", "ɑ": "a", "ɡ": "g", "ſ": "s",
    ]

    /// Whether a word of a text mixes Latin letters with Greek or Cyrillic ones.
    ///
    /// Hardly any honest name does; one that looks like somebody else's often does.
    ///
    /// - Parameter text: A name.
    /// - Returns: Whether there is such a word.
    package static func mixAlphabets(in text: String) -> Bool {
        text.unicodeScalars.split { !CharacterClass.isWord($0) }.contains { word in
            let hasLatin = word.contains {
                $0.properties.isAlphabetic && $0.value < 0x250 && $0.value != 0xAA
                    && $0.value != 0xBA
            }
            return hasLatin && word.contains { (0x370...0x52F).contains($0.value) }
        }
    }
}
