// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Shows stored text on a terminal without letting it act on the terminal or on the reader.
package enum SafeText {
    /// The text with every character that is not plainly visible written out.
    ///
    /// Control, bidi, zero-width, unassigned, private-use and tag characters come out as
    /// `\u{202E}` and the like. Text in any script stays as it is, with joiners where a word cannot
    /// be written without them. The joiner inside some emoji is written out.
    ///
    /// - Parameters:
    ///   - text: the text to show.
    ///   - keepingLineBreaks: whether line feeds stay, and CR LF becomes one.
    /// - Returns: a text of visible characters. A backslash is not doubled, so the result is
    ///   for reading, not for reading back.
    package static func escaped(
        _ text: String, keepingLineBreaks: Bool = false
    ) -> String {
        var out = String.UnicodeScalarView()
        var carriageReturn = false
        let scalars = Array(text.unicodeScalars)
        for (place, scalar) in scalars.enumerated() {
            if carriageReturn {
                carriageReturn = false
                if scalar == "\n" {
                    out.append("\n")
                    continue
                }
                append(escape("\r"), to: &out)
            }
            if keepingLineBreaks, scalar == "\r" {
                // Alone it would let a line be overwritten; before a line feed it is harmless.
                carriageReturn = true
            } else if keepingLineBreaks, scalar == "\n" || scalar == "\t" {
                out.append(scalar)
            } else if CharacterClass.isShowable(scalar) || WordJoiner.shapes(scalars, at: place) {
                out.append(scalar)
            } else {
                append(escape(scalar), to: &out)
            }
        }
        if carriageReturn { append(escape("\r"), to: &out) }
        return String(out)
    }

    /// Whether every character of one line is plainly visible, so that nothing is written out.
    ///
    /// - Parameter text: the text to check.
    /// - Returns: whether it is shown as it is.
    static func isPlain(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        return scalars.indices.allSatisfy {
            CharacterClass.isShowable(scalars[$0]) || WordJoiner.shapes(scalars, at: $0)
        }
    }

    /// Appends a text scalar by scalar: appending many at once copies all that was there.
    ///
    /// - Parameters:
    ///   - text: the text to append.
    ///   - out: where to.
    private static func append(_ text: String, to out: inout String.UnicodeScalarView) {
        for scalar in text.unicodeScalars { out.append(scalar) }
    }

    /// The visible form of one scalar.
    ///
    /// - Parameter scalar: any scalar.
    /// - Returns: its number in the form used by Swift literals.
    static func escape(_ scalar: Unicode.Scalar) -> String {
        let hex = String(scalar.value, radix: 16, uppercase: true)
        return "\\u{" + String(repeating: "0", count: max(0, 4 - hex.utf8.count)) + hex + "}"
    }
}
