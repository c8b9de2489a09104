// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The character set that an HTML document says in its head.
enum HTMLCharset {
    /// How much of a document is searched.
    private static let reach = 4096

    /// The label in a `<meta>` of the first bytes.
    ///
    /// - Parameter bytes: the document.
    /// - Returns: the label; empty without one.
    static func label(in bytes: ArraySlice<UInt8>) -> String {
        let head = String(
            decoding: bytes.prefix(reach).map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self
        )
        .lowercased()
        for meta in head.components(after: "<meta") {
            let tag = meta.prefix { $0 != ">" }
            guard let value = String(tag).components(after: "charset").first else { continue }
            let rest = value.drop { $0 == " " }
            guard rest.first == "=" else { continue }
            let label = rest.dropFirst().drop { " \"'".contains($0) }
            let name = String(label.prefix { $0.isLetter || $0.isNumber || "-_.:".contains($0) })
            // What could be read as letters of one byte is not in UTF-16, whatever it says.
            return name.hasPrefix("utf-16") || name.hasPrefix("utf16") ? "utf-8" : name
        }
        // A page that is XML says it in its first line.
        guard head.drop(while: \.isWhitespace).hasPrefix("<?xml"),
            let value = String(head.prefix { $0 != ">" }).components(after: "encoding").first
        else { return "" }
        let label = value.drop { " =\"'".contains($0) }
        return String(label.prefix { $0.isLetter || $0.isNumber || "-_.:".contains($0) })
    }
}

extension String {
    /// What stands behind each place where some words stand.
    fileprivate func components(after words: String) -> [Substring] {
        var found: [Substring] = []
        var rest = self[...]
        while let range = rest.firstRange(of: words), found.count < 50 {
            rest = rest[range.upperBound...]
            found.append(rest)
        }
        return found
    }
}
