// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault row`.
enum RowCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "row", summary: "Update a case's line in the register",
        arguments: [
            ArgumentSpec(name: "CASE", help: "its code name", value: .caseName),
            ArgumentSpec(
                name: "KEY=VALUE", help: "a column, see below; KEY=@FILE takes a text from a file",
                repeats: true),
        ],
        notes: [
            "safetyRisk, repeatRisk: yes, no or maybe. status: new, ongoing, resolved or appealed;",
            "flagged or banned: resolved, and to be kept in mind.",
            "dateTime, actionsNeeded, resolution: free words.",
            "resolutionSource, who decided: group, board, local or nobody. resolvedOn, reviewOn:",
            "YYYY-MM-DD. response: one of the rules' list, such as \"second suspension\".",
            "The whole committee sees the register: it must not hold a name from the case.",
        ], run: run)

    /// Updates the row.
    private static func run(_ session: Session) throws -> Answer {
        var values: [RegisterRow.Column: String] = [:]
        for word in session.arguments.positionals.dropFirst() {
            let (column, value) = try value(word, session)
            guard values.updateValue(value, forKey: column) == nil else {
                throw Failure.usage(session.arguments.command, "A column was given twice.")
            }
        }
        let vault = try session.vault()
        let item = try vault.case(named: session.arguments.required(0))
        let change = try item.updateRow(values)
        let warnings = warnings(values)
        for warning in warnings { Host.warn(warning) }
        let label = CaseLabels(vault).label(item)
        let row = item.row
        var text = "Updated: \(label)\n"
        for column in RegisterRow.Column.allCases {
            if let row, RegisterText.isShown(column, row, vault.rules) {
                text += "  \(column.name): \(Shown.line(row[column]))\n"
            }
        }
        for sentence in row.map({ RegisterText.sideBySide($0, label) }) ?? [] {
            text += sentence + "\n"
        }
        text += "Everybody to whom the row was opened can read it.\n"
        return Answer(
            json: [
                ("case", .text(label)),
                ("row", row.map { .object(RegisterText.columns($0)) } ?? .null),
                ("warnings", .texts(warnings)),
            ] + AccessText(change).json, text: text + AccessText.besides(change))
    }

    /// A hint for each column with a gendered word: the register uses neutral ones.
    private static func warnings(_ values: [RegisterRow.Column: String]) -> [String] {
        RegisterRow.Column.allCases.compactMap { column in
            let words = Case.genderedWords(in: values[column] ?? "")
            if words.isEmpty { return nil }
            return "The column \(column.name) is gendered (\(words.joined(separator: ", "))): "
                + "the register uses neutral words."
        }
    }

    /// One column and its value, from the word or from the file that it names.
    private static func value(
        _ word: String, _ session: Session
    ) throws -> (RegisterRow.Column, String) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2,
            let column = RegisterRow.Column.allCases.first(where: { $0.name == parts[0] })
        else {
            let names = RegisterRow.Column.allCases.map(\.name).joined(separator: ", ")
            throw Failure.usage(
                session.arguments.command, "Give KEY=VALUE, KEY being one of: \(names).")
        }
        guard parts[1].hasPrefix("@") else { return (column, String(parts[1])) }
        let path = String(parts[1].dropFirst())
        var text = try ReportInput.text(session.input.read(path, limit: 64 << 10), from: path)
        while text.last?.isNewline == true { text.removeLast() }
        return (column, text)
    }
}
