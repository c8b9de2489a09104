// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// What an import would do, or everything that stands in its way. Making one changes nothing.
public struct ImportPlan: Sendable {
    /// All problems at once; with any of them nothing is imported.
    public private(set) var problems: [ImportProblem] = []
    /// What stops nothing but should be known, such as a mail of which a part cannot be read.
    public private(set) var warnings: [ImportProblem] = []
    /// The cases, in the order of names.
    private(set) var cases: [PlannedCase] = []
    /// The way to the operating system.
    let files: FileSystem

    /// How many cases the folder has, readable or not.
    public var caseCount: Int { count }
    /// How many cases were begun.
    private var count = 0
    /// The lines of status spreadsheets that belong to no folder, by code name.
    private var lines: [String: (name: String, row: [RegisterRow.Column: String])] = [:]
    /// Files that say whom a line is about, by the code name that they are called.
    private var abouts: [String: String] = [:]

    /// What an export has at its top besides cases.
    private static let ignored: Set<String> = ["readme.md", "register.md", "register.csv"]

    /// How deep folders of years can stand in each other.
    private static let deepest = 3

    /// Reads a folder.
    ///
    /// - Throws: `fileSystem`, `badInput` when there is no case in it, `cancelled`.
    init(
        reading folder: String, files: FileSystem, progress: WorkProgress.Handler? = nil
    ) throws(VaultError) {
        self.files = files
        var sheets: [(sheet: StatusSheet, isOfExport: Bool)] = []
        try read(folder, depth: 0, sheets: &sheets, progress: progress)
        cases.removeAll(where: \.isLeftOut)
        let isExport = cases.contains { !$0.row.isEmpty && !$0.isRowOfSheet }
        for (sheet, isOfExport) in sheets { fill(from: sheet, isExport && isOfExport, folder) }
        takeLinesWithPeople()
        for (_, path) in abouts.sorted(by: { $0.key < $1.key }) {
            count += 1
            warnings.append(
                ImportProblem(
                    caseNumber: count, document: nil,
                    reason: "this belongs to no case and is left out: put it into a case's folder",
                    path: path))
        }
        guard count > 0 || !lines.isEmpty else { throw .nothingToImport(folder) }
    }

    /// Reads the cases of a folder, and of the folders of years in it.
    private mutating func read(
        _ folder: String, depth: Int, sheets: inout [(sheet: StatusSheet, isOfExport: Bool)],
        progress: WorkProgress.Handler?
    ) throws(VaultError) {
        let reader = DocumentReader(files: files)
        let names = try reader.names(in: folder)
        let all = Set(names.map(\.name))
        for (done, (name, kind)) in names.enumerated() {
            try progress.report(.opening, done, of: names.count)
            let path = folder + "/" + name
            if let reason = DocumentReader.reasonToSkip(name) {
                warn(reason, path)
                continue
            }
            switch kind {
            case .folder:
                if depth < Self.deepest, try isOfSeveral(path, reader) {
                    try read(path, depth: depth + 1, sheets: &sheets, progress: progress)
                    continue
                }
                count += 1
                try take(CaseFolderReader(number: count, path: path, reader: reader).read())
            case .file where name.lowercased().hasSuffix(".csv"):
                if let text = try? reader.text(path), let sheet = StatusSheet(text) {
                    sheets.append((sheet, name.lowercased() == "register.csv"))
                } else if !Self.ignored.contains(name.lowercased()) {
                    warn("a spreadsheet is no status spreadsheet and is left out", path)
                }
            case .file where Self.ignored.contains(name.lowercased()):
                continue
            case .file
            where DocumentReader.isDocument(name)
                || (DocumentReader.isForeignDocument(name)
                    && all.contains(DocumentReader.stem(name) + ".about")):
                count += 1
                take(SingleCaseReader(number: count, path: path, reader: reader).read())
            case .file where Self.belongsToDocument(name, among: all):
                continue
            case .file where name.lowercased().hasSuffix(".about"):
                abouts[StatusSheet.key(DocumentReader.stem(name))] = path
            case .file
            where [".xlsx", ".xls", ".ods", ".numbers"].contains(where: name.lowercased().hasSuffix):
                warn("a spreadsheet is left out: save it as CSV", path)
            default:
                // A number of its own, so that the numbers behind it stay those of the names.
                count += 1
                warnings.append(
                    ImportProblem(
                        caseNumber: count, document: nil,
                        reason: "this belongs to no case and is left out: put it into a case's "
                            + "folder", path: path))
            }
        }
    }

