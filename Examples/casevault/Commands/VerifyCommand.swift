// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault verify`.
enum VerifyCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "verify", summary: "Check every file; with your key also signatures and readers",
        options: [
            OptionSpec(name: "--no-key", help: "check names and bytes only, as anybody can"),
            OptionSpec(name: "--accept", valueName: "LOG", help: "accept a gap or an older folder"),
        ],
        notes: [
            "LOG is the log's id, as verify lists it. Ask your colleagues before you use",
            "--accept.",
        ], run: run)

    /// Verifies.
    private static func run(_ session: Session) throws -> Answer {
        let arguments = session.arguments
        if let text = arguments["--accept"] {
            let vault = try session.vault()
            let log = try log(text, arguments)
            guard let seen = vault.missingRecords.first(where: { $0.log == log }) else {
                throw Failure(
                    code: "unknownName", message: "Nothing is missing from that log.",
                    hint: "Run: casevault verify, and use a log that it lists as missing.", exit: 1)
            }
            // Whom it let in or took out the next command shows; this one answers what is missing.
            _ = try vault.acceptGap(seen)
        }
        let hasKey = try arguments.has("--no-key") ? false : Input.exists(session.keyFile())
        let report: VerifyReport
        do {
            report =
                !hasKey
                ? try Vault.verifyNames(at: session.vaultFolder(), progress: session.report)
                : try session.vault().verify(progress: session.report)
        } catch {
            let failure = Failure(error)
            guard failure.exit == 3 else { throw error }
            return Answer(json: noKeys, text: "", failure: failure)
        }
        return answer(report, isKeyless: !hasKey)
    }

    /// The log that an option names.
    private static func log(_ text: String, _ arguments: Arguments) throws -> LogID {
        guard let id = LogID(text) else {
            throw Failure.usage(arguments.command, "LOG is 64 digits, as verify lists it.")
        }
        return id
    }

    /// The keys when nothing could be looked at: they are there in any case.
    private static let noKeys: [(String, JSONValue)] = [
        ("files", .number(0)), ("ignored", .number(0)), ("mine", .number(0)),
        ("damaged", .list([])), ("unreadable", .list([])), ("missing", .list([])),
        ("problems", .list([])), ("code", .null),
    ]

    /// The report as an answer; a failure beside it when something is damaged or missing.
    private static func answer(_ report: VerifyReport, isKeyless: Bool) -> Answer {
        var answer = Answer(json: json(report), text: text(report, isKeyless: isKeyless))
        if let first = report.damaged.first {
            answer.failure = Failure(
                code: "damaged", message: "The vault is damaged: \(first.fault.text).",
                hint: hint(for: report.damaged), file: first.file, exit: 3)
        } else if let first = report.unreadable.first {
            answer.failure = Failure(
                code: "unreadable", message: "A file could not be read: \(first.fault.text).",
                hint: hint(for: report.unreadable),
                file: first.file, exit: 3)
        } else if !report.isWhole {
            answer.failure = Failure(
                code: "incomplete", message: "The vault is not complete yet.",
                hint: "Let your sync tool finish, then try again.", exit: 3)
        }
        return answer
    }

    /// What to do about files, each thing once.
    private static func hint(for files: [VerifyReport.DamagedFile]) -> String {
        var hints: [String] = []
        for item in files where !hints.contains(item.fault.hint) { hints.append(item.fault.hint) }
        return hints.joined(separator: " ")
    }

    /// The keys.
    private static func json(_ report: VerifyReport) -> [(String, JSONValue)] {
        [
            ("files", .number(report.files)), ("ignored", .number(report.ignored)),
            ("mine", .number(report.mine)),
            (
                "damaged", .list(report.damaged.map(json))
            ),
            ("unreadable", .list(report.unreadable.map(json))),
            (
                "missing",
                .list(
                    report.missing.map {
                        .object([("log", .text("\($0.log)")), ("ids", .texts($0.records))])
                    })
            ),
            ("problems", .list(report.problems.map(json))),
            ("code", .optional(report.code.map { "\($0)" })),
        ]
    }

    /// A file as JSON.
    private static func json(_ item: VerifyReport.DamagedFile) -> JSONValue {
        .object([("file", .text(item.file)), ("why", .text(item.fault.rawValue))])
    }

    /// A problem as JSON.
    private static func json(_ problem: VerifyReport.Problem) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("code", .text(problem.code.rawValue)), ("text", .text(problem.text)),
        ]
        if let file = problem.file { members.append(("file", .text(file))) }
        if let name = problem.codeName { members.append(("case", .text("\(name)"))) }
        return .object(members)
    }

    /// The text for people.
    private static func text(_ report: VerifyReport, isKeyless: Bool) -> String {
        var lines = [
            "Files: \(report.files). Names that are not the vault's: \(report.ignored)."
        ]
        lines.append(
            isKeyless ? "Checked without a key: names and bytes only." : "Yours: \(report.mine).")
        for item in report.damaged {
            lines.append("Damaged: \(Shown.line(item.file)): \(item.fault.text)")
        }
        for item in report.unreadable {
            lines.append("Could not be read: \(Shown.line(item.file)): \(item.fault.text)")
        }
        for item in report.missing {
            lines.append("Missing: \(item.records.count) records of log \(item.log)")
        }
        for item in report.problems {
            let place = item.file.map { " (\(Shown.line($0)))" } ?? ""
            lines.append("Problem: \(Shown.line(item.text))\(place)")
        }
        if report.isWhole { lines.append("Everything that could be checked is whole.") }
        if let code = report.code { lines.append("Committee code: \(code)") }
        return lines.joined(separator: "\n") + "\n"
    }
}
