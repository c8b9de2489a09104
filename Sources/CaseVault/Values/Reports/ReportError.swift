// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Why a report was not taken. The text names a field, a line or a problem, never content.
public struct ReportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong and what to do, for a person.
    public let message: String

    /// The message.
    public var description: String { message }

    /// A field is longer than allowed.
    ///
    /// - Parameters:
    ///   - field: the name of the field.
    ///   - limit: the most bytes.
    /// - Returns: the error.
    static func tooLong(_ field: String, _ limit: Int) -> ReportError {
        ReportError(message: "the field \"\(field)\" is longer than \(limit) bytes")
    }

    /// A list has more items than allowed.
    ///
    /// - Parameters:
    ///   - field: the name of the field.
    ///   - limit: the most items.
    /// - Returns: the error.
    static func tooMany(_ field: String, _ limit: Int) -> ReportError {
        ReportError(message: "the field \"\(field)\" has more than \(limit) items")
    }

    /// A name has nothing to see.
    ///
    /// - Parameter field: the name of the field.
    /// - Returns: the error.
    static func blankName(_ field: String) -> ReportError {
        ReportError(message: "the field \"\(field)\" has a name with nothing to see")
    }

    /// A key is not the name of a field.
    ///
    /// - Parameter key: the key, which is shown escaped and cut.
    /// - Returns: the error.
    static func unknownField(_ key: String) -> ReportError {
        let shown = SafeText.escaped(String(key.prefix(60)), keepingLineBreaks: false)
        return ReportError(message: "there is no report field \"\(shown)\"")
    }

    /// A field has a value of another type.
    ///
    /// - Parameters:
    ///   - field: the name of the field.
    ///   - wanted: what it should be.
    /// - Returns: the error.
    static func wrongType(_ field: String, _ wanted: String) -> ReportError {
        ReportError(message: "the field \"\(field)\" must be \(wanted)")
    }

    /// A line of an `--about` file cannot be used.
    ///
    /// - Parameters:
    ///   - line: its number, from 1.
    ///   - problem: what is wrong with it.
    /// - Returns: the error.
    static func aboutLine(_ line: Int, _ problem: String) -> ReportError {
        ReportError(message: "line \(line): \(problem)")
    }

    /// A file is in another encoding.
    ///
    /// - Parameter encoding: the encoding it seems to be in.
    /// - Returns: the error.
    static func notUTF8(_ encoding: String) -> ReportError {
        ReportError(
            message: "the text is not UTF-8 (it looks like \(encoding)); save it as UTF-8")
    }

    /// A part of a mail would be lost.
    static let needsOriginal = ReportError(
        message: "a part of the mail is in the message itself alone; keep the message")
    /// There is no text.
    static let empty = ReportError(message: "the report has no text")
    /// The file is no text.
    static let notText = ReportError(
        message: "the file is not text; start the case with a text and attach the file")
    /// The fields are no JSON object.
    static let notAnObject = ReportError(message: "the fields must be one JSON object")
    /// The fields are no JSON, or not such as is taken.
    ///
    /// - Parameters:
    ///   - line: the line, from 1.
    ///   - why: what is wrong there, without content.
    /// - Returns: the error.
    static func notJSON(line: Int, _ why: String) -> ReportError {
        ReportError(message: "the fields must be one JSON object; line \(line): \(why)")
    }

    /// The fields file is larger than any allowed report.
    static let fieldsTooLarge = ReportError(message: "the file with the fields is too large")

    /// A mail could not be read.
    ///
    /// - Parameter error: why.
    /// - Returns: the error.
    static func mail(_ error: MailError) -> ReportError {
        ReportError(message: error.message)
    }
}
