// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// A tag of HTML: its name, and the attributes that matter for text.
struct HTMLTag {
    /// The name in lower case.
    let name: String
    /// Whether it ends an element.
    let isClosing: Bool
    /// What stands between the name and the bracket.
    private let attributes: ArraySlice<UInt8>
    /// The place after the tag.
    let end: Int

    /// Ends that were looked for and are not in the rest of a document, so that nobody looks again.
    struct Missing {
        /// Whether no bracket closes.
        var bracket = false
        /// The quotes that nothing closes.
        var quotes: Set<UInt8> = []
        /// Whether some tag had no bracket outside of quotes: then quotes count no more.
        var unquoted = false
        /// How many bytes were looked at, each as often as it was.
        var walked = 0
    }

    /// Reads a tag.
    ///
    /// - Parameters:
    ///   - bytes: the document.
    ///   - start: the place of "<".
    ///   - missing: what is not in the rest of the document.
    init?(_ bytes: ArraySlice<UInt8>, at start: Int, missing: inout Missing) {
        guard !missing.bracket, start + 1 < bytes.endIndex else { return nil }
        let first = bytes[start + 1]
        let isLetter = (0x41...0x5A).contains(first & 0xDF)
        guard isLetter || [0x2F, 0x21, 0x3F].contains(first),
            let end = Self.end(bytes, from: start + 1, missing: &missing)
        else { return nil }
        self.end = end + 1
        isClosing = first == UInt8(ascii: "/")
        let inside = bytes[(start + (isClosing ? 2 : 1))..<end]
        // An address that somebody put into brackets is no tag: a browser would hide it.
        let word = inside.prefix(320).prefix { $0 > 0x20 && $0 != UInt8(ascii: "=") }
        if isLetter, Self.isAddress(word) { return nil }
        let letters = inside.prefix(12).prefix {
            (0x41...0x5A).contains($0 & 0xDF) || (0x30...0x39).contains($0)
        }
        name = String(decoding: letters, as: UTF8.self).lowercased()
        attributes = inside[letters.endIndex...]
    }

    /// Whether a word in brackets is an address of mail or of the web.
    private static func isAddress(_ word: ArraySlice<UInt8>) -> Bool {
        let rest = word.drop {
            (0x41...0x5A).contains($0 & 0xDF) || (0x30...0x39).contains($0)
                || ".-_+".utf8.contains($0)
        }
        return rest.first == UInt8(ascii: "@") || rest.starts(with: "://".utf8)
            || rest.starts(with: ":".utf8) && rest.contains(UInt8(ascii: "@"))
    }

    /// The bracket that ends a tag: one in quotes does not.
    private static func end(
        _ bytes: ArraySlice<UInt8>, from start: Int, missing: inout Missing
    ) -> Int? {
        var place = start
        defer { missing.walked += place - start }
        var afterEquals = false
        // To walk to the end again for each tag would take the square of the size.
        while !missing.unquoted, place < bytes.endIndex {
            let byte = bytes[place]
            if byte == UInt8(ascii: ">") { return place }
            if afterEquals, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                if !missing.quotes.contains(byte) {
                    if let close = ByteSearch.first(byte, in: bytes, from: place + 1) {
                        place = close
                    } else {
                        missing.quotes.insert(byte)
                    }
                }
                afterEquals = false
            } else if byte > 0x20 {
                afterEquals = byte == UInt8(ascii: "=")
            }
            place += 1
        }
        // A quote that swallows the rest of the document was none.
        missing.unquoted = true
        guard let close = ByteSearch.first(UInt8(ascii: ">"), in: bytes, from: start) else {
            missing.bracket = true
            return nil
        }
        return close
    }

    /// Whether there is anything behind the name.
    var hasAttributes: Bool { attributes.contains { $0 > 0x20 && $0 != UInt8(ascii: "/") } }

    /// Whether there is an attribute, with a value or without.
    ///
    /// - Parameter wanted: its name in lower case.
    /// - Returns: whether it is there.
    func has(_ wanted: String) -> Bool { find(wanted) != nil }

    /// The value of an attribute, references replaced.
    ///
    /// - Parameter wanted: its name in lower case.
    /// - Returns: the value, or `nil` without one.
    func attribute(_ wanted: String) -> String? {
        find(wanted).flatMap { $0 }.map(HTMLReferences.attribute)
    }

    /// An attribute as it stands there.
    ///
    /// - Parameter wanted: its name in lower case.
    /// - Returns: its value, or `nil` in it where it has none; `nil` where it is not there.
    private func find(_ wanted: String) -> ArraySlice<UInt8>?? {
        var rest = attributes.prefix(8 << 10)
        while !rest.isEmpty {
            rest = rest.drop { $0 <= 0x20 || $0 == UInt8(ascii: "/") }
            let name = rest.prefix {
                $0 > 0x20 && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "/")
            }
            let isWanted = String(decoding: name, as: UTF8.self).lowercased() == wanted
            rest = rest[name.endIndex...].drop { $0 <= 0x20 }
            guard rest.first == UInt8(ascii: "=") else {
                if isWanted { return .some(nil) }
                // A name without a value; anything else that is not one is passed over.
                if name.isEmpty { rest = rest.dropFirst() }
                continue
            }
            rest = rest.dropFirst().drop { $0 <= 0x20 }
            let value: ArraySlice<UInt8>
            if let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                value = rest.dropFirst().prefix { $0 != quote }
                rest = rest[value.endIndex...].dropFirst()
            } else {
                value = rest.prefix { $0 > 0x20 }
                rest = rest[value.endIndex...]
            }
            if isWanted { return value }
        }
        return nil
    }
}
