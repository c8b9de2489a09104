// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// The numbers of a year are right, and hide small counts.
struct NumbersTests {
    /// Starts a case by mail or chat.
    private func start(_ vault: Vault, _ channel: Report.Channel?, on day: String? = nil) throws
        -> Case
    {
        var report = Report(text: "Text.")
        report.channel = channel
        report.receivedOn = day.flatMap { Day($0) }
        return try vault.startCase(about: [ReportedPerson(name: "Alex Doe")], report: report)
    }

    /// A count by group and name; a missing one is -1.
    private func count(_ numbers: Numbers, _ group: String, _ name: String) -> Int? {
        guard let found = numbers.counts.first(where: { $0.group == group && $0.name == name })
        else { return -1 }
        return found.count
    }

    @Test func countsTheYear() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let vault = try committee.vault("Robin")
        for number in 0..<7 {
            let item = try start(vault, number < 4 ? .mail : .chat)
            if number < 4 {
                _ = try item.add(.firstResponse, "We have it.", on: vault.store.clock.today)
                committee.clock.advance(days: Int64(number))
                try item.add(.outcome, "Agreed.", response: "warning")
                _ = try item.updateRow([.status: "resolved"])
            }
        }
        _ = try start(vault, .phone, on: "2025-12-31")
        let numbers = vault.numbers()
        #expect(numbers.year == 2026)
        #expect(count(numbers, "received", "total") == 7)
        #expect(count(numbers, "channel", "mail") == 4)
        // Chat is hidden with the others: they would be known to be none.
        #expect(count(numbers, "channel", "chat") == nil)
        #expect(count(numbers, "channel", "phone") == nil)
        #expect(count(numbers, "outcome", "warning") == 4)
        #expect(count(numbers, "outcome", "noOutcome") == nil)
        #expect(count(numbers, "status", "open") == 3)
        #expect(count(numbers, "status", "resolved") == 4)
        #expect(count(numbers, "acknowledged", "yes") == 4)
        #expect(count(numbers, "recusals", "total") == nil)
        #expect(numbers.daysToAcknowledge == 0)
        #expect(numbers.daysToResolve == 2)
        let names = numbers.counts.filter { $0.group == "outcome" }.map(\.name)
        #expect(names == vault.rules.responses.map(\.name) + ["otherResponse", "noOutcome"])
        let last = vault.numbers(year: 2025)
        #expect(last.counts.allSatisfy { $0.count == nil })
        #expect(vault.numbers(year: 1999).counts == last.counts.map { $0 })
    }

    /// What the numbers of a year say: everything but which year.
    private func all(_ committee: TestCommittee, _ name: String) throws -> [Int?] {
        let numbers = try committee.vault(name).numbers(year: 2026)
        return numbers.counts.map(\.count) + [numbers.daysToAcknowledge, numbers.daysToResolve]
    }

    @Test func erasingCasesChangesNoNumber() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let vault = try committee.vault("Robin")
        var items: [Case] = []
        for number in 0..<12 {
            let item = try start(vault, number < 4 ? .mail : number < 8 ? .chat : nil)
            items.append(item)
            guard number < 9 else { continue }
            committee.clock.advance(days: 2)
            let slip = try item.add(.firstResponse, "By mistake.", on: Day("2020-01-01")).id
            _ = try item.add(.discussion, "There was no answer.", correcting: slip)
            if number < 5 { _ = try item.add(.firstResponse, "We have it.") }
            committee.clock.advance(days: 5)
            try item.add(.outcome, "Agreed.", response: number < 4 ? "warning" : nil)
            if number < 7 {
                _ = try item.updateRow([.status: "resolved", .resolution: "Words \(number)"])
            }
        }
        for name in ["Sam", "Kim"] { try committee.declareAll(name) }
        try vault.refresh()
        _ = try vault.catchUp()
        for item in try committee.vault("Kim").cases.prefix(5) {
            _ = try item.takeFirstLook(.conflict)
        }
        try vault.refresh()
        _ = try vault.catchUp()
        committee.clock.advance(days: 100)
        let before = try all(committee, "Robin")
        let sams = try all(committee, "Sam")
        #expect(before == sams && before.contains(7) && before.contains(5))
        #expect(before.suffix(2) == [2, 7])
        for item in items {
            try item.vault.refresh()
            try item.erase(confirming: item.codeName)
            #expect(try all(committee, "Robin") == before, "\(item.codeName)")
        }
        _ = try committee.vault("Sam")
        committee.clock.advance(days: 2)
        for item in items {
            _ = try item.vault.catchUp()
            #expect(item.isErased)
            #expect(try all(committee, "Robin") == before, "\(item.codeName)")
        }
        _ = try committee.vault("Sam").catchUp()
        #expect(try all(committee, "Sam") == sams)
        // Something is added later, and erased again: the first skeleton is not lost.
        let late = try #require(try committee.vault("Robin").cases.first { $0.id == items[0].id })
        _ = try late.add(.discussion, "A question about it.")
        try late.erase(confirming: late.codeName)
        #expect(late.skeleton?.response == "warning")
        #expect(try all(committee, "Robin") == before)
    }

    @Test func aMiddleValueNeverShowsThatAHiddenCountIsLarge() throws {
        let committee = try TestCommittee("Robin")
        let vault = try committee.vault("Robin")
        for number in 0..<4 {
            let item = try start(vault, .mail)
            if number < 3 {
                _ = try item.add(.firstResponse, "We have it.")
                _ = try item.updateRow([.status: "resolved"])
            }
        }
        let numbers = vault.numbers()
        #expect(count(numbers, "status", "resolved") == nil)
        #expect(count(numbers, "acknowledged", "yes") == nil)
        #expect(numbers.daysToResolve == nil)
        #expect(numbers.daysToAcknowledge == nil)
    }

    @Test func coversOnlyWhatTheMemberReads() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let vault = try committee.vault("Robin")
        for _ in 0..<3 { _ = try start(vault, .mail) }
        #expect(count(vault.numbers(), "received", "total") == 3)
        #expect(count(try committee.vault("Sam").numbers(), "received", "total") == nil)
        #expect(Numbers.covers.contains("the cases you may see"))
    }

    @Test func countsWhoStepsBack() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let vault = try committee.vault("Robin")
        for _ in 0..<3 { _ = try start(vault, .mail) }
        try committee.declareAll("Sam")
        try vault.refresh()
        _ = try vault.catchUp()
        for item in try committee.vault("Sam").cases { _ = try item.takeFirstLook(.conflict) }
        try vault.refresh()
        #expect(count(vault.numbers(), "recusals", "total") == 3)
    }

    @Test func aRowThatOpensAgainIsNotResolved() throws {
        let committee = try TestCommittee("Robin")
        let vault = try committee.vault("Robin")
        let item = try start(vault, .mail)
        /// Since when the row says so.
        func resolved() throws -> Day? { try #require(vault.readableRows.first).resolvedOn }
        #expect(try resolved() == nil)
        _ = try item.updateRow([.status: "resolved"])
        let first = vault.store.clock.today
        committee.clock.advance(days: 3)
        _ = try item.updateRow([.status: "resolved", .resolution: "A talk"])
        #expect(try resolved() == first)
        _ = try item.updateRow([.status: "appealed"])
        #expect(try resolved() == nil)
        _ = try item.updateRow([.status: "resolved"])
        #expect(try resolved() == first.adding(days: 3))
    }
}
