// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The text around a sealed letter, as mails carry it.
enum LetterText {
    /// The most bytes of a text that is searched for a letter.
    static let mostBytes = 32 << 20
    /// The most letters that are taken out of one text.
    static let mostLetters = 64
    /// Letters in a line.
    private static let lineLength = 64
    /// The 64 digits.
    private static let digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    /// The digits' values; 255 for what is no digit.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()

    /// A letter as text.
    static func armored(_ kind: LetterKind, _ letter: [UInt8]) -> String {
        let name = "CASEVAULT SEALED \(kind.word)-----\n"
        var out = Array("-----BEGIN \(name)".utf8)
        for (place, digit) in base64(letter).enumerated() {
            if place > 0, place % lineLength == 0 { out.append(UInt8(ascii: "\n")) }
            out.append(digit)
        }
        return String(decoding: out, as: UTF8.self) + "\n-----END \(name)"
    }

    /// The letters of one kind in a text, each once; lines may be quoted, wrapped or indented.
    static func find(_ kind: LetterKind, in text: [UInt8]) -> [[UInt8]] {
        let begin = Array("-----BEGIN CASEVAULT SEALED \(kind.word)-----".utf8)
        let end = Array("-----END CASEVAULT SEALED \(kind.word)-----".utf8)
        var found: [[UInt8]] = []
        var rest = text[...]
        while found.count < mostLetters, let start = place(of: begin, in: rest) {
            rest = rest[(start + begin.count)...]
            guard let stop = place(of: end, in: rest) else { break }
            // A line that only speaks of a report, or one that was cut, hides none behind it.
            while let next = place(of: begin, in: rest[..<stop]) {
                rest = rest[(next + begin.count)...]
            }
            if let letter = decoded(rest[..<stop], atMost: kind.mostBytes),
                !found.contains(letter)
            {
                found.append(letter)
            }
            rest = rest[(stop + end.count)...]
        }
        return found
    }

    /// Where a mark stands.
    private static func place(of mark: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
        var at = text.startIndex
        while let next = text[at...].firstIndex(of: UInt8(ascii: "-")) {
            if text[next...].starts(with: mark) { return next }
            at = next + 1
        }
        return nil
    }

    /// Base 64 with padding.
    static func base64(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            var group: UInt32 = 0
            for place in 0..<3 {
                group = group << 8 | (place < count ? UInt32(bytes[start + place]) : 0)
            }
            for place in 0..<4 {
                out.append(
                    place <= count
                        ? digits[Int(group >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
            }
        }
        return out
    }

    /// Reads base 64 among white space and marks of quotation; `nil` for anything else in it, and
    /// for what could be written in another way.
    static func decoded(_ text: ArraySlice<UInt8>, atMost limit: Int) -> [UInt8]? {
        var out: [UInt8] = []
        var group: UInt32 = 0
        var held = 0
        var padding = 0
        var isLineStart = true
        for byte in text {
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): isLineStart = true
            case UInt8(ascii: " "), UInt8(ascii: "\t"), 0xC2, 0xA0: continue
            case UInt8(ascii: ">") where isLineStart: continue
            case UInt8(ascii: "="):
                padding += 1
            default:
                let value = values[Int(byte)]
                guard value < 64, padding == 0, out.count < limit + 3 else { return nil }
                isLineStart = false
                group = group << 6 | UInt32(value)
                held += 6
                if held >= 8 {
                    held -= 8
                    out.append(UInt8(truncatingIfNeeded: group >> UInt32(held)))
                    group &= (1 << UInt32(held)) - 1
                }
            }
        }
        guard out.count <= limit, group == 0, padding == (3 - out.count % 3) % 3,
            held == 2 * (padding % 3)
        else { return nil }
        return out
    }
}
