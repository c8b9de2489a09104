// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// One positional argument of a command, as the command table has it.
struct ArgumentSpec: Sendable {
    /// The name in usage lines, in capitals.
    let name: String
    /// What it is, in a few words.
    let help: String
    /// What it stands for.
    var value = ValueKind.text
    /// Whether the command needs it.
    var isRequired = true
    /// Whether it takes all arguments that are left.
    var repeats = false

    /// Whether it is the code name of a case.
    var isCaseName: Bool { if case .caseName = value { true } else { false } }

    /// How a usage line shows it.
    var usage: String {
        let text = repeats ? name + "..." : name
        return isRequired ? text : "[\(text)]"
    }
}

/// What a word on the command line stands for: for checks, and for completions.
enum ValueKind: Sendable {
    /// Anything.
    case text
    /// A command.
    case command
    /// A file.
    case file
    /// A folder.
    case folder
    /// The code name of a case.
    case caseName
    /// A display name or card identifier.
    case member
    /// What an entry of a case is called, or digits of its identifier.
    case entry
    /// A whole number, at least the given one.
    case number(atLeast: Int)
    /// A day, YYYY-MM-DD.
    case day
    /// One of these words.
    case choice([String])
}
