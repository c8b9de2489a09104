// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Sorts the parts of a mail into text, files, and what has to be said about them.
struct MailReader {
    /// The limits of the message.
    let limits: MailLimits
    /// A character set that a text without a label is probably in.
    let hint: String
    /// Whether lines that begin with `From ` have a `>` in front.
    let isFromMailbox: Bool
    /// What could not be read with certainty.
    private(set) var notes: [String]
    /// The texts in the order of the message.
    private(set) var texts: [String] = []
    /// Everything else.
    private(set) var attachments: [MailAttachment] = []
    /// The texts in HTML that were made to text.
    private(set) var htmlTexts: [MailAttachment] = []
    /// Whether something is in the message itself alone.
    private(set) var isIncomplete = false
    /// How many bytes of text there are.
    private var textSize = 0
    /// How many bytes were looked at, each as often as it was.
    private(set) var walked = 0
    /// Long texts that were decoded, by the numbers of their parts: forms of a text are looked at
    /// several times.
    private var known: [Int: String?] = [:]
    /// The letters of each text, to know one that comes twice.
    private var seen: Set<String> = []

    /// Starts with nothing.
    init(limits: MailLimits, hint: String, isFromMailbox: Bool, notes: [String]) {
        self.limits = limits
        self.hint = hint
        self.isFromMailbox = isFromMailbox
        self.notes = notes
    }

    /// Takes in a part and those in it.
    mutating func read(_ part: MailPart) {
        if let message = part.message {
            readMessage(part, message)
        } else if part.mediaType == "multipart/alternative" {
            readAlternative(part)
        } else if part.mediaType.hasPrefix("multipart/") {
            if part.mediaType == "multipart/encrypted" {
                note("The text is encrypted and only in an attachment: decrypt it and add it.")
            }
            for child in part.children { read(child) }
        } else if isShown(part) {
            show(part)
        } else {
            attach(part)
        }
    }

    // MARK: - Containers

    /// Shows a mail in the mail with its header, and keeps it as a file.
    private mutating func readMessage(_ part: MailPart, _ message: MailHeaders) {
        attach(part)
        var head = ["Forwarded mail"]
        for (label, name) in [
            ("From", "from"), ("To", "to"), ("Cc", "cc"), ("Date", "date"), ("Subject", "subject"),
        ] {
            guard let raw = message.raw(name) else { continue }
            head.append("\(label): \(EncodedWords.decode(raw, hint: hint, notes: &notes))")
        }
        add(head.joined(separator: "\n"))
        for child in part.children { read(child) }
    }

    /// Shows one of several forms of a text, and keeps the others as files.
    private mutating func readAlternative(_ part: MailPart) {
        let forms = part.children
        let chosen =
            forms.firstIndex { holdsText($0, inHTML: false) }
            ?? forms.lastIndex { holdsText($0, inHTML: true) }
        let before = texts.count
        for (place, form) in forms.enumerated() {
            if place == chosen { read(form) } else { keepFiles(form) }
        }
        guard let chosen, texts.count > before else { return }
        let shown = texts[before...].joined(separator: "\n")
        for (place, form) in forms.enumerated() where place != chosen {
            compare(form, with: shown)
        }
    }

    /// Notes when the form in HTML says much more than the text that is shown.
    ///
    /// Programs put a sentence such as "Your program cannot show this" into the other form.
    private mutating func compare(_ form: MailPart, with shown: String) {
        for child in form.children { compare(child, with: shown) }
        guard form.mediaType == "text/html", isShown(form), let text = decoded(form) else { return }
        let (mine, other) = (letters(shown), letters(text))
        if other.utf8.count > mine.utf8.count * 2 + 200 {
            note("The text in HTML says more than the plain text; it is attached.")
        }
        // Most words of one that are not in the other: somebody wrote two texts.
        let known = Self.words(shown)
        let words = Self.words(text)
        if words.count >= 6, words.count(where: { !known.contains($0) }) * 2 > words.count {
            note("The text in HTML says something else than the plain text; it is attached.")
        }
    }

    /// The words of a text.
    private static func words(_ text: String) -> Set<String> {
        Set(
            text.lowercased().split { !$0.isLetter && !$0.isNumber }.lazy.filter { $0.count > 2 }
                .prefix(20_000).map(String.init))
    }

    /// Whether a form has text to show.
    private mutating func holdsText(_ part: MailPart, inHTML: Bool) -> Bool {
        for child in part.children where holdsText(child, inHTML: inHTML) { return true }
        guard part.children.isEmpty, isShown(part), Self.isMarked(part.mediaType) == inHTML else {
            return false
        }
        // What is too long to be shown is text all the same.
        guard part.body.count <= limits.textBytes else { return true }
        return decoded(part)?.contains { !$0.isWhitespace } ?? true
    }

