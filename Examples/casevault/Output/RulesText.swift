// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// The committee's rules as JSON, with the standard value of each field that was left out.
enum RulesText {
    /// All fields, in the order of Docs/RULES.md.
    static func json(_ rules: Rules) -> JSONValue {
        .object([
            ("name", .optional(rules.name)),
            ("minimumReaders", .number(rules.minimumReaders)),
            ("newcomers", .text(rules.newcomers.rawValue)),
            ("responses", .list(responses(rules.responses))),
            ("majority", .text(rules.majority.rawValue)),
            ("quorum", .optional(rules.quorum)),
            ("recusalLimit", .optional(rules.recusalLimit)),
            ("deadlines", deadlines(rules.deadlines)),
            ("columns", .list(rules.columns.map(column))),
            ("contacts", .list(rules.contacts.map(contact))),
            ("retention", retention(rules.retention)),
            ("appeals", rules.appeals.map(appeals) ?? .null),
            ("numbersBy", .text(rules.numbersBy.rawValue)),
        ])
    }

    /// What to say where rules were set side by side.
    static let sideBySide =
        "Members changed the rules without knowing of each other. Until somebody decides, by "
        + "casevault rules FILE, the first of these hold:"

    /// The responses as rules give them: the steps of one are one item.
    private static func responses(_ responses: [Rules.Response]) -> [JSONValue] {
        responses.filter { ($0.step ?? 1) == 1 }.map { response in
            var members = [
                ("name", JSONValue.text(response.family ?? response.name)),
                ("timed", .flag(response.isTimed)),
            ]
            if let family = response.family {
                members.append(("steps", .number(responses.count { $0.family == family })))
            }
            return .object(members)
        }
    }

    /// The deadlines.
    private static func deadlines(_ deadlines: Rules.Deadlines) -> JSONValue {
        .object([
            ("acknowledgeHours", .optional(deadlines.acknowledgeHours)),
            ("followUpDays", .optional(deadlines.followUpDays)),
            ("moderatorsDays", .optional(deadlines.moderatorsDays)),
            ("appealDays", .optional(deadlines.appealDays)),
            ("appealAnswerDays", .optional(deadlines.appealAnswerDays)),
        ])
    }

    /// A column.
    private static func column(_ use: Rules.ColumnUse) -> JSONValue {
        .object([("name", .text(use.column.name)), ("label", .text(use.label))])
    }

    /// A contact.
    private static func contact(_ contact: Rules.Contact) -> JSONValue {
        var members = [("role", JSONValue.text(contact.role))]
        if let task = contact.task { members.append(("task", .text(task))) }
        return .object(members)
    }

    /// How long cases are kept.
    private static func retention(_ retention: Rules.Retention) -> JSONValue {
        let byResponse = retention.byResponse.sorted { $0.key < $1.key }
        return .object([
            ("months", .optional(retention.months)),
            ("responses", .object(byResponse.map { ($0.key, .optional($0.value)) })),
        ])
    }

    /// Where an outcome can be appealed.
    private static func appeals(_ appeals: Rules.Appeals) -> JSONValue {
        .object([("to", .text(appeals.to)), ("outcomeStands", .flag(appeals.outcomeStands))])
    }
}
