// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// Mail dates give the moment they stand for, or nothing.
struct MailDateTests {
    @Test(arguments: [
        ("Thu, 1 Jan 1970 00:00:00 +0000", 0), ("1 Jan 1970 00:00 GMT", 0),
        ("Thu, 01 Jan 1970 01:00:00 +0100", 0), ("Wed, 31 Dec 1969 19:00:00 EST", 0),
        ("31 Dec 69 23:59:59 Z", -1), ("21 Nov 2026 14:05:33 -0730", 1_795_296_933),
        ("Thu, 1 Jan 1970 00:00:00", 0), ("Thu,1 Jan 1970 00:00:60 +0000 (leap)", 60),
    ])
    func reads(_ text: String, _ seconds: Int64) {
        #expect(MailDate.seconds(text) == seconds)
    }

    @Test(arguments: [
        "", "yesterday", "32 Jan 2026 00:00 GMT", "1 Foo 2026 00:00 GMT", "1 Jan 2026 24:00 GMT",
        "1 Jan 2026 00:60 GMT", "29 Feb 2026 00:00 GMT", "1 Jan 2026 00:00 XXX", "1 Jan 2026",
        "1 Jan 2026 0:0 GMT", "1 Jan 2026 00:00 +01000", "1 Jan 20260 00:00 GMT", "Mon, Tue, Wed",
    ])
    func refuses(_ text: String) {
        #expect(MailDate.seconds(text) == nil)
    }

    /// What is not written as a date of a mail is read where it has one meaning, and said.
    @Test(arguments: [
        "Fri, 12 Jun 2026 10:00:00 IST", "Fri, 12 Jun 2026 10:00:00 Pacific Daylight Time",
        "Fri, 12 Jun 2026 10.00.00", "Fri, 12 Jun 2026 10:00:00 AM", "12.06.2026 10:00",
        "13/06/2026 10:00", "06/13/2026 10:00", "ven., 12 juin 2026 10:00:00 +0000",
        "mar., 12 mai 2026 10:00", "Fr, 12. Juni 2026 10:00:00", "Friday, June 12, 2026 10:00 AM",
        "(x) Fri, 12 (y) Jun 2026 10:00:00 +0000", "Fri, 12 Jun 2026 12:00:00 +2",
    ])
    func reads(_ text: String) {
        let day = text.contains("13") ? 13 : 12
        let month = text.contains("mai") ? 5 : 6
        let date = Day(year: 2026, month: month, day: day)
        #expect(MailDate.seconds(text) == nil)
        #expect(
            MailDate.approximate(text) == date.map { Int64($0.daysSince1970) * 86_400 + 36_000 })
    }

    @Test func theAfternoonIsRead() {
        #expect(
            MailDate.approximate("1 Jan 1970 1:00:00 PM") == 13 * 3600
                && MailDate.approximate("1 Jan 1970 12:00:00 AM") == 0)
    }

    @Test(arguments: [
        "", "yesterday", "06/12/2026 10:00", "12 Jun 2026", "32 Jun 2026 10:00", "1 2 3",
    ])
    func guessesNot(_ text: String) {
        #expect(MailDate.approximate(text) == nil)
    }

    @Test func aGuessIsSaid() throws {
        let text = "From: a@example.org\r\nDate: 12.06.2026 10:00\r\n\r\nHe came."
        let mail = try MailMessage(parsing: Array(text.utf8))
        #expect(mail.secondsSince1970 != nil && mail.notes.contains { $0.contains("unusual") })
    }
}