    /// Keeps what is in a form that is not shown.
    private mutating func keepFiles(_ part: MailPart) {
        for child in part.children { keepFiles(child) }
        if part.message != nil || (part.children.isEmpty && !isBlankText(part)) { attach(part) }
    }

    /// Whether a part is text with nothing in it.
    private mutating func isBlankText(_ part: MailPart) -> Bool {
        if part.mediaType.hasPrefix("multipart/") { return true }
        guard isShown(part), part.body.count <= limits.textBytes else { return false }
        return decoded(part)?.allSatisfy(\.isWhitespace) ?? false
    }

    // MARK: - Leaves

    /// Whether a text is in a language of marks, and has to be made to text.
    private static func isMarked(_ type: String) -> Bool {
        ["text/html", "text/enriched", "text/richtext"].contains(type)
    }

    /// Kinds of text that are files for a program, not for reading.
    private static let files: Set<String> = [
        "text/calendar", "text/csv", "text/vcard", "text/x-vcard", "text/directory", "text/xml",
        "text/css", "text/javascript", "text/rtf", "text/x-amp-html", "text/watch-html",
        "text/rfc822-headers",
    ]

    /// Whether a part is text to be shown and not a file.
    private mutating func isShown(_ part: MailPart) -> Bool {
        guard part.children.isEmpty, !part.isTooDeep, part.disposition.value != "attachment" else {
            return false
        }
        let type = part.mediaType
        if type == "message/delivery-status" || type == "message/disposition-notification" {
            return true
        }
        if type == "application/octet-stream", fileName(part) == nil { return isReadable(part) }
        return type.hasPrefix("text/") && !Self.files.contains(type)
    }

    /// Whether a part without a useful type is text.
    private mutating func isReadable(_ part: MailPart) -> Bool {
        guard part.body.count <= limits.textBytes else { return false }
        var ignored: [String] = []
        let bytes = part.encoding.decode(part.body, notes: &ignored)
        return String(validating: bytes, as: UTF8.self)?.unicodeScalars.allSatisfy {
            $0.value >= 0x20 || [0x09, 0x0A, 0x0D].contains($0.value)
        } ?? false
    }

    /// Shows a text, unless it is too long or comes twice.
    private mutating func show(_ part: MailPart) {
        let isMarked = Self.isMarked(part.mediaType)
        let isNamed = fileName(part) != nil
        // A second text with a name is a file that a program sent as text: a short one is both.
        if isNamed, !texts.isEmpty {
            attach(part)
            guard part.body.count <= 64 << 10 else { return }
        }
        guard let text = text(part) else {
            if !isNamed || texts.isEmpty { attach(part) }
            return
        }
        guard text.contains(where: { !$0.isWhitespace }) else { return }
        guard textSize + text.utf8.count <= limits.textBytes - (16 << 10) else {
            noteLongText()
            if !isNamed || texts.isEmpty { attach(part) }
            return
        }
        let isNew = seen.insert(letters(text)).inserted
        if isMarked {
            // Two forms of one text, of a program that does not know alternatives.
            guard isNew else { return attach(part) }
            htmlTexts.append(file(part, number: htmlTexts.count + 1, name: "message"))
        } else if !isNew {
            return
        }
        add(text)
    }

    /// Notes that a text is too long to be shown.
    private mutating func noteLongText() {
        note(
            "The mail has more text than \(limits.textBytes) bytes. The rest is attached as a "
                + "file: read it there.")
    }

    /// Adds a text.
    private mutating func add(_ text: String) {
        textSize += text.utf8.count + 2
        texts.append(text)
    }

    /// The text of a part as it is shown; files in it become attachments.
    ///
    /// - Returns: the text, or `nil` when it is too long.
    private mutating func text(_ part: MailPart) -> String? {
        let (bytes, isLong) = bytes(part)
        if isLong {
            noteLongText()
            return nil
        }
        guard !Self.isMarked(part.mediaType), Uuencode.next(in: bytes, from: 0) != nil else {
            return decoded(part)
        }
        var rest: [UInt8] = []
        var place = 0
        while let file = Uuencode.next(in: bytes, from: place), attachments.count < limits.parts {
            rest += bytes[place..<file.range.lowerBound]
            place = file.range.upperBound
            let name = EncodedWords.decode(file.name, hint: hint, notes: &notes)
            attachments.append(
                MailAttachment(
                    name: MailAttachment.safeName(name, number: attachments.count + 1),
                    mediaType: "application/octet-stream", body: file.bytes[...], encoding: .plain))
        }
        rest += bytes[place...]
        return decode(rest[...], part)
    }

    /// The text of a part; `nil` when it is too long.
    private mutating func decoded(_ part: MailPart) -> String? {
        if let known = known[part.number] { return known }
        let (bytes, isLong) = bytes(part)
        let text = isLong ? nil : decode(bytes, part)
        if part.body.count > 64 << 10 {
            // Few of them: a mail can have many long texts.
            if known.count >= 4 { known = [:] }
            known.updateValue(text, forKey: part.number)
        }
        return text
    }

