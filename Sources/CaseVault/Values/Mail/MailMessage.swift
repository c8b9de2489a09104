// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A mail as far as a report needs it: who wrote what when, and what was attached.
///
/// The input is hostile: work is linear in its size, nesting and counts are limited, and
/// nothing in it is loaded or run.
package struct MailMessage: Hashable, Sendable {
    /// The sender as written: name and address.
    package private(set) var from: String?
    /// The name of the sender alone.
    package private(set) var fromName: String?
    /// The address of the sender alone.
    package private(set) var fromAddress: String?
    /// The recipients as written.
    package private(set) var to: String?
    /// The subject.
    package private(set) var subject: String?
    /// The date as written.
    package private(set) var date: String?
    /// The date in seconds since 1970, if it could be read.
    package private(set) var secondsSince1970: Int64?
    /// The text of the mail; lines end with LF.
    package private(set) var body = ""
    /// Everything that is not text to be shown.
    package private(set) var attachments: [MailAttachment] = []
    /// What could not be read exactly, in sentences without content of the message.
    package private(set) var notes: [String] = []

    /// Reads a message.
    ///
    /// - Parameters:
    ///   - bytes: the bytes of an `.eml` file.
    ///   - limits: how much the message may contain.
    /// - Throws: an error when a limit is passed or the bytes are no message. Malformed parts
    ///   are no error: they give a note.
    package init(parsing bytes: [UInt8], limits: MailLimits = .standard) throws(MailError) {
        guard bytes.count <= limits.messageBytes else {
            throw .messageTooLarge(limits.messageBytes)
        }
        var rest = bytes[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        let headers = try MailHeaders(parsing: &rest, limits: limits)
        guard !headers.fields.isEmpty else { throw .notAMessage }
        readSender(headers)
        to = headers.raw("to").map { EncodedWords.decode($0, notes: &notes) }
        subject = headers.raw("subject").map { EncodedWords.decode($0, notes: &notes) }
        date = headers.raw("date").map { EncodedWords.decode($0, notes: &notes) }
        secondsSince1970 = date.flatMap(MailDate.seconds)
        var count = 0
        let root = try MailPart(
            headers: headers, body: rest, depth: 0, count: &count, limits: limits, notes: &notes)
        var texts: [String] = []
        collect(root, into: &texts)
        body = texts.joined(separator: "\n\n")
    }

    /// Takes apart the From field.
    ///
    /// The address is cut out before encoded words are decoded, so that a decoded name cannot
    /// pose as an address.
    ///
    /// - Parameter headers: the header block of the message.
    private mutating func readSender(_ headers: MailHeaders) {
        guard let raw = headers.raw("from") else { return }
        from = EncodedWords.decode(raw, notes: &notes)
        guard let open = raw.lastIndex(of: UInt8(ascii: "<")),
            let close = raw[open...].firstIndex(of: UInt8(ascii: ">"))
        else {
            fromAddress = raw.contains(UInt8(ascii: "@")) ? from : nil
            return
        }
        fromAddress = EncodedWords.decode(raw[(open + 1)..<close], notes: &notes)
        let quote = UInt8(ascii: "\"")
        let name = EncodedWords.decode(raw[..<open].filter { $0 != quote }, notes: &notes)
        fromName = name.isEmpty ? nil : name
    }

    /// Sorts a part and those in it into text and attachments.
    ///
    /// - Parameters:
    ///   - part: the part; nesting was limited when it was read.
    ///   - texts: gets the texts in the order of the message.
    private mutating func collect(_ part: MailPart, into texts: inout [String]) {
        if part.mediaType == "multipart/alternative" {
            let chosen = part.children.firstIndex { Self.contains("text/plain", $0) }
            for (place, child) in part.children.enumerated() {
                if let chosen, place != chosen, child.mediaType == "text/html" {
                    // Kept as a file: a reader may want to see that both forms say the same.
                    MailCharset.add("The HTML form of the text is kept as an attachment.", &notes)
                    attach(child)
                } else {
                    collect(child, into: &texts)
                }
            }
        } else if !part.children.isEmpty {
            for child in part.children { collect(child, into: &texts) }
        } else if part.mediaType.hasPrefix("multipart/"), part.body.isEmpty {
            return
        } else if isShown(part) {
            let bytes = TransferEncoding.decode(part.body, name: part.encoding, notes: &notes)
            let label = part.typeParameters.text("charset", notes: &notes) ?? ""
            let text = Self.withLineFeeds(MailCharset.decode(bytes, label: label, notes: &notes))
            let shown = part.mediaType == "text/html" ? HTMLText.plain(text) : text
            if !shown.isEmpty { texts.append(shown) }
        } else {
            attach(part)
        }
    }

    /// Whether a part is text to be shown and not a file.
    ///
    /// - Parameter part: a leaf.
    /// - Returns: whether it belongs to the body.
    private mutating func isShown(_ part: MailPart) -> Bool {
        // A multipart without a boundary is text too: better seen raw than lost.
        let isText =
            ["text/plain", "text/html"].contains(part.mediaType)
            || part.mediaType.hasPrefix("multipart/")
        return isText && part.disposition.value != "attachment" && fileName(part) == nil
    }

    /// Adds a part as an attachment.
    ///
    /// - Parameter part: a leaf.
    private mutating func attach(_ part: MailPart) {
        let bytes = TransferEncoding.decode(part.body, name: part.encoding, notes: &notes)
        let name = MailAttachment.safeName(fileName(part), number: attachments.count + 1)
        attachments.append(MailAttachment(name: name, mediaType: part.mediaType, bytes: bytes))
    }

    /// The file name the sender gave to a part.
    ///
    /// - Parameter part: a leaf.
    /// - Returns: the decoded name, not yet safe, or `nil` without one.
    private mutating func fileName(_ part: MailPart) -> String? {
        part.disposition.text("filename", notes: &notes)
            ?? part.typeParameters.text("name", notes: &notes)
    }

    /// Whether a part is, or contains, a leaf of a type.
    ///
    /// - Parameters:
    ///   - type: a media type.
    ///   - part: the part to look into.
    /// - Returns: whether there is one.
    private static func contains(_ type: String, _ part: MailPart) -> Bool {
        part.mediaType == type || part.children.contains { contains(type, $0) }
    }

    /// A text whose lines end with LF, also where a CR stood alone.
    ///
    /// - Parameter text: a decoded text.
    /// - Returns: the text without CR and without empty lines at the end.
    private static func withLineFeeds(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in text.unicodeScalars {
            if scalar == "\r" || (scalar == "\n" && !afterReturn) { out.append("\n") }
            if scalar != "\r", scalar != "\n" { out.append(scalar) }
            afterReturn = scalar == "\r"
        }
        while out.last == "\n" { out.removeLast() }
        return String(out)
    }
}

// MARK: - Redaction

extension MailMessage: CustomStringConvertible, CustomReflectable {
    /// A fixed text: what is in a report is secret.
    package var description: String { "MailMessage(redacted)" }
    /// A mirror without children, so that a dump shows nothing either.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
