// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// The status register.
enum RegisterText {
    /// All rows.
    static func answer(_ vault: Vault) -> Answer {
        let labels = CaseLabels(vault)
        let rows = vault.register
        let json = rows.map { row in
            JSONValue.object([("case", .text(labels.label(row)))] + columns(row))
        }
        let heading = [
            "CASE", "SAFETY RISK", "REPEAT RISK", "STATUS", "DATE AND TIME", "ACTIONS NEEDED",
            "RESOLUTION",
        ]
        let cells = rows.map { row in
            [labels.label(row)] + RegisterRow.Column.allCases.map { row[$0] }
        }
        return Answer(
            json: [("register", .list(json))],
            text: rows.isEmpty ? "The register is empty.\n" : Shown.table(heading, cells))
    }

    /// The columns of a row as JSON.
    static func columns(_ row: RegisterRow) -> [(String, JSONValue)] {
        RegisterRow.Column.allCases.map { ($0.name, .text(row[$0])) }
    }
}
