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
    public init(reading bytes: [UInt8], fileName: String?) throws(VaultError) {
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
    package init(mail: MailMessage) throws(VaultError) {
        let parts = [mail.subject.map { "Subject: \($0)" }, mail.body]
        var text = parts.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "\n\n")
        // A photo alone is a report.
        if text.allSatisfy(\.isWhitespace), !mail.attachments.isEmpty {
            text = "(The mail has no text: see what is attached.)"
        }
        self.init(text: text)
        recorded = .verbatim
        channel = .mail
        reporterName = mail.fromName
        reporterAliases = [mail.otherName].compactMap(\.self)
        removeBlankNames()
        reporterContact = mail.fromAddress
        if let answers = mail.replyTo {
            let others = mail.fromAddress.map { ", \($0) (sender)" } ?? ""
            reporterContact = "\(answers) (for answers)\(others)"
        }
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
    /// - Returns: whether the name or the header says so. A text that somebody wrote can begin
    ///   with names and colons as well, so in a text file fields of programs have to stand there.
    package static func isMail(_ bytes: [UInt8], fileName: String?) -> Bool {
        let name = fileName?.lowercased() ?? ""
        if [".eml", ".emlx", ".mbox", ".mbx"].contains(where: name.hasSuffix) { return true }
        let envelope = MailEnvelope(bytes[...])
        var rest = envelope.message.prefix(MailLimits.standard.headerBytes)
        guard let first = MailHeaders.name(of: rest.prefix(200)),
            let headers = try? MailHeaders(parsing: &rest, limits: .standard),
            headers.fields.first?.name == first, headers.raw("from") != nil
        else { return false }
        let programs = ["message-id", "received", "mime-version", "return-path"]
        if programs.contains(where: { headers.raw($0) != nil }) || envelope.isFromMailbox {
            return true
        }
        let isText = [".md", ".markdown", ".txt"].contains(where: name.hasSuffix)
        return !isText && headers.raw("date") != nil
    }

    /// Decodes strict UTF-8, with or without a byte order mark.
    ///
    /// - Parameter bytes: the bytes of a text file.
    /// - Returns: the text, lines ending with LF.
    /// - Throws: an error that names the encoding the bytes seem to be in.
    static func text(_ bytes: [UInt8]) throws(VaultError) -> String {
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
