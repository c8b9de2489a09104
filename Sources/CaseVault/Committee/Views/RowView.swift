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
        var row = RegisterRow(
            id: RegisterRow.ID(log.id),
            codeName: start.codeName,
            disambiguation: CaseView.disambiguation(of: log.id), values: values)
        row.sideBySide = Self.sideBySide(log, values)
        self.row = row
    }

    /// What was written into a column beside its value, by people who did not know of each other.
    private static func sideBySide(
        _ log: Log, _ values: [RegisterRow.Column: String]
    ) -> [RegisterRow.Column: [String]] {
        let order = log.history.order
        // Nearly always: one after the other.
        if zip(order, order.dropFirst()).allSatisfy({ $1.record.parents == [$0.id] }) { return [:] }
        let counting = Set(log.history.counting(of: .rowChanged).map(\.id))
        let graph = RecordGraph(order)
        let places = graph.order.indices.filter { counting.contains(graph.order[$0].id) }
        let pasts = graph.pasts(of: places)
        var found: [RegisterRow.Column: [String]] = [:]
        for (column, value) in values {
            var known = BitSet(count: places.count)
            var said: [(place: Int, text: String)] = []
            for (n, place) in places.enumerated() {
                guard case .rowChanged(let change) = graph.order[place].statement,
                    let text = change.values[column]
                else { continue }
                said.append((n, text))
                known.formUnion(pasts[place])
            }
            var others: [String] = []
            for (n, text) in said where !known.contains(n) && text != value {
                if !others.contains(text) { others.append(text) }
            }
            if !others.isEmpty { found[column] = others }
        }
        return found
    }
}
