// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A part of a mail that is not its text.
package struct MailAttachment: Hashable, Sendable {
    /// A file name that is safe to use in any folder.
    package let name: String
    /// The media type in lower case, such as `image/png`.
    package let mediaType: String
    /// The decoded bytes.
    package let bytes: [UInt8]

    /// The most bytes of a name in UTF-8.
    static let longestName = 120

    /// Makes a file name safe: no separators, no invisible characters, no leading dots.
    ///
    /// - Parameters:
    ///   - name: the name the sender gave, if any.
    ///   - number: the number of the attachment, for a name when nothing is left.
    /// - Returns: a name of 1 to 120 bytes.
    static func safeName(_ name: String?, number: Int) -> String {
        var safe = String.UnicodeScalarView()
        var size = 0
        for scalar in TextFolding.nfc(name ?? "").unicodeScalars {
            // Separators and what Windows forbids in names.
            let isForbidden = "/\\:*?\"<>|".unicodeScalars.contains(scalar)
            guard CharacterClass.isShowable(scalar), !isForbidden else { continue }
            if safe.isEmpty, scalar == "." || scalar.properties.isWhitespace { continue }
            size += String(scalar).utf8.count
            if size > longestName { break }
            safe.append(scalar)
        }
        while let last = safe.last, last == "." || last.properties.isWhitespace {
            safe.removeLast()
        }
        return safe.isEmpty ? "attachment-\(number)" : String(safe)
    }
}

// MARK: - Redaction

extension MailAttachment: CustomStringConvertible, CustomReflectable {
    /// A fixed text: what is in a report is secret.
    package var description: String { "MailAttachment(redacted)" }
    /// A mirror without children, so that a dump shows nothing either.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
