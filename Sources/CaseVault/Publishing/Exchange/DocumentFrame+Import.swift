// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension DocumentFrame {
    /// The keys that are no fields of a report.
    private static let ownKeys: Set<String> = [
        "number", "entry", "kind", "day", "author", "case", "people", "row", "response", "until",
        "corrects", "answers", "attachments", "escaped", "originals", "sentTo", "copiedTo",
        "remarks",
    ]

    /// The fields of a report, as one JSON object.
    var reportFields: [UInt8] {
        let fields = lines.filter { !Self.ownKeys.contains($0.key) }
        let members = Dictionary(fields.map { ($0.key, $0.value) }) { first, _ in first }
        return Array(FieldValue.object(members).json.utf8)
    }

    /// The day.
    var day: Day? { self["day"]?.text.flatMap { Day($0) } }

    /// The attached files, with the names and types that they had; those that the text was made of
    /// are the last.
    var attachments: [(file: String, name: String, type: String)] {
        files("attachments") + files("originals")
    }

    /// The files of a key.
    private func files(_ key: String) -> [(file: String, name: String, type: String)] {
        (self[key]?.items ?? []).compactMap { item in
            guard let members = item.members, let file = members["file"]?.text,
                let name = members["name"]?.text, let type = members["type"]?.text
            else { return nil }
            return (file, name, type)
        }
    }

    /// How the text was made of a file.
    var intake: Intake {
        var intake = Intake()
        intake.remarks = (self["remarks"]?.items ?? []).compactMap(\.text)
        intake.sentTo = self["sentTo"]?.text
        intake.copiedTo = self["copiedTo"]?.text
        intake.originals = files("originals").count
        return intake
    }

    /// Whom a report is about; `nil` if it is not said here.
    func people() throws(DocumentReader.Failure) -> [ReportedPerson]? {
        guard let value = self["people"] else { return nil }
        let people = (value.items ?? []).compactMap { item -> ReportedPerson? in
            guard let members = item.members, let name = members["name"]?.text, !name.isEmpty
            else { return nil }
            let aliases = (members["aliases"]?.items ?? []).compactMap(\.text)
            let isShort = ([name] + aliases).allSatisfy {
                $0.utf8.count <= ReportedPerson.longestName
            }
            guard isShort, aliases.count <= ReportedPerson.mostAliases else { return nil }
            return ReportedPerson(name: name, aliases: aliases)
        }
        guard !people.isEmpty, people.count == value.items?.count else {
            throw DocumentReader.Failure(reason: "the people it is about are not as they must be")
        }
        return people
    }

    /// The columns of the register.
    func row() throws(DocumentReader.Failure) -> [RegisterRow.Column: String] {
        var row: [RegisterRow.Column: String] = [:]
        for (name, value) in self["row"]?.members ?? [:] {
            guard let column = RegisterRow.Column.allCases.first(where: { $0.name == name }),
                let text = value.text, RegisterRow.isValid(text, for: column)
            else {
                throw DocumentReader.Failure(
                    reason: "the line in the register is not as it must be")
            }
            row[column] = text
        }
        return row
    }

    /// An entry that is no report.
    func entry(text: String) throws(DocumentReader.Failure) -> PlannedEntry {
        let until = self["until"]?.text.map { Day($0) }
        guard let kind = self["kind"]?.text.flatMap(EntryKind.init),
            kind != .report, kind != .gone,
            self["day"] == nil || day != nil, until == nil || until != .some(nil),
            (self["response"]?.text ?? "").utf8.count <= EntryStatement.responseLimit
        else { throw DocumentReader.Failure(reason: "the lines between --- are damaged") }
        return PlannedEntry(
            number: self["number"]?.number, kind: kind, day: day, text: text,
            response: self["response"]?.text, until: until ?? nil,
            corrects: self["corrects"]?.number,
            answers: (self["answers"]?.items ?? []).compactMap(\.number))
    }
}
