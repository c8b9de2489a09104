// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Every command with its arguments and options, described once.
///
/// Parsing, help, completions and the manual page come from here.
enum CommandTable {
    /// The command without a verb.
    static let plain = StatusCommand.spec

    /// All commands, in the order of the help.
    static let all: [CommandSpec] = [
        plain, KeyCommand.spec, UnlockCommand.spec, LockCommand.spec, CardCommand.spec,
        CreateCommand.spec, AdmitCommand.spec,
        MembersCommand.spec, ConfirmCommand.spec, RemoveCommand.spec, LeaveCommand.spec,
        QuestionsCommand.spec,
        DeclareCommand.spec,
        ReportCommand.spec, TakeCommand.spec, AddCommand.spec, ShowCommand.spec,
        SearchCommand.spec, DueCommand.spec, AccessCommand.spec,
        CheckCommand.spec, OpenCommand.spec, CatchUpCommand.spec, VerifyCommand.spec,
        RulesCommand.spec, RowCommand.spec, VoteCommand.spec, NumbersCommand.spec,
        HoldCommand.spec, EraseCommand.spec, ExportCommand.spec, ImportCommand.spec,
        IntakeCommand.spec, HelpCommand.spec,
    ]

    /// The options of every command.
    static let common: [OptionSpec] = [
        OptionSpec(
            name: "--vault", valueName: "DIR", help: "the vault; else CASEVAULT_DIR, else upwards",
            value: .folder),
        OptionSpec(
            name: "--key", valueName: "FILE",
            help: "your key file; else CASEVAULT_KEY, else ~/.config/casevault/key", value: .file),
        OptionSpec(
            name: "--passphrase-fd", valueName: "N",
            help: "read the passphrase from a descriptor: its first line",
            value: .number(atLeast: 0)),
        OptionSpec(
            name: "--day-is-right", help: "the clock, or a day ahead, is meant as it is"),
        OptionSpec(name: "--json", help: "answer with one JSON object"),
        OptionSpec(name: "--help", help: "show help"),
        OptionSpec(name: "--version", help: "show the version"),
    ]

    /// The command of a verb.
    static func command(named name: String) -> CommandSpec? {
        name.isEmpty ? nil : all.first { $0.name == name }
    }
}
