// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What `help` and `--help` print, made from the command table.
enum HelpText {
    /// Help for one command, or the overview.
    static func answer(_ command: CommandSpec?) -> Answer {
        let text = command.map(of) ?? overview
        return Answer(json: [("help", .text(text))], text: text)
    }

    /// What the command is for.
    static let purpose = [
        "Keeps a committee's case files in a shared folder, each encrypted so that only",
        "members without a conflict of interest can read it.",
    ]

    /// All commands.
    static var overview: String {
        var lines = ["usage: casevault [COMMAND] [ARGUMENTS] [OPTIONS]", ""] + purpose
        lines += ["", "Commands:"]
        lines += table(CommandTable.all.map { ($0.name.isEmpty ? "(none)" : $0.name, $0.summary) })
        lines += ["", "Options of every command:"] + table(common)
        lines += ["", "Exit codes:"] + table(exitCodes)
        lines += ["", "Run casevault help COMMAND for one command."]
        return lines.joined(separator: "\n") + "\n"
    }

    /// One command.
    static func of(_ command: CommandSpec) -> String {
        var lines = ["usage: " + command.usage, "", command.summary + "."]
        if !command.arguments.isEmpty {
            lines += ["", "Arguments:"] + table(command.arguments.map { ($0.name, $0.help) })
        }
        if !command.options.isEmpty {
            lines += ["", "Options:"] + table(command.options.map { ($0.spelled, $0.help) })
        }
        lines += ["", "Options of every command:"] + table(common)
        if !command.notes.isEmpty { lines += [""] + command.notes }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The options of every command.
    private static var common: [(String, String)] {
        CommandTable.common.map { ($0.spelled, $0.help) }
    }

    /// What the exit codes mean.
    static let exitCodes = [
        ("0", "done; what waits for others is no failure"),
        ("1", "refused or failed; nothing was changed"),
        ("2", "wrong usage, or a question that needs an option off a terminal"),
        ("3", "the vault is damaged, incomplete or older than seen"),
        ("4", "your key does not open this, or it does not exist"),
    ]

    /// Two columns.
    private static func table(_ rows: [(String, String)]) -> [String] {
        let width = (rows.map(\.0.count).max() ?? 0) + 2
        return rows.map { "  " + $0 + String(repeating: " ", count: width - $0.count) + $1 }
    }
}
