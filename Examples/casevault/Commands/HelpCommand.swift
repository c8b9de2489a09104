// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// `casevault help`.
enum HelpCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "help", summary: "Show the commands, or help for one",
        arguments: [ArgumentSpec(name: "COMMAND", help: "a command", isRequired: false)],
        run: run)

    /// Shows help; touches nothing.
    private static func run(_ session: Session) throws -> Answer {
        guard let name = session.arguments.positional(0) else { return HelpText.answer(nil) }
        guard let command = CommandTable.command(named: name) else {
            throw Failure(
                code: "usage", message: "There is no such command.", hint: "Run: casevault help",
                exit: 2)
        }
        return HelpText.answer(command)
    }
}
