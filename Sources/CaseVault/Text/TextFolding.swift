// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if canImport(Darwin)
    private import Foundation
#else
    @_spi(_Unicode) private import Swift
#endif

/// Brings names to a common form, so that the same name is found however it was typed.
///
/// The folded form is for comparing only. It is never shown and never stored.
enum TextFolding {
    /// The canonical composed form of a text.
    ///
    /// - Parameter text: any text.
    /// - Returns: the same text in Unicode normalization form C.
    static func nfc(_ text: String) -> String {
        #if canImport(Darwin)
            return text.precomposedStringWithCanonicalMapping
        #else
            var scalars = String.UnicodeScalarView()
            // Sorting a run of marks takes the square of its length, so no run is long.
            guard text.utf8.count > longestRun else {
                for scalar in text._nfc { scalars.append(scalar) }
                return String(scalars)
            }
            var piece = String.UnicodeScalarView()
            var run = 0
            for scalar in text.unicodeScalars {
                let isMark = scalar.properties.canonicalCombiningClass != .notReordered
                run = isMark ? run + 1 : 0
                if run > longestRun {
                    for scalar in String(piece)._nfc { scalars.append(scalar) }
                    piece = String.UnicodeScalarView()
                    run = 1
                }
                piece.append(scalar)
            }
            for scalar in String(piece)._nfc { scalars.append(scalar) }
            return String(scalars)
        #endif
    }

    /// The decomposed form of a short text: a letter, then its marks.
    ///
    /// - Parameter text: a name.
    /// - Returns: the same text in Unicode normalization form D; a text that is no name stays.
    static func decomposed(_ text: String) -> String {
        guard text.utf8.count <= 4096 else { return text }
        #if canImport(Darwin)
            return text.decomposedStringWithCanonicalMapping
        #else
            var scalars = String.UnicodeScalarView()
            for scalar in text._nfd { scalars.append(scalar) }
            return String(scalars)
        #endif
    }

    /// More combining marks in a row than this are put in order piece by piece; no language
    /// has words with more than a few.
    private static let longestRun = 256

    /// The form in which names are compared.
    ///
    /// Case, invisible characters, kinds of white space and letters that only look Latin make
    /// no difference. Accents do: "Rene" and "René" may be two people.
    ///
    /// - Parameter text: a name, or a text in which a name is looked for.
    /// - Returns: the folded text, without space at the ends.
    static func fold(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        var spaceIsDue = false
        // Small letters first: the look-alike map has only those. A Greek capital that looks
        // like one Latin letter and whose small form looks like another goes by its small form,
        // so that case makes no difference within Greek.
        for scalar in nfc(nfc(compatible(text)).lowercased()).unicodeScalars {
            if scalar.properties.isWhitespace {
                spaceIsDue = !folded.isEmpty
                continue
            }
            if CharacterClass.isInvisible(scalar) || CharacterClass.isControl(scalar) { continue }
            if spaceIsDue {
                folded.append(" ")
                spaceIsDue = false
            }
            if scalar == "ß" {
                // The one common letter whose case folding is longer than itself.
                folded.append("s")
                folded.append("s")
            } else {
                folded.append(LookAlikes.latin[scalar] ?? scalar)
            }
        }
        return nfc(String(folded))
    }

    /// Whether a word of a name, and what follows it, begins with a text; accents make no difference.
    ///
    /// - Parameters:
    ///   - start: what somebody typed for a name. An empty text begins nothing.
    ///   - name: the name.
    /// - Returns: whether the folded text begins the folded name, or the name from a later word on.
    static func hasWord(beginning start: String, in name: String) -> Bool {
        let (start, name) = (bare(start), bare(name))
        guard !start.isEmpty else { return false }
        return name.indices.contains { place in
            let isStart =
                place == name.startIndex
                || !(name[name.index(before: place)].isLetter
                    || name[name.index(before: place)].isNumber)
            return isStart && name[place...].hasPrefix(start)
        }
    }

    /// The folded form of a name, without marks.
    private static func bare(_ text: String) -> String {
        var bare = String.UnicodeScalarView()
        for scalar in decomposed(fold(text)).unicodeScalars
        where scalar.properties.generalCategory != .nonspacingMark {
            bare.append(scalar)
        }
        return String(bare)
    }

    /// Whether a name occurs in a text as whole words.
    ///
    /// A boundary is anything but a letter, a digit or a mark. An empty name never occurs.
    /// Takes time linear in both texts.
    ///
    /// - Parameters:
    ///   - name: the name looked for.
    ///   - text: the text looked at.
    /// - Returns: whether the folded name stands in the folded text.
    static func containsWord(_ name: String, in text: String) -> Bool {
        WordFinder(name)?.occurs(inFolded: Array(fold(text).unicodeScalars)) ?? false
    }

    /// Replaces full-width forms and the usual ligatures by the plain characters they stand for.
    ///
    /// - Parameter text: any text.
    /// - Returns: the text with these characters replaced.
    private static func compatible(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E:
                plain.append(Unicode.Scalar(scalar.value - 0xFF01 + 0x21) ?? scalar)
            case 0xFB00...0xFB06:
                // One by one: appending many at once copies all that was there.
                for letter in ligatures[Int(scalar.value - 0xFB00)].unicodeScalars {
                    plain.append(letter)
                }
            case 0x2018, 0x2019, 0x02BC:
                // Typed and typeset apostrophes, as in O'Example.
                plain.append("'")
            case 0x2010, 0x2011:
                plain.append("-")
            default:
                plain.append(scalar)
            }
        }
        return String(plain)
    }

    /// The letters of the Latin ligatures U+FB00 to U+FB06.
    private static let ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"]
}
