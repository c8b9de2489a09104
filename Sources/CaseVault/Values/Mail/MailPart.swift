// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A part of a mail: a text, a file, a container of parts or another mail.
struct MailPart {
    /// Which of the parts of the message it is.
    let number: Int
    /// The media type in lower case; what is no type at all is `application/octet-stream`.
    let mediaType: String
    /// The parameters of the media type.
    let typeParameters: MailParameters
    /// Whether it is a file and not text to be shown.
    let disposition: MailParameters
    /// How the body is encoded.
    let encoding: TransferEncoding
    /// The body as it came.
    let body: ArraySlice<UInt8>
    /// The parts of a container; empty for a leaf.
    private(set) var children: [MailPart] = []
    /// The header block of a mail in the mail, whose only child it is.
    private(set) var message: MailHeaders?
    /// Whether it is a container that stands too deep to be read.
    private(set) var isTooDeep = false

    /// How many parts were read, and what was seen.
    struct Progress {
        /// The number of parts so far.
        var count = 0
        /// What could not be read exactly.
        var notes: [String] = []
        /// Whether something was passed over, which only the message itself has.
        var isIncomplete = false
        /// How many bytes of containers were decoded.
        var decoded = 0
        /// How many bytes were looked at, each as often as it was.
        var walked = 0
    }

    /// Reads a part and, in a container, all parts in it.
    ///
    /// Each level walks its bytes once, and there are at most `limits.depth` levels. What stands
    /// deeper is kept as one file.
    ///
    /// - Parameters:
    ///   - headers: the header block of the part.
    ///   - body: what follows the header block.
    ///   - depth: the number of containers around it.
    ///   - standard: the type of a part that does not say one.
    ///   - limits: the limits of the message.
    ///   - progress: what was read so far; grows.
    /// - Throws: `headerTooLarge`.
    init(
        headers: MailHeaders, body: ArraySlice<UInt8>, depth: Int,
        standard: String = "text/plain", limits: MailLimits, progress: inout Progress
    ) throws(MailError) {
        progress.count += 1
        number = progress.count
        if headers.hasStrayLines {
            MailCharset.add("A line among the header fields cannot be read.", &progress.notes)
        }
        typeParameters = MailParameters(headers.raw("content-type") ?? [])
        disposition = MailParameters(headers.raw("content-disposition") ?? [])
        let value = MailParameters(headers.raw("content-transfer-encoding") ?? []).value
        var encoding = TransferEncoding(value)
        var body = body
        var type = Self.checkedType(typeParameters.value, standard: standard)
        let isContainer = type.hasPrefix("multipart/") || type == "message/rfc822"
        // Containers should not be encoded. Some programs say that they are and mean their parts,
        // and some do it.
        if isContainer, encoding == .base64 || encoding == .quotedPrintable {
            progress.walked += 2 * body.count
            if !Self.isReadable(body, encoding, type, typeParameters, limits) {
                // What is decoded is in memory once more, and can be encoded again inside.
                progress.decoded += body.count
                guard progress.decoded <= limits.messageBytes else {
                    MailCharset.add(
                        "A part of the mail is encoded again and again and is kept as one file.",
                        &progress.notes)
                    (self.encoding, self.body, isTooDeep) = (encoding, body, true)
                    mediaType = "application/octet-stream"
                    return
                }
                body = encoding.decode(body, notes: &progress.notes)[...]
            }
            encoding = .plain
        }
        self.encoding = encoding
        self.body = body
        if isContainer, depth >= limits.depth {
            MailCharset.add(
                "The mail has mails or parts in each other deeper than \(limits.depth) levels. The "
                    + "innermost are kept as one file: open it with a mail program.",
                &progress.notes)
            mediaType = type == "message/rfc822" ? type : "application/octet-stream"
            isTooDeep = true
            return
        }
        if type == "message/rfc822" {
            mediaType = type
            var inner = MailEnvelope(body).message
            var found = try MailHeaders(parsing: &inner, limits: limits)
            if !found.isOfMessage {
                // The empty line above the mail is missing: its header ended up in the part's.
                if headers.isOfMessage, depth > 0 {
                    (found, inner) = (headers.withoutContent, body)
                } else if body.allSatisfy({ $0 <= 0x20 }) {
                    return
                } else {
                    MailCharset.add(
                        "A mail in the mail has no header; its text is shown.", &progress.notes)
                }
            }
            message = found
            children = [
                try MailPart(
                    headers: found, body: inner, depth: depth + 1, limits: limits,
                    progress: &progress)
            ]
            return
        }
        guard type.hasPrefix("multipart/") else {
            mediaType = type
            return
        }
        progress.walked += body.count
        guard let cut = Self.cut(body, typeParameters, limits: limits, progress: &progress) else {
            // No boundary at all: keep everything as one text rather than lose it.
            MailCharset.add("A multipart has no boundary and is kept as one text.", &progress.notes)
            type = "text/plain"
            mediaType = type
            return
        }
        mediaType = type
        let childType = type == "multipart/digest" ? "message/rfc822" : "text/plain"
        for var bytes in cut.parts {
            guard progress.count < limits.parts else {
                Self.noteMore(limits, &progress)
                break
            }
            let inner = try MailHeaders(parsing: &bytes, limits: limits)
            children.append(
                try MailPart(
                    headers: inner, body: bytes, depth: depth + 1, standard: childType,
                    limits: limits, progress: &progress))
        }
    }

