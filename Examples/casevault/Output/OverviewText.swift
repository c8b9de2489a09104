// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// The list of cases: one line each, those that need doing first.
struct OverviewText {
    /// The cases that are shown.
    private let cases: [CaseSummary]
    /// How they are called.
    private let labels: CaseLabels
    /// Words for what is due.
    private let words: DueText

    /// Looks at a vault, and keeps what the filters leave.
    init(_ vault: Vault, onlyOpen: Bool, onlyDue: Bool, onlyMine: Bool) {
        labels = CaseLabels(vault)
        words = DueText(vault)
        cases = vault.overview.filter {
            (!onlyOpen || $0.isOpen) && (!onlyDue || !$0.due.isEmpty)
                && (!onlyMine || $0.item != nil)
        }
    }

    /// The list, as one answer or page by page on a terminal.
    func answer(_ session: Session) throws -> Answer {
        // Scripts get the register as before: rows only, by code name.
        let rows = cases.filter { $0.row != nil }.sorted {
            ($0.codeName, label($0)) < ($1.codeName, label($1))
        }
        let json: JSONValue = .list(rows.map(object))
        guard !cases.isEmpty else {
            return Answer(json: [("register", json)], text: "No case to show.\n")
        }
        let headings = ["Case", "Status", "Mine", "Last entry", "To do"]
        let beside = cases.flatMap { item in
            item.row.map { RegisterText.sideBySide($0, label(item)) } ?? []
        }
        for sentence in beside where !session.isJSON { Host.warn(sentence) }
        let table = ColumnLayout(headings, cases.map(cells), width: Host.columns).text
        guard !session.isJSON else { return Answer(json: [("register", json)], text: "") }
        return Answer(json: [("register", json)], text: try Pager.show(table, headings: 2))
    }

    /// How a case is called.
    private func label(_ item: CaseSummary) -> String {
        item.row.map(labels.label) ?? item.item.map(labels.label) ?? "\(item.codeName)"
    }

    /// A line of the list.
    private func cells(_ item: CaseSummary) -> [String] {
        let first = item.due.first.map(words.brief) ?? ""
        let more = item.due.count > 1 ? " (+\(item.due.count - 1))" : ""
        return [
            label(item), item.row?[.status] ?? "", item.item == nil ? "" : "yes",
            item.lastEntry.map { "\($0)" } ?? "", first + more,
        ]
    }

    /// A row as JSON: the register's columns, and what the list adds.
    private func object(_ item: CaseSummary) -> JSONValue {
        var members: [(String, JSONValue)] = [("case", .text(label(item)))]
        members += item.row.map(RegisterText.columns) ?? []
        members += [
            ("mine", .flag(item.item != nil)),
            ("lastEntry", .optional(item.lastEntry.map { "\($0)" })),
            (
                "due",
                .list(
                    item.due.map {
                        .object([("what", .text($0.what.rawValue)), ("by", .text("\($0.by)"))])
                    })
            ),
        ]
        return .object(members)
    }
}
