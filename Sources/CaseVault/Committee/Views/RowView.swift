// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What a register row says, computed from its log.
struct RowView {
    /// The row's log.
    let log: Log
    /// The row.
    let row: RegisterRow
    /// The day of the resolution, or else that since which the row says so; `nil` if the row does
    /// not say that there is one.
    let resolvedOn: Day?

    /// Reads a log as a row; `nil` if it is none or its first record has not arrived.
    init?(_ log: Log?) {
        guard let log, case .rowStarted(let start)? = log.history.root?.statement else {
            return nil
        }
        self.log = log
        var values: [RegisterRow.Column: String] = [.status: "new"]
        var resolvedOn: Day?
        for record in log.history.counting {
            if case .rowChanged(let change) = record.statement {
                values.merge(change.values) { $1 }
                let isResolved = RegisterRow.isResolved(values[.status])
                resolvedOn = isResolved ? resolvedOn ?? record.record.day : nil
            }
        }
        let stated = values[.resolvedOn].flatMap { Day($0) }
        self.resolvedOn = resolvedOn.map { stated ?? $0 }
        row = RegisterRow(
            id: RegisterRow.ID(log.id),
            codeName: start.codeName,
            disambiguation: CaseView.disambiguation(of: log.id), values: values)
    }
}
