// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Cuts the body of a container at its boundary lines.
struct MailBoundary {
    /// The parts, and what stands around them.
    struct Cut {
        /// The bytes of each part.
        var parts: [ArraySlice<UInt8>] = []
        /// What stands above the first part.
        var above: ArraySlice<UInt8> = []
        /// What stands below the last part.
        var below: ArraySlice<UInt8> = []
        /// Whether the last boundary is there.
        var isClosed = false
        /// Whether there are more parts than were cut.
        var hasMore = false
    }

    /// A boundary line without what may stand behind it.
    private let line: [UInt8]

    /// A boundary.
    ///
    /// - Parameter boundary: the boundary without its leading hyphens.
    init?(_ boundary: [UInt8]?) {
        guard let boundary, (1...200).contains(boundary.count) else { return nil }
        line = Array("--".utf8) + boundary
    }

    /// Finds out the boundary of a body that does not say it, or says another one.
    ///
    /// The first line that looks like one is taken.
    ///
    /// - Parameter body: the body of a container.
    init?(guessing body: ArraySlice<UInt8>) {
        var place = body.startIndex
        let hyphens = Array("--".utf8)
        while let found = ByteSearch.firstLine(beginningWith: hyphens, in: body, from: place) {
            var lines = MailLines(body[found...])
            var line = lines.next() ?? []
            while let last = line.last, last <= 0x20 { line.removeLast() }
            place = lines.position
            // Below a boundary stands a field of the part, or the empty line behind none.
            guard (3...202).contains(line.count), let next = lines.next(),
                MailLines.isBlank(next)
                    || MailHeaders.name(of: next)?.hasPrefix("content-") == true
            else { continue }
            self.line = Array(line)
            return
        }
        return nil
    }

    /// Cuts a body.
    ///
    /// - Parameters:
    ///   - body: the body of a container.
    ///   - most: how many parts are cut.
    /// - Returns: the parts; none if no boundary line is in the body.
    func cut(_ body: ArraySlice<UInt8>, most: Int) -> Cut {
        var cut = Cut()
        var start: Int?
        var place = body.startIndex
        while let found = ByteSearch.firstLine(beginningWith: line, in: body, from: place) {
            var lines = MailLines(body[found...])
            var rest = (lines.next() ?? []).dropFirst(line.count)
            place = lines.position
            let isLast = rest.starts(with: "--".utf8)
            if isLast { rest = rest.dropFirst(2) }
            guard MailLines.isBlank(rest) else { continue }
            // The line break before a boundary belongs to the boundary.
            var end = max(start ?? body.startIndex, found)
            if end > start ?? body.startIndex, body[end - 1] == 0x0A { end -= 1 }
            if end > start ?? body.startIndex, body[end - 1] == 0x0D { end -= 1 }
            if let start {
                guard cut.parts.count < most else {
                    cut.hasMore = true
                    return cut
                }
                cut.parts.append(body[start..<end])
            } else {
                cut.above = body[..<end]
            }
            start = place
            if isLast {
                cut.isClosed = true
                cut.below = body[place...]
                return cut
            }
        }
        guard let start else { return cut }
        if cut.parts.count < most {
            cut.parts.append(body[start...])
        } else {
            cut.hasMore = true
        }
        return cut
    }
}
