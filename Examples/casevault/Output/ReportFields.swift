// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// The known fields of a report, as JSON and for people.
enum ReportFields {
    /// The fields as members of an object, with the keys of a file for `--fields`.
    static func json(_ report: Report) -> [(String, JSONValue)] {
        report.fields.map { field in (field.key, json(field.value)) }
    }

    /// The fields for people, each in a line; more lines of a text are indented further.
    static func text(_ report: Report) -> String {
        report.fields.map { field in
            let mark = field.isAlarm ? "!!! " : ""
            return "    \(mark)\(field.label): \(Shown.lines(field.text, indent: 8))\n"
        }.joined()
    }

    /// A value as JSON.
    private static func json(_ value: ReportField.Value) -> JSONValue {
        switch value {
        case .text(let text): .text(text)
        case .flag(let flag): .flag(flag)
        case .texts(let texts): .texts(texts)
        case .witnesses(let witnesses):
            .list(
                witnesses.map { witness in
                    var members = [("name", JSONValue.text(witness.name))]
                    if let contact = witness.contact { members.append(("contact", .text(contact))) }
                    return .object(members)
                })
        }
    }
}
