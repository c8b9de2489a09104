// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// One case of a folder to import, as it was read; attachments stay where they are.
struct PlannedCase: Sendable {
    /// The number of the case in the folder, from 1 in the order of names.
    let number: Int
    /// Whom it is about.
    var people: [ReportedPerson] = []
    /// The report.
    var report = Report(text: "")
    /// Whether the day of the report is only that of the file.
    var hasDayOfFile = false
    /// What came with the report.
    var attachments: [PlannedAttachment] = []
    /// How the text of the report was made of a file.
    var intake = Intake()
    /// The other entries, in order.
    var entries: [PlannedEntry] = []
    /// What its folder or document is called, by which a status spreadsheet may name it.
    var label = ""
    /// Whether nothing stands in it that could be a case: it is left out.
    var isLeftOut = false
    /// Whether `row` is of a status spreadsheet.
    var isRowOfSheet = false
    /// The columns of the line in the register that are not empty.
    var row: [RegisterRow.Column: String] = [:]
}

/// One entry of a case to import.
struct PlannedEntry: Sendable {
    /// The number that the entry had in an export; `nil` in other documents.
    var number: Int?
    /// What it is about.
    var kind = EntryKind.discussion
    /// All fields of a further report; `nil` for other entries.
    var report: Report?
    /// When it happened; `nil` is not known.
    var day: Day?
    /// Whether the day is only that of the file.
    var hasDayOfFile = false
    /// The text.
    var text: String
    /// The response of an outcome.
    var response: String?
    /// The last day of an outcome.
    var until: Day?
    /// The number, in the export, of the entry that this one supersedes.
    var corrects: Int?
    /// The numbers, in the export, of the reports whose reporters it was written to.
    var answers: [Int] = []
    /// What is attached.
    var attachments: [PlannedAttachment] = []
    /// How the text was made of a file.
    var intake = Intake()

    /// Whether an entry that is there already is this one.
    func isThere(as entry: Entry) -> Bool {
        entry.kind == kind && entry.text == text && (day == nil || day == entry.day)
            && isReport(as: entry)
            && entry.response == response && entry.until == until
            && PlannedAttachment.areThere(attachments, as: entry.attachments)
    }
}

extension PlannedEntry {
    /// Whether an entry that is there has the same fields of a report, or both have none.
    private func isReport(as entry: Entry) -> Bool {
        guard let report, let there = entry.report else { return report == nil }
        return there.received(on: report.receivedOn) == report.received(on: there.receivedOn)
    }
}

/// Something to attach when a case is imported: read when its turn comes.
struct PlannedAttachment: Sendable {
    /// The name to show.
    let name: String
    /// The media type.
    let mediaType: String
    /// The size when the plan was made.
    let size: UInt64
    /// The file.
    let path: String
    /// Which attachment of a paper it is, from 0; `nil` for the file itself.
    let place: Int?

    /// The bytes, or where they are.
    ///
    /// - Throws: `badInput` if a paper was changed since, `fileSystem`.
    func source(_ files: DocumentReader) throws(VaultError) -> AttachmentSource {
        guard let place else {
            return AttachmentSource(name: name, path: path, mediaType: mediaType)
        }
        // Read anew, so that the files of many mails are not in memory at once.
        let found = try? files.paper(path).attachments
        guard let found, found.indices.contains(place), found[place].name == name,
            found[place].size == size
        else { throw .changedDuringImport }
        return found[place]
    }

    /// Whether an entry has exactly these attachments.
    static func areThere(_ all: [PlannedAttachment], as there: [Entry.Attachment]) -> Bool {
        all.map { [$0.name, "\($0.size)"] } == there.map { [$0.name, "\($0.size)"] }
    }
}

extension Report {
    /// The same, where it does not say when it was received, with a day: then the day of writing is
    /// shown, and exported.
    func received(on day: Day?) -> Report {
        var report = self
        if report.receivedOn == nil { report.receivedOn = day }
        return report
    }
}

extension AttachmentSource {
    /// Attaches a file under another name.
    init(name: String, path: String, mediaType: String) {
        self.name = name
        self.mediaType = mediaType
        origin = .file(path)
    }
}
