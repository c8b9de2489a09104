// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// What only people can decide: who stays where two removed each other, and files that are gone.
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

    /// Two members remove each other, and two others heard of one removal each. No computer writes
    /// against another, the others go on, and bring one back by name.
    @Test func twoWhoRemoveEachOtherStopNobodyElse() throws {
        let dispute = try Dispute()
        let (robin, sam, kim, noor) = (dispute.robin, dispute.sam, dispute.kim, dispute.noor)
        #expect(try kim.open()?.members.map(\.name) == ["Kim", "Noor", "Robin"])
        #expect(try noor.open()?.members.map(\.name) == ["Kim", "Noor", "Sam"])
        #expect(try settle(dispute.all), "catching up ends")
        for one in [kim, noor] {
            #expect(try one.open()?.members.map(\.name) == ["Kim", "Noor"], "\(one.name)")
            #expect(throws: Never.self) {
                try one.open()?.startCase(
                    about: [ReportedPerson(name: "Casey Example")], report: Report(text: "Other."))
            }
        }
        // Nobody is asked anything here: who stays is told by an act, and who was removed learns it
        // from people.
        for one in [kim, noor] {
            let asked = try one.open()?.questions.filter { !$0.replies.isEmpty }
            #expect(asked?.isEmpty ?? false, "\(one.name)")
        }
        try kim.open()?.admit(robin.key.card, confirming: robin.key.card.spoken)
        #expect(try settle(dispute.all), "catching up ends")
        for one in [kim, noor, robin] {
            #expect(try one.open()?.members.map(\.name) == ["Kim", "Noor", "Robin"], "\(one.name)")
        }
        #expect(try robin.open()?.questions.filter { $0.kind == .whoStays }.isEmpty ?? false)
        _ = sam
    }

    /// Whoever was removed and hears of it is asked. Who objects is in again on their own computer,
    /// and the others are asked who stays; who accepts is asked no more.
    @Test(arguments: [Question.Reply.object, .accept])
    func whoWasRemovedIsAsked(reply: Question.Reply) throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim", "Noor")
        for name in ["Robin", "Sam", "Kim", "Noor"] { _ = try committee.vault(name) }
        let sam = try committee.card("Sam")
        // Robin's program seals the removal to Sam, too.
        try committee.hostile("Robin").plant([.removed([sam.id])], in: committee.roster())
        for name in ["Robin", "Sam", "Kim", "Noor"] { _ = try committee.vault(name) }
        let sams = try committee.vault("Sam")
        let question = try #require(sams.questions.first { $0.kind == .removed })
        #expect(question.others.map(\.name) == ["Robin"])
        #expect(question.replies == [.accept, .object])
        _ = try sams.answer(question, reply)
        #expect(!sams.questions.contains { $0.kind == .removed })
        #expect(throws: VaultError.questionChanged) { try sams.answer(question, reply) }
        #expect(sams.members.map(\.name).contains("Sam") == (reply == .object))
        #expect(sams.members.map(\.name).contains("Robin") == (reply != .object))
        for name in ["Kim", "Noor"] {
            let open = try committee.vault(name).questions.filter { $0.kind == .whoStays }
            #expect(open.map(\.member.name) == (reply == .object ? ["Sam"] : []), "\(name)")
        }
        guard reply == .object else { return }
        // One answer ends it, on all computers.
        let kims = try committee.vault("Kim")
        _ = try kims.answer(#require(kims.questions.first { $0.kind == .whoStays }), .stays)
        for name in ["Kim", "Noor", "Sam"] {
            let vault = try committee.vault(name)
            #expect(vault.members.map(\.name).contains("Sam"), "\(name)")
            #expect(!vault.questions.contains { $0.kind == .whoStays && $0.member.name == "Sam" })
        }
    }

    @Test func writingStopsWhereFilesAreGoneUntilSomebodyAccepts() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let shelf = try committee.startCase(by: "Robin")
        try committee.declareAll("Sam")
        _ = try committee.vault("Robin").catchUp()
        let before = try committee.snapshot()
        _ = try shelf.add(.discussion, "First.")
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
        _ = try samsCase.takeFirstLook(.noConflict)
        _ = try samsCase.add(.discussion, "Third.")
        // Only what somebody was shown: neither less nor more, nor of another log.
        let shown = try #require(report.missing.first)
        #expect(robins.missingRecords == report.missing)
        for records in [[], shown.records + ["00"], [String(repeating: "0", count: 64)]] {
            let other = VerifyReport.MissingRecords(log: shown.log, records: records)
            #expect(throws: VaultError.gapChanged) { try robins.acceptGap(other) }
        }
        #expect(try robins.verify().missing == report.missing)
        _ = try robins.acceptGap(shown)
        #expect(try robins.verify().missing.isEmpty)
        _ = try same.add(.discussion, "Fourth.")
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
