// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Reduces HTML to the text a person would read. Nothing is loaded and nothing is run.
enum HTMLText {
    /// The text of an HTML document.
    ///
    /// Each search for an end that is not there is made once, so the work is linear.
    ///
    /// - Parameter html: the document.
    /// - Returns: lines of text without tags, scripts and styles.
    static func plain(_ html: String) -> String {
        let bytes = Array(html.utf8)
        var out: [UInt8] = []
        var place = 0
        var hasTagEnd = true
        var hasCommentEnd = true
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "<"), hasTagEnd, place + 1 < bytes.count,
                beginsTag(bytes[place + 1])
            {
                if hasCommentEnd, bytes[place...].starts(with: "<!--".utf8) {
                    if let end = find("-->", in: bytes, from: place + 4) {
                        place = end
                        continue
                    }
                    hasCommentEnd = false
                }
                guard let end = bytes[place...].firstIndex(of: UInt8(ascii: ">")) else {
                    hasTagEnd = false
                    continue
                }
                let name = tagName(bytes[(place + 1)..<end])
                place = end + 1
                if ["script", "style", "template", "title"].contains(name) {
                    // Without an end, a browser too would take the rest as part of it.
                    let closing = find("</" + name, in: bytes, from: place) ?? bytes.count
                    let closed = bytes[closing...].firstIndex(of: UInt8(ascii: ">"))
                    place = closed.map { $0 + 1 } ?? bytes.count
                } else if name == "li" {
                    out += "\n- ".utf8
                } else if breaking.contains(name) {
                    out.append(0x0A)
                } else if name == "td" || name == "th" {
                    out.append(0x20)
                }
            } else if byte == UInt8(ascii: "&"), let entity = entity(bytes, at: place) {
                out += Array(String(entity.scalar).utf8)
                place = entity.end
            } else {
                // A line break in the source is only a space.
                out.append(byte == 0x0A || byte == 0x0D || byte == 0x09 ? 0x20 : byte)
                place += 1
            }
        }
        return tidied(out)
    }

    /// Whether a tag may begin with this byte after "<".
    ///
    /// - Parameter byte: the byte after "<".
    /// - Returns: whether it is a letter, "/", "!" or "?".
    private static func beginsTag(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte & 0xDF) || [0x2F, 0x21, 0x3F].contains(byte)
    }

    /// The name of a tag in lower case, a closing tag without its slash.
    ///
    /// - Parameter tag: what stands between the angle brackets.
    /// - Returns: the name; closing tags of hidden elements get a slash, so they hide nothing.
    private static func tagName(_ tag: ArraySlice<UInt8>) -> String {
        let isClosing = tag.first == UInt8(ascii: "/")
        let letters = (isClosing ? tag.dropFirst() : tag).prefix(12).prefix {
            (0x41...0x5A).contains($0 & 0xDF) || (0x30...0x39).contains($0)
        }
        let name = String(decoding: letters, as: UTF8.self).lowercased()
        return isClosing && !breaking.contains(name) ? "/" + name : name
    }

    /// Tags that begin or end a line.
    private static let breaking: Set<String> = [
        "br", "p", "div", "tr", "table", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5",
        "h6", "hr", "pre", "section", "article", "header", "footer", "body", "dt", "dd",
    ]

    /// Finds ASCII letters in any case.
    ///
    /// - Parameters:
    ///   - text: what is looked for, in lower case.
    ///   - bytes: where it is looked for.
    ///   - start: the first place looked at.
    /// - Returns: the place after the match, or `nil` without one.
    private static func find(_ text: String, in bytes: [UInt8], from start: Int) -> Int? {
        let wanted = Array(text.utf8)
        guard start + wanted.count <= bytes.count else { return nil }
        for place in start...(bytes.count - wanted.count)
        where wanted.indices.allSatisfy({
            let byte = bytes[place + $0]
            return ((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) == wanted[$0]
        }) {
            return place + wanted.count
        }
        return nil
    }

    /// Reads a character reference such as `&amp;` or `&#228;`.
    ///
    /// - Parameters:
    ///   - bytes: the document.
    ///   - start: the place of the "&".
    /// - Returns: the character and the place after the reference, or `nil` for another text.
    private static func entity(
        _ bytes: [UInt8], at start: Int
    ) -> (scalar: Unicode.Scalar, end: Int)? {
        let rest = bytes[(start + 1)...].prefix(12)
        guard let end = rest.firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let name = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
        if name.hasPrefix("#") {
            let digits = name.dropFirst()
            let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
            guard let number = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            else { return nil }
            // NUL and surrogates have no character.
            return (number == 0 ? "\u{FFFD}" : Unicode.Scalar(number) ?? "\u{FFFD}", end + 1)
        }
        return named[name].map { ($0, end + 1) }
    }

    /// The named references that mail programs write.
    private static let named: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "auml": "ä",
        "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß",
        "eacute": "é", "egrave": "è", "ecirc": "ê", "agrave": "à", "aacute": "á", "acirc": "â",
        "ccedil": "ç", "ntilde": "ñ", "oacute": "ó", "uacute": "ú", "iacute": "í", "hellip": "…",
        "ndash": "–", "mdash": "—", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”",
        "bull": "•", "copy": "©", "reg": "®", "euro": "€", "laquo": "«", "raquo": "»",
        "middot": "·", "times": "×", "deg": "°",
    ]

    /// Joins runs of spaces, strips lines and leaves at most one empty line in a row.
    ///
    /// - Parameter bytes: the text with line feeds where blocks ended.
    /// - Returns: the tidy text.
    private static func tidied(_ bytes: [UInt8]) -> String {
        var lines: [String] = []
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let words = line.split(separator: 0x20)
            let text = String(decoding: Array(words.joined(separator: [0x20])), as: UTF8.self)
            if text.isEmpty, lines.last?.isEmpty ?? true { continue }
            lines.append(text)
        }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }
}
