// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault add`.
enum AddCommand {
    /// The kinds of entries that can be added: a report only comes with a new case.
    private static let kinds = NewEntryKind.allCases.map(\.rawValue)

    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "add", summary: "Add an entry to a case",
        arguments: [
            ArgumentSpec(name: "CASE", help: "its code name", value: .caseName),
            ArgumentSpec(
                name: "KIND", help: "what it is about, see below", value: .choice(kinds)),
            ArgumentSpec(
                name: "FILE", help: "a text, mail or other file; else standard input", value: .file,
                isRequired: false),
        ],
        options: [
            OptionSpec(
                name: "--day", valueName: "D",
                help: "when it happened, YYYY-MM-DD; else that of a mail, or today",
                value: .day),
            OptionSpec(
                name: "--attach", valueName: "FILE", help: "a file of any size", value: .file,
                repeats: true),
            ReportCommand.original,
            OptionSpec(
                name: "--corrects", valueName: "ENTRY",
                help: "the entry that this one supersedes", value: .entry),
            OptionSpec(
                name: "--to", valueName: "ENTRY",
                help: "of several reports, the one whose reporter this went to, or all",
                repeats: true),
            OptionSpec(
                name: "--response", valueName: "R", help: "what an outcome states, from the rules"),
            OptionSpec(
                name: "--until", valueName: "D",
                help: "the outcome's last day, YYYY-MM-DD; else it is for good", value: .day),
            OptionSpec(
                name: "--sealed", help: "KIND reporter: also seal it for the reporter's receipt"),
            OptionSpec(
                name: "--output", valueName: "FILE",
                help: "with --sealed: where to; else standard output", value: .file),
        ],
        notes: [
            "KIND is one of: discussion, plan, consequences, moderators, reported-person,",
            "reporter, first-response, witness, outcome, appeal, public.",
        ], run: run)

    /// Adds an entry.
    private static func run(_ session: Session) throws -> Answer {
        let arguments = session.arguments
        guard let kind = NewEntryKind(rawValue: try arguments.required(1)) else {
            throw Failure.usage(arguments.command, "KIND is not known.")
        }
        guard kind == .outcome || !arguments.has("--response") else {
            throw Failure.usage(arguments.command, "--response needs the KIND outcome.")
        }
        guard arguments.has("--response") || !arguments.has("--until") else {
            throw Failure.usage(arguments.command, "--until needs --response.")
        }
        guard kind == .reporter || !arguments.has("--sealed") else {
            throw Failure.usage(arguments.command, "Only the KIND reporter can be sealed.")
        }
        guard arguments.has("--sealed") || !arguments.has("--output") else {
            throw Failure.usage(arguments.command, "--output needs --sealed.")
        }
        var attachments = arguments.all("--attach").map { AttachmentSource(file: Session.url($0)) }
        let path = arguments.positional(2).flatMap { $0 == "-" ? nil : $0 }
        var typed: TypedText?
        if path == nil, Host.canAsk, attachments.isEmpty {
            // Nobody types a long text for a case that is not theirs, or with a wrong passphrase.
            let vault = try session.vault()
            let item = try vault.case(named: arguments.required(0))
            _ = try item.entries()
            let purpose = "add \(CaseLabels(vault).label(item)) \(kind.rawValue)"
            typed =
                try TypedText.earlier(for: purpose, vault)
                ?? TypedText.ask("Type the text", for: purpose, vault)
        }
        let isTextless = path == nil && Host.canAsk && !attachments.isEmpty
        let paper =
            isTextless
            ? nil
            : try ReportInput.paper(path, session, isEntry: true, typed: typed?.draft.text)
        let text = paper?.text ?? ""
        attachments += paper?.attachments ?? []
        guard text.contains(where: { !$0.isWhitespace }) || !attachments.isEmpty else {
            throw Failure.badInput(
                "The entry has no text.", hint: "Give it in a file or on standard input.",
                file: path)
        }
        return try TypedText.until(typed) {
            try write(text, kind, attachments, paper, session)
        }
    }

    /// Writes the entry.
    private static func write(
        _ text: String, _ kind: NewEntryKind, _ attachments: [AttachmentSource], _ paper: Paper?,
        _ session: Session
    ) throws -> Answer {
        let arguments = session.arguments
        let vault = try session.vault()
        if let day = arguments["--day"].flatMap({ Day($0) }) {
            try session.askAboutDay(day, vault)
        }
        let item = try vault.case(named: arguments.required(0))
        let answered = try answered(kind, item, arguments)
        let warnings = try warnings(text, kind, item)
        let sealed = arguments.has("--sealed") ? try item.sealAnswer(text).text : nil
        let file = session.outputFile.map(Session.absolute)
        if let sealed, let file { try PlainFile.save(sealed, to: Session.url(file)) }
        let day = arguments["--day"].flatMap { Day(written: $0) } ?? paper?.report.receivedOn
        let old = try arguments["--corrects"].map { try item.entry(named: $0).id }
        let added =
            if let response = arguments["--response"] {
                try item.addOutcome(
                    text,
                    stating: StatedResponse(
                        response, until: arguments["--until"].flatMap { Day(written: $0) }),
                    on: day, correcting: old, attaching: attachments,
                    intake: paper?.intake ?? Intake(), progress: session.report)
            } else {
                try item.add(
                    kind, text, on: day, correcting: old, attaching: attachments,
                    intake: paper?.intake ?? Intake(), answering: answered,
                    progress: session.report)
            }
        let labels = CaseLabels(vault)
        let hints = hints(kind, labels.label(item))
        var json: [(String, JSONValue)] =
            [
                ("case", .text(labels.label(item))), ("entry", .text(added.label)),
                ("entryID", .text("\(added.id)")),
                ("readers", .texts(item.readers.map(\.name))), ("warnings", .texts(warnings)),
                ("hints", .texts(hints)),
            ] + AccessText(added.change).json
        var said = """
            Added to \(labels.label(item)): entry \(added.label), \(kind.rawValue)
            Who can read now:
              \(AccessText.readers(of: item, labels))

            """ + AccessText.besides(added.change) + hints.map { $0 + "\n" }.joined()
        if let sealed {
            json.append(file.map { ("file", .text($0)) } ?? ("sealed", .text(sealed)))
            said += file.map { "Saved: \(Shown.line($0))\n" } ?? sealed
            said += "Only the holder of the receipt opens it, on the page for reports.\n"
        }
        return Answer(json: json, text: said)
    }

    /// The reports whose reporters the text went to. With several it has to be said: a reporter of
    /// whom nobody thinks would seem to be answered.
    private static func answered(
        _ kind: NewEntryKind, _ item: Case, _ arguments: Arguments
    ) throws -> [Entry.ID] {
        let named = arguments.all("--to")
        guard kind == .reporter || kind == .firstResponse else {
            guard named.isEmpty else {
                throw Failure.usage(
                    arguments.command, "--to is for the kinds reporter and first-response.")
            }
            return []
        }
        // Whoever has not looked is told so by what follows.
        guard item.hasTakenFirstLook else { return [] }
        let reports = try item.entries().filter { $0.kind == .report }
        if named == ["all"] { return reports.map(\.id) }
        guard named.isEmpty else { return try named.map { try item.entry(named: $0).id } }
        guard reports.count > 1 else { return [] }
        let list = reports.map(\.label).joined(separator: ", ")
        guard Host.canAsk else {
            throw Failure.needsAnswer(
                "The case has several reports, and it is not said whose reporter this went to.",
                hint: "Name it with --to ENTRY, or say --to all. The reports are: \(list)")
        }
        while true {
            let line = try Questions.line("To the reporter of which report (\(list), or all):")
            if line.lowercased() == "all" { return reports.map(\.id) }
            if let report = reports.first(where: { $0.label == line }) { return [report.id] }
            Host.say("Type one of the numbers, or all.")
        }
    }

    /// What usually comes next: an outcome changes nothing in the register by itself, because
    /// the whole committee reads its words.
    private static func hints(_ kind: NewEntryKind, _ label: String) -> [String] {
        guard kind == .outcome else { return [] }
        let name = label.replacing(" ", with: "-")
        return [
            "The register does not say so yet: casevault row \(name) status=resolved "
                + "resolution=..."
        ]
    }

    /// Warns of names in a text for people outside; on a terminal asks whether to go on.
    private static func warnings(
        _ text: String, _ kind: NewEntryKind, _ item: Case
    ) throws -> [String] {
        let roles = Set(try item.namesAtRisk(in: text, for: kind.kind).map(\.role.rawValue))
            .sorted()
        let warnings = roles.map {
            "The text is for people outside and has the name of the \($0), or a part of it."
        }
        for warning in warnings { Host.warn(warning) }
        if !warnings.isEmpty, Host.canAsk {
            // A name that goes over the end of a line is in no line alone.
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            for (number, line) in lines.enumerated()
            where try !item.namesAtRisk(in: String(line), for: kind.kind).isEmpty {
                Host.say("  line \(number + 1): \(Shown.line(String(line)))")
            }
        }
        if !warnings.isEmpty, Host.canAsk, try !Questions.yesOrNo("Add it all the same?") {
            throw Failure(
                code: "cancelled", message: "The entry was not added.",
                hint: "Take the name out and add it again.")
        }
        return warnings
    }
}
