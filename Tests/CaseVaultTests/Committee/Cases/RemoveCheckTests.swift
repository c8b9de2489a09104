// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// A check that was added to a case is taken off again, by name.
struct RemoveCheckTests {
    @Test func nobodyHasToAnswerItAnyMoreAndAConflictStays() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let item = try committee.startCase(by: "Robin")
        let first = try #require(try committee.vault("Robin").checks.first).id
        let added = try item.addCheck(about: ReportedPerson(name: "Second Person"))
        // Sam says nothing about the second person, Kim has a conflict.
        for name in ["Sam", "Kim"] {
            let vault = try committee.vault(name)
            _ = try vault.declare([(first, .noConflict)])
        }
        _ = try committee.vault("Kim").declare([(added.check, .conflict)])
        _ = try committee.vault("Robin").catchUp()
        #expect(try committee.readers(of: item.log, as: "Robin") == ["Robin"])
        let robins = Case(vault: try committee.vault("Robin"), id: item.log)
        #expect(throws: VaultError.firstCheckStays) { try robins.removeCheck(first) }
        _ = try committee.startCase(by: "Robin", about: "Jo Sample")
        let others = try #require(
            try committee.vault("Robin").checks.first { $0.people.first?.name == "Jo Sample" })
        #expect(throws: VaultError.unknownCheck) { try robins.removeCheck(others.id) }
        _ = try robins.removeCheck(added.check)
        _ = try committee.vault("Robin").catchUp()
        #expect(try committee.readers(of: item.log, as: "Robin") == ["Robin", "Sam"])
        #expect(try committee.readers(of: item.log, as: "Sam") == ["Robin", "Sam"])
        // Once is enough.
        let again = Case(vault: try committee.vault("Robin"), id: item.log)
        #expect(throws: VaultError.unknownCheck) { try again.removeCheck(added.check) }
    }
}
