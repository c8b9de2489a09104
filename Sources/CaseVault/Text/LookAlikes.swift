// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Letters of other scripts that are drawn like a Latin letter.
///
/// Used for matching only: a name written with a Cyrillic "а" must not slip past a check.
enum LookAlikes {
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
}
