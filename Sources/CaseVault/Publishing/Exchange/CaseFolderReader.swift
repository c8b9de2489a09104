// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Reads one case to import from a folder of its own: existing documents, or an export.
///
/// `about` says whom it is about, `report.…` (or the only document) is the report, `fields.json`
/// has its fields, other documents are entries in the order of their names, and all other files
/// are attached to the report; files in a folder `attachments` are never documents. In an export
/// the documents say all of this themselves.
struct CaseFolderReader {
    /// The number of the case.
    let number: Int
    /// The folder.
    let path: String
    /// Reads files.
    let reader: DocumentReader

    /// The folder of files that are no documents.
    static let attachments = "attachments"

    /// A document that was read.
    private struct Document {
        /// Its number among the files.
        let number: Int
        /// Its name.
        let name: String
        /// What stands above it in an export.
        let frame: DocumentFrame?
        /// The report that it is, or the text of an entry.
        var report: Report
        /// What came with a mail.
        let attachments: [PlannedAttachment]
        /// What could not be read of a mail.
        var notes: [String] = []
    }

    /// Reads everything, and collects all problems.
    func read() throws(VaultError) -> (
        case: PlannedCase, problems: [ImportProblem], warnings: [ImportProblem]
    ) {
        var result = PlannedCase(number: number)
        var problems: [ImportProblem] = []
        var documents: [Document] = []
        var others: [String: Int] = [:]
        func problem(_ document: Int?, _ name: String?, _ reason: String) {
            problems.append(
                ImportProblem(
                    caseNumber: number, document: document, reason: reason,
                    path: name.map { path + "/" + $0 } ?? path))
        }
        func attempt<T>(
            _ document: Int?, _ name: String, _ body: () throws(DocumentReader.Failure) -> T
        ) -> T? {
            do throws(DocumentReader.Failure) { return try body() } catch {
                problem(document, name, error.reason)
                return nil
            }
        }
        var about: [ReportedPerson]?
        var fields: (number: Int, name: String, bytes: [UInt8])?
        var hasAbout = false
        var names = try reader.names(in: path)
        if names.contains(where: { $0.name == Self.attachments && $0.kind == .folder }) {
            names.removeAll { $0.name == Self.attachments }
            names += try reader.names(in: path + "/" + Self.attachments)
                .map { (Self.attachments + "/" + $0.name, $0.kind) }
        }
        for (place, (name, kind)) in names.enumerated() {
            let number = place + 1
            guard kind == .file else {
                problem(number, name, "only files can stand in a case's folder")
                continue
            }
            if name == "about" || name == "about.txt" {
                hasAbout = true
                about = attempt(number, name) { () throws(DocumentReader.Failure) in
                    try people(name)
                }
            } else if name == "fields.json" {
                fields = attempt(number, name) { () throws(DocumentReader.Failure) in
                    (number, name, try reader.bytes(path + "/" + name))
                }
            } else if DocumentReader.isDocument(name), !name.contains("/") {
                let read = attempt(number, name) { () throws(DocumentReader.Failure) in
                    try document(number, name)
                }
                if let read { documents.append(read) }
            } else {
                others[name] = number
            }
        }

        // The report.
        let framed = documents.filter { $0.frame?["kind"]?.text == "report" }
        let called = documents.filter {
            $0.frame == nil && DocumentReader.stem($0.name).lowercased() == "report"
        }
        let candidates =
            !framed.isEmpty
            ? framed
            : !called.isEmpty
                ? called
                : documents.count == 1
                    ? documents : []
        if candidates.count > 1 {
            problem(nil, nil, "there are several reports: call one report and the others not")
        } else if candidates.isEmpty, !problems.contains(where: { $0.document != nil }) {
            problem(
                nil, nil,
                "there is no report: a file called report.md, report.txt or report.eml")
        }
        let reportNumber = candidates.count == 1 ? candidates.first?.number : nil
        if var document = candidates.first, reportNumber != nil {
            if let fields {
                _ = attempt(fields.number, fields.name) { () throws(DocumentReader.Failure) in
                    try apply(fields.bytes, to: &document.report)
                }
            }
            if document.report.receivedOn == nil {
                document.report.receivedOn =
                    Self.day(document.name) ?? Self.day(path.split(separator: "/").last ?? "")
            }
            _ = attempt(document.number, document.name) { () throws(DocumentReader.Failure) in
                do throws(ReportError) { try document.report.checkLimits() } catch {
                    throw DocumentReader.Failure(reason: error.message)
                }
            }
            result.report = document.report
            result.attachments = document.attachments
            if let frame = document.frame {
                let read = attempt(document.number, document.name) {
                    () throws(DocumentReader.Failure) in
                    (people: try frame.people(), row: try frame.row())
                }
                if let found = read?.people { about = about ?? found }
                result.row = read?.row ?? [:]
            }
        }
        if let about {
            result.people = about
        } else if !hasAbout {
            problem(
                nil, nil, "it is not said whom it is about: a file called about, one person a line")
        }

        // The other entries, and what belongs to which.
        for document in documents {
            let files = document.frame?.attachments ?? []
            var attachments = document.attachments
            for file in files {
                let place = Self.attachments + "/" + file.file
                guard others[place] != nil else {
                    problem(document.number, document.name, "an attachment is not in the folder")
                    continue
                }
                let read = attempt(document.number, document.name) {
                    () throws(DocumentReader.Failure) in
                    try reader.attachment(
                        path + "/" + place, name: file.name, mediaType: file.type)
                }
                if let read { attachments.append(read) }
            }
            if document.number == reportNumber {
                result.attachments = attachments
                continue
            }
            let entry = attempt(document.number, document.name) {
                () throws(DocumentReader.Failure) in try self.entry(document)
            }
            if var entry {
                entry.attachments = attachments
                result.entries.append(entry)
            }
        }
        let claimed = Set(
            documents.flatMap { $0.frame?.attachments ?? [] }.map {
                Self.attachments + "/" + $0.file
            })
        for (name, number) in others.sorted(by: { $0.value < $1.value })
        where !claimed.contains(name) {
            let read = attempt(number, name) { () throws(DocumentReader.Failure) in
                try reader.attachment(
                    path + "/" + name, name: String(name.split(separator: "/").last ?? ""))
            }
            if let read { result.attachments.append(read) }
        }
        for count in [result.attachments.count] + result.entries.map(\.attachments.count)
        where count > AttachmentNote.countLimit {
            problem(nil, nil, "there are more than \(AttachmentNote.countLimit) attachments")
        }
        let warnings = documents.flatMap { document in
            document.notes.map {
                ImportProblem(
                    caseNumber: number, document: document.number, reason: $0,
                    path: path + "/" + document.name)
            }
        }
        return (result, problems, warnings)
    }

