// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Reads the date of a mail (RFC 5322), such as `Sat, 21 Nov 2026 14:05:33 +0100`, and what
/// programs write instead.
enum MailDate {
    /// What was found of a date so far.
    private struct Parts {
        var day: Int?
        var month: Int?
        var year: Int?
        var clock: Int?
        var zone: Int?
    }

    /// The moment a date text stands for.
    ///
    /// - Parameter text: the value of the Date field; a comment and the weekday are ignored.
    /// - Returns: seconds since 1970 in UTC, or `nil` when the text is no such date.
    static func seconds(_ text: String) -> Int64? {
        // No date is long, and comparing letters with many marks takes the square of them.
        guard text.utf8.count <= 1000 else { return nil }
        let uncommented = text.prefix { $0 != "(" }
        guard uncommented.utf8.count <= 100 else { return nil }
        var parts = Parts()
        let words = uncommented.split { $0 == " " || $0 == "," || $0 == "\t" }
        for (place, word) in words.enumerated() where !read(word, into: &parts) {
            // A weekday stands in front, in any language.
            guard place == 0, word.allSatisfy({ $0.isLetter || $0 == "." }) else { return nil }
        }
        guard let day = parts.day, let month = parts.month, let year = parts.year,
            let clock = parts.clock, let date = Day(year: year, month: month, day: day)
        else { return nil }
        return Int64(date.daysSince1970) * 86_400 + Int64(clock - (parts.zone ?? 0))
    }

    /// The moment that a date probably stands for which is not written as one of a mail: with a
    /// zone that has two meanings, in another language, with dots or for twelve hours.
    ///
    /// - Parameter text: the value of the Date field.
    /// - Returns: seconds since 1970 in UTC; `nil` when day and time cannot be told.
    static func approximate(_ text: String) -> Int64? {
        guard text.utf8.count <= 200 else { return nil }
        let words = withoutComments(text).split { " ,\t\"'".contains($0) }
        // A weekday first: "mar." is no month there.
        if let first = words.first, first.allSatisfy({ $0.isLetter || $0 == "." }),
            let found = approximate(words.dropFirst())
        {
            return found
        }
        return approximate(words[...])
    }

    /// The moment that the words of a date probably stand for.
    private static func approximate(_ words: ArraySlice<Substring>) -> Int64? {
        var parts = Parts()
        var half: Int?
        for word in words {
            if read(word, into: &parts) || readOther(word, into: &parts) { continue }
            switch word.lowercased() {
            case "am", "a.m.": half = 0
            case "pm", "p.m.": half = 12
            default:
                // Weekdays and names of zones; a number that is left over can be anything.
                if word.contains(where: \.isNumber), parts.clock == nil || parts.year == nil {
                    return nil
                }
            }
        }
        guard let day = parts.day, let month = parts.month, let year = parts.year,
            var clock = parts.clock, let date = Day(year: year, month: month, day: day)
        else { return nil }
        if let half, clock < 13 * 3600 { clock = clock % (12 * 3600) + half * 3600 }
        return Int64(date.daysSince1970) * 86_400 + Int64(clock - (parts.zone ?? 0))
    }

    /// A text without what stands in round brackets.
    private static func withoutComments(_ text: String) -> String {
        var depth = 0
        return String(
            text.map { letter in
                if letter == "(" { depth += 1 }
                if letter == ")" { depth = max(0, depth - 1) }
                return depth > 0 || letter == ")" ? " " : letter
            })
    }

    /// Takes in a word as people write dates.
    private static func readOther(_ word: Substring, into parts: inout Parts) -> Bool {
        let pieces = word.split { $0 == "." || $0 == "/" }
        if pieces.count == 3, parts.day == nil, let year = year(pieces[2]),
            let first = digits(pieces[0], 1...2), let second = digits(pieces[1], 1...2)
        {
            // 12/6 is June in one country and December in another; dots have one meaning.
            guard word.contains(".") || first > 12 || second > 12 else { return false }
            let isMonthFirst = second > 12
            (parts.day, parts.month) = isMonthFirst ? (second, first) : (first, second)
            parts.year = year
            return true
        }
        if word.hasSuffix("."), read(word.dropLast(), into: &parts) { return true }
        if parts.clock == nil, parts.day != nil, pieces.count > 1, word.contains(".") {
            return readTime(pieces.joined(separator: ":")[...], into: &parts)
        }
        if parts.clock == nil, word.contains(":") {
            let fields = word.split(separator: ":").map { $0.count == 1 ? "0" + $0 : String($0) }
            return readTime(fields.joined(separator: ":")[...], into: &parts)
        }
        if parts.month == nil,
            let month = others[String(word.lowercased().prefix(3))]
                ?? others[String(word.lowercased().prefix(4))]
        {
            parts.month = month
            return true
        }
        if parts.clock != nil, parts.zone == nil, word.hasPrefix("+") || word.hasPrefix("-"),
            let hours = digits(word.dropFirst(), 1...2)
        {
            parts.zone = (word.hasPrefix("-") ? -3600 : 3600) * hours
            return true
        }
        return false
    }

