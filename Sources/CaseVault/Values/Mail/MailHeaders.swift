// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// One header block: the fields before the body.
///
/// The line between both should be empty. Where white space stands on it, or where it is missing,
/// the body begins where no field can be any more, so that no paragraph is taken for a field.
struct MailHeaders {
    /// The fields in order, names in lower case, values unfolded but not decoded.
    private(set) var fields: [(name: String, value: [UInt8])] = []
    /// Whether a line among the fields could not be read.
    private(set) var hasStrayLines = false

    /// Reads the header block at the start of some bytes.
    ///
    /// - Parameters:
    ///   - bytes: a message or a part; afterwards what follows the header block.
    ///   - limits: the size limit.
    /// - Throws: `headerTooLarge`. A line that is no field is no error.
    init(parsing bytes: inout ArraySlice<UInt8>, limits: MailLimits) throws(MailError) {
        var lines = MailLines(bytes)
        // A line that is no field is looked beyond once, up to the next empty line.
        var nextTechnical: Int?
        var nextField: Int?
        var start = lines.position
        reading: while let line = lines.next() {
            defer { start = lines.position }
            if line.isEmpty { break }
            guard lines.position - bytes.startIndex <= limits.headerBytes else {
                throw .headerTooLarge(limits.headerBytes)
            }
            if line.first == 0x20 || line.first == 0x09 {
                if MailLines.isBlank(line), !Self.isField(after: lines) { break reading }
                if !fields.isEmpty { fields[fields.count - 1].value += line }
                continue
            }
            if let name = Self.name(of: line), isField(name, lines, &nextField) {
                let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.startIndex
                fields.append((name, Array(line[(colon + 1)...])))
                continue
            }
            // A boundary is never a damaged field.
            if line.starts(with: "--".utf8) {
                bytes = bytes[start...]
                return
            }
            if nextTechnical == nil || nextTechnical ?? 0 < start {
                nextTechnical = Self.technicalField(after: lines, limit: limits.headerBytes)
            }
            guard let nextTechnical, nextTechnical > start else {
                // The line between header and body is missing.
                bytes = bytes[start...]
                return
            }
            hasStrayLines = true
        }
        bytes = bytes[lines.position...]
    }

    /// The undecoded value of the first field with a name.
    ///
    /// - Parameter name: the name in lower case.
    /// - Returns: the value, or `nil` without such a field.
    func raw(_ name: String) -> [UInt8]? {
        fields.first { $0.name == name }?.value
    }

    /// Whether these are the fields of a mail, and not those of a part.
    var isOfMessage: Bool {
        fields.contains { Self.people.contains($0.name) || $0.name == "message-id" }
    }

    /// The fields without those that say what the body is.
    var withoutContent: MailHeaders {
        var others = self
        others.fields.removeAll { $0.name.hasPrefix("content-") }
        return others
    }

    /// The undecoded values of all fields with a name.
    ///
    /// - Parameter name: the name in lower case.
    /// - Returns: the values in order.
    func all(_ name: String) -> [[UInt8]] {
        fields.filter { $0.name == name }.map(\.value)
    }

    /// The name of the field that a line begins.
    ///
    /// - Parameter line: a line without its end.
    /// - Returns: the name in lower case, or `nil` when the line is no field.
    static func name(of line: ArraySlice<UInt8>) -> String? {
        guard let colon = line.prefix(101).firstIndex(of: UInt8(ascii: ":")) else { return nil }
        var name = line[..<colon]
        while name.last == 0x20 || name.last == 0x09 { name.removeLast() }
        // A name is visible ASCII. "From " lines of mailboxes fail here.
        guard !name.isEmpty, name.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        return String(decoding: name, as: UTF8.self).lowercased()
    }

    /// Whether a line that has the form of a field is one.
    ///
    /// "Note: he came back" and "https://example.org" have it as well. Where no field that mails
    /// have stands below, up to the next empty line, such a line is the first of the text.
    ///
    /// - Parameters:
    ///   - name: what stands in front of the colon, in lower case.
    ///   - lines: what follows the line.
    ///   - next: where the next such field stands, once it was looked for; the end without one.
    /// - Returns: whether it is a field.
    private func isField(_ name: String, _ lines: MailLines, _ next: inout Int?) -> Bool {
        if Self.isKnown(name) { return true }
        if let next, next >= lines.position { return next < Int.max }
        var lines = lines
        while let line = lines.next(), !MailLines.isBlank(line), !line.starts(with: "--".utf8) {
            guard let name = Self.name(of: line) else {
                // Text has lines that are none; a field can be folded.
                if line.first == 0x20 || line.first == 0x09 { continue }
                break
            }
            // A form in the text has a line "Date:" as well, but the mail has had its own.
            if Self.isTechnical(name) || (Self.people.contains(name) && raw(name) == nil) {
                next = lines.position - 1
                return true
            }
        }
        next = .max
        return false
    }

    /// Whether a name is that of a field: those of old programs are one word, all others have a
    /// hyphen.
    ///
    /// - Parameter name: a name in lower case.
    /// - Returns: whether it is.
    static func isKnown(_ name: String) -> Bool {
        if isTechnical(name) || people.contains(name) || words.contains(name) { return true }
        return name.contains("-")
            && name.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || "-_.".utf8.contains($0)
            }
    }

    /// Fields whose names are one word.
    private static let words: Set<String> = [
        "approved", "archive", "autocrypt", "comments", "control", "deferred", "distribution",
        "encoding", "encrypted", "envelope", "expires", "face", "flags", "importance", "keywords",
        "language", "lines", "mailer", "newsgroups", "organisation", "organization", "path",
        "precedence", "priority", "received", "recipients", "sensitivity", "signature", "status",
        "summary", "supersedes", "thread", "via", "xref",
    ]

    /// Whether a field that mails have follows at once; a sentence can begin with a word and a colon.
    private static func isField(after lines: MailLines) -> Bool {
        var lines = lines
        guard let line = lines.next(), let name = name(of: line) else { return false }
        return isTechnical(name) || people.contains(name)
    }

    /// Where the next field stands that only programs write, before an empty line.
    private static func technicalField(after lines: MailLines, limit: Int) -> Int? {
        var lines = lines
        let start = lines.position
        var place = start
        while let line = lines.next(), !MailLines.isBlank(line), place - start <= limit {
            if let name = name(of: line), isTechnical(name) { return place }
            place = lines.position
        }
        return nil
    }

    /// Whether only programs write a field of this name.
    private static func isTechnical(_ name: String) -> Bool {
        name.hasPrefix("content-") || name.hasPrefix("x-") || name.hasPrefix("arc-")
            || [
                "mime-version", "message-id", "received", "return-path", "dkim-signature",
                "in-reply-to", "references", "delivered-to", "received-spf",
                "authentication-results",
            ].contains(name)
    }

    /// Fields that people know as well.
    private static let people: Set<String> = [
        "from", "to", "cc", "bcc", "subject", "date", "reply-to", "sender",
    ]
}