    /// Notes something that stops nothing.
    private mutating func warn(_ reason: String, _ path: String) {
        warnings.append(
            ImportProblem(caseNumber: count + 1, document: nil, reason: reason, path: path))
    }

    /// Whether a folder has cases and is none, such as one for a year: only folders stand in it.
    private func isOfSeveral(
        _ path: String, _ reader: DocumentReader
    ) throws(VaultError) -> Bool {
        let names = try reader.names(in: path)
            .filter { DocumentReader.reasonToSkip($0.name) == nil }
        let folders = names.filter { $0.kind == .folder }
        let ofCase = CaseFolderReader.ownFolders
        return !folders.isEmpty && names.count == folders.count
            && !folders.contains { ofCase.contains($0.name.lowercased()) }
    }

    /// Fills the lines in the register from a status spreadsheet.
    private mutating func fill(
        from sheet: StatusSheet, _ isOfExport: Bool, _ folder: String
    ) {
        var left = Set(sheet.rows.keys)
        for place in cases.indices {
            let words = StatusSheet.key(cases[place].label).split(separator: " ")
            let name = words.filter { !$0.allSatisfy(\.isNumber) }.joined(separator: " ")
            let key = [words.joined(separator: " "), name].first { sheet.rows[$0] != nil }
            guard let key, let row = sheet.rows[key] else { continue }
            left.remove(key)
            guard cases[place].row.isEmpty else { continue }
            cases[place].row = row
            cases[place].isRowOfSheet = true
        }
        guard !isOfExport else { return }
        for code in left {
            lines[code] = (sheet.names[code] ?? code, sheet.rows[code] ?? [:])
        }
        if sheet.repeated > 0 {
            warn(
                "lines of the status spreadsheet with a code name that was there before, left out: "
                    + "\(sheet.repeated)", folder)
        }
        if sheet.unknownValues > 0 {
            warn(
                "words of the status spreadsheet that no column takes: \(sheet.unknownValues)",
                folder)
        }
    }

    // MARK: - Lines without a case

    /// The code names of lines in a status spreadsheet that belong to no folder, as written there.
    ///
    /// Say with `setPeople(_:ofLine:)` whom one is about: then it becomes a case.
    public var linesWithoutCase: [String] { lines.values.map(\.name).sorted() }

    /// Makes a case of a line in a status spreadsheet.
    ///
    /// - Parameters:
    ///   - people: Whom it is about.
    ///   - name: The code name, one of `linesWithoutCase`.
    public mutating func setPeople(_ people: [ReportedPerson], ofLine name: String) {
        let key = StatusSheet.key(name)
        guard !people.isEmpty, let line = lines.removeValue(forKey: key) else { return }
        count += 1
        var item = PlannedCase(number: count)
        item.people = people
        item.label = line.name
        item.row = line.row
        item.isRowOfSheet = true
        item.report = Report(
            text: "(Taken over from a status spreadsheet, where it was called “\(line.name)”. "
                + "No report came with it.)")
        item.report.receivedOn = line.row[.dateTime].flatMap { DayInText.first($0) }
        cases.append(item)
    }

    /// Makes cases of the lines for which a file says whom they are about.
    private mutating func takeLinesWithPeople() {
        let reader = DocumentReader(files: files)
        for (code, path) in abouts.sorted(by: { $0.key < $1.key }) where lines[code] != nil {
            abouts[code] = nil
            do throws(DocumentReader.Failure) {
                setPeople(try CaseFolderReader.people(path, reader), ofLine: code)
            } catch {
                problems.append(
                    ImportProblem(
                        caseNumber: count + 1, document: nil, reason: error.reason, path: path))
            }
        }
    }

    // MARK: - Days that are not known

    /// The numbers of the cases of which nothing says when a report was received.
    public var casesWithoutDay: [Int] {
        cases.filter { item in
            item.report.receivedOn == nil
                || item.entries.contains { $0.report != nil && $0.report?.receivedOn == nil }
        }.map(\.number)
    }

