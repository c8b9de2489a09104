// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// The encodings that carry bytes through mail.
enum TransferEncoding: Hashable, Sendable {
    /// The bytes as they are.
    case plain
    /// Quoted-printable.
    case quotedPrintable
    /// Base64.
    case base64
    /// Uuencode, from before MIME.
    case uuencode
    /// Something that nobody here knows.
    case unknown

    /// Reads the value of Content-Transfer-Encoding in any spelling.
    ///
    /// - Parameter name: the value.
    init(_ name: String) {
        let letters = name.lowercased().filter { $0.isLetter || $0.isNumber }
        switch letters {
        case "", "7bit", "8bit", "binary", "none", "7bits", "8bits", "plain", "utf8", "textplain":
            self = .plain
        case "quotedprintable", "qp": self = .quotedPrintable
        case "base64", "xbase64", "b64": self = .base64
        case "uuencode", "xuuencode", "uue", "xuue", "uuencoded", "xuuencoded": self = .uuencode
        default: self = .unknown
        }
    }

    /// Decodes a file.
    ///
    /// - Parameters:
    ///   - bytes: the body as it came.
    ///   - notes: gets a sentence when something was not well-formed.
    /// - Returns: the decoded bytes.
    func decode(_ bytes: ArraySlice<UInt8>, notes: inout [String]) -> [UInt8] {
        switch self {
        case .plain: return Array(bytes)
        case .quotedPrintable: return Self.quotedPrintable(bytes)
        case .base64: return Self.base64(bytes, notes: &notes)
        case .uuencode: return Uuencode.file(in: bytes) ?? Array(bytes)
        case .unknown:
            MailCharset.add("A part has an unknown transfer encoding and is kept as it is.", &notes)
            return Array(bytes)
        }
    }

    /// Decodes a text: it may be plain in spite of its label, or have plain lines below.
    ///
    /// - Parameters:
    ///   - bytes: the body as it came.
    ///   - notes: gets a sentence when something was not well-formed.
    /// - Returns: the decoded bytes.
    func decodeText(_ bytes: ArraySlice<UInt8>, notes: inout [String]) -> [UInt8] {
        guard self == .base64 else { return decode(bytes, notes: &notes) }
        // "Yes" could be either; what makes no text was a word.
        let letters = bytes.count > 200 ? [] : bytes.filter { $0 > 0x20 }
        if (1..<8).contains(letters.count) {
            var ignored: [String] = []
            if !Self.isText(Self.base64(letters[...], notes: &ignored)) {
                MailCharset.add(
                    "A text says that it is Base64 and is not; it is shown as it is.", &notes)
                return Array(bytes)
            }
        }
        if let fast = Base64Bytes.decode(bytes) { return fast }
        let end = Self.endOfBase64(bytes)
        if end == bytes.startIndex {
            if let text = Self.damaged(bytes) {
                MailCharset.add(
                    "A text in Base64 has characters that do not belong there; they were left out.",
                    &notes)
                return text
            }
            MailCharset.add(
                "A text says that it is Base64 and is not; it is shown as it is.", &notes)
            return Array(bytes)
        }
        var text = Self.base64(bytes[..<end], notes: &notes)
        let rest = bytes[end...]
        guard rest.contains(where: { $0 > 0x20 }) else { return text }
        MailCharset.add("Below a text in Base64 stand plain lines, such as a list adds.", &notes)
        if let last = text.last, last != 0x0A { text.append(0x0A) }
        return text + rest
    }

    /// A text in Base64 with much that does not belong there, or in the letters that addresses of the
    /// web use.
    ///
    /// - Parameter bytes: the body as it came.
    /// - Returns: the text, or `nil` where it is none: words that are no Base64 do not make any.
    private static func damaged(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        let isOfWeb =
            bytes.contains { "-_".utf8.contains($0) }
            && !bytes.contains { "+/".utf8.contains($0) }
        let letters =
            isOfWeb
            ? bytes.map {
                $0 == UInt8(ascii: "-")
                    ? UInt8(ascii: "+") : $0 == UInt8(ascii: "_") ? UInt8(ascii: "/") : $0
            }
            : Array(bytes)
        var ignored: [String] = []
        let text = base64(letters[...], notes: &ignored)
        guard text.count >= 12, isText(text) else { return nil }
        return text
    }

    /// Whether bytes are a text without control characters.
    private static func isText(_ bytes: [UInt8]) -> Bool {
        String(validating: bytes, as: UTF8.self)?.unicodeScalars.allSatisfy {
            $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
                || [0x09, 0x0A, 0x0D].contains($0.value)
        } ?? false
    }