    /// Whether a container that says it is encoded can be read without decoding it.
    private static func isReadable(
        _ body: ArraySlice<UInt8>, _ encoding: TransferEncoding, _ type: String,
        _ parameters: MailParameters, _ limits: MailLimits
    ) -> Bool {
        func fields(_ bytes: ArraySlice<UInt8>) -> MailHeaders? {
            var rest = bytes
            return try? MailHeaders(parsing: &rest, limits: limits)
        }
        var heads: [MailHeaders] = []
        if type == "message/rfc822" {
            let head = fields(MailEnvelope(body).message)
            guard let head, head.isOfMessage else { return false }
            heads = [head]
        } else {
            let boundary =
                MailBoundary(parameters.bytes("boundary")) ?? MailBoundary(guessing: body)
            heads = (boundary?.cut(body, most: limits.parts).parts ?? []).compactMap(fields)
            if heads.isEmpty { return false }
        }
        if encoding == .base64 { return true }
        // Encoded, the sign "=" of a parameter would be "=3D".
        let values = heads.flatMap { head in
            ["content-type", "content-disposition"].compactMap(head.raw)
        }
        let signs = values.flatMap { value in
            value.indices.filter { value[$0] == UInt8(ascii: "=") }.prefix(20).map {
                value[($0 + 1)...].starts(with: "3D".utf8)
            }
        }
        if !signs.isEmpty { return signs.contains(false) }
        // A part that says how it is encoded is not encoded twice.
        return heads.contains { $0.raw("content-transfer-encoding") != nil }
    }

    /// Cuts the body of a container, by the boundary that it says or else by the one that it has.
    private static func cut(
        _ body: ArraySlice<UInt8>, _ parameters: MailParameters, limits: MailLimits,
        progress: inout Progress
    ) -> MailBoundary.Cut? {
        let most = limits.parts - progress.count
        var cut = MailBoundary(parameters.bytes("boundary"))?.cut(body, most: most)
        if cut?.parts.isEmpty ?? true, cut?.hasMore != true {
            cut = MailBoundary(guessing: body)?.cut(body, most: most) ?? cut
        }
        guard let cut, !cut.parts.isEmpty || cut.hasMore || cut.isClosed || body.isEmpty else {
            return nil
        }
        if cut.hasMore {
            noteMore(limits, &progress)
        } else if !cut.isClosed {
            MailCharset.add(
                "The end of a multipart is missing; the mail may have been cut.", &progress.notes)
        }
        for around in [cut.above, cut.below] where holdsText(around) {
            progress.isIncomplete = true
            MailCharset.add(
                "Text above or below the parts of the mail is only in the message itself.",
                &progress.notes)
        }
        return cut
    }

    /// Notes that there are more parts than are read.
    private static func noteMore(_ limits: MailLimits, _ progress: inout Progress) {
        progress.isIncomplete = true
        MailCharset.add(
            "The mail has more than \(limits.parts) parts. The others are only in the message "
                + "itself: open it with a mail program.", &progress.notes)
    }

    /// Whether what stands around the parts is more than the sentence that programs put there.
    private static func holdsText(_ bytes: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: bytes.prefix(4096), as: UTF8.self).lowercased()
        return text.utf8.filter { $0 > 0x20 }.count > 40 && !text.contains("mime")
            && !text.contains("multi-part") && !text.contains("multipart")
    }

    /// What a media type begins with.
    private static let kinds: Set<String> = [
        "text", "image", "audio", "video", "application", "message", "multipart", "model", "font",
    ]

    /// A media type, also where it is not written as one.
    ///
    /// - Parameters:
    ///   - type: the value of Content-Type in lower case.
    ///   - standard: the type where none is said.
    /// - Returns: the type, or the one for unknown bytes.
    private static func checkedType(_ type: String, standard: String) -> String {
        let word = type.filter { $0 != "\"" && $0 != "'" }.prefix { $0 != " " && $0 != "," }
        let halves = word.split(separator: "/", omittingEmptySubsequences: false)
        let isWellFormed =
            halves.count == 2 && type.utf8.count <= 127
            && halves.allSatisfy { half in
                !half.isEmpty
                    && half.utf8.allSatisfy {
                        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0)
                            || "!#$&-^_.+".utf8.contains($0)
                    }
            }
        if word == "message/global" || word == "message/news" { return "message/rfc822" }
        let known = halves.map(String.init)
        let isKnown = isWellFormed && kinds.contains(known[0])
        let means = known.last?.replacing("x-", with: "", maxReplacements: 1) ?? ""
        if isKnown, means == "html" || means == "htm" || means.hasPrefix("xhtml") {
            return "text/html"
        }
        if isKnown, !["plain", "text", "txt"].contains(means) || known[0] == "text" {
            return String(word)
        }
        // One half is enough to know what is meant.
        if known.contains("html") || known.contains("htm") { return "text/html" }
        if known.contains("plain") || known.contains("text") || known.contains("txt") {
            return "text/plain"
        }
        if known.first == "multipart" { return "multipart/mixed" }
        if isWellFormed { return String(word) }
        return word.isEmpty ? standard : "application/octet-stream"
    }
}
