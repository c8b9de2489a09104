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

    /// Reads a header value.
    ///
    /// - Parameter bytes: the unfolded value; what is malformed is skipped.
    init(_ bytes: [UInt8]) {
        var fields: [[UInt8]] = [[]]
        var isQuoted = false
        var comment = 0
        var place = 0
        // One walk: cut at semicolons, drop quotes and comments, resolve backslashes.
        while place < bytes.count {
            var byte = bytes[place]
            place += 1
            if byte == UInt8(ascii: "\\"), isQuoted || comment > 0, place < bytes.count {
                byte = bytes[place]
                place += 1
                if comment == 0 { fields[fields.count - 1].append(byte) }
            } else if comment > 0 {
                if byte == UInt8(ascii: "(") { comment += 1 }
                if byte == UInt8(ascii: ")") { comment -= 1 }
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if isQuoted {
                fields[fields.count - 1].append(byte)
            } else if byte == UInt8(ascii: "(") {
                comment = 1
            } else if byte == UInt8(ascii: ";") {
                fields.append([])
            } else if byte != 0x0D, byte != 0x0A {
                fields[fields.count - 1].append(byte)
            }
        }
        value = String(decoding: Self.trimmed(fields[0][...]), as: UTF8.self).lowercased()
        for field in fields.dropFirst().prefix(200) {
            guard let equals = field.firstIndex(of: UInt8(ascii: "=")) else { continue }
            var name = String(decoding: Self.trimmed(field[..<equals]), as: UTF8.self).lowercased()
            let isEncoded = name.hasSuffix("*")
            if isEncoded { name.removeLast() }
            var number = 0
            if let star = name.firstIndex(of: "*") {
                guard let read = Int(name[name.index(after: star)...]), (0..<100).contains(read)
                else { continue }
                number = read
                name = String(name[..<star])
            }
            let bytes = Array(Self.trimmed(field[(equals + 1)...]))
            pieces[name, default: []].append(
                Piece(number: number, isEncoded: isEncoded, bytes: bytes))
        }
    }

    /// The value of a parameter, pieces joined and decoded.
    ///
    /// - Parameters:
    ///   - name: the name in lower case.
    ///   - notes: gets a sentence when something could not be decoded.
    /// - Returns: the text, or `nil` without such a parameter.
    func text(_ name: String, notes: inout [String]) -> String? {
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
        if charset.isEmpty { return EncodedWords.decode(bytes, notes: &notes) }
        return EncodedWords.oneLine(MailCharset.decode(bytes, label: charset, notes: &notes))
    }

    /// The undecoded bytes of a parameter in one piece; boundaries are compared as bytes.
    ///
    /// - Parameter name: the name in lower case.
    /// - Returns: the bytes, or `nil` without such a parameter.
    func bytes(_ name: String) -> [UInt8]? {
        pieces[name]?.first?.bytes
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
