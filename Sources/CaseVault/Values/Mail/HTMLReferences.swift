// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Character references of HTML, such as `&amp;`, `&#228;` or `&copy` without a semicolon.
enum HTMLReferences {
    /// The longest name.
    private static let longest = 32

    /// What names stand for, and whether they count without a semicolon.
    private static let named: [Substring: (text: String, isLoose: Bool)] = {
        var named: [Substring: (text: String, isLoose: Bool)] = [:]
        for item in HTMLReferenceNames.list.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            let halves = item.split(separator: "=", maxSplits: 1)
            guard halves.count == 2 else { continue }
            var text = String.UnicodeScalarView()
            for hex in halves[1].split(separator: "+") {
                if let scalar = UInt32(hex, radix: 16).flatMap(Unicode.Scalar.init) {
                    text.append(scalar)
                }
            }
            let isLoose = halves[0].hasPrefix("!")
            named[isLoose ? halves[0].dropFirst() : halves[0]] = (String(text), isLoose)
        }
        return named
    }()

    /// Reads a reference.
    ///
    /// - Parameters:
    ///   - bytes: the document.
    ///   - start: the place of the "&".
    ///   - inAttribute: whether it stands in an address, where `&copy=1` is no sign.
    /// - Returns: the text and the place after the reference, or `nil` for an "&" that is none.
    static func read(
        _ bytes: ArraySlice<UInt8>, at start: Int, inAttribute: Bool = false
    ) -> (text: String, end: Int)? {
        guard start + 1 < bytes.endIndex else { return nil }
        if bytes[start + 1] == UInt8(ascii: "#") { return number(bytes, at: start + 2) }
        let letters = bytes[(start + 1)...].prefix(longest).prefix { isLetter($0) }
        guard !letters.isEmpty else { return nil }
        let name = String(decoding: letters, as: UTF8.self)
        let semicolon = UInt8(ascii: ";")
        if letters.endIndex < bytes.endIndex, bytes[letters.endIndex] == semicolon,
            let found = named[name[...]]
        {
            return (shown(found.text), letters.endIndex + 1)
        }
        // Without a semicolon the longest name counts that has been in use like this.
        for size in stride(from: min(letters.count, 6), through: 2, by: -1) {
            guard let found = named[name.prefix(size)], found.isLoose else { continue }
            let end = start + 1 + size
            if inAttribute, end < bytes.endIndex,
                isLetter(bytes[end]) || bytes[end] == UInt8(ascii: "=")
            {
                return nil
            }
            return (shown(found.text), end)
        }
        return nil
    }

    /// Replaces the references in an attribute.
    ///
    /// - Parameter value: the value as it stands in the tag.
    /// - Returns: the value as it is meant.
    static func attribute(_ value: ArraySlice<UInt8>) -> String {
        var out: [UInt8] = []
        var place = value.startIndex
        while place < value.endIndex {
            if value[place] == UInt8(ascii: "&"),
                let found = read(value, at: place, inAttribute: true)
            {
                out += Array(found.text.utf8)
                place = found.end
            } else {
                out.append(value[place])
                place += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// A space that does not break is a space in text.
    private static func shown(_ text: String) -> String { text == "\u{A0}" ? " " : text }

    /// Reads a reference by number.
    private static func number(
        _ bytes: ArraySlice<UInt8>, at start: Int
    ) -> (text: String, end: Int)? {
        var place = start
        let isHex = place < bytes.endIndex && bytes[place] | 0x20 == UInt8(ascii: "x")
        if isHex { place += 1 }
        var value: UInt32 = 0
        let first = place
        // More digits than any character has are read to their end, and stand for none.
        while place < bytes.endIndex, place - first < 1000,
            let digit = TransferEncoding.hex(bytes[place]), isHex || digit < 10
        {
            value = min(value * (isHex ? 16 : 10) + UInt32(digit), 0x20_0000)
            place += 1
        }
        guard place > first else { return nil }
        if place < bytes.endIndex, bytes[place] == UInt8(ascii: ";") { place += 1 }
        if (0x80...0x9F).contains(value) { return (MailCharset.windows(UInt8(value)), place) }
        if value == 0xA0 { return (" ", place) }
        // NUL and surrogates have no character.
        let scalar = value == 0 ? "\u{FFFD}" : Unicode.Scalar(value) ?? "\u{FFFD}"
        return (String(scalar), place)
    }

    /// Whether a byte can stand in a name.
    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte & 0xDF) || (0x30...0x39).contains(byte)
    }
}
