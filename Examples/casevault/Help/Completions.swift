// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What the completions of all three shells take from the command table.
enum Completions {
    /// The commands that have a verb.
    static var commands: [CommandSpec] { CommandTable.all.filter { !$0.name.isEmpty } }

    /// Every option that takes a value, of any command, each once.
    static var optionsWithValue: [String] {
        let all = commands.flatMap(\.options) + CommandTable.common
        return Set(all.filter { $0.valueName != nil }.map(\.name)).sorted()
    }

    /// The words that a value can be; `nil` where they are not known beforehand.
    ///
    /// Cases and members are not: only the opened vault knows them, and completing must not ask
    /// for a passphrase.
    static func words(_ value: ValueKind) -> [String]? {
        switch value {
        case .command: commands.map(\.name)
        case .choice(let words): words
        case .text, .file, .folder, .caseName, .member, .entry, .number, .day: nil
        }
    }

    /// A text in single quotes, for any of the shells.
    ///
    /// The table has no backslash, which fish would read inside quotes; a test sees to that.
    static func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "'\\''") + "'"
    }

    /// The first line of every script.
    static let origin =
        "# Completions of casevault \(Program.version), from: casevault help --as "
}
