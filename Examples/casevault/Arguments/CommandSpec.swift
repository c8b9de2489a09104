// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// One command: everything that parsing, help and completions need to know about it.
struct CommandSpec: Sendable {
    /// The verb; empty for the plain command.
    let name: String
    /// What it does, in one line.
    let summary: String
    /// The positional arguments, in order.
    var arguments: [ArgumentSpec] = []
    /// The options, besides those that every command has.
    var options: [OptionSpec] = []
    /// What else a user should know; lines of at most 80 characters.
    var notes: [String] = []
    /// Whether it only reads with these arguments: then it says what is known to be missing from
    /// what it gives.
    var reads: @Sendable (Arguments) -> Bool = { _ in false }
    /// Whether it signs with today's day with these arguments.
    var signs: @Sendable (Arguments) -> Bool = { $0.command.isAct && !$0.command.reads($0) }
    /// Whether it is an act of the committee: all but those about keys, checks and help.
    var isAct: Bool {
        !["key", "unlock", "lock", "card", "verify", "help", "create"].contains(name)
    }
    /// Does it.
    let run: @Sendable (Session) throws -> Answer

    /// The usage line.
    var usage: String {
        var words = ["casevault"]
        if !name.isEmpty { words.append(name) }
        words += arguments.map(\.usage) + options.map(\.usage)
        return words.joined(separator: " ")
    }
}
