// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Erasing on several laptops that sync late, in pieces, and in the wrong order.
struct EraseSyncTests {
    /// Two members' laptops with one case that both read.
    private final class Laptops {
        /// Everything that is written.
        let root: URL
        /// The time everywhere.
        let clock = TestClock()
        /// The laptops.
        let robin: Replica, sam: Replica
        /// The case.
        private(set) var id = LogID(raw: Random.bytes32())
        /// Its title.
        private(set) var name: CodeName

        /// Founds a vault, with a case by Robin that Sam reads and an entry to erase.
        init() throws {
            root = FileManager.default.temporaryDirectory
                .appendingPathComponent("casevault-erase-\(UUID().uuidString)")
            robin = try Replica(
                "Robin", key: try MemberKey.generate(name: "Robin"), root: root, clock: clock)
            sam = try Replica(
                "Sam", key: try MemberKey.generate(name: "Sam"), root: root, clock: clock)
            name = try #require(CodeName("closed case"))
            try robin.found()
            let robins = try #require(try robin.open())
            try robins.admit(sam.key.card, confirming: sam.key.card.spoken)
            let item = try robins.startCase(
                about: [ReportedPerson(name: "Alex Doe")], report: Report(text: "It happened."))
            (id, name) = (item.log, item.codeName)
            try sync()
            let sams = try #require(try sam.open())
            _ = try sams.declare(sams.unansweredChecks.map { ($0.id, .noConflict) })
            try sync()
            _ = try robin.open()?.catchUp()
            try sync()
            _ = try self.item(of: sam).takeFirstLook(.noConflict)
            _ = try self.item(of: sam).add(.discussion, "ERASE-ME")
            _ = try self.item(of: sam).add(.discussion, "This stays.")
            try sync()
        }

        deinit { try? FileManager.default.removeItem(at: root) }

        /// Sends everything both ways, adds and deletes.
        func sync() throws {
            robin.look()
            sam.look()
            try robin.sendAll(to: sam)
            try sam.sendAll(to: robin)
        }

        /// The case on a laptop, after reading what has arrived.
        func item(of replica: Replica) throws -> Case {
            Case(vault: try #require(try replica.open()), id: id)
        }

        /// Both catch up and sync until nothing is left to do.
        func settle() throws {
            for _ in 0..<3 {
                for replica in [robin, sam] {
                    _ = try replica.open()?.catchUp()
                    try sync()
                }
                clock.advance(days: 2)
            }
        }

        /// A day passes, and Robin's laptop carries out what Robin erased.
        func carryOut() throws {
            clock.advance(days: 1)
            _ = try robin.open()?.catchUp()
        }

        /// Whether a laptop has a file that any key opens with this text.
        func holds(_ text: String, on replica: Replica) throws -> Bool {
            try OpenableText(folder: replica.folder, keys: [robin.key, sam.key]).holds(text)
        }
    }

    @Test func aLaptopThatWasOfflineSeesNoAttack() throws {
        let laptops = try Laptops()
        let robins = try laptops.item(of: laptops.robin)
        let number = try #require(try robins.entries().first { $0.text == "ERASE-ME" }?.number)
        try robins.erase(entry: number, confirming: laptops.name)
        _ = try robins.add(.discussion, "Written after.")
        try laptops.carryOut()
        try laptops.sync()
        let sams = try #require(try laptops.sam.open())
        #expect(sams.store.regressed.isEmpty)
        let report = try sams.verify()
        #expect(report.isWhole && report.problems.isEmpty, "\(report.problems)")
        #expect(try !laptops.holds("ERASE-ME", on: laptops.sam))
        let entries = try laptops.item(of: laptops.sam).entries()
        #expect(entries.map(\.isErased).count { $0 } == 1)
        #expect(Set(entries.map(\.text)).isSuperset(of: ["This stays.", "Written after."]))
        _ = try laptops.item(of: laptops.sam).add(.discussion, "Sam writes on.")
        try laptops.settle()
        #expect(try laptops.item(of: laptops.robin).entries().count == 5)
    }

