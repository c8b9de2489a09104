// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Looks for cards in a text: a card is sent by mail, and mail programs wrap lines, quote them and
/// write around them.
struct CardText {
    /// What a card's text starts with.
    static let start = "casevault-card/1 "
    /// What the text of every version starts with.
    private static let anyStart = "casevault-card/"
    /// The longest text that is looked through.
    static let limit = 1 << 20
    /// The most lines that one card is wrapped into.
    private static let mostLines = 64

    /// For each card that begins in the text, the bytes it may have: with each line more.
    private(set) var candidates: [[[UInt8]]] = []
    /// Whether there is a card of another version.
    private(set) var isNewer = false

    /// Looks through a text.
    init(_ text: String) {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map(Self.unquoted)
        for (number, line) in lines.enumerated() {
            guard let place = line.firstRange(of: Self.anyStart) else { continue }
            let behind = line[place.upperBound...]
            guard behind.first == "1", !(behind.dropFirst().first?.isNumber ?? false) else {
                isNewer = isNewer || behind.first?.isNumber ?? false
                continue
            }
            let rest = [behind.dropFirst()] + lines[(number + 1)...].prefix(Self.mostLines)
            candidates.append(Self.bytes(in: rest))
        }
    }

    /// A line without marks of quoting in front and what mail puts at the end of a wrapped one.
    private static func unquoted(_ line: Substring) -> Substring {
        let line = line.drop { $0 == ">" || $0 == "|" || $0 == "\u{FEFF}" || $0.isWhitespace }
        return line.last == "=" ? line.dropLast() : line
    }

    /// The bytes of the digits in one line, in two, and so on, as long as there are only digits.
    private static func bytes(in lines: [Substring]) -> [[UInt8]] {
        var digits = ""
        var found: [[UInt8]] = []
        for line in lines {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard let word = words.first else {
                // The digits may begin in the line behind.
                guard digits.isEmpty else { break }
                continue
            }
            digits += word
            if let bytes = Base64URL.decode(digits[...]) { found.append(bytes) }
            if words.count > 1 { break }
        }
        return found
    }
}