    /// What a case is called in the folder; this may hold a reported name.
    public func label(ofCase number: Int) -> String {
        cases.first { $0.number == number }?.label ?? ""
    }

    /// Says when the reports of a case were received that do not say it.
    public mutating func setDay(_ day: Day, ofCase number: Int) {
        for place in cases.indices where cases[place].number == number {
            cases[place].report.receivedOn = cases[place].report.receivedOn ?? day
            for entry in cases[place].entries.indices
            where cases[place].entries[entry].report != nil {
                let known = cases[place].entries[entry].report?.receivedOn
                cases[place].entries[entry].report?.receivedOn = known ?? day
            }
        }
    }

    /// Takes the day of a file away where it is that of copying it.
    private mutating func forgetDays(from today: Day, _ folder: String) {
        for place in cases.indices {
            let item = cases[place]
            if item.hasDayOfFile, item.report.receivedOn.map({ $0 >= today }) ?? false {
                cases[place].report.receivedOn = nil
            }
            var before = cases[place].report.receivedOn
            for (number, entry) in item.entries.enumerated() {
                let day = entry.report.map(\.receivedOn) ?? entry.day
                guard entry.hasDayOfFile, day.map({ $0 >= today }) ?? true else {
                    before = day ?? before
                    continue
                }
                if entry.report != nil {
                    cases[place].entries[number].report?.receivedOn = nil
                } else if let before {
                    cases[place].entries[number].day = before
                    warnings.append(
                        ImportProblem(
                            caseNumber: item.number, document: nil,
                            reason: "nothing says when an entry was written: it gets the day of "
                                + "the one before", path: folder))
                }
            }
        }
    }

    /// Takes what was read of one case.
    private mutating func take(
        _ result: (case: PlannedCase, problems: [ImportProblem], warnings: [ImportProblem])
    ) {
        cases.append(result.case)
        problems += result.problems
        warnings += result.warnings
    }

    /// Whether a file is `NAME.about` or `NAME.fields.json` of a document `NAME.…`.
    private static func belongsToDocument(_ name: String, among all: Set<String>) -> Bool {
        [".about", ".fields.json"].contains { ending in
            guard name.hasSuffix(ending) else { return false }
            let stem = name.dropLast(ending.count)
            return all.contains {
                $0.hasPrefix(stem + ".") && DocumentReader.stem($0) == String(stem)
                    && (DocumentReader.isDocument($0) || DocumentReader.isForeignDocument($0))
            }
        }
    }

    /// Adds what only the vault knows: who imports, and what may stand in the register.
    mutating func check(in vault: Vault, folder: String) {
        forgetDays(from: vault.today, folder)
        let rules = vault.rules
        for (place, item) in cases.enumerated() {
            guard let response = item.row[.response], !response.isEmpty else { continue }
            cases[place].row[.response] = rules.response(named: response)?.name
            if cases[place].row[.response] == nil {
                warnings.append(
                    ImportProblem(
                        caseNumber: item.number, document: nil,
                        reason: "the rules have no response of that name: left out of the register",
                        path: folder))
            }
        }
        for (place, item) in cases.enumerated() where !item.people.isEmpty {
            func add(_ reason: String) {
                problems.append(
                    ImportProblem(
                        caseNumber: item.number, document: nil, reason: reason, path: folder))
            }
            if vault.isCalledLikeMe(item.people) {
                add("a reported person is called like you: let a colleague import this case")
            }
            let named =
                item.report.peopleBesides
                + item.people.map {
                    PersonInCase(name: $0.name, aliases: $0.aliases, role: .reportedPerson)
                }
            let columns = item.row.filter { column in
                named.contains { $0.isNamed(in: column.value) }
            }.keys
            guard !columns.isEmpty else { continue }
            guard item.isRowOfSheet else {
                add("the line in the register has a name from the case")
                continue
            }
            // What the whole committee reads must not name anybody; the rest of the line can stand.
            for column in columns { cases[place].row[column] = nil }
            warnings.append(
                ImportProblem(
                    caseNumber: item.number, document: nil,
                    reason: "the spreadsheet has a name from the case: left out of the register",
                    path: folder))
        }
        problems.sort { ($0.caseNumber, $0.document ?? 0) < ($1.caseNumber, $1.document ?? 0) }
    }
}
