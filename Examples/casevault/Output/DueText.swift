// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// What is due, by code names only.
struct DueText {
    /// What is due.
    private let due: [Due]
    /// How the cases are called.
    private let labels: [LogID: String]

    /// Looks at a vault.
    init(_ vault: Vault) {
        due = vault.due
        let names = CaseLabels(vault)
        labels = Dictionary(vault.cases.map { ($0.id, names.label($0)) }) { first, _ in first }
    }

    /// The key `due`.
    var json: JSONValue {
        .list(
            due.map {
                .object([
                    ("case", .text(label($0))), ("what", .text($0.what.rawValue)),
                    ("by", .text("\($0.by)")),
                ])
            })
    }

    /// A line for each.
    var lines: [String] { due.map { "Due: \(label($0)): \(sentence($0))" } }

    /// How a case is called.
    private func label(_ due: Due) -> String { labels[due.caseID] ?? "\(due.codeName)" }

    /// What to do, in a sentence.
    private func sentence(_ due: Due) -> String {
        switch due.what {
        case .acknowledge: "answer the reporter by \(due.by) (add first-response)"
        case .followUp: "tell the reporter how things stand by \(due.by) (add reporter)"
        case .moderators: "the moderators' answer by \(due.by) (add moderators)"
        case .appealAnswer: "answer the appeal by \(due.by) (add outcome)"
        case .appealWindow: "can be appealed until \(due.by)"
        case .outcomeEnds: "the outcome ended on \(due.by); note what follows (add discussion)"
        case .retention: "kept long enough since \(due.by); erase it, or keep it knowingly"
        }
    }
}
