// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault report`.
enum ReportCommand {
    /// `--about`, as several commands have it.
    static let about = OptionSpec(
        name: "--about", valueName: "FILE",
        help: "the reported people: one a line, aliases after ;",
        value: .file)

    /// `--withhold` with members, as several commands have it.
    static let withhold = OptionSpec(
        name: "--withhold", valueName: "MEMBER", help: "a member to keep the names from, or none",
        value: .member, repeats: true)

    /// `--no-original`, as several commands have it.
    static let original = OptionSpec(
        name: "--no-original", help: "do not keep a mail or page itself as an attachment")

    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "report", summary: "Start a case from a report, or add one to a case",
        arguments: [
            ArgumentSpec(
                name: "FILE", help: "a mail, text, page or other file; else standard input",
                value: .file, isRequired: false)
        ],
        options: [
            OptionSpec(
                name: "--case", valueName: "CASE", help: "add it to this open case instead",
                value: .caseName),
            about, withhold,
            original,
            OptionSpec(
                name: "--handing-over", help: "you have a conflict yourself and only pass it on"),
            OptionSpec(
                name: "--fields", valueName: "FILE", help: "report fields, JSON", value: .file),
        ],
        notes: [
            "--case is for a further report of the same incident, by anybody. Whoever reads the case",
            "reads it at once; each reporter waits for an answer of their own (add --to). Another",
            "reported person is added with casevault check.",
            "A report that is typed is kept on this computer, encrypted, until it is signed; what else",
            "is known about it is asked for, unless --fields says it.",
            "Texts and names of reported people are never arguments: others could see them.",
            "The fields are an object in JSON; each may be left out:",
            "  immediateDanger, ongoing, staysAnonymous, consentToBeNamed: true or false",
            "  recorded: verbatim or asTold; channel: mail, chat, phone, inPerson, form or other",
            "  receivedOn: YYYY-MM-DD; receivedAt, incidentDate, incidentTime, incidentPlace,",
            "  behaviour, impact, circumstances, reportedPersonDescription, retaliationConcern,",
            "  reporterName, reporterContact: texts; reporterAliases: a list of texts",
            "  witnesses: [{\"name\": \"...\", \"contact\": \"...\"}]",
        ],
        run: run)

    /// What a new report that is typed is kept under.
    static let purpose = "report"

    /// Starts a case.
    private static func run(_ session: Session) throws -> Answer {
        if let name = session.arguments["--case"] { return try add(to: name, session) }
        guard ReportInput.isTyped(session) else {
            return try start(about: ReportInput.people(session), nil, session)
        }
        // Nobody types a report with a wrong passphrase.
        let vault = try session.vault()
        let hasFile = session.arguments.has("--about")
        let earlier = try TypedText.earlier(for: purpose, vault)
        let names = try earlier?.draft.names ?? (hasFile ? [] : ReportInput.askForNames())
        let people =
            hasFile || names.isEmpty
            ? try ReportInput.people(session) : try ReportInput.people(typed: names)
        let typed =
            try earlier
            ?? TypedText.ask(ReportInput.question, for: purpose, names: names, vault)
        return try start(about: people, typed, session)
    }

    /// Starts a case with a report from a file, or one that was typed.
    private static func start(
        about people: [ReportedPerson], _ typed: TypedText?, _ session: Session
    ) throws -> Answer {
        var typed = typed
        let (report, attachments, intake) = try ReportInput.report(session, &typed)
        let vault = try session.vault()
        let handsOver = session.arguments.has("--handing-over")
        let answer = try TypedText.until(typed) {
            let decisions = try Withholding.members(for: people, vault, session)
            return try vault.startCase(
                about: people, report: report, attachments: attachments, intake: intake,
                deciding: decisions, handingOver: handsOver, progress: session.report)
        }
        let started = answer.item
        let labels = CaseLabels(vault)
        let waiting =
            vault.waiting.filter { $0.codeName == started.codeName } + answer.change.waiting
        var text = "Started: \(labels.label(started))\n"
        text += "Who can read now:\n  \(AccessText.readers(of: started, labels))\n"
        if handsOver {
            text += "You hand it over: when a colleague without a conflict has answered, your next "
            text += "casevault catch-up lets them in and takes you out.\n"
        }
        if !waiting.isEmpty { text += "Waiting:\n" }
        for item in waiting { text += "  \(AccessText.sentence(item))\n" }
        return Answer(
            json: [
                ("case", .text(labels.label(started))),
                ("readers", .texts(started.readers.map(\.name))),
                ("waiting", .list(waiting.map(AccessText.item))),
            ] + AccessText(answer.change).json.filter { $0.0 != "waiting" }, text: text)
    }

    /// Adds a further report to a case.
    private static func add(to name: String, _ session: Session) throws -> Answer {
        let arguments = session.arguments
        for option in ["--about", "--withhold", "--handing-over"] where arguments.has(option) {
            throw Failure.usage(
                arguments.command,
                "\(option) is for a new case: people are added with casevault check.")
        }
        let vault = try session.vault()
        let item = try vault.case(named: name)
        let label = CaseLabels(vault).label(item)
        let word = label.replacing(" ", with: "-")
        guard item.row?.isResolved != true else {
            throw Failure(
                code: "refused", message: "The register says that the case is resolved.",
                hint: "Open it again first: casevault row \(word) status=ongoing")
        }
        var typed: TypedText?
        if ReportInput.isTyped(session) {
            let purpose = "report --case \(word)"
            typed =
                try TypedText.earlier(for: purpose, vault)
                ?? TypedText.ask(ReportInput.question, for: purpose, vault)
        }
        let (report, attachments, intake) = try ReportInput.report(session, &typed)
        let added = try TypedText.until(typed) {
            try item.addReport(
                report, attaching: attachments, intake: intake, progress: session.report)
        }
        var text = "Added to \(label): entry \(added.label), report\n"
        text += "Who can read now:\n  \(AccessText.readers(of: item, CaseLabels(vault)))\n"
        text += AccessText.besides(added.change)
        text +=
            "Whoever has a conflict with its reporter steps back: casevault access \(word) recuse\n"
        text += "Answer its reporter: casevault add \(word) first-response --to \(added.label)\n"
        return Answer(
            json: [
                ("case", .text(label)), ("entry", .text(added.label)),
                ("entryID", .text("\(added.id)")),
                ("readers", .texts(item.readers.map(\.name))),
            ] + AccessText(added.change).json, text: text)
    }
}
