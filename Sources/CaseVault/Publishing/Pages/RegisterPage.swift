// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The status register as a printable page for a meeting.
public struct RegisterPage: Sendable {
    /// The page: HTML of one file, without scripts, loading nothing.
    public let html: String

    /// The register that a member sees today.
    public init(of vault: Vault) {
        let table = RegisterTable(of: vault)
        let nameColumn = table.nameColumn
        html = PageFrame.page(
            title: "Status register",
            audience: "For members of the committee only", committee: vault.committee,
            day: vault.store.clock.today, isWide: true
        ) { page in
            guard !table.rows.isEmpty else {
                page.element(.p, text: "The register is empty.")
                return
            }
            page.element(.table) { html in
                html.element(.thead) { head in
                    head.element(.tr) { row in
                        for heading in table.headings {
                            row.element(.th, [(.scope, "col")], text: heading)
                        }
                    }
                }
                html.element(.tbody) { body in
                    for cells in table.rows {
                        body.element(.tr) { row in
                            for (column, cell) in cells.enumerated() {
                                if column == nameColumn {
                                    row.element(.th, [(.scope, "row")], text: cell)
                                } else if column < nameColumn {
                                    row.element(.td, [(.class, "word")], text: cell)
                                } else {
                                    row.element(.td, [(.dir, "auto")], text: cell)
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
