// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

private import CaseVaultBridge

/// Long text on a terminal, a screen at a time. Lines only, so that screen readers and logs work.
enum Pager {
    /// Shows a text page by page where it is longer than the terminal is high; what is left to print.
    ///
    /// - Parameters:
    ///   - text: whole lines.
    ///   - headings: how many of the first lines stand above each page.
    /// - Returns: the last page, or all of it where nobody can be asked; nothing after a stop.
    /// - Throws: a failure when it cannot be written.
    static func show(_ text: String, headings: Int) throws -> String {
        guard Host.canAsk, Host.columns != nil, let rows = Terminal.rows(1), rows > headings + 4
        else {
            return text
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        let heading = lines.prefix(headings)
        var rest = lines.dropFirst(headings)
        // The question takes a line too.
        let room = rows - headings - 1
        while rest.count > room {
            let page = heading + rest.prefix(room)
            rest = rest.dropFirst(room)
            try Host.write(page.joined(separator: "\n") + "\n")
            let question = "\(rest.count) more: Enter goes on, q stops. "
            let answer = (try? Terminal.readLine(prompt: question)) ?? "q"
            if answer.lowercased().hasPrefix("q") { return "" }
        }
        return (heading + rest).joined(separator: "\n") + "\n"
    }
}
