// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Case {
    /// The case's line in the register; `nil` while it has not arrived or is not open to you.
    public var row: RegisterRow? {
        guard let view = try? view() else { return nil }
        return rowLog(view).flatMap(RowView.init)?.row
    }

    /// Changes columns of the case's line in the register.
    ///
    /// The whole committee sees the register, so a text with a name from the case is refused.
    ///
    /// - Throws: `notForYou`, `firstLookNeeded`, `refused` for a name from the case, `badInput`
    ///   for a word that the column does not take, `incomplete` while the row has not arrived,
    ///   `fileSystem`, `diskFull`.
    public func updateRow(_ values: [RegisterRow.Column: String]) throws(VaultError) {
        for (column, value) in values {
            guard RegisterRow.isValid(value, for: column) else {
                let words = column.words.map { "Use one of: " + $0.joined(separator: ", ") + "." }
                throw .badInput(
                    "The column \(column.name) does not take this.",
                    hint: words ?? "Use at most \(RegisterRow.valueLimit) bytes.")
            }
        }
        _ = try vault.act { (act) throws(VaultError) in
            let view = try viewAfterFirstLook()
            guard let log = rowLog(view) else { throw VaultError.rowNotOpen }
            let names = namesInCase(view)
            for value in values.values
            where names.contains(where: { TextFolding.containsWord($0, in: value) }) {
                throw VaultError.nameInRegister
            }
            try act.add(.rowChanged(RowChange(values: values)), to: log.id)
        }
    }

    /// The row's log, if I read it.
    private func rowLog(_ view: CaseView) -> Log? {
        vault.store.logs[view.start.row].flatMap { vault.isOpenToMe($0) ? $0 : nil }
    }

    /// Every name in the case, with aliases.
    func namesInCase(_ view: CaseView) -> [String] {
        var names = ((try? people) ?? []).map(\.name)
        for check in view.checks {
            for person in vault.checkView(check)?.people ?? [] { names += person.aliases }
        }
        for record in view.entryRecords {
            if case .reported(let statement) = record.statement {
                names += statement.report.reporterAliases
            }
        }
        return names
    }
}
