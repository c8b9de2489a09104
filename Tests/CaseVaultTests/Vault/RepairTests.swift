// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// What only people can decide: contested removals, and files that are gone.
struct RepairTests {
    /// Laptops of three members who have all synced.
    private func laptops(_ root: URL) throws -> [Replica] {
        let clock = TestClock()
        let all = try ["Robin", "Sam", "Kim"].map {
            try Replica($0, key: try MemberKey.generate(name: $0), root: root, clock: clock)
        }
        try all[0].found()
        for other in all.dropFirst() {
            try all[0].open()?.admit(other.key.card, confirming: other.key.card.fingerprint)
        }
        for other in all.dropFirst() { try all[0].sendAll(to: other) }
        return all
    }

    @Test func twoWhoRemoveEachOtherStopMachinesUntilPeopleDecide() throws {
        let root = FileManager.default.temporaryDirectory
            .appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: root) }
        let all = try laptops(root)
        let (robin, sam, kim) = (all[0], all[1], all[2])
        try robin.open()?.remove(sam.key.card.id)
        try sam.open()?.remove(robin.key.card.id)
        // Only what they write reaches Kim: the deletes are still on their way.
        robin.look()
        sam.look()
        for from in [robin, sam] {
            for change in from.changes(for: kim) where !change.isDelete {
                try from.send(change, to: kim)
            }
        }
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
        #expect(throws: VaultError.behind(shelf.id)) { try same.add(.discussion, "Second.") }
        #expect(try robins.catchUp().waiting.contains { $0.need == .arrival })
        let report = try robins.verify()
        #expect(report.missing.map(\.log) == [shelf.id])
        // Nothing else is stopped.
        try robins.startCase(
            about: [ReportedPerson(name: "Casey Example")], report: Report(text: "Other."))
        // Sam never saw it and goes on.
        let sams = try committee.vault("Sam")
        let samsCase = try sams.case(named: shelf.codeName.description)
        try samsCase.takeFirstLook(.noConflict)
        try samsCase.add(.discussion, "Third.")
        try robins.acceptGap(in: shelf.id)
        #expect(try robins.verify().missing.isEmpty)
        try same.add(.discussion, "Fourth.")
        #expect(throws: VaultError.nothingMissing) { try robins.acceptGap(in: shelf.id) }
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
        #expect(robins.cases.map(\.id) == [shelf.id])
    }
}
