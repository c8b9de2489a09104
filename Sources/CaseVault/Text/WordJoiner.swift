// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The two joiners of Unicode, where a word cannot be written without them.
///
/// Persian, Sinhala and other languages need them inside of words and names. A joiner that changes
/// nothing would make two texts that nobody can tell apart, so only these places count.
enum WordJoiner {
    /// Keeps two letters from joining.
    private static let nonJoiner: Unicode.Scalar = "\u{200C}"
    /// Joins two letters.
    private static let joiner: Unicode.Scalar = "\u{200D}"

    /// Whether a joiner stands at a place where it shapes a word.
    ///
    /// - Parameters:
    ///   - text: The scalars of a text.
    ///   - place: A place in it.
    /// - Returns: Whether a joiner stands there, between letters that are written otherwise
    ///   without it.
    static func shapes(_ text: [Unicode.Scalar], at place: Int) -> Bool {
        let scalar = text[place]
        guard scalar == nonJoiner || scalar == joiner, place > 0, place + 1 < text.count else {
            return false
        }
        let (before, after) = (text[place - 1], text[place + 1])
        // Letters of India and its neighbours: the sign that takes their vowel away joins two of
        // them, and a joiner says how.
        if isVirama(before) {
            // Malayalam has letters of their own for what the joiner made once.
            let isOldChillu = scalar == joiner && (0xD00...0xD7F).contains(before.value)
            return !isOldChillu && place > 1 && isLetter(text[place - 2]) && isLetter(after)
        }
        if scalar == joiner {
            // Bengali and Kannada: the letter ra keeps its form in front of another.
            return [0x9B0, 0xCB0].contains(before.value) && isVirama(after)
                && place + 2 < text.count && isLetter(text[place + 2])
        }
        guard let left = neighbour(text, from: place, by: -1),
            let right = neighbour(text, from: place, by: 1)
        else { return false }
        return joinsBothWays(left) && (joinsBothWays(right) || joinsBackOnly(right))
    }

    /// The next letter in a direction, behind a few marks, which do not keep letters from joining.
    private static func neighbour(
        _ text: [Unicode.Scalar], from place: Int, by step: Int
    ) -> Unicode.Scalar? {
        for distance in 1...4 {
            let other = place + step * distance
            guard text.indices.contains(other) else { return nil }
            if text[other].properties.generalCategory != .nonspacingMark { return text[other] }
        }
        return nil
    }

    /// Whether a scalar takes the vowel of the letter in front away.
    private static func isVirama(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.canonicalCombiningClass == .virama
    }

    /// Whether a scalar is a letter without capitals.
    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .otherLetter
    }

    /// Whether a scalar is an Arabic letter that joins the letters on both of its sides.
    private static func joinsBothWays(_ scalar: Unicode.Scalar) -> Bool {
        isLetter(scalar) && !joinsBackOnly(scalar) && ![0x621, 0x674].contains(scalar.value)
            && ((0x620...0x6FF).contains(scalar.value) || (0x750...0x77F).contains(scalar.value))
    }

    /// Whether a scalar is an Arabic letter that joins only the letter in front of it.
    private static func joinsBackOnly(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x622...0x625, 0x627, 0x629, 0x62F...0x632, 0x648, 0x671...0x673, 0x675...0x677,
            0x688...0x699, 0x6C0, 0x6C3...0x6CB, 0x6CD, 0x6CF, 0x6D2, 0x6D3, 0x6D5, 0x6EE, 0x6EF,
            0x759...0x75B, 0x76B, 0x76C, 0x771, 0x773, 0x774, 0x778, 0x779:
            true
        default: false
        }
    }
}
