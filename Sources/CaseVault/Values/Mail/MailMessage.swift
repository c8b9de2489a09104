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
    /// Where an answer should go, if that is another address.
    package private(set) var replyTo: String?
    /// Whose that address is, where it is another name than the sender's.
    package private(set) var otherName: String?
    /// The recipients as written.
    package private(set) var to: String?
    /// Who got a copy, as written; those who were not to be seen as well.
    package private(set) var cc: String?
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
    /// The texts in HTML that `body` was made of.
    package private(set) var htmlTexts: [MailAttachment] = []
    /// What could not be read with certainty, in sentences without content of the message.
    package private(set) var notes: [String] = []
    /// Whether something is in the message itself alone.
    package private(set) var isIncomplete = false
    /// How many bytes were looked at, each as often as it was: a test sees that it is a few times
    /// the size.
    private(set) var walked = 0

    /// Reads a message.
    ///
    /// - Parameters:
    ///   - bytes: the bytes of an `.eml` or `.emlx` file, or of a mailbox with one message.
    ///   - limits: how much the message may contain.
    /// - Throws: an error when a limit is passed or the bytes are no message. Malformed parts
    ///   are no error: they give a note.
    package init(parsing bytes: [UInt8], limits: MailLimits = .standard) throws(MailError) {
        guard bytes.count <= limits.messageBytes else {
            throw .messageTooLarge(limits.messageBytes)
        }
        let envelope = MailEnvelope(bytes[...])
        guard envelope.messageCount == 1 else { throw .severalMessages(envelope.messageCount) }
        var rest = envelope.message
        let headers = try MailHeaders(parsing: &rest, limits: limits)
        guard !headers.fields.isEmpty else { throw .notAMessage }
        let hint = Self.hint(headers)
        readPeople(headers, hint)
        subject = headers.raw("subject").map {
            EncodedWords.decode($0, hint: hint, notes: &notes)
        }
        date = headers.raw("date").map { EncodedWords.decode($0, notes: &notes) }
        secondsSince1970 = date.flatMap(MailDate.seconds)
        if secondsSince1970 == nil, let read = date.flatMap(MailDate.approximate) {
            secondsSince1970 = read
            MailCharset.add(
                "The date of the mail is written in an unusual way; look whether it is right.",
                &notes)
        }
        if secondsSince1970 == nil { readOtherDate(headers, envelope.mailboxLine) }
        var progress = MailPart.Progress()
        let root = try MailPart(
            headers: headers, body: rest, depth: 0, limits: limits, progress: &progress)
        var reader = MailReader(
            limits: limits, hint: hint, isFromMailbox: envelope.isFromMailbox,
            notes: notes + progress.notes)
        reader.read(root)
        body = reader.texts.joined(separator: "\n\n")
        attachments = reader.attachments
        htmlTexts = reader.htmlTexts
        notes = reader.notes
        walked = bytes.count + progress.walked + reader.walked
        isIncomplete = progress.isIncomplete || reader.isIncomplete
    }

    /// The character set that the header is in: a text without a label is often in it as well.
    private static func hint(_ headers: MailHeaders) -> String {
        for name in ["subject", "from", "to"] {
            let charset = headers.raw(name).map(EncodedWords.charset) ?? ""
            if !charset.isEmpty { return charset }
        }
        return ""
    }

    /// Reads who sent the mail, to whom it went, and who gets the answer.
    private mutating func readPeople(_ headers: MailHeaders, _ hint: String) {
        from = headers.raw("from").map { EncodedWords.decode($0, hint: hint, notes: &notes) }
        let senders = ["from", "sender", "reply-to", "return-path"].lazy.compactMap { name in
            headers.raw(name).map { raw in
                var ignored: [String] = []
                return MailAddress.list(raw, hint: hint, notes: &ignored)
            }
        }.first { !$0.isEmpty }
        let sender = senders?.first
        fromName = sender?.name
        fromAddress = sender?.address
        if (senders?.count ?? 0) > 1 || headers.all("from").count > 1 {
            MailCharset.add("The mail names several senders; the first is taken.", &notes)
        }
        if sender?.address == nil, sender?.name?.contains("@") ?? false {
            // Encoded, a name cannot pose as an address; a person can still read it.
            MailCharset.add("The address of the sender is only in the name.", &notes)
        }
        var ignored: [String] = []
        let answers = headers.all("reply-to").flatMap {
            MailAddress.list($0, hint: hint, notes: &ignored)
        }
        let others = answers.filter {
            $0.address != nil && $0.address?.lowercased() != fromAddress?.lowercased()
        }
        if let answer = others.first {
            replyTo = others.compactMap(\.address).joined(separator: ", ")
            MailCharset.add("Answers go to another address than the sender's.", &notes)
            // A web form sends from an address that nobody reads, for whoever filled it in.
            if sender?.isUnread ?? true {
                fromName = answer.name
            } else if let name = answer.name, name != fromName {
                if sender?.isOfList == true { fromName = name } else { otherName = name }
            }
        } else if sender?.isUnread == true {
            MailCharset.add(
                "The sender is a program: who reported is perhaps in the text.", &notes)
        }
        for path in [
            \MailMessage.fromName, \.fromAddress, \.otherName, \.replyTo,
        ] as [WritableKeyPath<Self, String?>] {
            // No name and no address is as long; a report cannot hold it.
            guard let text = self[keyPath: path], text.utf8.count > 4000 else { continue }
            self[keyPath: path] = String(text.prefix(500)) + "…"
            MailCharset.add("A name or an address is very long and is cut.", &notes)
        }
        to = recipients(headers, ["to", "apparently-to"], hint)
        // Whoever got it once more got a copy, too.
        cc = recipients(headers, ["cc", "bcc", "resent-to", "resent-cc", "resent-bcc"], hint)
    }

    /// The recipients of some fields as written, in one line.
    private mutating func recipients(
        _ headers: MailHeaders, _ names: [String], _ hint: String
    ) -> String? {
        let values = names.flatMap(headers.all).map {
            EncodedWords.decode($0, hint: hint, notes: &notes)
        }.filter { !$0.isEmpty }
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    /// Takes the date from what a server or a mailbox wrote, where the sender's is not readable.
    private mutating func readOtherDate(_ headers: MailHeaders, _ line: ArraySlice<UInt8>) {
        let received = headers.raw("received").map { String(decoding: $0, as: UTF8.self) }
        let behind = received.flatMap { text in
            text.lastIndex(of: ";").map { String(text[text.index(after: $0)...]) }
        }
        let others = ["delivery-date", "x-original-date", "resent-date"].lazy.compactMap { name in
            headers.raw(name).flatMap { MailDate.seconds(String(decoding: $0, as: UTF8.self)) }
        }
        // "From kim@example.org Mon Oct  5 09:00:00 2026"
        let words = String(decoding: line.prefix(300), as: UTF8.self).split(separator: " ")
        let mailbox = words.dropFirst(2).joined(separator: " ")
        secondsSince1970 =
            behind.flatMap(MailDate.seconds) ?? others.first ?? MailDate.seconds(mailbox)
        if date != nil || secondsSince1970 != nil {
            MailCharset.add("The date of the mail is missing or cannot be read.", &notes)
        }
    }
}

// MARK: - Redaction

extension MailMessage: CustomStringConvertible, CustomReflectable {
    /// A fixed text: what is in a report is secret.
    package var description: String { "MailMessage(redacted)" }
    /// A mirror without children, so that a dump shows nothing either.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
