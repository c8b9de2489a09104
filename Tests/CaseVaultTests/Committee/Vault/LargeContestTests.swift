// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// A contest in a case that is rewritten file by file.
struct LargeContestTests {
    /// What all contests are tested with.
    private let common = RepairTests()

    /// A case of more than one file, read by all laptops of a contest.
    ///
    /// - Returns: The case, and the texts of its entries.
    private func largeCase(in contest: Contest) throws -> (LogID, Set<String>) {
        let robin = contest.all[0]
        let id = try #require(try robin.open()).startCase(
            about: [ReportedPerson(name: "Alex Doe")], report: Report(text: "It happened.")
        ).id
        #expect(try common.settle(contest.all))
        for one in contest.all.dropFirst() {
            let vault = try #require(try one.open())
            try vault.declare(vault.unansweredChecks.map { ($0.id, .noConflict) })
        }
        #expect(try common.settle(contest.all))
        let shelf = try #require(try robin.open()?.cases.first { $0.id == id })
        let size = EntryStatement.textLimit
        for number in 0...Planner.oneFileLimit / size {
            try shelf.add(.discussion, "\(number) " + String(repeating: "a", count: size - 8))
        }
        #expect(try common.settle(contest.all, rounds: 4))
        return (shelf.log, Set(try shelf.entries().map(\.text)))
    }

    /// A case on a laptop.
    private func shelf(_ id: LogID, on one: Replica) throws -> Case {
        try #require(try one.open()?.cases.first { $0.log == id })
    }

    /// Two readers take each other out of a case that is rewritten file by file, and two machines
    /// act on one side each. Nobody writes for ever, and people are asked.
    @Test(.endsAHang, arguments: [0, 1])
    func aLargeCaseOfTwoSidesStopsMachinesToo(side: Int) throws {
        let contest = try Contest(of: ["Robin", "Sam", "Kim", "Noor"], ring: 0)
        let (robin, sam, kim, noor) = (
            contest.all[0], contest.all[1], contest.all[2], contest.all[3]
        )
        let (id, texts) = try largeCase(in: contest)
        for one in contest.all { #expect(try shelf(id, on: one).access().readers.count == 4) }
        try shelf(id, on: robin).revokeAccess(of: sam.key.card)
        try shelf(id, on: sam).revokeAccess(of: robin.key.card)
        try contest.takeSides(kim, noor)
        #expect(kim.vault?.store.logs[id]?.history.isReader(sam.key.card.id) == false)
        #expect(noor.vault?.store.logs[id]?.history.isReader(robin.key.card.id) == false)
        #expect(try #require(kim.vault?.store.logs[id]?.files).count > 1)

        // One of them hears of the other side, and is done after one act: otherwise it would write
        // twice as much each time.
        try noor.sendAll(to: kim)
        try kim.open()?.catchUp()
        let files = kim.files
        try kim.open()?.catchUp()
        try #require(kim.files == files, "catching up ends")
        try #require(try common.settle(contest.all, rounds: 6), "catching up ends")
        #expect(try common.asks(kim) || common.asks(noor), "nobody is overruled by a machine")

        // Whoever is asked takes the same side, until nobody is.
        let (chosen, out) = (contest.all[side], contest.all[1 - side])
        for _ in 0..<3 {
            for one in try [kim, noor].filter(common.asks) {
                try one.open()?.takeSide(of: chosen.key.card.id, in: id)
            }
            try #require(try common.settle(contest.all, rounds: 6), "catching up ends")
        }
        for one in contest.all where one !== out {
            #expect(try !common.asks(one), "\(one.name)")
            let shelf = try shelf(id, on: one)
            let readers = try shelf.access().readers.map(\.member.name)
            #expect(readers == ["Kim", "Noor", chosen.name], "\(one.name)")
            if !shelf.hasTakenFirstLook { try shelf.takeFirstLook(.noConflict) }
            #expect(try Set(shelf.entries().map(\.text)) == texts, "\(one.name)")
        }
    }
}
