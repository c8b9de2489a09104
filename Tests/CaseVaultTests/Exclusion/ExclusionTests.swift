// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Who is excluded fails by trying: every secret they ever held on every file there is.
struct ExclusionTests {
    /// A case by Robin that Sam reads; Kim has a conflict, Noor is silent, Lee is not a member.
    private func scene() throws -> (WatchedCommittee, LogID) {
        let watched = WatchedCommittee(try TestCommittee("Robin", "Sam", "Kim", "Noor"))
        for name in ["Robin", "Sam", "Kim", "Noor", "Lee"] { try watched.addAttacker(name) }
        let id = try watched.startCase(by: "Robin")
        try watched.declare("Sam")
        try watched.declare("Kim", .conflict)
        let change = try watched.catchUp("Robin")
        #expect(change.granted.map(\.member.name) == ["Sam"])
        try watched.addEntry("Robin", to: id)
        return (watched, id)
    }

    @Test func conflictedSilentAndOutsiderOpenNothing() throws {
        let (watched, id) = try scene()
        try watched.expectReads("Robin", id)
        try watched.expectReads("Sam", id)
        for name in ["Kim", "Noor", "Lee"] {
            try watched.expectExcluded(name, from: id, as: "Robin")
        }
        // The conflicted and the silent member do read the check: the attack is a real one.
        for name in ["Kim", "Noor"] {
            let opened = try #require(watched.attackers[name])
                .tryEverything(on: try watched.committee.snapshot())
            #expect(opened.values.contains { $0.holds(WatchedCommittee.person) })
        }
        // The outsider opens no file at all, and holds nothing.
        let lee = try #require(watched.attackers["Lee"])
        #expect(lee.tryEverything(on: try watched.committee.snapshot()).isEmpty)
        #expect(lee.secretCount == 0)
    }