    /// Whether a text that says that it is plain looks encoded.
    ///
    /// - Parameter bytes: the text.
    /// - Returns: whether decoding it makes letters that it does not have as it is.
    static func looksEncoded(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count <= 1 << 20, !bytes.contains(where: { $0 >= 0x80 }) else { return false }
        if ByteSearch.first(UInt8(ascii: "="), in: bytes, from: bytes.startIndex) != nil {
            let text = quotedPrintable(bytes)
            if text.count(where: { $0 >= 0xC0 }) >= 2, isText(text) { return true }
        }
        guard bytes.count >= 40,
            bytes.allSatisfy({ value($0) != nil || $0 == 0x0D || $0 == 0x0A || $0 == 0x3D })
        else { return false }
        var ignored: [String] = []
        return isText(base64(bytes, notes: &ignored))
    }

    /// Decodes quoted-printable. A stray "=" stays as it is.
    ///
    /// - Parameter bytes: the encoded bytes.
    /// - Returns: the decoded bytes.
    static func quotedPrintable(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        let equals = UInt8(ascii: "=")
        var lines = MailLines(bytes)
        while var line = lines.next() {
            // Space at the end of a line was added on the way and does not count.
            while let last = line.last, last == 0x20 || last == 0x09 { line.removeLast() }
            var place = line.startIndex
            var isSoftBreak = false
            while place < line.endIndex {
                guard let mark = ByteSearch.first(equals, in: line, from: place) else {
                    out += line[place...]
                    break
                }
                out += line[place..<mark]
                if mark + 1 == line.endIndex {
                    isSoftBreak = true
                    place = mark + 1
                } else if mark + 2 < line.endIndex, let high = hex(line[mark + 1]),
                    let low = hex(line[mark + 2])
                {
                    out.append(high << 4 | low)
                    place = mark + 3
                } else {
                    out.append(equals)
                    place = mark + 1
                }
            }
            let hadBreak = lines.position > bytes.startIndex && bytes[lines.position - 1] == 0x0A
            if !isSoftBreak, hadBreak { out += [0x0D, 0x0A] }
        }
        return out
    }

    /// Decodes Base64. Bytes outside its alphabet are skipped, as RFC 2045 asks.
    ///
    /// - Parameters:
    ///   - bytes: the encoded bytes.
    ///   - notes: gets a sentence when the end is cut.
    /// - Returns: the decoded bytes.
    static func base64(_ bytes: ArraySlice<UInt8>, notes: inout [String]) -> [UInt8] {
        if let fast = Base64Bytes.decode(bytes) { return fast }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count / 4 * 3 + 3)
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            if byte == UInt8(ascii: "=") {
                // Padding ends a group; joined encodings go on after it.
                (bits, count) = (0, 0)
                continue
            }
            guard let value = value(byte) else { continue }
            bits = bits << 6 | UInt32(value)
            count += 1
            if count > 1 { out.append(UInt8(truncatingIfNeeded: bits >> UInt32(8 - 2 * count))) }
            if count == 4 { (bits, count) = (0, 0) }
        }
        if count == 1 { MailCharset.add("A Base64 part ends in the middle.", &notes) }
        return out
    }

    /// Where the lines of Base64 end and plain text begins.
    ///
    /// A line of Base64 has only its letters, in fours with the padding; behind the padding, or
    /// behind a line of words, there is no more of it. A long run of letters is Base64 still,
    /// where a program has put a stray character into it.
    private static func endOfBase64(_ bytes: ArraySlice<UInt8>) -> Int {
        var lines = MailLines(bytes)
        var start = lines.position
        var isPadded = false
        while let line = lines.next() {
            defer { start = lines.position }
            if MailLines.isBlank(line) { continue }
            let letters = line.filter { value($0) != nil }.count
            let padding = line.filter { $0 == UInt8(ascii: "=") }.count
            let others = line.filter { $0 > 0x20 }.count - letters - padding
            let spaces = line.dropLast(while: { $0 <= 0x20 }).filter { $0 == 0x20 }.count
            let isWhole = others == 0 && spaces == 0 && padding <= 2
            // A stray character, but not one of those that words and addresses have.
            let isDamaged =
                spaces == 0 && others * 4 <= letters && others <= 1 + letters / 16
                && !line.contains { "-.@:_,;!?'()".utf8.contains($0) }
            if isPadded ? !(isWhole && (letters + padding) % 4 == 0) : !isWhole && !isDamaged {
                return start
            }
            isPadded = padding > 0
        }
        return bytes.endIndex
    }

    /// The six bits of a letter of Base64.
    private static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x41...0x5A: byte - 0x41
        case 0x61...0x7A: byte - 0x61 + 26
        case 0x30...0x39: byte - 0x30 + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }

    /// The value of a hexadecimal digit.
    ///
    /// - Parameter byte: an ASCII character.
    /// - Returns: 0 to 15, or `nil` for another character.
    static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}

extension ArraySlice<UInt8> {
    /// The bytes before those at the end that fulfil a condition.
    fileprivate func dropLast(while condition: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        var rest = self
        while let last = rest.last, condition(last) { rest.removeLast() }
        return rest
    }
}