    @Test func deletesThatArriveFirstAreWaitedFor() throws {
        let laptops = try Laptops()
        let robins = try laptops.item(of: laptops.robin)
        let number = try #require(try robins.entries().first { $0.text == "ERASE-ME" }?.number)
        try robins.erase(entry: number, confirming: laptops.name)
        try laptops.carryOut()
        laptops.robin.look()
        let changes = laptops.robin.changes(for: laptops.sam)
        for change in changes where change.isDelete {
            try laptops.robin.send(change, to: laptops.sam)
        }
        let sams = try #require(try laptops.sam.open())
        #expect(sams.store.logs[laptops.id]?.history.missing.isEmpty == false)
        _ = try sams.catchUp()
        for change in changes where !change.isDelete {
            try laptops.robin.send(change, to: laptops.sam)
        }
        #expect(try laptops.sam.open()?.verify().isWhole == true)
        try laptops.settle()
        #expect(try !laptops.holds("ERASE-ME", on: laptops.sam))
        #expect(try laptops.holds("This stays.", on: laptops.sam))
    }

    @Test func puttingBackTheFolderIsStillNoticed() throws {
        let laptops = try Laptops()
        // What a host would put back: the folder as it was before the erasure.
        let old = laptops.root.appendingPathComponent("old")
        try FileManager.default.copyItem(at: laptops.sam.folder, to: old)
        let robins = try laptops.item(of: laptops.robin)
        let number = try #require(try robins.entries().first { $0.text == "ERASE-ME" }?.number)
        try robins.erase(entry: number, confirming: laptops.name)
        try laptops.settle()
        #expect(try laptops.sam.open()?.verify().problems.isEmpty == true)
        try FileManager.default.removeItem(at: laptops.sam.folder)
        try FileManager.default.copyItem(at: old, to: laptops.sam.folder)
        let sams = try #require(try laptops.sam.open())
        #expect(sams.store.regressed[laptops.id]?.isEmpty == false)
        #expect(try sams.verify().problems.contains { $0.code == .olderThanSeen })
    }

    @Test func whatIsWrittenMeanwhileStaysAndIsSaid() throws {
        let laptops = try Laptops()
        try laptops.item(of: laptops.robin).erase(confirming: laptops.name)
        try laptops.carryOut()
        // Sam knows nothing of it: writes an entry, and seals everything anew for a guest.
        let kim = try MemberKey.generate(name: "Kim")
        let sams = try laptops.item(of: laptops.sam)
        _ = try sams.add(.discussion, "Written meanwhile.")
        try sams.vault.admit(kim.card, confirming: kim.card.spoken)
        _ = try sams.add(.discussion, "And this.")
        try laptops.sync()
        for replica in [laptops.robin, laptops.sam] {
            let vault = try #require(try replica.open())
            let item = Case(vault: vault, id: laptops.id)
            let left = try item.entries().filter { !$0.isErased }.map(\.text)
            #expect(Set(left) == ["Written meanwhile.", "And this."])
            #expect(item.isErased)
            #expect(vault.waiting.contains { $0.need == .erasure && $0.codeName == laptops.name })
            #expect(vault.offers.contains { $0.act == .erase && $0.codeName == laptops.name })
            #expect(try vault.verify().problems.contains { $0.code == .leftAfterErasing })
        }
        try laptops.settle()
        #expect(try !laptops.holds("ERASE-ME", on: laptops.robin))
        #expect(try !laptops.holds("ERASE-ME", on: laptops.sam))
        #expect(try laptops.holds("Written meanwhile.", on: laptops.robin))
        try laptops.item(of: laptops.sam).erase(confirming: laptops.name)
        try laptops.settle()
        for replica in [laptops.robin, laptops.sam] {
            #expect(try !laptops.holds("Written meanwhile.", on: replica))
            let vault = try #require(try replica.open())
            #expect(!vault.waiting.contains { $0.need == .erasure })
            let report = try vault.verify()
            #expect(report.isWhole)
            #expect(!report.problems.contains { $0.code == .leftAfterErasing })
        }
    }

    @Test func bothErase() throws {
        let laptops = try Laptops()
        for replica in [laptops.robin, laptops.sam] {
            let item = try laptops.item(of: replica)
            let number = try #require(try item.entries().first { $0.text == "ERASE-ME" }?.number)
            try item.erase(entry: number, confirming: laptops.name)
        }
        try laptops.sync()
        try laptops.settle()
        for replica in [laptops.robin, laptops.sam] {
            #expect(try !laptops.holds("ERASE-ME", on: replica))
            #expect(try laptops.holds("This stays.", on: replica))
            let vault = try #require(try replica.open())
            #expect(try vault.verify().problems.isEmpty)
            #expect(vault.store.logs[laptops.id]?.files.count == 1)
            #expect(!vault.offers.contains { $0.needsNoQuestion })
        }
    }
}
