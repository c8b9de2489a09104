// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// One option of a command, as the command table has it.
struct OptionSpec: Sendable {
    /// The name with its two hyphens.
    let name: String
    /// The name of the value in usage lines; `nil` for an option without value.
    var valueName: String?
    /// What it does, in a few words.
    let help: String
    /// What the value stands for.
    var value = ValueKind.text
    /// Whether it may be given more than once.
    var repeats = false

    /// How a usage line shows it.
    var usage: String { "[\(spelled)]" + (repeats ? "..." : "") }

    /// Name and value.
    var spelled: String { valueName.map { "\(name) \($0)" } ?? name }
}