    @Test func outsiderWithEveryOldFileSeesNoName() throws {
        let (watched, _) = try scene()
        // Three letters alone come up by chance in one run of a hundred: Sam with the length.
        let names = ["Robin", "\0\0\0\u{3}Sam", "Local organizers", "MARK"]
        for bytes in try watched.committee.snapshot().values {
            for name in names { #expect(!bytes.holds(name)) }
        }
        // And nothing tells how many slots are somebody's.
        RawSlots.expectNothingRecurs(
            in: try watched.committee.snapshot().values.filter {
                $0.starts(with: Array("CVSF".utf8))
            })
    }

    @Test func revokedMemberOpensNoFileOfTheCase() throws {
        let (watched, id) = try scene()
        try watched.expectReads("Sam", id)
        let before = try watched.files(of: id, as: "Robin")
        try watched.step {
            try watched.openCase("Robin", id).revokeAccess(of: watched.committee.card("Sam"))
        }
        try watched.expectExcluded("Sam", from: id, as: "Robin")
        try watched.expectReads("Robin", id)
        // Every file of before is gone, the attachment's too.
        let now = try watched.files(of: id, as: "Robin")
        #expect(now.isDisjoint(with: before))
        #expect(before.isDisjoint(with: try watched.committee.snapshot().keys))
        // What is written afterwards is closed as well, whatever others do.
        try watched.addEntry("Robin", to: id)
        for name in ["Sam", "Noor", "Kim", "Robin"] { try watched.catchUp(name) }
        try watched.expectExcluded("Sam", from: id, as: "Robin")
        #expect(try watched.committee.vault("Sam").cases.isEmpty)
    }

    @Test func regrantAfterRevocationNeedsAHand() throws {
        let (watched, id) = try scene()
        let sam = try watched.committee.card("Sam")
        try watched.step { try watched.openCase("Robin", id).revokeAccess(of: sam) }
        try watched.declare("Noor")
        try watched.catchUp("Robin")
        try watched.catchUp("Noor")
        try watched.expectExcluded("Sam", from: id, as: "Noor")
        try watched.expectReads("Noor", id)
        try watched.step { try watched.openCase("Robin", id).grantAccess(to: sam.id) }
        try watched.expectReads("Sam", id)
    }

    @Test(arguments: [false, true])
    func whoComesBackIsBackWhereNobodyTookThemOut(wasRevoked: Bool) throws {
        let (watched, id) = try scene()
        let sam = try watched.committee.card("Sam")
        if wasRevoked {
            try watched.step { try watched.openCase("Robin", id).revokeAccess(of: sam) }
        }
        try watched.step { try watched.committee.vault("Robin").remove(sam.id) }
        try watched.catchUp("Robin")
        try watched.step {
            try watched.committee.vault("Robin").admit(sam, confirming: sam.spoken)
        }
        try watched.committee.confirmAll(["Robin", "Sam", "Kim", "Noor"])
        try watched.declare("Sam")
        for _ in 0..<2 {
            for name in ["Robin", "Kim", "Noor", "Sam"] { try watched.catchUp(name) }
            watched.committee.clock.advance(days: 2)
        }
        // Back among the members is back where one was, unless taken out there by name.
        if wasRevoked {
            try watched.expectExcluded("Sam", from: id, as: "Robin")
            try watched.step { try watched.openCase("Robin", id).grantAccess(to: sam.id) }
        }
        try watched.expectReads("Sam", id)
    }

    // Whoever writes before anybody caught up must not seal it to somebody who is out.
    @Test func theNextEntryIsClosedToWhomAColleagueRemoved() throws {
        let (watched, id) = try scene()
        let sam = try watched.committee.card("Sam")
        // Kim does not read the case, so it stays as it is.
        try watched.step { try watched.committee.vault("Kim").remove(sam.id) }
        try watched.expectReads("Sam", id)
        let before = try watched.files(of: id, as: "Robin")
        try watched.addEntry("Robin", to: id)
        try watched.expectExcluded("Sam", from: id, as: "Robin")
        #expect(before.isDisjoint(with: try watched.committee.snapshot().keys))
        try watched.expectReads("Robin", id)
    }

    @Test func theNextEntryIsClosedToWhoeverDeclaredAConflict() throws {
        let (watched, id) = try scene()
        // Sam's program signs the conflict and does not leave the case.
        let sams = try watched.committee.vault("Sam").store
        let check = try #require(sams.logs.values.first { $0.kind == .check })
        let sam = HostileWriter(
            committee: watched.committee, key: try watched.committee.key("Sam"))
        let conflict = try sam.record(
            .declared(DeclarationStatement(answer: .conflict, replaces: [])), in: check.id,
            parents: check.history.heads, vault: sams.vault)
        try watched.step {
            try sam.plant(
                [conflict], for: check.history.readerCards, vault: sams.vault, slots: 8)
        }
        try watched.addEntry("Robin", to: id)
        try watched.expectExcluded("Sam", from: id, as: "Robin")
        try watched.expectReads("Robin", id)
    }

    @Test func recusedMemberIsOutOnceAColleagueCaughtUp() throws {
        let (watched, id) = try scene()
        let change = try watched.step { try watched.openCase("Sam", id).recuse() }
        #expect(change.waiting.contains { $0.need == .catchUpByReader })
        // Said honestly: until then the key that was held still opens what it opened.
        try watched.expectReads("Robin", id)
        try watched.catchUp("Robin")
        try watched.expectExcluded("Sam", from: id, as: "Robin")
        try watched.expectReads("Robin", id)
    }

    @Test func aLaterConflictTakesAccessAway() throws {
        let (watched, id) = try scene()
        let sams = try watched.committee.vault("Sam")
        let check = try #require(sams.checks.first)
        try watched.step { try sams.declare(.conflict, on: check) }
        try watched.catchUp("Robin")
        try watched.expectExcluded("Sam", from: id, as: "Robin")
        // Taking the conflict back does not let anybody in again by itself.
        let again = try watched.committee.vault("Sam")
        try watched.step { try again.declare(.noConflict, on: check) }
        try watched.catchUp("Robin")
        try watched.expectExcluded("Sam", from: id, as: "Robin")
        try watched.expectReads("Robin", id)
    }

    @Test func removedMemberOpensNothingInTheFolder() throws {
        let (watched, id) = try scene()
        let sam = try watched.committee.card("Sam")
        let others = try watched.startCase(by: "Noor")
        try watched.declare("Sam")
        try watched.catchUp("Noor")
        try watched.expectReads("Sam", others)
        try watched.step { try watched.committee.vault("Robin").remove(sam.id) }
        try watched.expectExcluded("Sam", from: id, as: "Robin", markers: [])
        // What Robin cannot open waits for Noor, who does it by catching up.
        try watched.catchUp("Noor")
        try watched.expectExcluded("Sam", from: others, as: "Noor")
        try watched.expectExcluded("Sam", from: id, as: "Robin")
        let opened = try #require(watched.attackers["Sam"])
            .tryEverything(on: try watched.committee.snapshot())
        #expect(opened.isEmpty, "roster, checks and rows are closed too")
        try watched.expectReads("Noor", others)
        try watched.expectReads("Robin", id)
        #expect(throws: VaultError.notForYou) { try watched.committee.vault("Sam") }
    }

    @Test func guestIsOutAfterRevocation() throws {
        let (watched, id) = try scene()
        let lee = try watched.committee.card("Lee")
        try watched.step {
            try watched.openCase("Robin", id).invite(lee, confirming: lee.spoken)
        }
        try watched.expectExcluded("Lee", from: id, as: "Robin")
        try watched.declare("Lee")
        try watched.catchUp("Robin")
        try watched.expectReads("Lee", id)
        // A guest sees neither the roster nor the register.
        let lees = try watched.committee.vault("Lee")
        #expect(lees.members.isEmpty && lees.register.isEmpty)
        try watched.step { try watched.openCase("Robin", id).revokeAccess(of: lee) }
        try watched.expectExcluded("Lee", from: id, as: "Robin")
        try watched.expectReads("Robin", id)
    }

    @Test func readerFromWhomASecondCheckIsWithheldIsOutInTheSameAct() throws {
        let (watched, id) = try scene()
        let sam = try watched.committee.card("Sam")
        let result = try watched.step {
            try watched.openCase("Robin", id).addCheck(
                about: ReportedPerson(name: "MARKSECOND Sam"), withholdingFrom: [sam.id])
        }
        #expect(Set(result.change.revoked.map(\.member.id)) == [sam.id])
        try watched.expectExcluded(
            "Sam", from: id, as: "Robin",
            markers: WatchedCommittee.textMarkers + ["MARKSECOND", WatchedCommittee.fileMarker])
        for name in ["Kim", "Noor", "Robin"] { try watched.catchUp(name) }
        try watched.expectExcluded("Sam", from: id, as: "Robin", markers: ["MARKSECOND"])
        // The control: Noor was not left out and does read the second name.
        let noors = try #require(watched.attackers["Noor"])
            .tryEverything(on: try watched.committee.snapshot())
        #expect(noors.values.contains { $0.holds("MARKSECOND") })
        try watched.expectReads("Robin", id)
    }
}
