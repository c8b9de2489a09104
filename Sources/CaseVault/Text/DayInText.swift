// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Finds a day in the name of a file or in a text, as people write days.
enum DayInText {
    /// The first day in a text.
    ///
    /// - Parameter text: A name or a text; only its beginning is searched.
    /// - Returns: The day of "2026-10-05", "2026_10_05", "20261005", "05.10.2026" or "5.10.2026";
    ///   `nil` without one. "05/10/2026" is none: it has two meanings.
    static func first(_ text: some StringProtocol) -> Day? {
        let bytes = Array(text.utf8.prefix(4096))
        var place = 0
        while place < bytes.count {
            guard isDigit(bytes[place]) else {
                place += 1
                continue
            }
            let number = digits(bytes, at: place)
            if let day = day(bytes, at: place, first: number) { return day }
            place = number.upperBound
        }
        return nil
    }

    /// The day that begins with a number.
    private static func day(_ bytes: [UInt8], at start: Int, first: Range<Int>) -> Day? {
        if first.count == 8 {
            return day(
                bytes, first.lowerBound..<(first.lowerBound + 4),
                (first.lowerBound + 4)..<(first.lowerBound + 6),
                (first.lowerBound + 6)..<first.upperBound)
        }
        guard first.upperBound < bytes.count else { return nil }
        let sign = bytes[first.upperBound]
        let second = digits(bytes, at: first.upperBound + 1)
        guard (1...2).contains(second.count), second.upperBound < bytes.count,
            bytes[second.upperBound] == sign
        else { return nil }
        let third = digits(bytes, at: second.upperBound + 1)
        if first.count == 4, [0x2D, 0x5F, 0x2E].contains(sign), (1...2).contains(third.count) {
            return day(bytes, first, second, third)
        }
        if (1...2).contains(first.count), sign == 0x2E, third.count == 4 {
            return day(bytes, third, second, first)
        }
        return nil
    }

    /// A day of three numbers, in a century of which there are papers.
    private static func day(
        _ bytes: [UInt8], _ year: Range<Int>, _ month: Range<Int>, _ day: Range<Int>
    ) -> Day? {
        func number(_ range: Range<Int>) -> Int {
            bytes[range].reduce(0) { $0 * 10 + Int($1) - 0x30 }
        }
        guard (1970...2100).contains(number(year)) else { return nil }
        return Day(year: number(year), month: number(month), day: number(day))
    }

    /// The digits from a place.
    private static func digits(_ bytes: [UInt8], at start: Int) -> Range<Int> {
        var end = min(start, bytes.count)
        let begin = end
        while end < bytes.count, isDigit(bytes[end]) { end += 1 }
        return begin..<end
    }

    /// Whether a byte is a digit.
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
