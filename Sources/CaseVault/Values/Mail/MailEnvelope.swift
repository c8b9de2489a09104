// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// A message without what mailboxes and programs put around it.
///
/// That is a byte order mark, empty lines in front, the line `From …` of a mailbox, or the size
/// and the property list of an `.emlx` file.
struct MailEnvelope {
    /// The message, from its first header field.
    let message: ArraySlice<UInt8>
    /// Whether it came out of a mailbox, where lines that begin with `From ` have a `>` in front.
    let isFromMailbox: Bool
    /// The line of a mailbox above the message.
    let mailboxLine: ArraySlice<UInt8>
    /// How many messages there are: more than one only in a mailbox.
    let messageCount: Int

    /// The line that begins a message in a mailbox.
    private static let from = Array("From ".utf8)

    /// Takes away what is around a message.
    ///
    /// A mail is large, so it is copied only where it has to be written otherwise.
    ///
    /// - Parameter bytes: all bytes of a file, or of a mail in a mail.
    init(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        if rest.starts(with: [0xFF, 0xFE]) || rest.starts(with: [0xFE, 0xFF]) {
            rest = OldEncodings.utf8(ofUTF16: rest.dropFirst(2), isLittle: rest.first == 0xFF)[...]
        }
        // Programs of old wrote a CR at the end of each line, and no LF anywhere.
        if ByteSearch.first(0x0A, in: rest, from: rest.startIndex) == nil {
            var lines = Array(rest)
            for place in lines.indices where lines[place] == 0x0D { lines[place] = 0x0A }
            rest = lines[...]
        }
        rest = Self.withoutPropertyList(Self.withoutBlankLines(rest))
        rest = Self.withoutQuotedFrom(Self.withoutBlankLines(rest))
        // "From : kim@example.org" is a field.
        isFromMailbox =
            rest.starts(with: Self.from) && MailHeaders.name(of: rest.prefix(101)) != "from"
        guard isFromMailbox else {
            (message, messageCount, mailboxLine) = (rest, 1, [])
            return
        }
        var lines = MailLines(rest)
        mailboxLine = lines.next() ?? []
        message = Self.withoutBlankLines(rest[lines.position...])
        messageCount = 1 + Self.otherMessages(in: message)
    }

    /// Bytes from the first line that is not blank.
    private static func withoutBlankLines(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var lines = MailLines(bytes)
        var start = lines.position
        while let line = lines.next() {
            if !MailLines.isBlank(line) { return bytes[start...] }
            start = lines.position
        }
        return bytes[start...]
    }

    /// A message without the line of a mailbox that another program made to text.
    private static func withoutQuotedFrom(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var lines = MailLines(bytes)
        guard lines.next()?.starts(with: ">From ".utf8) ?? false else { return bytes }
        return bytes[lines.position...]
    }

    /// The message of an `.emlx` file: its first line says how many bytes it has.
    private static func withoutPropertyList(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var lines = MailLines(bytes)
        let digits = (lines.next() ?? []).filter { $0 != 0x20 && $0 != 0x0D }
        guard (1...12).contains(digits.count),
            digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let size = Int(String(decoding: digits, as: UTF8.self))
        else { return bytes }
        let rest = bytes[lines.position...]
        if size <= rest.count { return rest.prefix(size) }
        // The size is wrong: the list is known by its beginning.
        let mark = Array("<?xml ".utf8)
        var place = rest.startIndex
        var end = rest.endIndex
        while let found = ByteSearch.firstLine(beginningWith: mark, in: rest, from: place) {
            end = found
            place = found + 1
        }
        let list = String(decoding: rest[end...].prefix(400), as: UTF8.self)
        return list.contains("<plist") ? rest[..<end] : rest
    }

    /// How many more messages begin below the first.
    ///
    /// Such a line has a time in it and a year, or stands behind an empty line; and below it stands
    /// a field that mails have. A sentence that begins with "From" has not.
    private static func otherMessages(in bytes: ArraySlice<UInt8>) -> Int {
        var count = 0
        var place = bytes.startIndex
        while let found = ByteSearch.firstLine(beginningWith: from, in: bytes, from: place) {
            var lines = MailLines(bytes[found...])
            let line = lines.next() ?? []
            place = lines.position
            let before = bytes[..<found].suffix(4).filter { $0 != 0x0D }
            let isBehindBlank = before.suffix(2).elementsEqual([0x0A, 0x0A])
            let (hasTime, hasYear) = timeAndYear(line.prefix(200))
            if hasTime, hasYear || isBehindBlank, let next = lines.next(),
                let name = MailHeaders.name(of: next), MailHeaders.isKnown(name)
            {
                count += 1
            }
        }
        return count
    }

    /// Whether a line has a time such as 21:05 in it, and a year such as 2026.
    private static func timeAndYear(_ line: ArraySlice<UInt8>) -> (Bool, Bool) {
        func isDigit(_ byte: UInt8?) -> Bool { byte.map { (0x30...0x39).contains($0) } ?? false }
        var (hasTime, hasYear) = (false, false)
        for word in line.split(whereSeparator: { $0 <= 0x20 }) {
            if word.count == 4, word.allSatisfy({ isDigit($0) }) { hasYear = true }
            guard let colon = word.firstIndex(of: UInt8(ascii: ":")) else { continue }
            if isDigit(word[..<colon].last), isDigit(word[(colon + 1)...].first) { hasTime = true }
        }
        return (hasTime, hasYear)
    }
}
