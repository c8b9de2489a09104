// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault import`.
enum ImportCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "import", summary: "Start a case for each folder of existing documents",
        arguments: [ArgumentSpec(name: "DIR", help: "the folder of all cases", value: .folder)],
        options: [
            OptionSpec(
                name: "--day", valueName: "D",
                help: "when reports came of which nothing says it, YYYY-MM-DD", value: .day)
        ],
        notes: [
            "DIR has a folder for each case, called anything. In it: report.md, .txt or .eml; about,",
            "with one reported person a line, aliases after ; and perhaps fields.json. Other texts",
            "are entries in the order of their names, dated by YYYY-MM-DD at the beginning; other",
            "files, and all in a folder attachments, are attached to the report. A case can also be",
            "NAME.md with NAME.about beside it. What casevault export wrote is read too. You declare",
            "no conflict in any of the cases. Names of files never become code names. Running it",
            "again adds only what is missing.",
            "A status spreadsheet beside the folders, saved as CSV, fills the register. A line that",
            "has no folder becomes a case when CODE NAME.about says whom it is about; on a terminal",
            "you are asked.",
        ], run: run)

    /// Imports, or lists all that stands in the way.
    private static func run(_ session: Session) throws -> Answer {
        let path = Session.absolute(try session.arguments.required(0))
        let vault = try session.vault()
        var plan = try vault.importPlan(of: Session.url(path), progress: session.report)
        for warning in plan.warnings { Host.warn(warning.description) }
        guard plan.problems.isEmpty else { return refusal(plan) }
        try askAboutLines(&plan)
        try askAboutDays(&plan, session)
        let cases = try vault.importCases(plan, progress: session.report)
        let labels = CaseLabels(vault)
        let known = Dictionary(vault.cases.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
        var text = ""
        var json: [JSONValue] = []
        for item in cases {
            let label = known[item.id].map(labels.label) ?? "\(item.codeName)"
            let names = item.withheldFrom.map(\.name)
            text += "\(item.number)  \(label): \(item.added) added"
            text += item.alreadyThere > 0 ? ", \(item.alreadyThere) there already\n" : "\n"
            if !names.isEmpty {
                text +=
                    "   kept from \(Shown.names(names)), who shares a name with a reported person\n"
            }
            json.append(
                .object([
                    ("case", .text(label)), ("number", .number(item.number)),
                    ("new", .flag(item.isNew)), ("added", .number(item.added)),
                    ("alreadyThere", .number(item.alreadyThere)), ("withheldFrom", .texts(names)),
                ]))
        }
        if cases.contains(where: \.isNew) {
            text += "Who can read now:\n  you alone, in each new case\n"
            text += "Waiting:\n  The others have to answer the conflict checks. Silence is no.\n"
        }
        return Answer(
            json: [
                ("cases", .list(json)), ("warnings", .texts(plan.warnings.map(\.description))),
            ] + AccessText(cases.change).json, text: text + AccessText.besides(cases.change))
    }

    /// Lines of a status spreadsheet that have no folder: whom they are about has to be said.
    private static func askAboutLines(_ plan: inout ImportPlan) throws {
        let lines = plan.linesWithoutCase
        guard !lines.isEmpty else { return }
        guard Host.canAsk else {
            Host.warn(
                "Lines of the status spreadsheet that have no folder are left out: \(lines.count). "
                    + "To take one over, put a file beside the spreadsheet that is called like its "
                    + "code name, with .about at the end: one reported person a line.")
            return
        }
        Host.say("These lines of the status spreadsheet have no folder.")
        for line in lines {
            let answer = try Questions.lines(
                "Whom was \(Shown.line(line)) about? One person a line, aliases after \";\"; end "
                    + "with an empty line. Or skip, and it is left out.")
            if answer.map({ $0.lowercased() }) == ["skip"] { continue }
            do throws(VaultError) {
                let names = Array(answer.joined(separator: "\n").utf8)
                plan.setPeople(try ReportedPerson.list(reading: names), ofLine: line)
            } catch { throw Failure(error, file: nil) }
        }
    }

    /// Reports of which nothing says when they came: today it was not.
    private static func askAboutDays(_ plan: inout ImportPlan, _ session: Session) throws {
        let numbers = plan.casesWithoutDay
        guard !numbers.isEmpty else { return }
        if let day = session.arguments["--day"].flatMap({ Day(written: $0) }) {
            for number in numbers { plan.setDay(day, ofCase: number) }
            return
        }
        guard Host.canAsk else {
            let list = numbers.map(String.init).joined(separator: ", ")
            throw Failure.needsAnswer(
                "Nothing says when these reports were received: case \(list).",
                hint:
                    "Write the day into the name of each, or give one for all: --day D. Cases are "
                    + "counted in the order of their names.")
        }
        for number in numbers {
            while true {
                let answer = try Questions.line(
                    "When was the report of \(Shown.line(plan.label(ofCase: number))) received "
                        + "(YYYY-MM-DD):")
                if let day = Day(written: answer) {
                    plan.setDay(day, ofCase: number)
                    break
                }
                Host.say("Type a day, such as 2025-10-31.")
            }
        }
    }

    /// All problems. Paths, which may hold names, are shown on a terminal only, not to logs.
    private static func refusal(_ plan: ImportPlan) -> Answer {
        let count = plan.problems.count
        for problem in plan.problems where Host.canAsk {
            Host.say("Case \(problem.caseNumber) is in \(Shown.line(problem.path))")
        }
        let json = plan.problems.map { problem in
            var members = [("case", JSONValue.number(problem.caseNumber))]
            if let number = problem.document { members.append(("document", .number(number))) }
            return JSONValue.object(members + [("why", .text(problem.reason))])
        }
        return Answer(
            json: [("cases", .list([])), ("problems", .list(json))],
            text: plan.problems.map { "\($0).\n" }.joined(),
            failure: Failure.badInput(
                count == 1
                    ? "One thing in the folder cannot be imported."
                    : "\(count) things in the folder cannot be imported.",
                hint: "Mend all that is listed and try again; nothing was changed. Cases and "
                    + "documents are counted in the order of their names."))
    }
}
