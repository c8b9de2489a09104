// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Puts text into Markdown so that it stays text: no heading, link, picture, table or HTML.
enum MarkdownText {
    /// The text in one line, every character that could be markup behind a backslash.
    static func escaped(_ text: String) -> String {
        let words = text.unicodeScalars.split { $0.properties.isWhitespace }
        let line = SafeText.escaped(words.map { String($0) }.joined(separator: " "))
        var out = ""
        for scalar in line.unicodeScalars {
            if markup.contains(scalar) { out += "\\" }
            out.unicodeScalars.append(scalar)
        }
        return out
    }

    /// What can be markup somewhere in a line.
    private static let markup = Set("\\`*_[]<>&|~#!".unicodeScalars)
}
