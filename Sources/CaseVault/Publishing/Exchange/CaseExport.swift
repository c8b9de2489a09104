// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Writes one case into a folder of its own: a document for each entry, and the attachments.
struct CaseExport {
    /// The case.
    let item: Case
    /// How it is called here: two cases of one code name have digits behind it.
    let title: String
    /// Where everything goes.
    let folder: PlainFolder
    /// Is told of the bytes of attachments.
    let progress: WorkProgress.Handler?

    /// Writes the case.
    ///
    /// - Returns: How many attachments were left out, because their bytes have not arrived or are wrong.
    func write() throws(VaultError) -> Int {
        let place = title.replacing(" ", with: "-")
        try folder.makeFolder(place)
        var missing = 0
        let entries = try item.entries().filter(\.hasText)
        if entries.contains(where: { !$0.attachments.isEmpty }) {
            try folder.makeFolder(Self.attachments(of: place))
        }
        let places = Dictionary(
            entries.enumerated().map { ($1.id, $0 + 1) }, uniquingKeysWith: { first, _ in first })
        for entry in entries { try write(entry, places, in: place, &missing) }
        return missing
    }

    /// The folder of a case's attachments, apart from its documents: an attachment can be a text.
    private static func attachments(of place: String) -> String {
        place + "/" + CaseFolderReader.attachments
    }

    /// Writes an entry and what is attached to it.
    ///
    /// - Parameters:
    ///   - entry: The entry.
    ///   - places: The place of each entry in the export, from 1: names of entries are no order.
    ///   - place: The folder.
    ///   - missing: Counts the attachments that are left out.
    /// - Throws: `fileSystem`, `diskFull`, `cancelled`.
    private func write(
        _ entry: Entry, _ places: [Entry.ID: Int], in place: String, _ missing: inout Int
    ) throws(VaultError) {
        let here = places[entry.id] ?? 0
        let number = Self.padded(here)
        var attachments: [FieldValue] = []
        var originals: [FieldValue] = []
        for (index, attachment) in entry.attachments.enumerated() {
            let safe = MailAttachment.safeName(attachment.name, number: index + 1)
            let name = "\(number)-\(index + 1)-\(safe)"
            do throws(VaultError) {
                try folder.write(name, in: Self.attachments(of: place)) {
                    (path) throws(VaultError) in
                    try item.reader(of: attachment.id)
                        .save(to: path, progress: progress)
                }
            } catch {
                guard error.code == .incomplete || error.code == .damaged else { throw error }
                missing += 1
                continue
            }
            let file = FieldValue.object([
                "file": .text(name), "name": .text(attachment.name),
                "type": .text(attachment.mediaType),
            ])
            if attachment.isOriginal { originals.append(file) } else { attachments.append(file) }
        }
        var frame = DocumentFrame()
        frame.add("number", .number(here))
        frame.add("entry", .text(entry.label))
        frame.add("kind", .text(entry.kind.rawValue))
        frame.add("day", .text(entry.day.description))
        frame.add("author", .text(entry.author.name))
        if let report = entry.report { try add(report, to: &frame) }
        frame.add("response", entry.response.map(FieldValue.text))
        frame.add("until", (entry.until?.description).map(FieldValue.text))
        frame.add("corrects", entry.corrects.flatMap { places[$0] }.map(FieldValue.number))
        let answers = entry.answers.compactMap { places[$0] }.map(FieldValue.number)
        frame.add("answers", answers.isEmpty ? nil : .list(answers))
        frame.add("attachments", attachments.isEmpty ? nil : .list(attachments))
        frame.add("originals", originals.isEmpty ? nil : .list(originals))
        frame.add("sentTo", entry.intake.sentTo.map(FieldValue.text))
        frame.add("copiedTo", entry.intake.copiedTo.map(FieldValue.text))
        let remarks = entry.intake.remarks
        frame.add("remarks", remarks.isEmpty ? nil : .list(remarks.map(FieldValue.text)))
        let name = "\(number)-\(entry.day)-\(entry.kind.rawValue).md"
        try folder.write(frame.document(entry.text), to: name, in: place)
    }

    /// What stands above a report: whom it is about, the line in the register, all fields.
    private func add(_ report: Report, to frame: inout DocumentFrame) throws(VaultError) {
        frame.add("case", .text(item.codeName.description))
        let people = try item.reportedPeople.map { person in
            FieldValue.object([
                "name": .text(person.name), "aliases": .list(person.aliases.map(FieldValue.text)),
            ])
        }
        frame.add("people", .list(people))
        if let row = item.row {
            let values = row.values.filter { !$0.value.isEmpty }
                .map { ($0.key.name, FieldValue.text($0.value)) }
            frame.add("row", .object(Dictionary(uniqueKeysWithValues: values)))
        }
        for field in report.fields { frame.add(field.key, field.value.json) }
    }

    /// A number in at least three digits, so that names sort as numbers do.
    private static func padded(_ number: Int) -> String {
        String(repeating: "0", count: max(0, 3 - "\(number)".utf8.count)) + "\(number)"
    }
}

extension Case {
    /// The people that the report is about, each with aliases, in the order of their checks.
    var reportedPeople: [ReportedPerson] {
        get throws(VaultError) {
            try people.filter { $0.role == .reportedPerson }
                .map { ReportedPerson(name: $0.name, aliases: $0.aliases) }
        }
    }
}