    /// Reads a document.
    private func document(
        _ number: Int, _ name: String
    ) throws(DocumentReader.Failure) -> Document {
        let file = path + "/" + name
        if DocumentReader.isMail(name) {
            let mail = try reader.mailReport(file)
            return Document(
                number: number, name: name, frame: nil, report: mail.report,
                attachments: mail.attachments, notes: mail.notes)
        }
        let (frame, text) = try reader.document(file)
        var report = Report(text: text)
        if let frame {
            if frame["kind"]?.text == "report" { try apply(frame.reportFields, to: &report) }
            if report.receivedOn == nil { report.receivedOn = frame.day }
        } else if text.allSatisfy(\.isWhitespace) {
            throw DocumentReader.Failure(reason: "the document has no text")
        }
        guard text.utf8.count <= EntryStatement.textLimit else {
            throw DocumentReader.Failure(
                reason: "the text is longer than \(EntryStatement.textLimit) bytes: give the file "
                    + "another ending, then it is attached")
        }
        return Document(number: number, name: name, frame: frame, report: report, attachments: [])
    }

    /// A document as an entry.
    private func entry(_ document: Document) throws(DocumentReader.Failure) -> PlannedEntry {
        let report = document.report
        guard let frame = document.frame else {
            return PlannedEntry(
                day: Self.day(document.name) ?? report.receivedOn, text: report.text)
        }
        return try frame.entry(text: report.text)
    }

    /// The day at the beginning of a name.
    private static func day(_ name: some StringProtocol) -> Day? { Day(String(name.prefix(10))) }

    /// The people of an about file.
    private func people(_ name: String) throws(DocumentReader.Failure) -> [ReportedPerson] {
        try Self.people(path + "/" + name, reader)
    }

    /// The people of an about file.
    static func people(
        _ path: String, _ reader: DocumentReader
    ) throws(DocumentReader.Failure) -> [ReportedPerson] {
        let bytes = try reader.bytes(path)
        do throws(ReportError) { return try ReportedPerson.list(reading: bytes) } catch {
            throw DocumentReader.Failure(reason: error.message)
        }
    }

    /// Sets fields of a report.
    private func apply(
        _ json: [UInt8], to report: inout Report
    ) throws(DocumentReader.Failure) {
        do throws(ReportError) { try report.apply(fieldsJSON: json) } catch {
            throw DocumentReader.Failure(reason: error.message)
        }
    }
}
