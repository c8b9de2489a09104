// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// What only people can decide: contested removals, and files that are gone.
struct RepairTests {
    /// Syncs all laptops with each other, lets each catch up, and so on until nothing happens.
    ///
    /// - Returns: Whether that came to an end.
    func settle(_ all: [Replica], rounds: Int = 12) throws -> Bool {
        for _ in 0..<rounds {
            let before = all.map(\.files)
            for one in all { one.look() }
            for one in all {
                _ = try? one.open()?.catchUp()
                for other in all where other !== one { try one.sendAll(to: other) }
            }
            if all.map(\.files) == before { return true }
        }
        return false
    }

    /// Whether a laptop asks its owner who was removed.
    func asks(_ one: Replica) throws -> Bool {
        try one.open()?.verify().problems.contains { $0.code == .contested } ?? false
    }

    /// Two machines acted on one side each before they heard of the other. They do not go on
    /// writing the roster against each other: people are asked, and once they agree, all is one.
    @Test func machinesThatActedOnTwoSidesStopAndAsk() throws {
        let contest = try Contest(of: ["Robin", "Sam", "Kim", "Noor"])
        let (robin, sam, kim, noor) = (
            contest.all[0], contest.all[1], contest.all[2], contest.all[3]
        )
        try contest.takeSides(kim, noor)
        #expect(try kim.open()?.members.map(\.name) == ["Kim", "Noor", "Robin"])
        #expect(try noor.open()?.members.map(\.name) == ["Kim", "Noor", "Sam"])
        let four = [kim, noor, robin, sam]
        #expect(try settle(four), "catching up ends")
        // One is asked, and then the other, if that changes anything.
        let log = LogID.roster(of: try #require(kim.vault).store.vault)
        var asked: Set<String> = []
        for one in try [kim, noor].filter(asks) + [kim, noor] where try asks(one) {
            asked.insert(one.name)
            try one.open()?.takeSide(of: robin.key.card.id, in: log)
            #expect(try settle(four), "catching up ends")
        }
        #expect(asked.contains("Noor"), "nobody is overruled by a machine")
        for one in [kim, noor, robin] {
            #expect(try one.open()?.members.map(\.name) == ["Kim", "Noor", "Robin"])
            #expect(try !asks(one))
        }
    }

    /// Three removed each other in a ring, and two machines acted on one removal each. It comes to
    /// an end, nobody is overruled, and one answer of all who are asked makes the roster one again.
    @Test(arguments: [0, 1, 2]) func aRingOfThreeEndsByOneAnswer(side: Int) throws {
        let names = ["Robin", "Sam", "Kim", "Noor", "Casey"]
        let contest = try Contest(of: names, ring: 3)
        let (noor, casey) = (contest.all[3], contest.all[4])
        try contest.takeSides(noor, casey)
        #expect(try noor.open()?.members.map(\.name) == ["Casey", "Kim", "Noor", "Robin"])
        #expect(try casey.open()?.members.map(\.name) == ["Casey", "Noor", "Robin", "Sam"])
        // What each of the two wrote before they heard of the others.
        for one in [noor, casey] {
            try one.open()?.startCase(
                about: [ReportedPerson(name: "Person of " + one.name)],
                report: Report(text: "Seen by \(one.name)."))
        }
        #expect(try settle(contest.all), "catching up ends")
        #expect(try asks(noor) || asks(casey), "nobody is overruled by a machine")
        // Whoever is asked chooses the same side, until nobody is.
        let chosen = contest.all[side].key.card.id
        let out = contest.all[(side + 1) % 3]
        let log = LogID.roster(of: try #require(noor.vault).store.vault)
        var asked: Set<String> = []
        for _ in contest.all {
            for one in try contest.all.filter(asks) where one !== out {
                asked.insert(one.name)
                try one.open()?.takeSide(of: chosen, in: log)
            }
            #expect(try settle(contest.all), "catching up ends")
        }
        // Whose machine acted on another side is asked in the end, not only whoever heard first.
        if side > 0 { #expect(asked.contains("Noor")) }
        if side != 1 { #expect(asked.contains("Casey")) }
        let roster = try #require(noor.vault?.store.rosterLog)
        let members = try #require(noor.vault?.members.map(\.id))
        #expect(!members.contains(out.key.card.id))
        for one in [noor, casey] { #expect(members.contains(one.key.card.id)) }
        for one in contest.all where members.contains(one.key.card.id) {
            #expect(try one.open()?.members.map(\.id) == members, "\(one.name)")
            #expect(try !asks(one), "\(one.name)")
            #expect(one.vault?.store.rosterLog?.recordIDs == roster.recordIDs, "\(one.name)")
        }
        // Nothing is lost: both cases, and all three removals, whether they count or not.
        for one in [noor, casey] {
            let texts = try one.open()?.cases.flatMap { try $0.entries().map(\.text) } ?? []
            #expect(texts.contains("Seen by \(one.name)."), "\(one.name)")
        }
        let removed = Set(roster.history.order.compactMap(\.removedPerson))
        #expect(removed == Set(contest.all.prefix(3).map(\.key.card.id)))
    }

    /// A file from before a choice that somebody puts back does not undo it.
    @Test func anOldFileThatIsPutBackUndoesNoChoice() throws {
        let contest = try Contest(of: ["Robin", "Sam", "Kim", "Noor"])
        let (robin, _, kim, noor) = (
            contest.all[0], contest.all[1], contest.all[2], contest.all[3]
        )
        try contest.takeSides(kim, noor)
        // Noor hears of both, and writes for Sam's side what asks Kim.
        try kim.sendAll(to: noor)
        try noor.open()?.catchUp()
        try noor.sendAll(to: kim)
        #expect(try asks(kim))
        let old = try kim.files.map { path in
            (path, try Data(contentsOf: kim.folder.appendingPathComponent(path)))
        }
        let log = LogID.roster(of: try #require(kim.vault).store.vault)
        try kim.open()?.takeSide(of: robin.key.card.id, in: log)
        #expect(try settle([kim]))
        let gone = Set(old.map(\.0)).subtracting(kim.files)
        #expect(!gone.isEmpty)
        for (path, bytes) in old where gone.contains(path) {
            let target = kim.folder.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try bytes.write(to: target)
        }
        #expect(try !asks(kim))
        // Nor does a case go to whom the choice took out.
        #expect(throws: Never.self) {
            try kim.open()?.startCase(
                about: [ReportedPerson(name: "Casey Example")], report: Report(text: "Other."))
        }
    }

    /// Nobody starts a case as long as it is open who the members are.
    @Test func noCaseStartsWhereTheRosterIsContested() throws {
        let contest = try Contest(of: ["Robin", "Sam", "Kim"])
        let kim = contest.all[2]
        try contest.tell(kim)
        #expect(throws: VaultError.contested([])) {
            try kim.open()?.startCase(
                about: [ReportedPerson(name: "Casey Example")], report: Report(text: "Other."))
        }
    }

    /// Who chooses differently from a colleague is asked again, instead of writing against them.
    @Test func whoChoosesDifferentlyIsAskedAgain() throws {
        let contest = try Contest(of: ["Robin", "Sam", "Kim", "Noor"])
        let (robin, sam, kim, noor) = (
            contest.all[0], contest.all[1], contest.all[2], contest.all[3]
        )
        for one in [kim, noor] { try contest.tell(one) }
        #expect(try asks(kim) && asks(noor))
        let log = LogID.roster(of: try #require(kim.vault).store.vault)
        try kim.open()?.takeSide(of: robin.key.card.id, in: log)
        try kim.open()?.catchUp()
        try noor.open()?.takeSide(of: sam.key.card.id, in: log)
        // What was there before a choice does not undo it, however often the vault is opened.
        #expect(try !asks(kim) && !asks(noor))
        #expect(try settle([kim, noor]))
        let undecided = try [kim, noor].filter(asks)
        #expect(undecided.count == 1)
        try undecided.first?.open()?.takeSide(
            of: undecided.first === kim ? sam.key.card.id : robin.key.card.id, in: log)
        #expect(try settle([kim, noor]))
        let (kims, noors) = (try kim.open()?.members, try noor.open()?.members)
        #expect(kims?.map(\.name) == noors?.map(\.name) && kims?.count == 3)
        #expect(try !asks(kim) && !asks(noor))
    }

    @Test func twoWhoRemoveEachOtherStopMachinesUntilPeopleDecide() throws {
        let contest = try Contest(of: ["Robin", "Sam", "Kim"])
        let (robin, sam, kim) = (contest.all[0], contest.all[1], contest.all[2])
        try contest.tell(kim)
        let kims = try #require(try kim.open())
        let log = LogID.roster(of: kims.store.vault)
        let problem = try #require(
            try kims.verify().problems.first { $0.code == .contested })
        #expect(problem.text.contains("Robin") && problem.text.contains("Sam"))
        let before = kim.files
        #expect(try kims.catchUp().waiting.contains { $0.need == .contested })
        #expect(kim.files == before, "no automatic act in a contested log")
        #expect(throws: VaultError.contested([])) { try kims.remove(sam.key.card.id) }
        #expect(throws: VaultError.noSuchSide) { try kims.takeSide(of: kims.me.id, in: log) }
        try kims.takeSide(of: robin.key.card.id, in: log)
        #expect(kims.members.map(\.name) == ["Kim", "Robin"])
        try kims.catchUp()
        // The machine that knew goes on: it treats the other side as late, without asking.
        try sam.sendAll(to: robin)
        let robins = try #require(try robin.open())
        #expect(robins.members.map(\.name) == ["Kim", "Robin"])
        #expect(try !robins.verify().problems.contains { $0.code == .contested })
    }

    @Test func writingStopsWhereFilesAreGoneUntilSomebodyAccepts() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let shelf = try committee.startCase(by: "Robin")
        try committee.declareAll("Sam")
        try committee.vault("Robin").catchUp()
        let before = try committee.snapshot()
        try shelf.add(.discussion, "First.")
        let after = try committee.snapshot()
        let new = try #require(Set(after.keys).subtracting(before.keys).first)
        let path = committee.folder.appendingPathComponent(
            VaultFolder(path: "", files: .init()).shownPath(of: new))
        try FileManager.default.removeItem(at: path)
        let robins = try committee.vault("Robin")
        let same = try robins.case(named: shelf.codeName.description)
        #expect(throws: VaultError.regressed(shelf.log)) { try same.add(.discussion, "Second.") }
        #expect(try robins.catchUp().waiting.contains { $0.need == .arrival })
        let report = try robins.verify()
        #expect(report.missing.map(\.log) == [shelf.log])
        // Nothing else is stopped.
        try robins.startCase(
            about: [ReportedPerson(name: "Casey Example")], report: Report(text: "Other."))
        // Sam never saw it and goes on.
        let sams = try committee.vault("Sam")
        let samsCase = try sams.case(named: shelf.codeName.description)
        try samsCase.takeFirstLook(.noConflict)
        try samsCase.add(.discussion, "Third.")
        try robins.acceptGap(in: shelf.log)
        #expect(try robins.verify().missing.isEmpty)
        try same.add(.discussion, "Fourth.")
        #expect(throws: VaultError.nothingMissing) { try robins.acceptGap(in: shelf.log) }
    }

    @Test func aNewComputerSaysSoAndIsNotStopped() throws {
        let committee = try TestCommittee("Robin", "Sam")
        #expect(try !committee.vault("Robin").isNewOnThisComputer)
        try FileManager.default.removeItem(
            at: committee.root.appendingPathComponent("state-Robin"))
        let robins = try committee.vault("Robin")
        #expect(robins.isNewOnThisComputer)
        try robins.startCase(
            about: [ReportedPerson(name: "Alex Doe")], report: Report(text: "It happened."))
    }

    @Test func damagedMemoryIsNoMemoryAndLosesNoAccess() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let shelf = try committee.startCase(by: "Robin")
        let state = committee.root.appendingPathComponent("state-Robin")
        for name in try FileManager.default.contentsOfDirectory(atPath: state.path)
        where name.hasSuffix(".seen") {
            let file = state.appendingPathComponent(name)
            var bytes = try Data(contentsOf: file)
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: file)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: file.path)
        }
        let robins = try committee.vault("Robin")
        #expect(robins.isNewOnThisComputer)
        #expect(robins.cases.map(\.log) == [shelf.log])
    }
}
