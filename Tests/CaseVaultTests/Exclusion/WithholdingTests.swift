// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// A reported person on the committee, or joining it, finds nothing of their own case.
struct WithholdingTests {
    /// Asserts that somebody finds neither the name nor the code name nor any file of a case.
    private func expectNothing(
        of id: LogID, for name: String, as reader: String, in watched: WatchedCommittee,
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let codeName = try watched.openCase(reader, id).codeName.description
        try watched.expectExcluded(
            name, from: id, as: reader,
            markers: WatchedCommittee.textMarkers + [
                WatchedCommittee.fileMarker, "MARKPERSON", codeName,
            ],
            at: location)
        // Neither the check nor the row, by the files that hold them.
        let store = try watched.committee.vault(reader).store
        let view = try #require(CaseView(store.logs[id]))
        let opened = try #require(watched.attackers[name])
            .tryEverything(on: try watched.committee.snapshot())
        for log in view.checks + [view.start.row.log] {
            let files = try #require(store.logs[log]).fileNames
            #expect(files.isDisjoint(with: opened.keys), sourceLocation: location)
        }
        // Nor a reference: no identifier of those logs stands in anything that opens.
        for log in view.checks + [view.start.row.log, id] {
            for plain in opened.values {
                #expect(
                    Data(plain).range(of: Data(log.raw.bytes)) == nil, sourceLocation: location)
            }
        }
    }

    @Test func reportedMemberFindsNeitherCheckNorRowNorCase() throws {
        let watched = WatchedCommittee(try TestCommittee("Robin", "Sam", "Pat"))
        for name in ["Robin", "Sam", "Pat"] { try watched.addAttacker(name) }
        let id = try watched.startCase(by: "Robin", withholdingFrom: ["Pat"])
        try watched.declare("Sam")
        for name in ["Robin", "Sam", "Pat", "Robin"] { try watched.catchUp(name) }
        try watched.addEntry("Sam", to: id)
        try watched.step {
            try watched.openCase("Sam", id).updateRow([.status: "ongoing"])
        }
        for name in ["Robin", "Sam", "Pat", "Robin"] { try watched.catchUp(name) }
        try expectNothing(of: id, for: "Pat", as: "Robin", in: watched)
        #expect(try watched.committee.vault("Pat").checks.isEmpty)
        #expect(try watched.committee.vault("Pat").register.isEmpty)
        // The controls: Sam finds all of it; so would Pat in a case that is not withheld.
        try watched.expectReads("Sam", id)
        let other = try watched.startCase(by: "Sam")
        let codeName = try watched.openCase("Sam", other).codeName.description
        let opened = try #require(watched.attackers["Pat"])
            .tryEverything(on: try watched.committee.snapshot())
        #expect(opened.values.contains { $0.holds("MARKPERSON") })
        #expect(opened.values.contains { $0.holds(codeName) })
    }

    @Test func newcomerWhoIsTheReportedPersonFindsNothing() throws {
        let watched = WatchedCommittee(try TestCommittee("Robin", "Sam", "Noor"))
        let committee = watched.committee
        for name in ["Robin", "Sam", "Pat", "Toni"] { try watched.addAttacker(name) }
        let id = try watched.startCase(by: "Robin")
        try watched.declare("Sam")
        try watched.catchUp("Robin")
        let sams = try committee.vault("Sam")
        let check = try #require(sams.checks.first?.id)
        let pat = try committee.card("Pat")
        try watched.step {
            try sams.admit(pat, confirming: pat.spoken, withholding: [check])
        }
        let toni = try committee.card("Toni")
        try watched.step {
            try committee.vault("Sam").admit(toni, confirming: toni.spoken)
        }
        try committee.confirmAll(["Robin", "Sam", "Noor", "Pat", "Toni"])
        try watched.declare("Toni")
        #expect(try committee.vault("Pat").unansweredChecks.isEmpty)
        for name in ["Pat", "Robin", "Noor", "Sam", "Toni", "Robin", "Pat"] {
            try watched.catchUp(name)
        }
        try watched.addEntry("Robin", to: id)
        try expectNothing(of: id, for: "Pat", as: "Robin", in: watched)
        // The control: the other newcomer, admitted by the same member, reads the case.
        try watched.expectReads("Toni", id)
    }

    @Test func whatTheAdmittingMemberCannotReadWaitsForAQuestion() throws {
        let watched = WatchedCommittee(try TestCommittee("Robin", "Sam", "Kim"))
        let committee = watched.committee
        for name in ["Robin", "Pat", "Kim"] { try watched.addAttacker(name) }
        let id = try watched.startCase(by: "Robin", withholdingFrom: ["Kim"])
        try watched.declare("Sam")
        try watched.catchUp("Robin")
        let pat = try committee.card("Pat")
        try watched.step { try committee.vault("Kim").admit(pat, confirming: pat.spoken) }
        try committee.confirmAll(["Robin", "Sam", "Kim", "Pat"])
        for name in ["Robin", "Sam", "Kim", "Robin"] { try watched.catchUp(name) }
        try expectNothing(of: id, for: "Pat", as: "Robin", in: watched)
        let robins = try committee.vault("Robin")
        let check = try #require(robins.checks.first)
        #expect(check.undecidedNewcomers.map(\.id) == [pat.id])
        // Shown on purpose, the name is there: nothing but the answer kept it away.
        try watched.step { try robins.decide(check: check.id, for: pat.id, isShown: true) }
        let opened = try #require(watched.attackers["Pat"]).tryEverything(on: committee.snapshot())
        #expect(opened.values.contains { $0.holds("MARKPERSON") })
        try watched.expectExcluded("Pat", from: id, as: "Robin")
        try expectNothing(of: id, for: "Kim", as: "Robin", in: watched)
    }

    @Test func answeringNoKeepsTheNewcomerOutForGood() throws {
        let watched = WatchedCommittee(try TestCommittee("Robin", "Sam", "Kim"))
        let committee = watched.committee
        for name in ["Robin", "Pat"] { try watched.addAttacker(name) }
        let id = try watched.startCase(by: "Robin", withholdingFrom: ["Kim"])
        let pat = try committee.card("Pat")
        try watched.step { try committee.vault("Kim").admit(pat, confirming: pat.spoken) }
        try committee.confirmAll(["Robin", "Sam", "Kim", "Pat"])
        let robins = try committee.vault("Robin")
        let check = try #require(robins.checks.first)
        try watched.step { try robins.decide(check: check.id, for: pat.id, isShown: false) }
        #expect(try committee.vault("Robin").checks.first?.undecidedNewcomers.isEmpty == true)
        for name in ["Robin", "Sam", "Kim", "Pat", "Robin"] { try watched.catchUp(name) }
        try expectNothing(of: id, for: "Pat", as: "Robin", in: watched)
        try watched.expectReads("Robin", id)
    }
}