    /// How months begin in languages of Europe; "jui" alone is June or July.
    private static let others = [
        "jan": 1, "jän": 1, "ene": 1, "gen": 1, "feb": 2, "fév": 2, "fev": 2, "mar": 3, "mär": 3,
        "mrz": 3, "mrt": 3, "apr": 4, "avr": 4, "abr": 4, "may": 5, "mai": 5, "mag": 5, "mei": 5,
        "maj": 5, "jun": 6, "juin": 6, "giu": 6, "jul": 7, "juil": 7, "lug": 7, "aug": 8, "aoû": 8,
        "aou": 8, "ago": 8, "sep": 9, "set": 9, "oct": 10, "okt": 10, "out": 10, "ott": 10,
        "nov": 11, "dec": 12, "dez": 12, "déc": 12, "dic": 12,
    ]

    /// Takes in one word of a date.
    ///
    /// - Returns: whether it is a part of a date that was not there yet.
    private static func read(_ word: Substring, into parts: inout Parts) -> Bool {
        if word.contains(":"), let time = word.firstIndex(where: { $0 == "T" }), parts.day == nil {
            // "2026-06-12T23:42:00Z"
            return read(word[..<time], into: &parts)
                && read(word[word.index(after: time)...], into: &parts)
        }
        if word.contains(":"), parts.clock == nil { return readTime(word, into: &parts) }
        let pieces = word.split(separator: "-", omittingEmptySubsequences: false)
        if pieces.count == 3, parts.day == nil, parts.month == nil {
            // "12-Jun-2026", "2026-06-12"
            let isYearFirst = pieces[0].utf8.count == 4
            let month = months.firstIndex(of: pieces[1].prefix(3).lowercased()).map { $0 + 1 }
            parts.month = month ?? (isYearFirst ? digits(pieces[1], 2...2) : nil)
            parts.day = digits(pieces[isYearFirst ? 2 : 0], 1...2)
            parts.year = year(pieces[isYearFirst ? 0 : 2])
            return parts.month != nil && parts.day != nil && parts.year != nil
        }
        if let number = digits(word, 1...2), parts.day == nil {
            parts.day = number
            return true
        }
        if let number = year(word), parts.year == nil, parts.day != nil, parts.month != nil {
            parts.year = number
            return true
        }
        if parts.month == nil, word.utf8.count >= 3, word.utf8.count <= 10,
            let month = months.firstIndex(of: word.prefix(3).lowercased()),
            names[month].hasPrefix(word.lowercased().prefix { $0 != "." })
        {
            parts.month = month + 1
            return true
        }
        if parts.clock != nil, parts.zone == nil, let zone = offset(word) {
            parts.zone = zone
            return true
        }
        return false
    }

    /// Takes in a time, perhaps with a zone at its end.
    private static func readTime(_ word: Substring, into parts: inout Parts) -> Bool {
        let time = word.prefix { $0 == ":" || $0 == "." || ($0.isASCII && $0.isNumber) }
        let rest = word[time.endIndex...]
        let fields = time.prefix { $0 != "." }.split(
            separator: ":", omittingEmptySubsequences: false)
        guard fields.count == 2 || fields.count == 3, let hour = digits(fields[0], 1...2),
            hour < 24, let minute = digits(fields[1], 2...2), minute < 60,
            let second = fields.count == 3 ? digits(fields[2], 2...2) : 0, second <= 60
        else { return false }
        if !rest.isEmpty {
            guard let zone = offset(rest) else { return false }
            parts.zone = zone
        }
        parts.clock = hour * 3600 + minute * 60 + second
        return true
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

    /// A year; those of two and three digits in old mail as RFC 5322 reads them.
    private static func year(_ text: Substring) -> Int? {
        guard let number = digits(text, 2...4) else { return nil }
        if text.utf8.count == 2 { return number + (number < 50 ? 2000 : 1900) }
        return text.utf8.count == 3 ? number + 1900 : number
    }

    /// The seconds that a zone is ahead of UTC.
    ///
    /// - Parameter zone: `+hhmm`, `-hh:mm`, a name, or a name with an offset: `GMT+0200`.
    /// - Returns: the seconds, or `nil` for an unknown zone.
    private static func offset(_ zone: Substring) -> Int? {
        let name = zone.prefix(while: \.isLetter)
        let rest = zone[name.endIndex...]
        if rest.isEmpty { return zones[name.uppercased()].map { $0 * 3600 } }
        guard name.isEmpty || ["GMT", "UTC", "UT"].contains(name.uppercased()),
            rest.hasPrefix("+") || rest.hasPrefix("-")
        else { return nil }
        var number = rest.dropFirst()
        var minutes = 0
        if let colon = number.firstIndex(of: ":") {
            guard let read = digits(number[number.index(after: colon)...], 2...2) else {
                return nil
            }
            minutes = read
            number = number[..<colon]
        } else if number.utf8.count == 4 {
            minutes = digits(number.suffix(2), 2...2) ?? 60
            number = number.dropLast(2)
        } else if name.isEmpty {
            return nil
        }
        guard let hours = digits(number, 1...2), hours < 100, minutes < 60 else { return nil }
        let seconds = hours * 3600 + minutes * 60
        return rest.hasPrefix("-") ? -seconds : seconds
    }

    /// The names of the months in order.
    private static let names = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december",
    ]
    /// Their first letters.
    private static let months = names.map { String($0.prefix(3)) }

    /// Names of zones with their hours: those of RFC 5322, and others without two meanings.
    private static let zones = [
        "GMT": 0, "UT": 0, "UTC": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5,
        "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2,
        "MET": 1, "MEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "MSD": 4,
        "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "HKT": 8, "SGT": 8,
        "SAST": 2, "BST": 1, "AKST": -9, "AKDT": -8, "HST": -10,
    ]
}
