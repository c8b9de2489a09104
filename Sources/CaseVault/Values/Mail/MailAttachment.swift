// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A part of a mail that is not its text.
package struct MailAttachment: Hashable, Sendable {
    /// A file name that is safe to use in any folder.
    package let name: String
    /// The media type in lower case, such as `image/png`.
    package let mediaType: String
    /// The body as it came: a piece of the message.
    private let body: ArraySlice<UInt8>
    /// How the body is encoded.
    private let encoding: TransferEncoding

    /// A part as a file.
    ///
    /// - Parameters:
    ///   - name: a safe name.
    ///   - mediaType: the media type.
    ///   - body: the body as it came.
    ///   - encoding: how it is encoded.
    init(name: String, mediaType: String, body: ArraySlice<UInt8>, encoding: TransferEncoding) {
        self.name = name
        self.mediaType = mediaType
        self.body = body
        self.encoding = encoding
    }

    /// The decoded bytes.
    package var bytes: [UInt8] { Array(piece) }

    /// The decoded bytes; what is not encoded is a piece of the message.
    ///
    /// They are decoded each time, so that a large mail is in memory once and not twice.
    var piece: ArraySlice<UInt8> {
        if encoding == .plain || encoding == .unknown { return body }
        var ignored: [String] = []
        return encoding.decode(body, notes: &ignored)[...]
    }

    /// The most bytes of a name in UTF-8.
    static let longestName = 120
    /// The most bytes of an ending that is kept when a name is cut.
    private static let longestEnding = 12

    /// Makes a file name safe: no folders, no invisible characters, no leading dots.
    ///
    /// - Parameters:
    ///   - name: the name the sender gave, if any.
    ///   - number: the number of the attachment, for a name when nothing is left.
    ///   - mediaType: the media type, for the ending of such a name.
    /// - Returns: a name of 1 to 120 bytes.
    static func safeName(_ name: String?, number: Int, mediaType: String = "") -> String {
        var safe: [Unicode.Scalar] = []
        let path = TextFolding.nfc(name ?? "").unicodeScalars
        // A path of the sender's computer: only its last part is the name.
        let last = path.split { $0 == "/" || $0 == "\\" }.last ?? path[...]
        for scalar in last {
            // Separators and what Windows forbids in names.
            let isForbidden = "/\\:*?\"<>|".unicodeScalars.contains(scalar)
            guard CharacterClass.isShowable(scalar), !isForbidden else { continue }
            if safe.isEmpty, scalar == "." || scalar.properties.isWhitespace { continue }
            safe.append(scalar)
        }
        while let last = safe.last, last == "." || last.properties.isWhitespace {
            safe.removeLast()
        }
        if safe.isEmpty { return "attachment-\(number)" + ending(of: mediaType) }
        return cut(safe)
    }

    /// Cuts a name that is too long, and keeps its ending: it says what the file is.
    private static func cut(_ name: [Unicode.Scalar]) -> String {
        func size(_ scalars: ArraySlice<Unicode.Scalar>) -> Int {
            scalars.reduce(0) { $0 + UTF8.width($1) }
        }
        var ending: ArraySlice<Unicode.Scalar> = []
        if size(name[...]) > longestName, let dot = name.lastIndex(of: "."),
            size(name[dot...]) <= longestEnding
        {
            ending = name[dot...]
        }
        var kept = name.dropLast(ending.count)
        while size(kept) + size(ending) > longestName {
            // A name of the header limit is cut in steps that get smaller.
            kept.removeLast(max(1, (size(kept) + size(ending) - longestName) / 4))
        }
        while let last = kept.last, last == "." || last.properties.isWhitespace {
            kept.removeLast()
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: kept)
        text.append(contentsOf: ending)
        return String(text)
    }

    /// The ending of a file of a type: what stands behind the slash, if it can be one.
    private static func ending(of mediaType: String) -> String {
        let known = [
            "text/plain": "txt", "image/jpeg": "jpg", "message/rfc822": "eml",
            "application/pkcs7-mime": "p7m", "application/x-pkcs7-mime": "p7m",
            "application/pkcs7-signature": "p7s", "application/x-pkcs7-signature": "p7s",
            "application/pgp-signature": "asc", "application/pgp-encrypted": "asc",
            "application/msword": "doc", "application/ms-tnef": "dat", "image/svg+xml": "svg",
            "text/calendar": "ics", "text/markdown": "md", "audio/mpeg": "mp3",
            "video/quicktime": "mov", "application/octet-stream": "",
        ]
        let ending = known[mediaType] ?? String(mediaType.split(separator: "/").last ?? "")
        let isEnding =
            (2...4).contains(ending.utf8.count)
            && ending.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0)
            }
        return isEnding ? "." + ending : ""
    }
}

// MARK: - Redaction

extension MailAttachment: CustomStringConvertible, CustomReflectable {
    /// A fixed text: what is in a report is secret.
    package var description: String { "MailAttachment(redacted)" }
    /// A mirror without children, so that a dump shows nothing either.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
