// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// Numbers of any period; what can be published beside each other tells nothing that is hidden.
struct NumbersPeriodTests {
    /// Facts of a case that was received on a day by a channel.
    private func facts(_ day: Day, _ channel: Report.Channel) throws -> CaseFacts {
        let committee = try TestCommittee("Robin")
        let vault = try committee.vault("Robin")
        var report = Report(text: "Text.")
        (report.receivedOn, report.channel) = (day, channel)
        let item = try vault.startCase(about: [ReportedPerson(name: "Alex")], report: report)
        return vault.facts(of: try item.view())
    }

    /// Rules that publish by a period.
    private func rules(_ period: String) throws -> Rules {
        try Rules(json: Array("{\"numbersBy\": \"\(period)\"}".utf8))
    }

    @Test(arguments: [
        ("2026", "2026-01-01", "2026-12-31"), ("2026-H1", "2026-01-01", "2026-06-30"),
        ("2026-h2", "2026-07-01", "2026-12-31"),
    ])
    func readsWhatPeopleWrite(_ text: String, _ from: String, _ until: String) throws {
        let period = try #require(NumbersPeriod(text))
        #expect("\(period.from)" == from && "\(period.until)" == until)
        #expect("\(period)" == text.uppercased())
    }

    @Test(arguments: ["", "26", "2026-H3", "2026-Q1", "2026-H1-H2", "H1", "20266", "٢٠٢٦", "2026-"])
    func refusesOtherWords(_ text: String) { #expect(NumbersPeriod(text) == nil) }

    @Test func aPeriodHasBothItsDays() throws {
        let day = try #require(Day("2026-03-01"))
        let period = try #require(NumbersPeriod(from: day, until: day.adding(days: 30)))
        #expect(period.contains(day) && period.contains(day.adding(days: 30)))
        #expect(!period.contains(day.adding(days: -1)) && !period.contains(day.adding(days: 31)))
        #expect("\(period)" == "2026-03-01 to 2026-03-31")
        #expect(NumbersPeriod(from: day, until: day.adding(days: -1)) == nil)
    }

    @Test func onlyWholePublishedPeriodsAreForPublication() throws {
        func period(_ from: String, _ until: String) throws -> NumbersPeriod {
            let first = try #require(Day(from))
            let last = try #require(Day(until))
            return try #require(NumbersPeriod(from: first, until: last))
        }
        let years = try period("2025-01-01", "2026-12-31")
        let quarter = try period("2026-01-01", "2026-03-31")
        let half = try #require(NumbersPeriod("2026-H1"))
        let year = NumbersPeriod(year: 2026)
        for (rule, expected) in [
            ("year", [true, true, false, false]), ("halfYear", [true, true, true, false]),
        ] {
            let rules = try rules(rule)
            let found = [years, year, half, quarter].map {
                Numbers($0, [], rules: rules).isForPublication
            }
            #expect(found == expected, "\(rule)")
        }
        #expect(years.parts(by: .year)?.count == 2 && years.parts(by: .halfYear)?.count == 4)
    }

    /// The year of a committee that publishes half years is their sum, and hides what they hide.
    @Test func aSumTellsNoMoreThanItsParts() throws {
        let first = try #require(Day("2026-02-01"))
        let second = try #require(Day("2026-08-01"))
        let early = try facts(first, .mail)
        let late = try facts(second, .mail)
        let chat = try facts(first, .chat)
        let lateChat = try facts(second, .chat)
        let rules = try rules("halfYear")
        for (a, b, c, d) in [(3, 4, 3, 5), (3, 1, 5, 0), (9, 2, 9, 0), (2, 2, 0, 0), (4, 3, 4, 1)] {
            let all =
                Array(repeating: early, count: a) + Array(repeating: late, count: b)
                + Array(repeating: chat, count: c) + Array(repeating: lateChat, count: d)
            let whole = Numbers(NumbersPeriod(year: 2026), all, rules: rules)
            let halves = (1...2).compactMap { NumbersPeriod(year: 2026, half: $0) }.map {
                Numbers($0, all, rules: rules)
            }
            #expect(halves.count == 2)
            for (place, count) in whole.counts.enumerated() {
                let parts = halves.map { $0.counts[place].count }
                if let number = count.count {
                    #expect(parts.compactMap(\.self).reduce(0, +) == number && !parts.contains(nil))
                } else {
                    #expect(parts.contains(nil))
                }
            }
            #expect(whole.daysToAcknowledge == nil && whole.daysToResolve == nil)
        }
    }

    @Test func countsByTheDayOfReceipt() throws {
        let committee = try TestCommittee("Robin")
        let vault = try committee.vault("Robin")
        for day in ["2026-01-01", "2026-06-30", "2026-03-01", "2026-07-01"] {
            var report = Report(text: "Text.")
            report.receivedOn = Day(day)
            try vault.startCase(about: [ReportedPerson(name: "Alex")], report: report)
        }
        let half = try #require(NumbersPeriod("2026-H1"))
        #expect(vault.numbers(in: half).counts.first?.count == 3)
        #expect(vault.numbers(in: half).year == 2026)
        #expect(vault.numbers(year: 2026).counts.first?.count == 4)
    }

    /// With the columns of newer practice, who decided and who is flagged or banned are counted, in
    /// tables that add up.
    @Test func countsWhoDecidedAndStatus() throws {
        let json = #"{"columns": [{"name": "status"}, {"name": "resolutionSource"}], "quorum": 2}"#
        let committee = try TestCommittee("Robin", rules: Rules(json: Array(json.utf8)))
        let vault = try committee.vault("Robin")
        for number in 0..<13 {
            let item = try vault.startCase(
                about: [ReportedPerson(name: "Alex")], report: Report(text: "Text."))
            if number < 9 {
                _ = try item.updateRow([
                    .status: number < 3 ? "flagged" : number < 6 ? "banned" : "resolved",
                    .resolutionSource: number < 5 ? "group" : "board", .response: "warning",
                    .resolvedOn: "2026-10-01",
                ])
            }
            let entry = try item.add(.plan, "A plan.").id
            _ = try item.vote(.yes, on: entry)
        }
        let numbers = vault.numbers()
        func count(_ group: String, _ name: String) -> Int? {
            numbers.counts.first { $0.group == group && $0.name == name }?.count
        }
        #expect(count("status", "open") == 4 && count("status", "resolved") == 3)
        #expect(count("status", "flagged") == 3 && count("status", "banned") == 3)
        #expect(count("decidedBy", "group") == 5)
        // Two words that nobody used are hidden, and the next smallest with them.
        #expect(count("decidedBy", "local") == nil && count("decidedBy", "board") == nil)
        #expect(count("outcome", "warning") == 9)
        #expect(count("votes", "total") == 13 && count("votes", "withQuorum") == nil)
        for group in ["channel", "outcome", "status", "decidedBy", "acknowledged"] {
            let cells = numbers.counts.filter { $0.group == group }
            let shown = cells.compactMap(\.count)
            #expect(shown.reduce(0, +) <= 13)
            if shown.count == cells.count { #expect(shown.reduce(0, +) == 13) }
        }
        // Rules without the column count flagged and banned as resolved.
        _ = try vault.changeRules(Rules.standard)
        let plain = vault.numbers()
        #expect(plain.counts.filter { $0.group == "status" }.map(\.count) == [4, 9])
        #expect(!plain.counts.contains { $0.group == "decidedBy" })
    }
}
