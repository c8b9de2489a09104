// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Decodes header text with encoded words (RFC 2047), such as `=?utf-8?Q?Gr=C3=BC=C3=9Fe?=`.
enum EncodedWords {
    /// Decodes a header value into one line of text.
    ///
    /// - Parameters:
    ///   - value: the unfolded value.
    ///   - hint: the character set of other parts, for bytes that are not UTF-8.
    ///   - notes: gets a sentence when something could not be decoded.
    /// - Returns: the text, control characters replaced by spaces, trimmed.
    static func decode(
        _ value: some Collection<UInt8>, hint: String = "", notes: inout [String]
    ) -> String {
        let bytes = Array(value)
        var text = ""
        var plain: [UInt8] = []
        // A character may be split over two words, so bytes of one character set are joined.
        var pending: (charset: String, bytes: [UInt8])?
        var place = 0
        while place < bytes.count {
            guard let word = Word(bytes, at: place) else {
                plain.append(bytes[place])
                place += 1
                continue
            }
            // Space between two encoded words is not part of the text.
            let joins = pending != nil && plain.allSatisfy { $0 == 0x20 || $0 == 0x09 }
            if !joins || pending?.charset != word.charset {
                if let pending {
                    text += MailCharset.decode(pending.bytes, label: pending.charset, notes: &notes)
                }
                if !joins { text += decodePlain(plain, hint, notes: &notes) }
                pending = (word.charset, [])
            }
            plain = []
            pending?.bytes += word.bytes
            place = word.end
        }
        if let pending {
            text += MailCharset.decode(pending.bytes, label: pending.charset, notes: &notes)
        }
        return oneLine(text + decodePlain(plain, hint, notes: &notes))
    }

    /// Makes a text one line: control characters become spaces, space at the ends goes.
    ///
    /// - Parameter text: any text.
    /// - Returns: the line.
    static func oneLine(_ text: String) -> String {
        var scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
            CharacterClass.isControl(scalar) || scalar.value == 0x2028 || scalar.value == 0x2029
                ? " " : scalar
        }[...]
        while scalars.first == " " { scalars.removeFirst() }
        while scalars.last == " " { scalars.removeLast() }
        var line = String.UnicodeScalarView()
        line.append(contentsOf: scalars)
        return String(line)
    }

    /// The character set of the first encoded word, which the text below is often in as well.
    ///
    /// - Parameter value: a header value.
    /// - Returns: its name, or an empty text without one.
    static func charset(_ value: [UInt8]) -> String {
        var place = 0
        while let found = ByteSearch.first(UInt8(ascii: "="), in: value[...], from: place) {
            if let word = Word(value, at: found) { return word.charset }
            place = found + 1
        }
        return ""
    }

    /// The place after an encoded word that begins somewhere.
    ///
    /// - Parameters:
    ///   - value: a header value.
    ///   - start: where the word would begin.
    /// - Returns: the place, or `nil` if no word begins there.
    static func end(_ value: [UInt8], at start: Int) -> Int? { Word(value, at: start)?.end }

    /// Decodes bytes outside encoded words: UTF-8 as RFC 6532 has it, or what old programs wrote.
    ///
    /// - Parameters:
    ///   - bytes: the bytes.
    ///   - hint: the character set of other parts.
    ///   - notes: the notes so far.
    /// - Returns: the text.
    private static func decodePlain(
        _ bytes: [UInt8], _ hint: String, notes: inout [String]
    ) -> String {
        MailCharset.decode(bytes, label: "", hint: hint, notes: &notes)
    }

    /// One encoded word.
    private struct Word {
        /// The name of the character set in lower case.
        let charset: String
        /// The decoded bytes.
        let bytes: [UInt8]
        /// The place after the word.
        let end: Int

        /// Reads a word that begins at a place, if there is one.
        ///
        /// The search stops where another word begins. So the whole header is walked a bounded
        /// number of times at most.
        ///
        /// - Parameters:
        ///   - all: the header value.
        ///   - start: where the word would begin.
        init?(_ all: [UInt8], at start: Int) {
            let mark = UInt8(ascii: "?")
            guard start + 1 < all.count, all[start] == UInt8(ascii: "="), all[start + 1] == mark,
                let first = all[(start + 2)...].firstIndex(of: mark), first - start < 64,
                first + 2 < all.count, all[first + 2] == mark,
                let last = Self.end(of: all, from: first + 3)
            else { return nil }
            // RFC 2231 allows a language after the character set: "utf-8*en".
            let label = all[(start + 2)..<first].prefix { $0 != UInt8(ascii: "*") }
            let text = all[(first + 3)..<last]
            var ignored: [String] = []
            switch all[first + 1] | 0x20 {
            case UInt8(ascii: "b"):
                bytes = TransferEncoding.base64(text, notes: &ignored)
            case UInt8(ascii: "q"):
                bytes = Self.decodeQ(text)
            default:
                return nil
            }
            charset = String(decoding: label, as: UTF8.self).lowercased()
            end = last + 2
        }

        /// The question mark that ends a word.
        ///
        /// Some programs leave question marks in the text as they are. Where another word begins,
        /// this one has no end, so nothing is walked twice.
        private static func end(of all: [UInt8], from start: Int) -> Int? {
            var place = start
            while let mark = ByteSearch.first(UInt8(ascii: "?"), in: all[...], from: place),
                mark + 1 < all.count
            {
                if all[mark + 1] == UInt8(ascii: "=") { return mark }
                if mark > start, all[mark - 1] == UInt8(ascii: "=") { return nil }
                place = mark + 1
            }
            return nil
        }

        /// Decodes the Q encoding: quoted-printable with "_" for a space.
        ///
        /// - Parameter text: the encoded bytes.
        /// - Returns: the decoded bytes.
        private static func decodeQ(_ text: ArraySlice<UInt8>) -> [UInt8] {
            var out: [UInt8] = []
            var place = text.startIndex
            while place < text.endIndex {
                let byte = text[place]
                if byte == UInt8(ascii: "="), place + 2 < text.endIndex,
                    let high = TransferEncoding.hex(text[place + 1]),
                    let low = TransferEncoding.hex(text[place + 2])
                {
                    out.append(high << 4 | low)
                    place += 3
                } else {
                    out.append(byte == UInt8(ascii: "_") ? 0x20 : byte)
                    place += 1
                }
            }
            return out
        }
    }
}
