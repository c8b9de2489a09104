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

    /// The columns of a row as JSON.
    static func columns(_ row: RegisterRow) -> [(String, JSONValue)] {
        RegisterRow.Column.allCases.map { ($0.name, .text(row[$0])) }
    }
}
