// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Several programs of one person on one computer, which share its memory.
struct SharedMemoryTests {
    @Test func whatEachRememberedStays() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let names = try (0..<2).map { number in
            try committee.startCase(by: "Robin", about: "Person \(number)").codeName.description
        }
        try committee.declareAll("Sam")
        _ = try committee.vault("Robin").catchUp()
        // Both are open before either looks.
        let windows = try (0..<2).map { _ in try committee.vault("Sam") }
        for (window, name) in zip(windows, names) {
            _ = try window.case(named: name).takeFirstLook(.noConflict)
        }
        for (window, name) in zip(windows, names.reversed()) {
            #expect(try window.case(named: name).hasTakenFirstLook == (window === windows[1]))
        }
        let later = try committee.vault("Sam")
        for name in names { #expect(try later.case(named: name).hasTakenFirstLook) }
    }

    /// What changed on both sides since they parted.
    @Test func mergingLosesNothingOfEitherSide() {
        func file(_ number: UInt8) -> FileName { FileName(raw: BLAKE2b.hash([number].span)) }
        func record(_ number: UInt8) -> RecordID { RecordID(raw: BLAKE2b.hash([number].span)) }
        let log = LogID(raw: BLAKE2b.hash([9].span))
        var base = SeenState()
        base.noted = [file(1): 10, file(2): 10]
        base.notMine = [file(1), file(2)]
        base.heads = [log: [record(1)]]
        var theirs = base
        theirs.noted[file(3)] = 30
        theirs.noted[file(1)] = nil
        theirs.notMine.remove(file(1))
        theirs.heads[log] = [record(2)]
        var own = base
        own.noted[file(3)] = 20
        own.notMine.insert(file(4))
        own.heads[log] = [record(3)]
        let merged = theirs.adding(own, since: base)
        // Whoever saw a file first is right; what one side let go is gone; both sides' heads stay.
        #expect(merged.noted == [file(2): 10, file(3): 20])
        #expect(merged.notMine == [file(2), file(4)])
        #expect(merged.heads[log] == [record(2), record(3)].sorted())
        #expect(theirs.adding(base, since: base) == theirs)
        #expect(base.adding(own, since: base) == own)
    }

    /// A colleague's program sealed everything once more to somebody who is out.
    @Test func aWholeFileForAFormerReaderGoes() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try committee.sharedCase(of: "Robin", with: ["Sam", "Kim"])
        _ = try shelf.revokeAccess(of: committee.card("Sam"))
        let robins = try committee.vault("Robin")
        let log = try #require(robins.store.logs[shelf.id])
        let kim = HostileWriter(committee: committee, key: try committee.key("Kim"))
        let wide = try kim.plant(
            log.history.order, for: ["Robin", "Kim", "Sam"].map(committee.card),
            vault: robins.store.vault)
        #expect(try committee.vault("Sam").store.files[wide] != nil)
        let problems = try committee.vault("Robin").verify().problems
        #expect(problems.contains { $0.code == .overShared })
        _ = try committee.vault("Robin").catchUp()
        #expect(try committee.snapshot()[wide] == nil)
        #expect(try committee.vault("Sam").store.logs[shelf.id] == nil)
        for name in ["Robin", "Kim"] {
            #expect(try committee.vault(name).cases.map(\.id) == [shelf.id])
        }
    }
}
