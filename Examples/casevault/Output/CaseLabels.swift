// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// How cases are called in one vault: by code name, and two of one name with four digits behind.
struct CaseLabels {
    /// How many cases have each code name.
    private let cases: [CodeName: Int]
    /// How many rows have each code name.
    private let rows: [CodeName: Int]

    /// Looks at a vault.
    init(_ vault: Vault) {
        cases = Dictionary(vault.cases.map { ($0.codeName, 1) }, uniquingKeysWith: +)
        rows = Dictionary(vault.register.map { ($0.codeName, 1) }, uniquingKeysWith: +)
    }

    /// The label of a case.
    func label(_ item: Case) -> String {
        let name = item.codeName
        return cases[name, default: 0] > 1 ? "\(name) \(item.disambiguation)" : "\(name)"
    }

    /// The label of a row.
    func label(_ row: RegisterRow) -> String {
        let name = row.codeName
        return rows[name, default: 0] > 1 ? "\(name) \(row.disambiguation)" : "\(name)"
    }
}
