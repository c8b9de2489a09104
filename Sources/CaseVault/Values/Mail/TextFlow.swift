// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Text that is written piece by piece: spaces join, blocks begin new lines, quotes are marked.
struct TextFlow {
    /// What was written.
    private(set) var out: [UInt8] = []
    /// How many quotes the next line stands in.
    var quotes = 0 { didSet { quotes = max(0, min(quotes, 20)) } }
    /// Whether spaces and line breaks stay as they are.
    var isPreformatted = false
    /// Line breaks that come before the next letter.
    private var breaks = 0
    /// Whether a space comes before the next letter.
    private(set) var hasSpace = false
    /// Whether nothing stands behind the sign of an item yet: its paragraph goes on there.
    private var isBehindSign = false
    /// The quotes of the line before.
    private var lastQuotes = 0

    /// Begins a new line, or with 2 a new paragraph; not behind the sign of an item.
    mutating func breakLine(_ count: Int) {
        if isBehindSign { return }
        breaks = max(breaks, count)
        hasSpace = false
    }

    /// Ends the line as `<br>` does: on a line that is empty it makes an empty one.
    mutating func endLine() {
        breaks = min(breaks + 1, isPreformatted ? 100 : 2)
        hasSpace = false
    }

    /// Writes text of the document.
    mutating func write(_ text: ArraySlice<UInt8>) {
        if isPreformatted { return writeLines(text) }
        var place = text.startIndex
        while place < text.endIndex {
            if Self.isSpace(text[place]) {
                hasSpace = true
                place += 1
                continue
            }
            let end = text[place...].firstIndex(where: Self.isSpace) ?? text.endIndex
            append(text[place..<end])
            place = end
        }
    }

    /// Writes text whose spaces and line breaks count.
    private mutating func writeLines(_ text: ArraySlice<UInt8>) {
        for (number, line) in text.split(separator: 0x0A, omittingEmptySubsequences: false)
            .enumerated()
        {
            if number > 0 { endLine() }
            let content = line.last == 0x0D ? line.dropLast() : line
            if !content.isEmpty { append(content) }
        }
    }

    /// Writes text behind the breaks and the space that wait.
    mutating func append(_ text: some Collection<UInt8>) {
        if text.isEmpty { return }
        if breaks > 0 || out.isEmpty {
            if !out.isEmpty {
                out.append(0x0A)
                for _ in 1..<max(1, breaks) {
                    out += [UInt8](repeating: UInt8(ascii: ">"), count: min(quotes, lastQuotes))
                    out.append(0x0A)
                }
            }
            for _ in 0..<quotes { out += [UInt8(ascii: ">"), 0x20] }
        } else if hasSpace {
            out.append(0x20)
        }
        breaks = 0
        hasSpace = false
        isBehindSign = false
        lastQuotes = quotes
        out += text
    }

    /// Ends an item, also one with nothing in it.
    mutating func endItem() { isBehindSign = false }

    /// Writes the sign of an item.
    mutating func appendSign(_ sign: [UInt8]) {
        append(sign)
        isBehindSign = true
    }

    /// Writes a space before the next letter, if there is one.
    mutating func space() { if breaks == 0 { hasSpace = true } }

    /// Whether something was written that the waiting breaks and spaces are not part of.
    func hasWritten(since place: Int) -> Bool { out.count > place }

    /// Takes back what was written since a place.
    mutating func takeBack(to place: Int) {
        out.removeLast(out.count - place)
        // The space in front waits again.
        if breaks == 0, out.last == 0x20, !isPreformatted {
            out.removeLast()
            hasSpace = true
        }
    }

    /// White space of HTML. A space that does not break is a letter.
    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}
