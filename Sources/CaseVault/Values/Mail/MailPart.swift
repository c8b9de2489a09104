// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A part of a mail: a text, a file or a container of parts.
struct MailPart {
    /// The media type in lower case; malformed ones are `application/octet-stream`.
    let mediaType: String
    /// The parameters of the media type.
    let typeParameters: MailParameters
    /// Whether it is a file and not text to be shown.
    let disposition: MailParameters
    /// The name of the transfer encoding in lower case.
    let encoding: String
    /// The body as it came; empty for a container.
    let body: ArraySlice<UInt8>
    /// The parts of a container; empty for a leaf.
    private(set) var children: [MailPart] = []

    /// Reads a part and, in a container, all parts in it.
    ///
    /// Each level walks its bytes once, and there are at most `limits.depth` levels.
    ///
    /// - Parameters:
    ///   - headers: the header block of the part.
    ///   - body: what follows the header block.
    ///   - depth: the number of containers around it.
    ///   - count: the number of parts so far; grows.
    ///   - limits: the limits of the message.
    ///   - notes: gets a sentence when a container is malformed.
    /// - Throws: `tooDeep`, `tooManyParts` or `headerTooLarge`.
    init(
        headers: MailHeaders, body: ArraySlice<UInt8>, depth: Int, count: inout Int,
        limits: MailLimits, notes: inout [String]
    ) throws(MailError) {
        count += 1
        guard count <= limits.parts else { throw .tooManyParts(limits.parts) }
        typeParameters = MailParameters(headers.raw("content-type") ?? Array("text/plain".utf8))
        mediaType = Self.checkedType(typeParameters.value)
        disposition = MailParameters(headers.raw("content-disposition") ?? [])
        encoding = MailParameters(headers.raw("content-transfer-encoding") ?? []).value
        guard mediaType.hasPrefix("multipart/") else {
            self.body = body
            return
        }
        guard depth < limits.depth else { throw .tooDeep(limits.depth) }
        guard let boundary = typeParameters.bytes("boundary"), !boundary.isEmpty,
            boundary.count <= 200
        else {
            MailCharset.add("A multipart has no usable boundary and is kept as one text.", &notes)
            self.body = body
            return
        }
        self.body = []
        for var bytes in try Self.split(
            body, boundary: boundary, most: limits.parts - count, limits: limits, notes: &notes)
        {
            let inner = try MailHeaders(parsing: &bytes, limits: limits)
            children.append(
                try MailPart(
                    headers: inner, body: bytes, depth: depth + 1, count: &count, limits: limits,
                    notes: &notes))
        }
    }

    /// Cuts the body of a container at its boundary lines.
    ///
    /// - Parameters:
    ///   - body: the body of the container.
    ///   - boundary: the boundary without its leading hyphens.
    ///   - most: how many parts there may be.
    ///   - limits: the limits, for the error.
    ///   - notes: gets a sentence when the last boundary is missing.
    /// - Returns: the bytes of each part; the text around the parts is dropped, as MIME says.
    /// - Throws: `tooManyParts`.
    private static func split(
        _ body: ArraySlice<UInt8>, boundary: [UInt8], most: Int, limits: MailLimits,
        notes: inout [String]
    ) throws(MailError) -> [ArraySlice<UInt8>] {
        let delimiter = Array("--".utf8) + boundary
        var parts: [ArraySlice<UInt8>] = []
        var start: Int?
        var lines = MailLines(body)
        var lineStart = lines.position
        while let line = lines.next() {
            defer { lineStart = lines.position }
            guard line.starts(with: delimiter) else { continue }
            var rest = line.dropFirst(delimiter.count)
            let isLast = rest.starts(with: "--".utf8)
            if isLast { rest = rest.dropFirst(2) }
            guard rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) else { continue }
            if let start {
                // The line break before a boundary belongs to the boundary.
                var end = max(start, lineStart)
                if end > start, body[end - 1] == 0x0A { end -= 1 }
                if end > start, body[end - 1] == 0x0D { end -= 1 }
                guard parts.count < most else { throw .tooManyParts(limits.parts) }
                parts.append(body[start..<end])
            }
            start = lines.position
            if isLast { return parts }
        }
        MailCharset.add("The end of a multipart is missing; the mail may have been cut.", &notes)
        guard let start else {
            // No boundary at all: keep everything as one part rather than lose it.
            guard most > 0 else { throw .tooManyParts(limits.parts) }
            return body.isEmpty ? [] : [[0x0A] + body]
        }
        guard parts.count < most else { throw .tooManyParts(limits.parts) }
        return parts + [body[start...]]
    }

    /// A media type if it is well-formed.
    ///
    /// - Parameter type: the value of Content-Type in lower case.
    /// - Returns: the type, or the one for unknown bytes.
    private static func checkedType(_ type: String) -> String {
        let halves = type.split(separator: "/", omittingEmptySubsequences: false)
        let isWellFormed =
            halves.count == 2 && type.utf8.count <= 127
            && halves.allSatisfy { half in
                !half.isEmpty
                    && half.utf8.allSatisfy {
                        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0)
                            || "!#$&-^_.+".utf8.contains($0)
                    }
            }
        if isWellFormed { return type }
        // "text" alone is what some old programs write.
        return type.isEmpty || type == "text" ? "text/plain" : "application/octet-stream"
    }
}
