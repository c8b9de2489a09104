// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// Days agree with another calendar implementation and read only what they write.
struct DayTests {
    /// Foundation's calendar, told to count Gregorian days backwards too.
    private static var calendar: Calendar {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = .gmt
        return calendar
    }

    @Test func agreesWithFoundationSince1600() throws {
        let calendar = Self.calendar
        // A step of 13 days is no divisor of any cycle of the calendar.
        for number in stride(from: Int32(-135_000), through: 2_932_000, by: 1_307) {
            let date = Date(timeIntervalSince1970: Double(number) * 86_400)
            let other = calendar.dateComponents([.year, .month, .day], from: date)
            let parts = Day(daysSince1970: number).parts
            #expect(parts.year == other.year)
            #expect(parts.month == other.month)
            #expect(parts.day == other.day)
        }
    }

    @Test func everyDayIsTheDayAfterTheOneBefore() throws {
        // Four centuries are the whole cycle; the far ends are checked as text.
        var before = try #require(Day("1599-12-31"))
        for year in 1600...2000 {
            for month in 1...12 {
                for day in 1...31 {
                    guard let today = Day(year: year, month: month, day: day) else { continue }
                    guard today.daysSince1970 == before.daysSince1970 + 1,
                        today.parts == (year, month, day)
                    else {
                        Issue.record("\(today) does not follow \(before)")
                        return
                    }
                    before = today
                }
            }
        }
        #expect(before.description == "2000-12-31")
    }

    @Test(arguments: [
        ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("0001-01-01", -719_162),
        ("9999-12-31", 2_932_896),
    ])
    func knownDays(_ text: String, _ number: Int32) throws {
        let day = try #require(Day(text))
        #expect(day.daysSince1970 == number)
        #expect(day.description == text)
    }

    @Test(arguments: [
        "", "2026", "2026-1-01", "2026-01-1", "2026/01/01", "2026-00-10", "2026-13-10",
        "2026-01-00", "2026-01-32", "2026-04-31", "2026-02-29", "1900-02-29", "0000-01-01",
        " 2026-01-01", "2026-01-01 ", "+026-01-01", "20260101", "2026-01-01T00:00", "２026-01-0",
    ])
    func refusesOtherText(_ text: String) {
        #expect(Day(text) == nil)
    }

    @Test func ofSecondsRoundsDown() {
        #expect(Day.of(secondsSince1970: 0).daysSince1970 == 0)
        #expect(Day.of(secondsSince1970: 86_399).daysSince1970 == 0)
        #expect(Day.of(secondsSince1970: 86_400).daysSince1970 == 1)
        #expect(Day.of(secondsSince1970: -1).daysSince1970 == -1)
        #expect(Day.of(secondsSince1970: -86_400).daysSince1970 == -1)
        #expect(Day.of(secondsSince1970: .max).daysSince1970 == .max)
        #expect(Day.of(secondsSince1970: .min).daysSince1970 == .min)
    }

    @Test func addingStopsAtTheEnds() {
        let day = Day(daysSince1970: 100)
        #expect(day.adding(days: -101).daysSince1970 == -1)
        #expect(day.adding(days: .max).daysSince1970 == .max)
        #expect(day.adding(days: .min).daysSince1970 == .min)
        #expect(Day(daysSince1970: .min).adding(days: .min).daysSince1970 == .min)
        // The far ends have a text too, and getting it does not trap.
        #expect(Day(daysSince1970: .min).description.hasPrefix("-"))
        #expect(!Day(daysSince1970: .max).description.isEmpty)
        #expect(day < day.adding(days: 1))
    }
}
