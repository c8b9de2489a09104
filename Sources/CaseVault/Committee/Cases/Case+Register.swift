// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Case {
    /// The case's line in the register; `nil` while it has not arrived or is not open to you.
    public var row: RegisterRow? {
        guard let view = try? view() else { return nil }
        return vault.row(of: view).flatMap(RowView.init)?.row
    }

    /// Changes columns of the case's line in the register.
    ///
    /// The whole committee sees the register, so a text with a name from the case is refused.
    ///
    /// - Throws: `notForYou`, `firstLookNeeded`, `refused` for a name from the case, `badInput`
    ///   for a word that the column does not take, `incomplete` while the row has not arrived,
    ///   `fileSystem`, `diskFull`.
    public func updateRow(
        _ values: [RegisterRow.Column: String]
    ) throws(VaultError) -> AccessChange {
        for (column, value) in values {
            guard RegisterRow.isValid(value, for: column) else {
                let words = column.words.map { "Use one of: " + $0.joined(separator: ", ") + "." }
                let day = column.isDay ? "Use a day, YYYY-MM-DD." : nil
                throw .badInput(
                    "badColumnValue", "The column \(column.name) does not take this.",
                    hint: words ?? day ?? "Use at most \(RegisterRow.valueLimit) bytes.",
                    with: ["column": column.name])
            }
        }
        var values = values
        if let day = values[.resolvedOn].flatMap({ Day($0) }) { try vault.refuseFarFuture(day) }
        if let response = values[.response], !response.isEmpty, vault.roster != nil {
            guard let known = vault.rules.response(named: response) else {
                throw .unknownResponse(vault.rules.responses.map(\.name))
            }
            values[.response] = known.name
        }
        return try vault.change { (transaction) throws(VaultError) in
            let view = try viewAfterFirstLook()
            guard let log = vault.row(of: view) else { throw VaultError.rowNotOpen }
            let people = try people
            for value in values.values where people.contains(where: { $0.isNamed(in: value) }) {
                throw VaultError.nameInRegister
            }
            try transaction.add(.rowChanged(RowChange(values: values)), to: log.id)
        }
    }

    /// The gendered words in a text for the register, which uses neutral ones: a hint, no refusal.
    public static func genderedWords(in text: String) -> [String] { GenderedWords.found(in: text) }
}
