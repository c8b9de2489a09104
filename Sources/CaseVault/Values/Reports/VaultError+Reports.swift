// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Why a report was not taken. The text names a field, a line or a problem, never content.
extension VaultError {
    /// A report, or the list of whom it is about, that cannot be used.
    ///
    /// - Parameters:
    ///   - reason: the fixed name of what is wrong.
    ///   - message: what is wrong, without the full stop.
    ///   - arguments: what stands in it.
    /// - Returns: the error.
    static func report(
        _ reason: String, _ message: String, with arguments: [String: String] = [:]
    ) -> VaultError {
        .badInput(
            reason, message.prefix(1).uppercased() + message.dropFirst() + ".",
            hint: "Mend it and try again; nothing was changed.", with: arguments)
    }

    /// The message as a part of another sentence.
    var clause: String { message.prefix(1).lowercased() + message.dropFirst().dropLast() }

    /// A field is longer than allowed.
    ///
    /// - Parameters:
    ///   - field: the name of the field.
    ///   - limit: the most bytes.
    /// - Returns: the error.
    static func tooLong(_ field: String, _ limit: Int) -> VaultError {
        .report(
            "fieldTooLong", "the field \"\(field)\" is longer than \(limit) bytes",
            with: ["field": field, "limit": "\(limit)"])
    }

    /// A list has more items than allowed.
    ///
    /// - Parameters:
    ///   - field: the name of the field.
    ///   - limit: the most items.
    /// - Returns: the error.
    static func tooMany(_ field: String, _ limit: Int) -> VaultError {
        .report(
            "tooManyItems", "the field \"\(field)\" has more than \(limit) items",
            with: ["field": field, "limit": "\(limit)"])
    }

    /// A key is not the name of a field.
    ///
    /// - Parameter key: the key, which is shown escaped and cut.
    /// - Returns: the error.
    static func unknownField(_ key: String) -> VaultError {
        let shown = SafeText.escaped(String(key.prefix(60)), keepingLineBreaks: false)
        return .report(
            "unknownField", "there is no report field \"\(shown)\"", with: ["field": shown])
    }

    /// A field has a value of another type.
    ///
    /// - Parameters:
    ///   - field: the name of the field.
    ///   - wanted: what it should be.
    /// - Returns: the error.
    static func wrongType(_ field: String, _ wanted: String) -> VaultError {
        .report(
            "wrongType", "the field \"\(field)\" must be \(wanted)",
            with: ["field": field, "wanted": wanted])
    }

    /// A line of an `--about` file cannot be used.
    ///
    /// - Parameters:
    ///   - line: its number, from 1.
    ///   - problem: what is wrong with it.
    /// - Returns: the error.
    static func aboutLine(_ line: Int, _ problem: String) -> VaultError {
        .report(
            "aboutLine", "line \(line): \(problem)",
            with: ["line": "\(line)", "problem": problem])
    }

    /// A file is in another encoding.
    ///
    /// - Parameter encoding: the encoding it seems to be in.
    /// - Returns: the error.
    static func notUTF8(_ encoding: String) -> VaultError {
        .report(
            "notUTF8", "the text is not UTF-8 (it looks like \(encoding)); save it as UTF-8",
            with: ["encoding": encoding])
    }

    /// A part of a mail would be lost.
    static let needsOriginal = report(
        "needsOriginal", "a part of the mail is in the message itself alone; keep the message")
    /// There is no text.
    static let emptyReport = report("emptyReport", "the report has no text")
    /// The file is no text.
    static let notText = report(
        "notText", "the file is not text; start the case with a text and attach the file")
    /// The fields are no JSON object.
    static let notAnObject = report("notAnObject", "the fields must be one JSON object")
    /// The fields are no JSON, or not such as is taken.
    ///
    /// - Parameters:
    ///   - line: the line, from 1.
    ///   - why: what is wrong there, without content.
    /// - Returns: the error.
    static func notJSON(line: Int, _ why: String) -> VaultError {
        .report(
            "notJSON", "the fields must be one JSON object; line \(line): \(why)",
            with: ["line": "\(line)", "why": why])
    }

    /// The fields file is larger than any allowed report.
    static let fieldsTooLarge = report(
        "fieldsTooLarge", "the file with the fields is too large")

    /// A mail could not be read.
    ///
    /// - Parameter error: why.
    /// - Returns: the error.
    static func mail(_ error: MailError) -> VaultError {
        .report("mail", error.message, with: ["why": error.message])
    }
}
