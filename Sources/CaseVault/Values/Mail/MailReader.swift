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
        let marked = forms.lastIndex { holdsText($0, inHTML: true) }
        // Of a plain form with a line or a picture's sign alone nobody learns anything.
        let plain = forms.firstIndex { holdsText($0, inHTML: false, words: marked != nil) }
        let chosen = plain ?? marked ?? forms.firstIndex { holdsText($0, inHTML: false) }
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
        guard form.children.isEmpty, isShown(form), let text = decoded(form) else { return }
        let (mine, other) = (letters(shown), letters(text))
        // The same letters, whatever lines they stand in.
        if mine == other { return }
        guard form.mediaType == "text/html" else {
            if !other.isEmpty, Self.saysOther(text, Self.words(shown)) {
                note("Another form of the text says something else; it is attached.")
            }
            return
        }
        if other.utf8.count > mine.utf8.count * 2 + 200 {
            note("The text in HTML says more than the plain text; it is attached.")
        } else if Self.saysOther(text, Self.words(shown)) {
            note("The text in HTML says something else than the plain text; it is attached.")
        }
    }

    /// Whether most words of a text, or all of a short one, are not among those that are shown:
    /// somebody wrote two texts.
    private static func saysOther(_ text: String, _ known: Set<String>) -> Bool {
        let words = words(text)
        let others = words.count { !known.contains($0) }
        return words.count >= 6 ? others * 2 > words.count : others > 0 && others == words.count
    }

    /// The words of a text.
    private static func words(_ text: String) -> Set<String> {
        Set(
            text.lowercased().split { !$0.isLetter && !$0.isNumber }.lazy.filter { $0.count > 2 }
                .prefix(20_000).map(String.init))
    }

    /// Whether a form has text to show, or at least one letter of it.
    private mutating func holdsText(
        _ part: MailPart, inHTML: Bool, words: Bool = false
    ) -> Bool {
        for child in part.children where holdsText(child, inHTML: inHTML, words: words) {
            return true
        }
        guard part.children.isEmpty, isShown(part), Self.isMarked(part.mediaType) == inHTML else {
            return false
        }
        // What is too long to be shown is text all the same.
        guard part.body.count <= limits.textBytes else { return true }
        guard let text = decoded(part) else { return true }
        return words ? text.contains { $0.isLetter || $0.isNumber } : !Self.isBlank(text)
    }

    /// Whether nothing of a text is seen. Programs fill empty texts with spaces of no width, and
    /// put a sign where a picture stands.
    private static func isBlank(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy {
            $0.properties.isWhitespace || $0.properties.isDefaultIgnorableCodePoint
                || $0 == "\u{FFFC}"
        }
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
        return decoded(part).map(Self.isBlank) ?? false
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
        // A part without a useful type and without a name, or the only one that there is.
        if type == "application/octet-stream" || (part.number == 1 && !Self.isMedia(type)),
            !type.hasPrefix("text/"), fileName(part) == nil
        {
            return isReadable(part)
        }
        return type.hasPrefix("text/") && !Self.files.contains(type)
    }

    /// Whether a type is never one of text.
    private static func isMedia(_ type: String) -> Bool {
        ["image/", "audio/", "video/", "font/", "model/", "message/", "multipart/"].contains(
            where: type.hasPrefix)
            || ["pkcs7", "pgp", "tnef"].contains(where: type.contains)
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
        if Self.isBlank(text) { return }
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
            noteEncrypted(plain)
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
        noteEncrypted(text)
        return text
    }

    /// Notes that a text, or a piece of it, is encrypted.
    private mutating func noteEncrypted(_ text: String) {
        if text.contains("-----BEGIN PGP MESSAGE-----") {
            note("The text, or a piece of it, is encrypted: decrypt it and add it.")
        }
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
        switch containerType(part) {
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

    /// The type of a part, or what its name says where the type says nothing.
    private mutating func containerType(_ part: MailPart) -> String {
        guard part.mediaType == "application/octet-stream" || part.mediaType == "text/plain",
            let name = fileName(part)?.lowercased()
        else { return part.mediaType }
        if name == "winmail.dat" || name == "win.dat" { return "application/ms-tnef" }
        if name.hasSuffix(".p7m") { return "application/pkcs7-mime" }
        if name.hasSuffix(".pgp") || name.hasSuffix(".gpg") { return "application/pgp" }
        return part.mediaType
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
        if let name, name.contains(where: { !$0.isWhitespace }) {
            // Quotes of another language: 'a file.pdf'.
            let isQuoted = name.count > 2 && name.hasPrefix("'") && name.hasSuffix("'")
            return isQuoted ? String(name.dropFirst().dropLast()) : name
        }
        return part.typeParameters.text("name", hint: hint, notes: &notes) ?? name
    }

    /// Notes something once.
    private mutating func note(_ sentence: String) { MailCharset.add(sentence, &notes) }
}
