// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// Other cases about the same person are found, among those that the reader may read.
struct RelatedTests {
    /// Starts a case about somebody with other names.
    private func start(
        _ vault: Vault, _ name: String, _ aliases: String...
    ) throws -> Case {
        try vault.startCase(
            about: [ReportedPerson(name: name, aliases: aliases)], report: Report(text: "Text."))
    }

    @Test func findsNamesAndAliasesInAnyForm() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let vault = try committee.vault("Robin")
        let first = try start(vault, "Zoe\u{301} Doe", "zed")
        let second = try start(vault, "ZO\u{C9}  doe")
        let third = try start(vault, "Somebody", "ZED", "other")
        let fourth = try start(vault, "Zoe Doe", "other")
        #expect(Set(try first.related.map(\.id)) == [second.id, third.id])
        #expect(try second.related.map(\.id) == [first.id])
        #expect(Set(try third.related.map(\.id)) == [first.id, fourth.id])
        #expect(try fourth.related.map(\.id) == [third.id])
    }

    @Test func looksAtNothingElse() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let robins = try start(try committee.vault("Robin"), "Alex Doe")
        _ = try start(try committee.vault("Sam"), "Alex Doe")
        // Robin sees both names in the checks, and reads one case.
        let vault = try committee.vault("Robin")
        #expect(vault.checks.count == 2)
        #expect(try vault.case(named: robins.codeName.description).related.isEmpty)
        try committee.declareAll("Robin")
        _ = try committee.vault("Sam").catchUp()
        let again = try committee.vault("Robin")
        let same = try again.case(named: robins.codeName.description)
        #expect(try same.related.count == 1)
        let other = try #require(same.related.first)
        #expect(throws: VaultError.firstLookNeeded) { try other.related }
    }
}