    /// The decoded bytes of a text, and whether they are too many.
    private mutating func bytes(_ part: MailPart) -> (ArraySlice<UInt8>, isLong: Bool) {
        let limit = Self.isMarked(part.mediaType) ? limits.htmlBytes : limits.textBytes
        walked += part.body.count
        // Base64 and the like are larger than what is in them, but not much.
        guard part.body.count <= limit * 2 else { return ([], true) }
        let bytes = part.encoding.decodeText(part.body, notes: &notes)
        return bytes.count <= limit ? (bytes[...], false) : ([], true)
    }

    /// Makes text of decoded bytes.
    private mutating func decode(_ bytes: ArraySlice<UInt8>, _ part: MailPart) -> String? {
        let isHTML = part.mediaType == "text/html"
        let label = part.typeParameters.text("charset", notes: &notes) ?? ""
        let meta = isHTML ? HTMLCharset.label(in: bytes) : ""
        var text = MailCharset.decode(
            bytes, label: label.isEmpty ? meta : label, hint: meta.isEmpty ? hint : meta,
            notes: &notes)
        if part.encoding == .plain, !isHTML, TransferEncoding.looksEncoded(bytes) {
            note("A text looks encoded and does not say so; it is shown as it is.")
        }
        if isHTML {
            let plain = HTMLText.plain(
                text, limit: limits.textBytes, notes: &notes, walked: &walked)
            guard let plain else {
                noteLongText()
                return nil
            }
            return plain
        }
        if Self.isMarked(part.mediaType) { text = EnrichedText.plain(text) }
        text = LineFeeds.only(text)
        if isFromMailbox { text = LineFeeds.unquotingFrom(text) }
        let format = part.typeParameters.text("format", notes: &notes)
        if format?.lowercased() == "flowed" {
            let drops = part.typeParameters.text("delsp", notes: &notes)?.lowercased() == "yes"
            text = FlowedText.joined(text, dropsSpace: drops)
        }
        if text.contains("-----BEGIN PGP MESSAGE-----") {
            note("The text, or a piece of it, is encrypted: decrypt it and add it.")
        }
        return text
    }

    /// The letters and digits of a text, by which two are the same.
    private func letters(_ text: String) -> String {
        var letters = String.UnicodeScalarView()
        for scalar in text.unicodeScalars
        where scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
            letters.append(scalar)
        }
        return String(letters)
    }

    /// Adds a part as an attachment.
    private mutating func attach(_ part: MailPart) {
        switch part.mediaType {
        case "application/ms-tnef", "application/vnd.ms-tnef":
            note(
                "Outlook has packed a part of the mail, perhaps its text, into a file "
                    + "(winmail.dat): open it with Outlook or a program for such files, and add "
                    + "what is in it.")
        case "application/pkcs7-mime", "application/x-pkcs7-mime":
            note(
                "The text is in an S/MIME container, signed or encrypted, and only in an "
                    + "attachment: open it with the mail program that got it, and add the text.")
        case "application/pgp", "application/pgp-encrypted":
            note("The text is encrypted and only in an attachment: decrypt it and add it.")
        case "message/partial", "message/external-body":
            note("A part of the mail is in another mail, or somewhere else.")
        default: break
        }
        if part.encoding == .unknown {
            note("A part has an unknown transfer encoding and is kept as it is.")
        }
        guard attachments.count < limits.parts else {
            isIncomplete = true
            note(
                "The mail has more than \(limits.parts) attachments. The others are only in the "
                    + "message itself: open it with a mail program.")
            return
        }
        attachments.append(file(part, number: attachments.count + 1))
    }

    /// A part as a file.
    private mutating func file(_ part: MailPart, number: Int, name: String? = nil) -> MailAttachment
    {
        var given = fileName(part)
        if given == nil, let name { given = name + (number > 1 ? "-\(number)" : "") + ".html" }
        if given == nil, let subject = part.message?.raw("subject") {
            given = EncodedWords.decode(subject, hint: hint, notes: &notes) + ".eml"
        }
        return MailAttachment(
            name: MailAttachment.safeName(given, number: number, mediaType: part.mediaType),
            mediaType: part.mediaType, body: part.body, encoding: part.encoding)
    }

    /// The file name the sender gave to a part.
    private mutating func fileName(_ part: MailPart) -> String? {
        let name = part.disposition.text("filename", hint: hint, notes: &notes)
        if let name, name.contains(where: { !$0.isWhitespace }) { return name }
        return part.typeParameters.text("name", hint: hint, notes: &notes) ?? name
    }

    /// Notes something once.
    private mutating func note(_ sentence: String) { MailCharset.add(sentence, &notes) }
}
