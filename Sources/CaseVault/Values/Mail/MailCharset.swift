// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Text of mails in any character set, labelled rightly, wrongly or not at all.
enum MailCharset {
    /// Decodes bytes that are labelled with a character set.
    ///
    /// What is UTF-8 without a fault is UTF-8, whatever a label of one byte a character says:
    /// no other text looks like it.
    ///
    /// - Parameters:
    ///   - bytes: The text as it came.
    ///   - label: The name of the character set, in any spelling; empty without one.
    ///   - hint: A character set that something else near by is in, if the label does not help.
    ///   - notes: Gets a sentence when something could not be decoded with certainty.
    /// - Returns: The text. What cannot be decoded is U+FFFD, never dropped.
    static func decode(
        _ bytes: some Collection<UInt8>, label: String, hint: String = "", notes: inout [String]
    ) -> String {
        var bytes = Array(bytes)[...]
        if OldEncodings.isHZ(label) { bytes = OldEncodings.eightBit(bytes)[...] }
        let label = CharsetLabel(label)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        let isMarked16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        if label == .utf16 || (isMarked16 && (label == .none || label == .unknown)) {
            // No text of two bytes a letter looks like UTF-8 and has no zero.
            if !isMarked16, !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self),
                !text.isEmpty
            {
                add("A text is UTF-8 and says that it is something else.", &notes)
                return text
            }
            return utf16(bytes, notes: &notes)
        }
        if case .other(let names) = label {
            return other(bytes, names, hint, notes: &notes)
        }
        if label == .unknown, bytes.contains(where: { $0 >= 0x80 }) {
            add("This computer does not know the character set of a text.", &notes)
        }
        if let text = escaped(bytes) { return text }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        if let text = String(validating: OldEncodings.joiningHalves(bytes), as: UTF8.self) {
            return text
        }
        if case .other(let names) = CharsetLabel(hint), let best = best(bytes, names),
            best.faults == 0
        {
            add("A text does not say in which character set it is, or says it wrongly.", &notes)
            return String(decoding: best.utf8, as: UTF8.self)
        }
        if label != .unknown {
            add(
                "A text is not in the character set that it says; some letters may be wrong.",
                &notes)
        }
        return repaired(bytes)
    }

    /// Adds a note unless it is there already.
    ///
    /// - Parameters:
    ///   - note: A sentence without any content of the message.
    ///   - notes: The notes so far.
    static func add(_ note: String, _ notes: inout [String]) {
        if !notes.contains(note) { notes.append(note) }
    }

    /// Decodes a text whose label names a character set other than UTF-8.
    private static func other(
        _ bytes: ArraySlice<UInt8>, _ names: [CharacterSetName], _ hint: String,
        notes: inout [String]
    ) -> String {
        if let first = names.first, isSingleByte(first), bytes.contains(where: { $0 >= 0x80 }),
            let text = String(validating: bytes, as: UTF8.self)
        {
            add("A text is UTF-8 and says that it is something else.", &notes)
            return text
        }
        guard let best = best(bytes, names) else {
            let text = String(validating: bytes, as: UTF8.self)
            // In some of them letters of seven bits stand for others.
            let isSevenBit = names.first?.description.hasPrefix("UTF-7") ?? false
            if bytes.contains(where: { $0 >= 0x80 || $0 == 0x1B })
                || (isSevenBit && bytes.contains(UInt8(ascii: "+")))
            {
                add(
                    "This computer has no table for the character set of a text (gconv); some "
                        + "letters may be wrong. Look at what came itself, or take it in on another "
                        + "computer.", &notes)
            }
            return text ?? repaired(bytes)
        }
        if best.faults > 0 {
            if let text = String(validating: bytes, as: UTF8.self) {
                if bytes.contains(where: { $0 >= 0x80 }) {
                    add("A text is UTF-8 and says that it is something else.", &notes)
                }
                return text
            }
            add("Some bytes of a text are no letters and are shown as replacement marks.", &notes)
        }
        if names.first.map(isWestern) ?? false, isOfOtherAlphabet(bytes) {
            add(
                "A text is hardly in the character set that it says: it looks like another "
                    + "alphabet.", &notes)
            if case .other(let names) = CharsetLabel(hint), !(names.first.map(isWestern) ?? true),
                let hinted = self.best(bytes, names), hinted.faults == 0
            {
                return String(decoding: hinted.utf8, as: UTF8.self)
            }
        }
        return String(decoding: best.utf8, as: UTF8.self)
    }

    /// Whether a character set is one that programs name when they do not know.
    private static func isWestern(_ name: CharacterSetName) -> Bool {
        ["CP1252", "ISO-8859-1", "ISO-8859-15"].contains(name.description)
    }

    /// Whether the words of a text are not those of Western languages: in these a letter with a
    /// mark has plain ones beside it. Tags and addresses are plain in any language.
    private static func isOfOtherAlphabet(_ bytes: ArraySlice<UInt8>) -> Bool {
        var (pure, mixed, letters) = (0, 0, 0)
        var hasPlain = false
        func end() {
            if hasPlain { mixed += letters } else if letters > 1 { pure += letters }
            (letters, hasPlain) = (0, false)
        }
        for byte in bytes {
            if (0x41...0x5A).contains(byte & 0xDF) {
                hasPlain = true
            } else if byte >= 0xC0 {
                letters += 1
            } else if byte <= 0xA0 {
                end()
            }
        }
        end()
        return pure >= 12 && pure > 2 * mixed
    }

    /// The conversion with the fewest faults; `nil` where the system knows none of the names.
    private static func best(
        _ bytes: ArraySlice<UInt8>, _ names: [CharacterSetName]
    ) -> TextConverter.Result? {
        var best: TextConverter.Result?
        for name in names {
            guard var converter = TextConverter(from: name) else { continue }
            let result = converter.convert(bytes)
            if result.faults < best?.faults ?? .max { best = result }
            if result.faults == 0 { break }
        }
        return best
    }

    /// Whether each byte is a character: then a byte that elsewhere begins a pair stands alone.
    private static func isSingleByte(_ name: CharacterSetName) -> Bool {
        guard var converter = TextConverter(from: name) else { return false }
        return [0xE4, 0xC3, 0xD5].contains { converter.convert([$0][...]).faults == 0 }
    }

    /// Text without a label that switches character sets by escapes, as Japanese and Korean do.
    private static func escaped(_ bytes: ArraySlice<UInt8>) -> String? {
        guard let escape = ByteSearch.first(0x1B, in: bytes, from: bytes.startIndex),
            bytes.allSatisfy({ $0 < 0x80 })
        else { return nil }
        let isKorean = bytes[escape...].starts(with: [0x1B, 0x24, 0x29, 0x43])
        let names = isKorean ? ["ISO-2022-KR"] : ["ISO-2022-JP", "ISO-2022-JP-2"]
        guard let best = best(bytes, names.compactMap { CharacterSetName($0) }), best.faults == 0
        else { return nil }
        return String(decoding: best.utf8, as: UTF8.self)
    }

    /// Decodes what says that it is UTF-8 and is not: each line as what it looks like.
    ///
    /// A list's footer is often in another character set than the mail above it. A line in which
    /// more is well-formed than not is UTF-8 with a fault; any other is Windows text.
    private static func repaired(_ bytes: ArraySlice<UInt8>) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + bytes.count / 8)
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end =
                ByteSearch.first(0x0A, in: bytes, from: start).map { $0 + 1 } ?? bytes.endIndex
            let line = bytes[start..<end]
            let isUnicode =
                String(validating: line, as: UTF8.self) != nil
                || {
                    let marks = faults(line)
                    return marks.good > 0 && marks.good >= marks.bad
                }()
            out += isUnicode ? Array(String(decoding: line, as: UTF8.self).utf8) : windows(line)
            start = end
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// How many characters of a text are well-formed and not ASCII, and how many bytes are not.
    private static func faults(_ line: ArraySlice<UInt8>) -> (good: Int, bad: Int) {
        var (good, bad) = (0, 0)
        for scalar in String(decoding: line, as: UTF8.self).unicodeScalars where scalar.value > 127
        {
            if scalar == "\u{FFFD}" { bad += 1 } else { good += 1 }
        }
        return (good, bad)
    }

    /// Windows-1252 as UTF-8; where the system does not know it, ISO 8859-1.
    private static func windows(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        if let name = CharacterSetName("CP1252"), var converter = TextConverter(from: name) {
            return converter.convert(bytes).utf8
        }
        var text = String.UnicodeScalarView()
        for byte in bytes { text.append(Unicode.Scalar(byte)) }
        return Array(String(text).utf8)
    }

    /// The character of a byte in Windows-1252, as HTML reads references to 128–159.
    static func windows(_ byte: UInt8) -> String {
        String(decoding: windows([byte][...]), as: UTF8.self)
    }

    /// Decodes UTF-16 in the order that a mark says, or else the zeros of its plain letters.
    private static func utf16(_ bytes: ArraySlice<UInt8>, notes: inout [String]) -> String {
        var rest = bytes
        var isLittle = false
        if rest.starts(with: [0xFF, 0xFE]) || rest.starts(with: [0xFE, 0xFF]) {
            isLittle = rest.first == 0xFF
            rest = rest.dropFirst(2)
        } else {
            var zeros = [0, 0]
            for (place, byte) in rest.prefix(4096).enumerated() where byte == 0 {
                zeros[place % 2] += 1
            }
            isLittle = zeros[1] > zeros[0]
        }
        guard let name = CharacterSetName(isLittle ? "UTF-16LE" : "UTF-16BE"),
            var converter = TextConverter(from: name)
        else { return repaired(bytes) }
        let result = converter.convert(rest)
        if result.faults > 0 {
            add("Some bytes of a text are no letters and are shown as replacement marks.", &notes)
        }
        return String(decoding: result.utf8, as: UTF8.self)
    }
}
