// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault search`.
enum SearchCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "search", summary: "Look for words in all that you may read",
        arguments: [
            ArgumentSpec(
                name: "WORDS", help: "what to look for; else it is asked", isRequired: false,
                repeats: true)
        ],
        notes: [
            "An entry is found when it has all the words; the start of a word is enough. Nothing",
            "about it is stored. For a name leave WORDS out: you are asked, or they are read from",
            "standard input, and so stay out of your shell's history.",
        ], reads: { _ in true }, run: run)

    /// The most bytes of what is looked for.
    private static let limit = 4096

    /// Looks, and shows where the words are.
    private static func run(_ session: Session) throws -> Answer {
        var words = session.arguments.positionals.joined(separator: " ")
        // The key first: what was typed is not lost by a mistyped passphrase.
        let vault = try session.vault()
        if words.isEmpty {
            words =
                Host.canAsk
                ? try Questions.line("Words to look for:")
                : String(decoding: try session.input.standardInput(limit: limit), as: UTF8.self)
        }
        let (found, notSearched) = try vault.search(words, progress: session.report)
        session.progress.clear()
        let labels = CaseLabels(vault)
        var lines = found.map {
            "\(labels.label($0.item)) \($0.entry.label), \($0.entry.kind.rawValue) of "
                + "\($0.entry.day):\n    \(Shown.line($0.excerpt))"
        }
        if found.isEmpty { lines.append("Nothing that you may read has these words.") }
        if !notSearched.isEmpty {
            let names = notSearched.map(labels.label).joined(separator: ", ")
            lines.append("Not searched, because you have not looked at them yet: \(names)")
        }
        return Answer(
            json: [
                (
                    "found",
                    .list(
                        found.map {
                            .object([
                                ("case", .text(labels.label($0.item))),
                                ("entry", .text($0.entry.label)),
                                ("entryID", .text("\($0.entry.id)")), ("text", .text($0.excerpt)),
                            ])
                        })
                ), ("notSearched", .texts(notSearched.map(labels.label))),
            ], text: lines.joined(separator: "\n") + "\n")
    }
}
