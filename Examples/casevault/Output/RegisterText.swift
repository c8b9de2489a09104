// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// The status register.
enum RegisterText {
    /// All rows.
    static func answer(_ vault: Vault) -> Answer {
        let labels = CaseLabels(vault)
        let json = vault.register.map { row in
            JSONValue.object([("case", .text(labels.label(row)))] + columns(row))
        }
        let table = RegisterTable(of: vault)
        let beside = vault.register.flatMap { sideBySide($0, labels.label($0)) }
        return Answer(
            json: [("register", .list(json))],
            text: table.rows.isEmpty
                ? "The register is empty.\n"
                : beside.map { $0 + "\n" }.joined()
                    + ColumnLayout(table.headings, table.rows, width: Host.columns).text)
    }

    /// What people wrote into a row without knowing of each other, one sentence a column.
    static func sideBySide(_ row: RegisterRow, _ label: String) -> [String] {
        RegisterRow.Column.allCases.compactMap { column in
            guard let others = row.sideBySide[column] else { return nil }
            let texts = ([row[column]] + others).map { "\u{201C}\(Shown.line($0))\u{201D}" }
            return "\(label): \(column.name) was written side by side: "
                + texts.joined(separator: " and ")
                + ". To decide: casevault row \(label.replacing(" ", with: "-")) "
                + "\(column.name)=..."
        }
    }

    /// Whether a person is shown a column: where the rules use it, or something stands in it.
    static func isShown(
        _ column: RegisterRow.Column, _ row: RegisterRow, _ rules: Rules
    ) -> Bool {
        !row[column].isEmpty || rules.columns.contains { $0.column == column }
    }

    /// The columns that every register has.
    private static let everyRegister: Set<RegisterRow.Column> = [
        .safetyRisk, .repeatRisk, .status, .dateTime, .actionsNeeded, .resolution,
    ]

    /// The columns of a row as JSON: those of every register, and others with something in them.
    static func columns(_ row: RegisterRow) -> [(String, JSONValue)] {
        let beside = RegisterRow.Column.allCases.compactMap { column in
            row.sideBySide[column].map { (column.name, JSONValue.texts($0)) }
        }
        return RegisterRow.Column.allCases.filter { everyRegister.contains($0) || !row[$0].isEmpty }
            .map { ($0.name, .text(row[$0])) }
            + (beside.isEmpty ? [] : [("sideBySide", .object(beside))])
    }
}
