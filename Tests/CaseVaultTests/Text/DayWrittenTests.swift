// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault
import Testing

/// Days as people write them.
struct DayWrittenTests {
    @Test(arguments: [
        "2026-11-30", "30.11.2026", "30. 11. 2026", "30/11/2026", "11/30/2026", "30 November 2026",
        "30. nov 2026", "November 30, 2026", "Nov 30 2026", " 30.11.2026 ",
    ])
    func areTaken(text: String) { #expect(Day(written: text)?.description == "2026-11-30") }

    @Test func slashesThatReadAlikeBothWaysAreTaken() {
        #expect(Day(written: "7/7/2026") == Day("2026-07-07"))
        #expect(Day(written: "1.2.2026") == Day("2026-02-01"), "dots put the day first")
    }

    @Test(arguments: [
        "", "3/11/2026", "11/3/2026", "30.11.26", "30.11.02026", "31.11.2026", "29.02.2026",
        "13/13/2026", "30 11 2026", "2026/11/30", "30.11/2026", "30.11", "30.11.2026.1",
        "no 30 2026",
        "30 Ma 2026", "-1.2.2026", "٣٠.١١.٢٠٢٦", "soon", "1 January 12026",
    ])
    func areRefused(text: String) { #expect(Day(written: text) == nil) }

    @Test func everyDayOfSomeYearsInEveryForm() {
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September",
            "October", "November", "December",
        ]
        var day = Day(daysSince1970: 19_700)
        for _ in 0..<1_500 {
            let parts = "\(day)".split(separator: "-").compactMap { Int($0) }
            let (year, month, number) = (parts[0], parts[1], parts[2])
            #expect(Day(written: "\(number).\(month).\(year)") == day)
            #expect(Day(written: "\(number) \(months[month - 1]) \(year)") == day)
            #expect(Day(written: "\(months[month - 1].prefix(3)) \(number), \(year)") == day)
            let slashed = Day(written: "\(number)/\(month)/\(year)")
            #expect(slashed == (number <= 12 && number != month ? nil : day))
            day = day.adding(days: 1)
        }
    }
}
