// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Reads the date of a mail (RFC 5322), such as `Sat, 21 Nov 2026 14:05:33 +0100`.
enum MailDate {
    /// The moment a date text stands for.
    ///
    /// - Parameter text: the value of the Date field; a comment and the weekday are ignored.
    /// - Returns: seconds since 1970 in UTC, or `nil` when the text is no such date.
    static func seconds(_ text: String) -> Int64? {
        // No date is long, and comparing letters with many marks takes the square of them.
        guard text.utf8.count <= 1000 else { return nil }
        let uncommented = text.prefix { $0 != "(" }
        guard uncommented.utf8.count <= 100 else { return nil }
        var words = uncommented.split { $0 == " " || $0 == "," || $0 == "\t" }[...]
        if let first = words.first, Int(first) == nil { words.removeFirst() }
        guard words.count == 4 || words.count == 5, let day = digits(words.removeFirst(), 1...2),
            let month = words.popFirst().flatMap({ months.firstIndex(of: $0.lowercased()) }),
            let yearText = words.popFirst(), var year = digits(yearText, 2...4),
            let time = words.popFirst()
        else { return nil }
        // The two- and three-digit years of old mail, as RFC 5322 reads them.
        if yearText.utf8.count == 2 { year += year < 50 ? 2000 : 1900 }
        if yearText.utf8.count == 3 { year += 1900 }
        let parts = time.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, let hour = digits(parts[0], 1...2), hour < 24,
            let minute = digits(parts[1], 2...2), minute < 60,
            let second = parts.count == 3 ? digits(parts[2], 2...2) : 0, second <= 60,
            let date = Day(year: year, month: month + 1, day: day),
            let zone = offset(words.popFirst() ?? "+0000")
        else { return nil }
        let clock = hour * 3600 + minute * 60 + second
        return Int64(date.daysSince1970) * 86_400 + Int64(clock - zone)
    }

    /// The number written with so many digits.
    ///
    /// - Parameters:
    ///   - text: digits only.
    ///   - count: how many digits there may be.
    /// - Returns: the number, or `nil` for another text.
    private static func digits(_ text: Substring, _ count: ClosedRange<Int>) -> Int? {
        guard count.contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int(text)
    }

    /// The seconds that a zone is ahead of UTC.
    ///
    /// - Parameter zone: `+hhmm`, `-hhmm` or one of the old names.
    /// - Returns: the seconds, or `nil` for an unknown zone.
    private static func offset(_ zone: Substring) -> Int? {
        if let named = zones[zone.uppercased()] { return named * 3600 }
        guard zone.hasPrefix("+") || zone.hasPrefix("-"),
            let number = digits(zone.dropFirst(), 4...4), number % 100 < 60
        else { return nil }
        let seconds = number / 100 * 3600 + number % 100 * 60
        return zone.hasPrefix("-") ? -seconds : seconds
    }

    /// The month names in order.
    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// The zone names of RFC 5322 with their hours.
    private static let zones = [
        "GMT": 0, "UT": 0, "UTC": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5,
        "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    ]
}
