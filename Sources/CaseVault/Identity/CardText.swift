// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Looks for cards in a text: a card is sent by mail, and mail programs wrap lines, quote them and
/// write around them.
///
/// Whatever is found is a card only if its owner's signature fits, so this need not be strict.
struct CardText {
    /// What a card's text starts with.
    static let start = "casevault-card/1 "
    /// What the text of every version starts with.
    private static let anyStart = Array("casevault-card/".utf8)
    /// The longest text that is looked through.
    static let limit = 1 << 20
    /// The most lines that one card is wrapped into, empty ones between them counted.
    private static let mostLines = 128
    /// More digits than any card has.
    private static let mostDigits = 1024

    /// For each card that begins in the text, the bytes it may have: with each line more.
    private(set) var candidates: [[[UInt8]]] = []
    /// Whether there is a card of another version.
    private(set) var isNewer = false

    /// Looks through a text.
    init(_ text: String) {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map { Self.unquoted(Self.plain($0)) }
        for number in lines.indices {
            guard var rest = Self.behindStart(in: lines[number...]) else { continue }
            guard let version = rest.first?.first, Self.isNumber(version) else { continue }
            rest[rest.startIndex].removeFirst()
            guard version == UInt8(ascii: "1"), !(rest.first?.first.map(Self.isNumber) ?? false)
            else {
                isNewer = true
                continue
            }
            candidates.append(Self.bytes(in: rest))
        }
    }

    // MARK: - Lines

    /// A line in ASCII: without what cannot be seen, with one kind of space and of dash, and 0 for
    /// everything else.
    private static func plain(_ line: Substring) -> ArraySlice<UInt8> {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(line.utf8.count)
        for scalar in line.unicodeScalars {
            if scalar.value > 0x20, scalar.value < 0x7F {
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            } else if scalar.properties.isWhitespace {
                bytes.append(space)
            } else if scalar.properties.isDash {
                bytes.append(UInt8(ascii: "-"))
            } else if scalar.value != 0, !scalar.properties.isDefaultIgnorableCodePoint {
                bytes.append(0)
            }
        }
        return bytes[...]
    }

    /// A line without marks of quoting in front, of which some name who is quoted, and without what
    /// mail puts at the end of a wrapped one.
    private static func unquoted(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        while true {
            line = line.drop { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "|") || $0 == space }
            let name = line.prefix(16).prefix { isLetter($0) || isNumber($0) }
            guard !name.isEmpty, line.dropFirst(name.count).first == UInt8(ascii: ">") else {
                break
            }
            line = line.dropFirst(name.count + 1)
        }
        while line.last == space { line.removeLast() }
        return line.last == UInt8(ascii: "=") ? line.dropLast() : line
    }

    /// What stands behind the start of a card that begins in the first of some lines, line by line;
    /// `nil` if none begins there. The start itself may be wrapped too.
    private static func behindStart(
        in lines: ArraySlice<ArraySlice<UInt8>>
    ) -> ArraySlice<ArraySlice<UInt8>>? {
        guard let line = lines.first else { return nil }
        var rest = lines.prefix(mostLines)
        if let behind = behindStart(in: line) {
            rest[rest.startIndex] = behind
        } else {
            guard let next = lines.dropFirst().first,
                let begun = (1..<anyStart.count).last(where: {
                    line.suffix($0) == anyStart.prefix($0)
                        && next.starts(with: anyStart.dropFirst($0))
                })
            else { return nil }
            rest = rest.dropFirst()
            rest[rest.startIndex] = next.dropFirst(anyStart.count - begun)
        }
        return rest.first?.isEmpty ?? true ? rest.dropFirst() : rest
    }

    /// What stands behind the start of a card in one line.
    private static func behindStart(in line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var rest = line
        while rest.count >= anyStart.count {
            if rest.starts(with: anyStart) { return rest.dropFirst(anyStart.count) }
            rest.removeFirst()
        }
        return nil
    }

    // MARK: - Digits

    /// The bytes of the digits in one line, in two, and so on, as long as there are only digits.
    private static func bytes(in lines: ArraySlice<ArraySlice<UInt8>>) -> [[UInt8]] {
        var digits = ""
        var found: [[UInt8]] = []
        for line in lines where !line.isEmpty {
            let line = line.drop { $0 == space }
            let word = line.prefix(while: isDigit)
            digits += String(decoding: word, as: UTF8.self)
            guard digits.utf8.count <= mostDigits else { break }
            if !word.isEmpty, let bytes = Base64URL.decode(digits[...]) { found.append(bytes) }
            if word.count < line.count { break }
        }
        return found
    }

    /// A space.
    private static let space = UInt8(ascii: " ")

    /// Whether a byte is a letter.
    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// Whether a byte is one of ten digits.
    private static func isNumber(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// Whether a byte can be a digit of base 64.
    private static func isDigit(_ byte: UInt8) -> Bool {
        isLetter(byte) || isNumber(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}
