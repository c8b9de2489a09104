// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A header value with parameters, such as `text/plain; charset=utf-8`.
struct MailParameters {
    /// What stands before the first semicolon, in lower case.
    let value: String
    /// The pieces of each parameter in the order they came, names in lower case.
    private var pieces: [String: [Piece]] = [:]

    /// One piece of a parameter: RFC 2231 lets a long value be cut into numbered pieces.
    private struct Piece {
        /// Its number, 0 for a parameter in one piece.
        let number: Int
        /// Whether it is percent-encoded.
        let isEncoded: Bool
        /// The bytes as they came, without quotes.
        let bytes: [UInt8]
    }

    /// A part of a value between two semicolons.
    private struct Field {
        /// The bytes, without quotes and comments.
        var bytes: [UInt8] = []
        /// How many bytes at the end stood in quotes: space among them is meant.
        var quotedEnd = 0
    }

    /// Reads a header value.
    ///
    /// - Parameter bytes: the unfolded value; what is malformed is skipped.
    init(_ bytes: [UInt8]) {
        var fields = Self.cut(bytes)
        var first = Self.trimmed(fields[0].bytes[...])
        if let space = first.firstIndex(where: { $0 == 0x20 || $0 == 0x09 }),
            first[space...].contains(UInt8(ascii: "="))
        {
            // "text/plain charset=utf-8": the semicolon is missing.
            fields.insert(Field(bytes: Array(first[space...])), at: 1)
            first = first[..<space]
        } else if first.contains(UInt8(ascii: "=")), !first.contains(UInt8(ascii: "/")) {
            // "charset=utf-8": the type is missing.
            fields.insert(Field(bytes: Array(first)), at: 1)
            first = []
        }
        value = String(decoding: first, as: UTF8.self).lowercased()
        for field in fields.dropFirst().prefix(200) {
            guard let equals = field.bytes.firstIndex(of: UInt8(ascii: "=")) else { continue }
            var name = String(decoding: Self.trimmed(field.bytes[..<equals]), as: UTF8.self)
                .lowercased()
            let isEncoded = name.hasSuffix("*")
            if isEncoded { name.removeLast() }
            var number = 0
            if let star = name.firstIndex(of: "*") {
                guard let read = Int(name[name.index(after: star)...]), (0..<100).contains(read)
                else { continue }
                number = read
                name = String(name[..<star])
            }
            let all = field.bytes[(equals + 1)...]
            let kept = all.suffix(field.quotedEnd)
            let bytes = Self.trimmedStart(all.dropLast(kept.count)) + kept
            pieces[name, default: []].append(
                Piece(
                    number: number, isEncoded: isEncoded,
                    bytes: kept.isEmpty ? Array(Self.trimmed(bytes)) : Array(bytes)))
        }
    }

    /// Cuts a value at semicolons; drops quotes and comments, resolves backslashes. One walk.
    private static func cut(_ bytes: [UInt8]) -> [Field] {
        var fields = [Field()]
        var isQuoted = false
        var comment = 0
        var place = 0
        while place < bytes.count {
            var byte = bytes[place]
            let last = fields.count - 1
            place += 1
            if byte == UInt8(ascii: "\\"), isQuoted || comment > 0, place < bytes.count {
                byte = bytes[place]
                place += 1
                if comment == 0 {
                    // A path of Windows in quotes: its backslashes are no escapes.
                    if byte != UInt8(ascii: "\\"), byte != UInt8(ascii: "\"") {
                        fields[last].bytes.append(UInt8(ascii: "\\"))
                        fields[last].quotedEnd += 1
                    }
                    fields[last].bytes.append(byte)
                    fields[last].quotedEnd += 1
                }
            } else if comment > 0 {
                if byte == UInt8(ascii: "(") { comment += 1 }
                if byte == UInt8(ascii: ")") { comment -= 1 }
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if isQuoted {
                fields[last].bytes.append(byte)
                fields[last].quotedEnd += 1
            } else if byte == UInt8(ascii: "(") {
                comment = 1
            } else if byte == UInt8(ascii: ";") {
                fields.append(Field())
            } else if byte > 0x20 {
                fields[last].bytes.append(byte)
                fields[last].quotedEnd = 0
            } else if byte != 0x0D, byte != 0x0A, fields[last].quotedEnd == 0 {
                fields[last].bytes.append(byte)
            }
        }
        return fields
    }

    /// The value of a parameter, pieces joined and decoded.
    ///
    /// - Parameters:
    ///   - name: the name in lower case.
    ///   - hint: the character set of other parts, for bytes that are not UTF-8.
    ///   - notes: gets a sentence when something could not be decoded.
    /// - Returns: the text, or `nil` without such a parameter.
    func text(_ name: String, hint: String = "", notes: inout [String]) -> String? {
        guard let (bytes, charset) = joined(name) else { return nil }
        if charset.isEmpty { return EncodedWords.decode(bytes, hint: hint, notes: &notes) }
        return EncodedWords.oneLine(MailCharset.decode(bytes, label: charset, notes: &notes))
    }

    /// The bytes of a parameter, pieces joined; boundaries are compared as bytes.
    ///
    /// - Parameter name: the name in lower case.
    /// - Returns: the bytes, or `nil` without such a parameter.
    func bytes(_ name: String) -> [UInt8]? {
        joined(name)?.bytes
    }

    /// Joins the pieces of a parameter.
    private func joined(_ name: String) -> (bytes: [UInt8], charset: String)? {
        guard let all = pieces[name] else { return nil }
        // The percent-encoded form is meant for programs that know it, and goes first.
        let chosen =
            all.contains(where: \.isEncoded) && !all.contains { $0.number > 0 }
            ? all.filter(\.isEncoded) : all
        var bytes: [UInt8] = []
        var charset = ""
        var wanted = 0
        for piece in chosen.sorted(by: { $0.number < $1.number }) where piece.number == wanted {
            var part = piece.bytes[...]
            if piece.isEncoded, wanted == 0 {
                let quotes = part.indices.filter { part[$0] == UInt8(ascii: "'") }.prefix(2)
                if let first = quotes.first, let second = quotes.last, first != second {
                    charset = String(decoding: part[..<first], as: UTF8.self)
                    part = part[(second + 1)...]
                }
            }
            bytes += piece.isEncoded ? Self.percentDecoded(part) : Array(part)
            wanted += 1
        }
        return (bytes, charset)
    }

    /// Bytes without space at the start.
    private static func trimmedStart(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        bytes.drop { $0 <= 0x20 }
    }

    /// Bytes without space at the ends.
    ///
    /// - Parameter bytes: some bytes.
    /// - Returns: the inner part.
    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var inner = bytes
        while let first = inner.first, first <= 0x20 { inner.removeFirst() }
        while let last = inner.last, last <= 0x20 { inner.removeLast() }
        return inner
    }

    /// Bytes with `%41` and the like decoded; a stray percent sign stays.
    ///
    /// - Parameter bytes: some bytes.
    /// - Returns: the decoded bytes.
    private static func percentDecoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        var place = bytes.startIndex
        while place < bytes.endIndex {
            if bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.endIndex,
                let high = TransferEncoding.hex(bytes[place + 1]),
                let low = TransferEncoding.hex(bytes[place + 2])
            {
                out.append(high << 4 | low)
                place += 3
            } else {
                out.append(bytes[place])
                place += 1
            }
        }
        return out
    }
}
