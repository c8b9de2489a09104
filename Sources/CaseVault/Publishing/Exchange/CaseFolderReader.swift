// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

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

    /// The folder of files that are no documents, as an export has it.
    static let attachments = "attachments"
    /// What people call such a folder.
    private static let fileFolders: Set<String> = ["attachments", "attachment", "files"]
    /// What people call a folder of mails, which are documents.
    private static let mailFolders: Set<String> = ["mails", "mail", "emails", "e-mails"]
    /// The folders that a case's folder can have.
    static let ownFolders = fileFolders.union(mailFolders)

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
        /// What came with a mail, and the mail itself.
        let attachments: [PlannedAttachment]
        /// How its text was made of a file.
        var intake = Intake()
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
        result.label = String(path.split(separator: "/").last ?? "")
        var names: [(name: String, kind: DocumentReader.Kind)] = []
        var warnings: [ImportProblem] = []
        func warn(_ document: Int?, _ name: String?, _ reason: String) {
            warnings.append(
                ImportProblem(
                    caseNumber: number, document: document, reason: reason,
                    path: name.map { path + "/" + $0 } ?? path))
        }
        for (name, kind) in try reader.names(in: path) {
            guard kind == .folder else {
                names.append((name, kind))
                continue
            }
            if let reason = DocumentReader.reasonToSkip(name) {
                warn(nil, name, reason)
                continue
            }
            if !Self.ownFolders.contains(name.lowercased()) {
                warn(nil, name, "the files of a folder in the case's folder are attached")
            }
            for (inner, kind) in try reader.names(in: path + "/" + name) {
                if kind == .file { names.append((name + "/" + inner, kind)) }
                if kind == .folder { warn(nil, name, "a folder in it is left out") }
            }
        }
        var skipped: [ImportProblem] = []
        for (place, (name, kind)) in names.enumerated() {
            let number = place + 1
            let last = String(name.split(separator: "/").last ?? "")
            if let reason = DocumentReader.reasonToSkip(last) {
                skipped.append(
                    ImportProblem(
                        caseNumber: self.number, document: number, reason: reason,
                        path: path + "/" + name))
                continue
            }
            guard kind == .file else {
                warn(number, name, "this is no ordinary file and is left out")
                continue
            }
            let folder = name.split(separator: "/").first.map { $0.lowercased() } ?? ""
            let isDocument =
                DocumentReader.isDocument(name)
                && (!name.contains("/") || Self.mailFolders.contains(folder))
            if DocumentReader.isCalled("about", name) {
                hasAbout = true
                about = attempt(number, name) { () throws(DocumentReader.Failure) in
                    try people(name)
                }
            } else if name.lowercased() == "fields.json" {
                fields = attempt(number, name) { () throws(DocumentReader.Failure) in
                    (number, name, try reader.bytes(path + "/" + name))
                }
            } else if isDocument, let size = try? reader.files.fileSize(path + "/" + name),
                size <= 64,
                (try? reader.text(path + "/" + name))?.allSatisfy(\.isWhitespace) == true
            {
                warn(number, name, "the document is empty and is left out")
            } else if isDocument {
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
        let called = documents.filter { $0.frame == nil && Self.isReport($0.name) }
            .sorted { (Self.place($0.name), $0.number) < (Self.place($1.name), $1.number) }
        if documents.isEmpty, !problems.contains(where: { $0.document != nil }) {
            guard let report = try? foreignReport(others, hasAbout: hasAbout) else {
                warn(nil, nil, "there is nothing in it that could be a case: it is left out")
                result.isLeftOut = true
                return (result, [], warnings)
            }
            documents.append(report)
            others[report.name] = nil
        }
        var candidates =
            !framed.isEmpty
            ? framed
            : !called.isEmpty
                ? called
                : documents.count == 1
                    ? documents : []
        // A folder of mails: the first of them was the report.
        if candidates.isEmpty, let earliest = Self.earliest(documents) {
            candidates = [earliest]
            warn(
                earliest.number, earliest.name,
                "no document is called report: this one, the earliest, was taken for it")
        }
        let plain = candidates.filter {
            $0.frame == nil && DocumentReader.stem($0.name).lowercased() == "report"
        }
        if plain.count > 1 {
            problem(
                nil, nil,
                "there are several reports: number them, report-1 and report-2, or call others "
                    + "not report")
        } else if candidates.isEmpty, !problems.contains(where: { $0.document != nil }) {
            problem(
                nil, nil,
                "there is no report: a file called report.md, report.txt or report.eml")
        }
        let reportNumber = candidates.first?.number
        // Reports of one incident that came after the first.
        let further = Set(candidates.dropFirst().map(\.number))
        if var document = candidates.first, reportNumber != nil {
            if let fields {
                _ = attempt(fields.number, fields.name) { () throws(DocumentReader.Failure) in
                    try apply(fields.bytes, to: &document.report)
                }
            }
            if document.report.receivedOn == nil {
                let file = document.name.isEmpty ? path : path + "/" + document.name
                // Photos alone say it in their names.
                let photos = document.name.isEmpty ? others.keys.sorted() : []
                let found = reader.day(
                    names: [document.name, result.label] + photos, text: document.report.text, file)
                (document.report.receivedOn, result.hasDayOfFile) = (found.day, found.isOfFile)
            }
            _ = attempt(document.number, document.name) { () throws(DocumentReader.Failure) in
                do throws(VaultError) { try document.report.checkLimits() } catch {
                    throw DocumentReader.Failure(reason: error.clause)
                }
            }
            result.report = document.report
            result.attachments = document.attachments
            result.intake = document.intake
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
        var reportOriginals: [PlannedAttachment] = []
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
                // What the text was made of stays at the end.
                let originals = attachments.suffix(document.intake.originals)
                result.attachments = Array(attachments.dropLast(originals.count))
                reportOriginals = Array(originals)
                continue
            }
            let entry = attempt(document.number, document.name) {
                () throws(DocumentReader.Failure) in
                try further.contains(document.number)
                    ? self.furtherReport(document) : self.entry(document)
            }
            if var entry {
                entry.attachments = attachments
                entry.intake = document.intake
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
        result.attachments += reportOriginals
        result.intake.originals = min(result.intake.originals, reportOriginals.count)
        fillRow(&result, others)
        for count in [result.attachments.count] + result.entries.map(\.attachments.count)
        where count > AttachmentNote.countLimit {
            problem(nil, nil, "there are more than \(AttachmentNote.countLimit) attachments")
        }
        for document in documents where document.frame == nil {
            for remark in document.intake.remarks { warn(document.number, document.name, remark) }
        }
        return (result, problems, warnings + skipped)
    }

    /// Reads a document.
    private func document(
        _ number: Int, _ name: String
    ) throws(DocumentReader.Failure) -> Document {
        let file = path + "/" + name
        guard let start = try? reader.files.readPrefix(file, count: DocumentFrame.start.count),
            start == DocumentFrame.start
        else {
            let paper = try reader.paper(file)
            return Document(
                number: number, name: name, frame: nil, report: paper.report,
                attachments: reader.attachments(of: paper, file), intake: paper.intake)
        }
        let (frame, text) = try reader.document(file)
        var report = Report(text: text)
        if let frame {
            if frame["kind"]?.text == "report" { try apply(frame.reportFields, to: &report) }
            if report.receivedOn == nil { report.receivedOn = frame.day }
        }
        guard text.utf8.count <= EntryStatement.textLimit else {
            throw DocumentReader.Failure(
                reason: "the text is longer than \(EntryStatement.textLimit) bytes: give the file "
                    + "another ending, then it is attached")
        }
        return Document(
            number: number, name: name, frame: frame, report: report, attachments: [],
            intake: frame?.intake ?? Intake())
    }

    /// A report of another program's file, or of files alone, such as photos.
    private func foreignReport(
        _ others: [String: Int], hasAbout: Bool
    ) throws(DocumentReader.Failure) -> Document? {
        let files = others.keys.filter(DocumentReader.isForeignDocument).sorted()
        let called = files.filter { DocumentReader.stem($0).lowercased() == "report" }
        let chosen = called.count == 1 ? called[0] : files.count == 1 ? files[0] : nil
        if let chosen {
            let paper = try reader.paper(path + "/" + chosen)
            return Document(
                number: others[chosen] ?? 0, name: chosen, frame: nil, report: paper.report,
                attachments: reader.attachments(of: paper, path + "/" + chosen),
                intake: paper.intake)
        }
        guard hasAbout, !others.isEmpty else { throw DocumentReader.Failure(reason: "") }
        let report = Report(text: "(The report has no text: see what is attached.)")
        return Document(number: 0, name: "", frame: nil, report: report, attachments: [])
    }

    /// Takes the line in the register from a status spreadsheet in the folder.
    private func fillRow(_ result: inout PlannedCase, _ others: [String: Int]) {
        guard result.row.isEmpty else { return }
        for name in others.keys.sorted() where name.lowercased().hasSuffix(".csv") {
            guard let text = try? reader.text(path + "/" + name), let sheet = StatusSheet(text),
                sheet.rows.count == 1, let row = sheet.rows.values.first
            else { continue }
            result.row = row
            result.isRowOfSheet = true
        }
    }

    /// Whether a document is called a report: "report.md", "Report 2.eml", "05.10.2026 report.md".
    private static func isReport(_ name: String) -> Bool {
        let stem = name.split(separator: "/").last.map { DocumentReader.stem(String($0)) } ?? ""
        return stem.lowercased().filter(\.isLetter) == "report"
            && stem.allSatisfy { $0.isLetter || $0.isNumber || " -_.,()#".contains($0) }
    }

    /// The place of a report among those of its case: by the day in its name or its number, which
    /// is 0 without one.
    private static func place(_ name: String) -> Int {
        if let day = DayInText.first(name) { return Int(day.daysSince1970) }
        return Int(
            String(DocumentReader.stem(name).unicodeScalars.filter { ("0"..."9").contains($0) }))
            ?? 0
    }

    /// The document with the earliest day, where each of several says its day in its name or as a
    /// mail does; `nil` otherwise.
    private static func earliest(_ documents: [Document]) -> Document? {
        guard documents.count > 1, documents.allSatisfy({ $0.frame == nil }) else { return nil }
        let days = documents.map { DayInText.first($0.name) ?? $0.report.receivedOn }
        guard !days.contains(nil) else { return nil }
        return zip(days.compactMap(\.self), documents).min {
            ($0.0, $0.1.report.receivedAt ?? "", $0.1.number)
                < ($1.0, $1.1.report.receivedAt ?? "", $1.1.number)
        }?.1
    }

    /// A document as a further report.
    private func furtherReport(
        _ document: Document
    ) throws(DocumentReader.Failure) -> PlannedEntry {
        var report = document.report
        var isOfFile = false
        if report.receivedOn == nil {
            (report.receivedOn, isOfFile) = reader.day(
                names: [document.name], text: report.text, path + "/" + document.name)
        }
        do throws(VaultError) { try report.checkLimits() } catch {
            throw DocumentReader.Failure(reason: error.clause)
        }
        return PlannedEntry(
            number: document.frame?["number"]?.number, kind: .report, report: report,
            hasDayOfFile: isOfFile, text: report.text)
    }

    /// A document as an entry.
    private func entry(_ document: Document) throws(DocumentReader.Failure) -> PlannedEntry {
        let report = document.report
        guard let frame = document.frame else {
            if let day = DayInText.first(document.name) ?? report.receivedOn {
                return PlannedEntry(day: day, text: report.text)
            }
            let found = reader.day(names: [], text: report.text, path + "/" + document.name)
            return PlannedEntry(day: found.day, hasDayOfFile: found.isOfFile, text: report.text)
        }
        return try frame.entry(text: report.text)
    }

    /// The people of an about file.
    private func people(_ name: String) throws(DocumentReader.Failure) -> [ReportedPerson] {
        try Self.people(path + "/" + name, reader)
    }

    /// The people of an about file.
    static func people(
        _ path: String, _ reader: DocumentReader
    ) throws(DocumentReader.Failure) -> [ReportedPerson] {
        let bytes = try reader.bytes(path)
        do throws(VaultError) { return try ReportedPerson.list(reading: bytes) } catch {
            throw DocumentReader.Failure(reason: error.clause)
        }
    }

    /// Sets fields of a report.
    private func apply(
        _ json: [UInt8], to report: inout Report
    ) throws(DocumentReader.Failure) {
        do throws(VaultError) { try report.apply(fieldsJSON: json) } catch {
            throw DocumentReader.Failure(reason: error.clause)
        }
    }
}
