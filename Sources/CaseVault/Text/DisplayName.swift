// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The rules for the name under which a member appears to the others.
package enum DisplayName {
    /// The most bytes a name may have in UTF-8.
    package static let maximumBytes = 200
    /// The most scalars a name may have.
    package static let maximumScalars = 100

    /// A name as it is kept: in normalization form C, one space where white space stands, and none
    /// at its ends.
    ///
    /// - Parameter name: The name as somebody typed it.
    /// - Returns: The name; empty if nothing but white space was typed.
    package static func tidied(_ name: String) -> String {
        var inner = TextFolding.nfc(name).unicodeScalars[...]
        while inner.first.map({ isSpace($0) || $0.properties.isWhitespace }) == true {
            inner.removeFirst()
        }
        while inner.last.map({ isSpace($0) || $0.properties.isWhitespace }) == true {
            inner.removeLast()
        }
        return inner.split(whereSeparator: isSpace).map { String($0) }.joined(separator: " ")
    }

    /// Whether a scalar only takes up room between words.
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        // Line breaks and controls are no space that somebody typed into a name.
        scalar == "\t" || scalar.properties.generalCategory == .spaceSeparator
            || CharacterClass.isBrailleBlank(scalar)
    }

    /// Whether a text may be a member's display name.
    ///
    /// A name is 1 to 100 scalars and at most 200 bytes, tidied, on one line, of visible
    /// characters. A joiner may stand where it changes how a word is written, and a variation
    /// selector behind a symbol; anywhere else nobody would see them.
    ///
    /// - Parameter name: the text to check.
    /// - Returns: whether every rule is met.
    package static func isValid(_ name: String) -> Bool {
        guard !name.isEmpty, name.utf8.count <= maximumBytes else { return false }
        let scalars = Array(name.unicodeScalars)
        guard scalars.count <= maximumScalars, !CharacterClass.isBlank(name) else { return false }
        for place in scalars.indices {
            let scalar = scalars[place]
            if scalar.value == 0xFE0E || scalar.value == 0xFE0F {
                guard place > 0, CharacterClass.isSymbol(scalars[place - 1]) else { return false }
            } else {
                let isVisible =
                    CharacterClass.isShowable(scalar) || WordJoiner.shapes(scalars, at: place)
                guard isVisible else { return false }
            }
        }
        // Compared as bytes: String equality would call every canonical form equal.
        return tidied(name).utf8.elementsEqual(name.utf8)
    }
}
