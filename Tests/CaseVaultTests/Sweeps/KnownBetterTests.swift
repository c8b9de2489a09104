// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// A machine that knew better lets nobody in because somebody took a file away.
struct KnownBetterTests {
    /// Takes away the files that came since an earlier look.
    private func takeAway(
        _ committee: TestCommittee, since before: [FileName: [UInt8]]
    ) throws {
        let now = try committee.snapshot()
        let place = VaultFolder(path: committee.folder.path, files: FileSystem())
        for name in now.keys where before[name] == nil { try place.remove(name) }
        for (name, bytes) in before where now[name] == nil {
            let file = URL(fileURLWithPath: place.path(of: name))
            try Data(bytes).write(to: file)
        }
    }

    @Test func aRemovedMemberGetsNoNamesAfterTheRosterWasRolledBack() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let before = try committee.snapshot()
        _ = try committee.vault("Robin").remove(try committee.card("Kim").id)
        try takeAway(committee, since: before)
        let robins = try committee.vault("Robin")
        let roster = LogID.roster(of: robins.store.vault)
        #expect(robins.store.regressed[roster] != nil, "the roster is rolled back")
        #expect(!robins.members.contains { $0.name == "Kim" })
        let files = try committee.snapshot().keys
        #expect(throws: VaultError.regressed(roster)) {
            try robins.startCase(
                about: [ReportedPerson(name: "Alex Doe")], report: Report(text: "It happened."))
        }
        #expect(try committee.snapshot().keys == files)
        // Once a person accepts, it goes on.
        try robins.acceptGap(in: roster)
        let new = try robins.startCase(
            about: [ReportedPerson(name: "Alex Doe")], report: Report(text: "It happened."))
        #expect(try new.access().readers.map(\.member.name) == ["Robin"])
        #expect(try committee.vault("Kim").checks.isEmpty)
    }

    @Test func aConflictThatWasTakenAwayStillKeepsItsMemberOut() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let shelf = try committee.startCase(by: "Robin")
        try committee.declareAll("Sam", .noConflict)
        let before = try committee.snapshot()
        let sams = try committee.vault("Sam")
        let check = try #require(sams.checks.first)
        _ = try sams.declare(.conflict, on: check)
        // Robin's computer sees the conflict, then somebody takes it away.
        _ = try committee.vault("Robin")
        try takeAway(committee, since: before)
        let robins = try committee.vault("Robin")
        #expect(robins.checks.count == 1)
        #expect(try robins.catchUp().granted.isEmpty)
        let same = try robins.case(named: shelf.codeName.description)
        #expect(throws: VaultError.regressed(check.id.log)) {
            try same.grantAccess(to: try committee.card("Sam").id)
        }
        #expect(same.readers.map(\.name) == ["Robin"])
    }
}
