// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault due`.
enum DueCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "due", summary: "Show what is due in the cases that you read",
        options: [
            OptionSpec(name: "--ics", help: "for a calendar: code names and days only"),
            OptionSpec(
                name: "--output", valueName: "FILE", help: "where to; else standard output",
                value: .file),
        ],
        notes: [
            "A calendar is not encrypted. It has code names, and nothing of what is in a case."
        ], reads: { _ in true }, run: run)

    /// Lists it.
    private static func run(_ session: Session) throws -> Answer {
        let arguments = session.arguments
        guard arguments.has("--ics") || !arguments.has("--output") else {
            throw Failure.usage(arguments.command, "--output needs --ics.")
        }
        guard !arguments.has("--ics") || !session.isJSON || arguments.has("--output") else {
            throw Failure.usage(arguments.command, "--ics with --json needs --output FILE.")
        }
        let vault = try session.vault()
        let due = DueText(vault)
        if arguments.has("--ics") { return try PlainOutput.answer(due.calendar, session) }
        return Answer(
            json: [("due", due.json)],
            text: due.lines.isEmpty
                ? "Nothing is due.\n" : due.lines.joined(separator: "\n") + "\n")
    }
}
