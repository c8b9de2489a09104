// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault show`: the list of cases, the register, a case, an entry, an attachment.
enum ShowCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "show", summary: "Show the list of cases, a case, one entry or an attachment",
        arguments: [
            ArgumentSpec(
                name: "CASE", help: "its code name", value: .caseName, isRequired: false),
            ArgumentSpec(
                name: "ENTRY", help: "one entry, as the case shows it: 2, or 2b", value: .entry,
                isRequired: false),
        ],
        options: [
            OptionSpec(
                name: "--first-look", valueName: "ANSWER",
                help: "whether you have a conflict: noConflict or conflict",
                value: .choice(["noConflict", "conflict"])),
            OptionSpec(
                name: "--attachment", valueName: "K",
                help: "write attachment K of the entry, by place or id"),
            OptionSpec(name: "--open", help: "of the list, only cases that are not resolved"),
            OptionSpec(name: "--due", help: "of the list, only cases with something due"),
            OptionSpec(name: "--mine", help: "of the list, only cases that you read"),
            OptionSpec(name: "--register", help: "the register in all its columns"),
            OptionSpec(name: "--html", help: "the register or the case as a page to print"),
            OptionSpec(name: "--csv", help: "the register for a spreadsheet"),
            OptionSpec(
                name: "--output", valueName: "FILE", help: "where to; else standard output",
                value: .file),
            OptionSpec(name: "--late", help: "also what was written by people without access"),
        ],
        notes: [
            "Before a case is shown for the first time, the people named in it are, and you are",
            "asked for a conflict. Off a terminal --first-look is required then.",
            "--first-look conflict takes you out of the case.",
            "Without CASE: every case in one line, those that need doing first.",
            "Pages and spreadsheets are not encrypted. A page is one file and loads nothing. In a",
            "spreadsheet, what could be taken for a formula has an apostrophe in front.",
        ], reads: { $0["--first-look"] != "conflict" }, run: run)

    /// Shows what was asked for.
    private static func run(_ session: Session) throws -> Answer {
        let arguments = session.arguments
        try checkOptions(session)
        let vault = try session.vault()
        guard let name = arguments.positional(0) else {
            if arguments.has("--csv") {
                return try PlainOutput.answer(RegisterTable(of: vault).csv, session)
            }
            if arguments.has("--html") {
                return try PlainOutput.answer(RegisterPage(of: vault).html, session)
            }
            if arguments.has("--register") { return RegisterText.answer(vault) }
            return try OverviewText(
                vault, onlyOpen: arguments.has("--open"), onlyDue: arguments.has("--due"),
                onlyMine: arguments.has("--mine")
            ).answer(session)
        }
        let item = try vault.case(named: name)
        if let left = try FirstLook.take(item, vault, session) { return left }
        let entry = try arguments.positional(1).map { try item.entry(named: $0) }
        if let entry, let attachment = arguments["--attachment"] {
            return try write(attachment, of: entry, in: item, vault, session)
        }
        if arguments.has("--html") {
            return try PlainOutput.answer(
                CasePage(of: item).html, session,
                [("case", .text(CaseLabels(vault).label(item)))])
        }
        return try CaseText(
            label: CaseLabels(vault).label(item), item: item, people: item.people,
            entries: entry.map { [$0] } ?? item.entries(), late: item.lateRecordCount(),
            lateEntries: arguments.has("--late") ? item.lateEntries() : nil,
            related: item.related.map(CaseLabels(vault).label),
            sameReport: (try? item.sameReport().map(CaseLabels(vault).label)) ?? [],
            outcomes: item.outcomesSideBySide,
            needsAnotherOrganizer: item.access().needsAnotherOrganizer
        ).answer
    }

    /// Refuses options that do not belong together.
    private static func checkOptions(_ session: Session) throws {
        let arguments = session.arguments
        let forms = ["--attachment", "--html", "--csv"].filter(arguments.has)
        let filters = ["--open", "--due", "--mine"].filter(arguments.has)
        func require(_ isFine: Bool, _ message: String) throws {
            if !isFine { throw Failure.usage(arguments.command, message) }
        }
        try require(forms.count <= 1, "--attachment, --html and --csv exclude each other.")
        let isList = arguments.positional(0) == nil && forms.isEmpty
        try require(
            isList || filters.isEmpty && !arguments.has("--register"),
            "--open, --due, --mine and --register are for the list of cases.")
        try require(
            filters.isEmpty || !arguments.has("--register"),
            "--register shows every row: leave \(filters.first ?? "") out.")
        let hasNumber = arguments.positional(1) != nil
        try require(forms != ["--attachment"] || hasNumber, "--attachment needs CASE and ENTRY.")
        try require(forms != ["--html"] || !hasNumber, "--html shows a whole case, not one entry.")
        try require(
            forms != ["--csv"] || arguments.positional(0) == nil, "--csv is for the register.")
        try require(
            !forms.isEmpty || !arguments.has("--output"),
            "--output needs --attachment, --html or --csv.")
        try require(
            forms.isEmpty || !session.isJSON || session.outputFile != nil,
            "\(forms.first ?? "") with --json needs --output FILE.")
    }

    /// Writes an attachment to a file or to standard output, after its last byte was verified.
    private static func write(
        _ name: String, of entry: Entry, in item: Case, _ vault: Vault, _ session: Session
    ) throws -> Answer {
        let places = entry.attachments.enumerated()
        let found = places.first { "\($0 + 1)" == name || "\($1.id)" == name }
        guard let (place, attachment) = found else {
            throw Failure(
                code: "unknownName", message: "The entry has no such attachment.",
                hint: "Show the entry to see its attachments.")
        }
        session.sayIncomplete()
        guard let path = try session.fileToSave() else {
            var problem: (any Error)?
            try item.readAttachment(attachment.id, progress: session.report) {
                (bytes) throws(VaultError) in
                guard problem == nil else { return }
                do { try Host.write(bytes) } catch { problem = error }
            }
            if let problem { throw problem }
            return Answer(json: [], text: "")
        }
        let file = Session.absolute(path)
        try item.saveAttachment(
            attachment.id, to: Session.url(file), progress: session.report)
        let warnings = PlainOutput.warnings(about: file)
        warnings.forEach(Host.warn)
        return Answer(
            json: [
                ("case", .text(CaseLabels(vault).label(item))), ("entry", .text(entry.label)),
                ("entryID", .text("\(entry.id)")), ("attachment", .number(place + 1)),
                ("file", .text(file)), ("warnings", .texts(warnings)),
            ], text: "Saved: \(Shown.line(file))\n")
    }
}
