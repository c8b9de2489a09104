// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// A report or an entry as it comes: a mail, a text, a page, or a file of another program.
///
/// The file is the evidence. Unless it is a plain text, it is attached byte for byte, and the text
/// is what a person would read in it; what is not certain about that is said in `intake`.
public struct Paper: Sendable {
    /// The paper as a report: its text, and what a mail says about itself.
    public let report: Report
    /// The text for an entry other than a report: that of a mail begins with its header.
    public let text: String
    /// What came with it, and at the end the file itself.
    public let attachments: [AttachmentSource]
    /// How the text was made of the file.
    public let intake: Intake

    /// What could not be read with certainty, each a sentence without content of the file.
    public var remarks: [String] { intake.remarks }

    /// Endings of files that are for other programs; they are attached as they are.
    private static let foreign: Set<String> = [
        "docx", "doc", "odt", "ott", "pdf", "rtf", "msg", "pages", "ics", "vcf", "zip", "csv",
        "xlsx", "ods", "png", "jpg", "jpeg", "gif", "heic", "webp", "tif", "tiff", "mp3", "mp4",
        "m4a", "ogg", "opus", "wav", "mov",
    ]

    /// Reads a paper.
    ///
    /// A mail is known by its name or its header, whatever it is called.
    ///
    /// - Parameters:
    ///   - bytes: The bytes of the file.
    ///   - fileName: Its name, or `nil` when it came from standard input.
    ///   - keepsOriginal: Whether a mail or page itself is attached too.
    ///   - isEntry: Whether it becomes an entry of a case, whose text can be longer.
    /// - Throws: An error when there is nothing in it, when it is too large, or when a mail cannot
    ///   be read; never for how something is written.
    public init(
        reading bytes: [UInt8], fileName: String?, keepsOriginal: Bool = true,
        isEntry: Bool = false
    ) throws(VaultError) {
        let name = fileName.map { String($0.split(separator: "/").last ?? "") }
        if Report.isMail(bytes, fileName: fileName) {
            try self.init(mail: bytes, keepsOriginal: keepsOriginal)
            return
        }
        let ending = (name?.split(separator: ".").last ?? "").lowercased()
        if bytes.isEmpty || Self.foreign.contains(ending) || Self.isForeign(bytes) {
            guard !bytes.isEmpty else { throw .emptyReport }
            self.init(foreign: bytes, name: name ?? "report")
            return
        }
        var notes: [String] = []
        var text = MailCharset.decode(bytes, label: "", notes: &notes)
        let isPage = ["html", "htm", "xhtml"].contains(ending) || Self.isPage(text)
        if isPage {
            let label = HTMLCharset.label(in: bytes[...])
            notes = []
            let html = MailCharset.decode(bytes, label: label, notes: &notes)
            var walked = 0
            let plain = HTMLText.plain(
                html, limit: Report.longestText, isMarkdown: true, notes: &notes, walked: &walked)
            guard let plain else { throw .tooLong("text", Report.longestText) }
            text = plain
        } else {
            text = LineFeeds.joiningReturns(text)
            // One sentence for all that the mail reader tells apart.
            if !notes.isEmpty { notes = ["The text is not UTF-8; some letters may be wrong."] }
            if String(validating: bytes, as: UTF8.self) == nil, notes.isEmpty {
                notes = ["The text is not UTF-8; it was read as UTF-16 or the like."]
            }
        }
        let report = Report(text: text)
        if !isEntry || text.utf8.count > EntryStatement.textLimit { try report.checkLimits() }
        var intake = Intake()
        intake.remarks = notes
        var attachments: [AttachmentSource] = []
        if isPage || !notes.isEmpty, keepsOriginal {
            attachments = [
                AttachmentSource(
                    name: name ?? (isPage ? "report.html" : "report.txt"), bytes: bytes,
                    mediaType: isPage ? "text/html" : "text/plain")
            ]
            intake.originals = 1
        }
        self.init(report: report, text: text, attachments: attachments, intake: intake)
    }

    /// A paper that was read.
    private init(
        report: Report, text: String, attachments: [AttachmentSource], intake: Intake
    ) {
        self.report = report
        self.text = text
        self.attachments = attachments
        self.intake = intake
    }

    /// Reads a mail.
    private init(mail bytes: [UInt8], keepsOriginal: Bool) throws(VaultError) {
        let mail: MailMessage
        do throws(MailError) { mail = try MailMessage(parsing: bytes) } catch {
            throw .mail(error)
        }
        guard keepsOriginal || !mail.isIncomplete else { throw .needsOriginal }
        let report = try Report(mail: mail)
        var intake = Intake()
        intake.remarks = mail.notes
        intake.sentTo = mail.to
        intake.copiedTo = mail.cc
        var attachments = mail.attachments.map(AttachmentSource.init(part:))
        if keepsOriginal {
            attachments += mail.htmlTexts.prefix(50).map(AttachmentSource.init(part:))
            attachments.append(
                AttachmentSource(name: "message.eml", bytes: bytes, mediaType: "message/rfc822"))
            intake.originals = min(50, mail.htmlTexts.count) + 1
        }
        let head = [
            ("From", mail.from), ("To", mail.to), ("Cc", mail.cc), ("Date", mail.date),
            ("Subject", mail.subject),
        ].compactMap { label, value in value.map { "\(label): \($0)" } }
        let body = mail.body.isEmpty && mail.subject == nil ? report.text : mail.body
        self.report = report
        text = (head.isEmpty ? [] : [head.joined(separator: "\n")] + (body.isEmpty ? [] : [body]))
            .joined(separator: "\n\n")
        self.attachments = attachments
        self.intake = intake
    }

    /// Takes a file of another program: it is attached, and the text says so.
    private init(foreign bytes: [UInt8], name: String) {
        text = "(What was handed in is the attached file. It was not read.)"
        report = Report(text: text)
        attachments = [
            AttachmentSource(
                name: MailAttachment.safeName(name, number: 1), bytes: bytes,
                mediaType: "application/octet-stream")
        ]
        var intake = Intake()
        intake.remarks = ["The file was attached and not read: open it with its own program."]
        self.intake = intake
    }

    /// Whether bytes are no text: a container that is known by its first bytes, or zeros in it.
    private static func isForeign(_ bytes: [UInt8]) -> Bool {
        let marks: [[UInt8]] = [
            Array("%PDF-".utf8), Array("PK\u{3}\u{4}".utf8), Array("{\\rtf".utf8),
            [0xD0, 0xCF, 0x11, 0xE0], [0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47],
        ]
        if marks.contains(where: bytes.starts(with:)) { return true }
        let is16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        return !is16 && ByteSearch.first(0, in: bytes[...], from: 0) != nil
    }

    /// Whether a text is a page by its beginning.
    private static func isPage(_ text: String) -> Bool {
        let start = text.prefix(500).drop(while: \.isWhitespace).lowercased()
        return start.hasPrefix("<!doctype html") || start.hasPrefix("<html")
    }
}

// MARK: - CustomStringConvertible, CustomReflectable

extension Paper: CustomStringConvertible, CustomReflectable {
    /// A fixed text: what is in a report is secret.
    public var description: String { "Paper(redacted)" }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension AttachmentSource {
    /// A part of a mail, decoded when it is written: a large mail is in memory once.
    init(part: MailAttachment) {
        self.init(name: part.name, mediaType: part.mediaType) { part.piece }
    }
}
