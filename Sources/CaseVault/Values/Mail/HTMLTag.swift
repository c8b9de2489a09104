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
        let letters = inside.prefix(12).prefix {
            (0x41...0x5A).contains($0 & 0xDF) || (0x30...0x39).contains($0)
        }
        name = String(decoding: letters, as: UTF8.self).lowercased()
        attributes = inside[letters.endIndex...]
    }

    /// The bracket that ends a tag: one in quotes does not.
    private static func end(
        _ bytes: ArraySlice<UInt8>, from start: Int, missing: inout Missing
    ) -> Int? {
        var place = start
        var afterEquals = false
        while place < bytes.endIndex {
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
        guard let close = ByteSearch.first(UInt8(ascii: ">"), in: bytes, from: start) else {
            missing.bracket = true
            return nil
        }
        return close
    }

    /// The value of an attribute, references replaced.
    ///
    /// - Parameter wanted: its name in lower case.
    /// - Returns: the value, or `nil` without one.
    func attribute(_ wanted: String) -> String? {
        var rest = attributes.prefix(8 << 10)
        while !rest.isEmpty {
            rest = rest.drop { $0 <= 0x20 || $0 == UInt8(ascii: "/") }
            let name = rest.prefix {
                $0 > 0x20 && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "/")
            }
            rest = rest[name.endIndex...].drop { $0 <= 0x20 }
            guard rest.first == UInt8(ascii: "=") else {
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
            if String(decoding: name, as: UTF8.self).lowercased() == wanted {
                return HTMLReferences.attribute(value)
            }
        }
        return nil
    }
}
