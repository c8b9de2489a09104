// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The words of a name, for asking whether two names may be one person's.
///
/// It is for questions to people only: order, case, accents and marks around a word make no
/// difference, so that many who share a word are different people.
enum NameWords {
    /// The words of a name.
    ///
    /// - Parameter name: A name, an account name or an address.
    /// - Returns: Each word of letters and digits, folded, without accents.
    static func of(_ name: String) -> Set<String> {
        var words: Set<String> = []
        var word = String.UnicodeScalarView()
        func end() {
            if !word.isEmpty {
                words.insert(String(word))
                words.insert(withoutPairs(String(word)))
            }
            word = String.UnicodeScalarView()
        }
        for scalar in plain(name).unicodeScalars {
            // Each sign of Chinese and Japanese can be a word: there is no space between them.
            if isIdeograph(scalar) {
                end()
                words.insert(String(scalar))
            } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                word.append(scalar)
            } else if scalar != "'" && scalar != "\u{2019}" {
                end()
            }
        }
        end()
        return words
    }

    /// A word with one letter where two stand for one with a mark: "mueller" for "müller".
    private static func withoutPairs(_ word: String) -> String {
        ["ae", "oe", "ue", "aa"].reduce(word) { word, pair in
            word.replacing(pair, with: pair.prefix(1))
        }
    }

    /// Whether two names share a word.
    static func share(_ one: String, _ other: String) -> Bool {
        !of(one).isDisjoint(with: of(other))
    }

    /// A name folded for comparison, without accents.
    private static func plain(_ name: String) -> String {
        var out = String.UnicodeScalarView()
        for scalar in TextFolding.decomposed(TextFolding.fold(name)).unicodeScalars {
            if scalar.properties.generalCategory == .nonspacingMark { continue }
            // Letters with a stroke are no letter with a mark in Unicode.
            switch scalar {
            case "ø": out.append("o")
            case "ł": out.append("l")
            case "đ", "ð": out.append("d")
            case "ı": out.append("i")
            case "ß": out.append(contentsOf: "ss".unicodeScalars)
            case "æ": out.append(contentsOf: "ae".unicodeScalars)
            case "œ": out.append(contentsOf: "oe".unicodeScalars)
            default: out.append(scalar)
            }
        }
        return String(out)
    }

    /// Whether a scalar is a sign of its own.
    private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isIdeographic
    }
}
