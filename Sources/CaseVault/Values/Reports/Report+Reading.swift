// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Report {
    /// Takes a report from a file: a mail, Markdown or plain text.
    ///
    /// A mail is known by the name `.eml`, or by its header if the name says nothing else.
    ///
    /// - Parameters:
    ///   - bytes: the bytes of the file.
    ///   - fileName: its name, or `nil` when it came from standard input.
    /// - Throws: an error when it is no UTF-8 text, no readable mail, empty or too large.
    public init(reading bytes: [UInt8], fileName: String?) throws(ReportError) {
        if Self.isMail(bytes, fileName: fileName) {
            let mail: MailMessage
            do throws(MailError) { mail = try MailMessage(parsing: bytes) } catch {
                throw .mail(error)
            }
            try self.init(mail: mail)
        } else {
            self.init(text: try Self.text(bytes))
            try checkLimits()
        }
    }

    /// Takes a report from a mail.
    ///
    /// The sender becomes the reporter. Attachments are not part of a report.
    ///
    /// - Parameter mail: the mail.
    /// - Throws: an error when it has no text or is too large.
    package init(mail: MailMessage) throws(ReportError) {
        let parts = [mail.subject.map { "Subject: \($0)" }, mail.body]
        self.init(text: parts.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "\n\n"))
        recorded = .verbatim
        channel = .mail
        reporterName = mail.fromName
        reporterContact = mail.fromAddress
        if let seconds = mail.secondsSince1970 {
            receivedOn = Day.of(secondsSince1970: seconds)
            let minutes = (seconds % 86_400 + 86_400) % 86_400 / 60
            let (hour, minute) = (String(minutes / 60), String(minutes % 60))
            receivedAt =
                String(repeating: "0", count: 2 - hour.utf8.count) + hour + ":"
                + String(repeating: "0", count: 2 - minute.utf8.count) + minute + " UTC"
        }
        try checkLimits()
    }

    /// Whether a file is a mail.
    ///
    /// - Parameters:
    ///   - bytes: the bytes of the file.
    ///   - fileName: its name, if it has one.
    /// - Returns: whether the name or, without a telling name, the header says so.
    package static func isMail(_ bytes: [UInt8], fileName: String?) -> Bool {
        let name = fileName?.lowercased() ?? ""
        if name.hasSuffix(".eml") { return true }
        if name.hasSuffix(".md") || name.hasSuffix(".markdown") || name.hasSuffix(".txt") {
            return false
        }
        var rest = bytes.prefix(MailLimits.standard.headerBytes)
        // A mail begins with a field; a text may hold a line with a colon anywhere.
        let start = bytes.prefix(100).prefix { $0 != UInt8(ascii: ":") }
        guard let headers = try? MailHeaders(parsing: &rest, limits: .standard),
            headers.fields.first?.name == String(decoding: start, as: UTF8.self).lowercased()
        else { return false }
        let marks = ["date", "message-id", "received", "mime-version", "return-path"]
        return headers.raw("from") != nil && marks.contains { headers.raw($0) != nil }
    }

    /// Decodes strict UTF-8, with or without a byte order mark.
    ///
    /// - Parameter bytes: the bytes of a text file.
    /// - Returns: the text, lines ending with LF.
    /// - Throws: an error that names the encoding the bytes seem to be in.
    static func text(_ bytes: [UInt8]) throws(ReportError) -> String {
        if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) {
            throw .notUTF8("UTF-16")
        }
        let marked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let content = marked ? bytes.dropFirst(3) : bytes[...]
        guard !content.contains(0) else { throw .notText }
        guard let text = String(validating: content, as: UTF8.self) else {
            throw .notUTF8("ISO 8859-1 or Windows-1252")
        }
        // Scalars, because CR LF is one Character.
        return text.replacing("\r\n", with: "\n")
    }
}
