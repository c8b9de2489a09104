// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// Stored text as people may see it: nothing in it can act on the terminal.
enum Shown {
    /// One line; line breaks are written out.
    static func line(_ text: String) -> String {
        SafeText.escaped(text, keepingLineBreaks: false)
    }

    /// A name; one that may only look like another's is marked.
    static func name(_ name: String) -> String {
        line(name) + (LookAlikes.mixAlphabets(in: name) ? " [letters of two alphabets]" : "")
    }

    /// Several lines, each behind four spaces.
    static func block(_ text: String) -> String {
        SafeText.escaped(text, keepingLineBreaks: true)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "" : "    " + $0 }.joined(separator: "\n")
    }

    /// A text that may have several lines; all but the first behind so many spaces.
    static func lines(_ text: String, indent: Int) -> String {
        let lines = SafeText.escaped(text, keepingLineBreaks: true)
            .split(separator: "\n", omittingEmptySubsequences: false)
        let space = String(repeating: " ", count: indent)
        return lines.enumerated().map { $0 == 0 || $1.isEmpty ? String($1) : space + $1 }
            .joined(separator: "\n")
    }

    /// Why a passphrase is easily guessed.
    static func why(_ weakness: Passphrase.Weakness) -> String {
        let reason =
            switch weakness {
            case .short: "it has fewer than 12 characters"
            case .regular: "it is too regular"
            case .expected: "it is mostly a name, or words that everybody tries first"
            }
        return "This passphrase is easily guessed: \(reason)."
    }

    /// How many of something: "1 case", "2 cases".
    static func count(_ number: Int, _ word: String) -> String {
        "\(number) \(word)\(number == 1 ? "" : "s")"
    }

    /// Names, separated by commas.
    static func names(_ names: [String]) -> String {
        names.isEmpty ? "nobody" : names.map { name($0) }.joined(separator: ", ")
    }

    /// A table with a heading, columns aligned, every cell in one line.
    static func table(_ heading: [String], _ rows: [[String]]) -> String {
        let rows = [heading] + rows.map { $0.map(line) }
        let widths = heading.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            var text = ""
            for (column, cell) in row.enumerated() {
                text += cell
                if column < row.count - 1 {
                    text += String(repeating: " ", count: widths[column] - cell.count + 2)
                }
            }
            while text.last == " " { text.removeLast() }
            return text + "\n"
        }.joined()
    }
}
