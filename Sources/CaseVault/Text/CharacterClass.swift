// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The kinds of characters that matter for showing and comparing text.
enum CharacterClass {
    /// Whether a scalar is a C0 control, DEL or a C1 control.
    ///
    /// - Parameter scalar: any scalar.
    /// - Returns: whether it is of this kind.
    static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }

    /// Whether a scalar has no shape of its own: bidi controls, joiners, fillers, tags.
    ///
    /// - Parameter scalar: any scalar.
    /// - Returns: whether it is of this kind.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0xAD { return false }
        if scalar.properties.isDefaultIgnorableCodePoint { return true }
        return scalar.properties.generalCategory == .format
    }

    /// Whether a scalar may be shown on a terminal as it is.
    ///
    /// - Parameter scalar: any scalar.
    /// - Returns: whether it is of this kind.
    static func isShowable(_ scalar: Unicode.Scalar) -> Bool {
        if (0x20...0x7E).contains(scalar.value) { return true }
        if scalar.value < 0xA0 { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator:
            return false
        default:
            break
        }
        // Variation selectors change how a character looks but hide nothing by themselves:
        // U+FE0E and U+FE0F come in everyday emoji.
        if scalar.value == 0xFE0E || scalar.value == 0xFE0F { return true }
        return !scalar.properties.isDefaultIgnorableCodePoint
    }

    /// Whether a scalar belongs to a word: a letter, a digit or a mark.
    ///
    /// - Parameter scalar: any scalar.
    /// - Returns: whether it is of this kind.
    static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark,
            .enclosingMark:
            true
        default:
            false
        }
    }

    /// Whether a scalar is the sign of braille without a dot, which looks like a space.
    static func isBrailleBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.value == 0x2800 }

    /// Whether a scalar is a symbol.
    ///
    /// - Parameter scalar: any scalar.
    /// - Returns: whether it is of this kind.
    static func isSymbol(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: !isBrailleBlank(scalar)
        default: false
        }
    }

    /// Whether nothing of a text is to be seen.
    ///
    /// - Parameter text: any text.
    /// - Returns: whether it has only white space, controls and what has no shape of its own.
    static func isBlank(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy {
            $0.properties.isWhitespace || isControl($0) || isInvisible($0) || isBrailleBlank($0)
        }
    }
}
