// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A calendar day without a time or a time zone.
///
/// Days are counted in the Gregorian calendar, also before it was introduced. Text form is
/// `YYYY-MM-DD` and covers the years 1 to 9999.
public struct Day: Hashable, Sendable {
    /// The number of days since 1 January 1970; negative before.
    public let daysSince1970: Int32

    /// The day that is so many days after 1 January 1970.
    ///
    /// - Parameter daysSince1970: the number of days; negative before.
    public init(daysSince1970: Int32) {
        self.daysSince1970 = daysSince1970
    }

    /// Reads a day from exactly ten characters, `YYYY-MM-DD`.
    ///
    /// - Parameter text: the text. Another form, or a day that does not exist, gives `nil`.
    public init?(_ text: String) {
        let bytes = Array(text.utf8.prefix(11))
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-")
        else { return nil }
        /// The number written in a range of places, or `nil` when one is no digit.
        func number(_ places: Range<Int>) -> Int? {
            var value = 0
            for place in places {
                guard (0x30...0x39).contains(bytes[place]) else { return nil }
                value = value * 10 + Int(bytes[place] - 0x30)
            }
            return value
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The day with the given parts, if the calendar has it.
    ///
    /// - Parameters:
    ///   - year: 1 to 9999.
    ///   - month: 1 to 12.
    ///   - day: 1 to the length of the month.
    init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.length(ofMonth: month, year: year)
        else { return nil }
        // Years that begin in March put the leap day last, so months need no special case.
        let shifted = month > 2 ? year : year - 1
        let monthFromMarch = (month + 9) % 12
        let leapDays = shifted / 4 - shifted / 100 + shifted / 400
        let days = 365 * shifted + leapDays + (153 * monthFromMarch + 2) / 5 + day - 1
        daysSince1970 = Int32(days - Self.daysBefore1970)
    }

    /// The day, in UTC, of a moment.
    ///
    /// - Parameter secondsSince1970: the moment. Moments out of range give the nearest day.
    /// - Returns: the day.
    public static func of(secondsSince1970: Int64) -> Day {
        let quotient = secondsSince1970 / 86_400
        let days = secondsSince1970 % 86_400 < 0 ? quotient - 1 : quotient
        return Day(daysSince1970: Int32(clamping: days))
    }

    /// The day so many days later, or earlier if negative; the last possible day at the limit.
    ///
    /// - Parameter days: the number of days.
    /// - Returns: the other day.
    public func adding(days: Int) -> Day {
        let (sum, overflow) = Int64(daysSince1970).addingReportingOverflow(Int64(days))
        if overflow { return Day(daysSince1970: days < 0 ? .min : .max) }
        return Day(daysSince1970: Int32(clamping: sum))
    }

    /// Year, month and day of the month.
    var parts: (year: Int, month: Int, day: Int) {
        let days = Int(daysSince1970) + Self.daysBefore1970
        var era = days / Self.daysPerEra
        var rest = days % Self.daysPerEra
        if rest < 0 {
            era -= 1
            rest += Self.daysPerEra
        }
        // The last day of 4, of 100 and of 400 years would count as a year of its own.
        let yearOfEra = (rest - rest / 1460 + rest / 36_524 - rest / 146_096) / 365
        let dayOfYear = rest - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    /// The days from 1 March of the year 0 to 1 January 1970.
    private static let daysBefore1970 = 719_468
    /// The days in 400 years, after which the calendar repeats.
    private static let daysPerEra = 146_097

    /// The number of days a month has.
    ///
    /// - Parameters:
    ///   - month: 1 to 12.
    ///   - year: the year, which decides about February.
    /// - Returns: 28 to 31.
    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

// MARK: - Comparable

extension Day: Comparable {
    /// Earlier days come first.
    ///
    /// - Parameters:
    ///   - left: a day.
    ///   - right: another day.
    /// - Returns: whether `left` is earlier.
    public static func < (left: Day, right: Day) -> Bool {
        left.daysSince1970 < right.daysSince1970
    }
}

// MARK: - CustomStringConvertible

extension Day: CustomStringConvertible {
    /// The day as `YYYY-MM-DD`; years out of 0 to 9999 have as many digits as they need.
    public var description: String {
        let (year, month, day) = parts
        /// A number with zeros in front.
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(abs(number))
            let zeros = String(repeating: "0", count: max(0, width - digits.utf8.count))
            return (number < 0 ? "-" : "") + zeros + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}
