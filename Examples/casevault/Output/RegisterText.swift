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
        return Answer(
            json: [("register", .list(json))],
            text: table.rows.isEmpty
                ? "The register is empty.\n"
                : ColumnLayout(table.headings, table.rows, width: Host.columns).text)
    }

    /// Whether a person is shown a column: where the rules use it, or something stands in it.
    static func isShown(
        _ column: RegisterRow.Column, _ row: RegisterRow, _ rules: Rules
    ) -> Bool {
        !row[column].isEmpty || rules.columns.contains { $0.column == column }
    }

    /// The columns of a row as JSON: those of every register, and others with something in them.
    static func columns(_ row: RegisterRow) -> [(String, JSONValue)] {
        RegisterRow.Column.allCases.filter { $0.rawValue <= 6 || !row[$0].isEmpty }
            .map { ($0.name, .text(row[$0])) }
    }
}
