// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The manual page, in the language of `man`.
enum ManPage {
    /// The page.
    static var text: String {
        var lines = [
            ".TH CASEVAULT 1 \"\" \"casevault \(Program.version)\" \"User Commands\"",
            // Words stay whole and lines ragged: much of it is to be typed.
            ".nh", ".ad l", ".SH NAME",
            "casevault \\- case files for conduct committees", ".SH SYNOPSIS", ".B casevault",
            "[\\fICOMMAND\\fR] [\\fIARGUMENTS\\fR] [\\fIOPTIONS\\fR]", ".SH DESCRIPTION",
        ]
        lines += HelpText.purpose.map(plain)
        lines += [".SH COMMANDS"]
        for command in CommandTable.all { lines += section(command) }
        lines += [".SH OPTIONS", "Every command takes these."]
        lines += CommandTable.common.flatMap { item($0.spelled, $0.help) }
        lines += [".SH EXIT STATUS"]
        lines += HelpText.exitCodes.flatMap { item($0.0, $0.1) }
        lines += [".SH ENVIRONMENT"]
        lines += environment.flatMap { item($0.0, $0.1) }
        lines += [".SH FILES"]
        lines += files.flatMap { item($0.0, $0.1) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// One command.
    private static func section(_ command: CommandSpec) -> [String] {
        var lines = [".SS " + plain(command.usage), plain(command.summary + ".")]
        lines += command.arguments.flatMap { item($0.name, $0.help) }
        lines += command.options.flatMap { item($0.spelled, $0.help) }
        if !command.notes.isEmpty { lines.append(".PP") }
        // Indented notes are examples and stay as they are.
        var isExample = false
        for note in command.notes {
            if note.hasPrefix(" ") != isExample {
                isExample.toggle()
                lines.append(isExample ? ".nf" : ".fi")
            }
            lines.append(plain(note))
        }
        return isExample ? lines + [".fi"] : lines
    }

    /// A word with its meaning.
    private static func item(_ word: String, _ meaning: String) -> [String] {
        [".TP", ".B " + plain(word), plain(meaning)]
    }

    /// A line of text that is no request and has no escapes; hyphens stay hyphens.
    private static func plain(_ line: String) -> String {
        let text = line.replacing("\\", with: "\\e").replacing("-", with: "\\-")
        return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
    }

    /// The variables that are looked at.
    private static let environment = [
        ("CASEVAULT_DIR", "the vault, if --vault is not given"),
        ("CASEVAULT_KEY", "your key file, if --key is not given"),
        ("XDG_CONFIG_HOME", "where the folder of your key file is; else ~/.config"),
        ("XDG_STATE_HOME", "where this computer keeps what it has seen; else ~/.local/state"),
    ]

    /// The files that are used.
    private static let files = [
        ("~/.config/casevault/key", "your key file"),
        ("~/.local/state/casevault/", "what this computer has seen of each vault"),
    ]
}
