// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// Reports and names, read from files, standard input or the terminal; never from arguments.
enum ReportInput {
    /// The largest file that is read as a report or an entry.
    private static let limit = 128 << 20

    /// What a report that is typed is asked for with.
    static let question = "Type the report"

    /// The report of FILE or standard input, or one that was typed, what came with it, and how it
    /// was read.
    ///
    /// - Parameters:
    ///   - session: the session.
    ///   - typed: what was typed; what else is known about it is asked, unless a file says it.
    /// - Returns: the report.
    /// - Throws: a failure where it cannot be read, or at Control-C.
    static func report(
        _ session: Session, _ typed: inout TypedText?
    ) throws -> (Report, [AttachmentSource], Intake) {
        let path = session.arguments.positional(0).flatMap { $0 == "-" ? nil : $0 }
        guard let paper = try paper(path, session, typed: typed?.draft.text) else {
            return (Report(text: ""), [], Intake())
        }
        var report = paper.report
        if let fields = session.arguments["--fields"] {
            let json = try session.input.read(fields, limit: 4 << 20)
            try reading(fields) { () throws(VaultError) in try report.apply(fieldsJSON: json) }
        } else if var text = typed {
            let answers = try ReportQuestions.ask(about: &text)
            typed = text
            try reading(nil) { () throws(VaultError) in
                try report.apply(fieldsJSON: Array(answers.text.utf8))
            }
        }
        return (report, paper.attachments, paper.intake)
    }

    /// Whether the text of a report is going to be typed.
    static func isTyped(_ session: Session) -> Bool {
        let path = session.arguments.positional(0)
        return (path == nil || path == "-") && Host.canAsk
    }

    /// A mail, a text or another file; what is not certain about it is said. An entry can do without
    /// one, when something is attached to it: `nil` is nothing.
    static func paper(
        _ path: String?, _ session: Session, isEntry: Bool = false, typed: String? = nil
    ) throws -> Paper? {
        let bytes =
            try typed.map { Array($0.utf8) }
            ?? path.map { try session.input.read($0, limit: limit) }
            ?? session.input.standardInput(limit: limit)
        if isEntry, bytes.allSatisfy({ $0 <= 0x20 }) { return nil }
        let keeps = !session.arguments.has("--no-original")
        let paper = try reading(path) { () throws(VaultError) in
            try Paper(reading: bytes, fileName: path, keepsOriginal: keeps, isEntry: isEntry)
        }
        for remark in paper.remarks { Host.warn(remark) }
        return paper
    }

    /// The reported people of `--about`, or asked.
    static func people(_ session: Session) throws -> [ReportedPerson] {
        if let path = session.arguments["--about"] {
            let bytes = try session.input.read(path, limit: 1 << 20)
            return try reading(path) { () throws(VaultError) in
                try ReportedPerson.list(reading: bytes)
            }
        }
        guard Host.canAsk else {
            throw Failure.needsAnswer(
                "It is not said whom this is about.",
                hint: "Name a file with one reported person a line: --about FILE")
        }
        return try people(typed: askForNames())
    }

    /// Asks whom it is about.
    static func askForNames() throws -> [String] {
        try Questions.lines(
            "Whom is it about? One person a line, aliases after \";\"; end with an empty line.")
    }

    /// The reported people, as they were typed.
    static func people(typed lines: [String]) throws -> [ReportedPerson] {
        try reading(nil) { () throws(VaultError) in
            try ReportedPerson.list(reading: Array(lines.joined(separator: "\n").utf8))
        }
    }

    /// Text of an entry or a column: strict UTF-8, lines ending with LF.
    static func text(_ bytes: [UInt8], from path: String?) throws -> String {
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        guard !content.contains(0), let text = String(validating: content, as: UTF8.self) else {
            throw Failure.badInput(
                "This is not a text in UTF-8.", hint: "Save it as UTF-8, or attach it as a file.",
                file: path)
        }
        var lines = String.UnicodeScalarView()
        var last: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if last == "\r", scalar == "\n" { lines.removeLast() }
            lines.append(scalar)
            last = scalar
        }
        return String(lines)
    }

    /// Names the file in an error of a report.
    private static func reading<T>(
        _ path: String?, _ read: () throws(VaultError) -> T
    ) throws -> T {
        do throws(VaultError) { return try read() } catch { throw Failure(error, file: path) }
    }
}
