// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// `casevault help`.
enum HelpCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "help", summary: "Show the commands, or help for one",
        arguments: [
            ArgumentSpec(name: "COMMAND", help: "a command", value: .command, isRequired: false)
        ],
        options: [
            OptionSpec(
                name: "--as", valueName: "FORM", help: "everything in one form, see below",
                value: .choice(["bash", "zsh", "fish", "man"]))
        ],
        notes: [
            "FORM is bash, zsh or fish for completions that this shell reads, or man for a",
            "manual page:",
            "  source <(casevault help --as bash)",
            "  casevault help --as zsh > DIR/_casevault, where DIR is in $fpath",
            "  casevault help --as fish > ~/.config/fish/completions/casevault.fish",
            "  casevault help --as man > ~/.local/share/man/man1/casevault.1",
        ], run: run)

    /// Shows help; touches nothing.
    private static func run(_ session: Session) throws -> Answer {
        let arguments = session.arguments
        let name = arguments.positional(0)
        if let form = arguments["--as"] {
            guard name == nil else {
                throw Failure.usage(arguments.command, "--as is for all commands at once.")
            }
            let text =
                switch form {
                case "bash": BashCompletions.script
                case "zsh": ZshCompletions.script
                case "fish": FishCompletions.script
                default: ManPage.text
                }
            return Answer(json: [("help", .text(text))], text: text)
        }
        guard let name else { return HelpText.answer(nil) }
        guard let command = CommandTable.command(named: name) else {
            throw Failure.noSuchCommand(name)
        }
        return HelpText.answer(command)
    }
}
