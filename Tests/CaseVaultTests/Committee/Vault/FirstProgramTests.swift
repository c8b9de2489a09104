// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// The program of the README, end to end.
struct FirstProgramTests {
    @Test func letsInWhoeverDeclaredNoConflict() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim", "Noor")
        let shelf = try committee.startCase(by: "Robin")
        #expect(shelf.readers.map(\.name) == ["Robin"])
        let sams = try committee.vault("Sam")
        #expect(sams.unansweredChecks.map { $0.people.map(\.name) } == [["Alex Doe"]])
        for check in sams.unansweredChecks { _ = try sams.declare(.noConflict, on: check) }
        try committee.declareAll("Kim", .conflict)
        let robins = try committee.vault("Robin")
        let change = try robins.catchUp()
        #expect(change.granted.map(\.member.name) == ["Sam"])
        let same = try robins.case(named: shelf.codeName.description)
        _ = try same.add(.discussion, "In scope: it happened in the chat channel.")
        let seen = try committee.vault("Sam").cases
        #expect(seen.count == 1)
        _ = try seen.first?.takeFirstLook(.noConflict)
        #expect(try seen.first?.entries().map(\.kind) == [.report, .discussion])
        #expect(try committee.vault("Kim").cases.isEmpty)
        #expect(try committee.vault("Noor").cases.isEmpty)
        let revocation = try same.revokeAccess(of: committee.card("Sam"))
        #expect(revocation.revoked.map(\.member.name) == ["Sam"])
        #expect(revocation.cannotUndo.count >= 3)
        #expect(try committee.vault("Sam").cases.isEmpty)
        #expect(try robins.catchUp().granted.isEmpty)
        #expect(try robins.verify().isWhole)
    }
}
