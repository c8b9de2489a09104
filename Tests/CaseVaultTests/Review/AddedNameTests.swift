// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// A check names whom its author named, although everybody who is asked can write into it.
///
/// Otherwise somebody with a conflict could put a colleague's name beside their friend's, and that
/// colleague would have to stay out.
struct AddedNameTests {
    /// Robin's case about Alex Doe that Sam reads; Noor has a conflict, Kim has not answered.
    private func scene() throws -> (committee: TestCommittee, case: Case, check: LogID) {
        let committee = try TestCommittee("Robin", "Sam", "Noor", "Kim")
        let shelf = try committee.startCase(by: "Robin", about: "Alex Doe")
        try committee.declareAll("Sam")
        try committee.declareAll("Noor", .conflict)
        _ = try committee.vault("Robin").catchUp()
        let check = try #require(try committee.vault("Robin").checks.first?.id)
        return (committee, shelf, check.log)
    }

    /// Somebody names one more person in a check, beside or behind everything that is there.
    private func name(
        _ person: String, in check: LogID, by name: String, _ committee: TestCommittee
    ) throws {
        for past in [ClaimedPast.first, .everything] {
            try committee.hostile(name).plant(
                [.named(ReportedPerson(name: person))], in: check, claiming: past)
        }
    }

    @Test(arguments: ["Sam", "Noor", "Kim"])
    func whoIsAskedAddsNoName(author: String) throws {
        let (committee, shelf, check) = try scene()
        try name("Kim", in: check, by: author, committee)
        for _ in 0..<2 {
            for member in ["Robin", "Sam", "Noor", "Kim"] {
                let vault = try committee.vault(member)
                _ = try vault.catchUp()
                #expect(vault.checks.flatMap(\.people).map(\.name) == ["Alex Doe"], "\(member)")
            }
            for reader in ["Robin", "Sam"] {
                let item = Case(vault: try committee.vault(reader), id: shelf.id)
                _ = try item.takeFirstLook(.noConflict)
                #expect(try item.people.map(\.name) == ["Alex Doe"], "\(reader)")
            }
            committee.clock.advance(days: 2)
        }
        // A newcomer is asked about Alex only, and nothing is found under the other name.
        let pal = try committee.card("Pal")
        try committee.vault("Robin").admit(pal, confirming: pal.spoken)
        let asked = try committee.vault("Pal").checks
        #expect(asked.flatMap(\.people).map(\.name) == ["Alex Doe"])
    }

    @Test func itsAuthorDoes() throws {
        let (committee, _, check) = try scene()
        try name("Zed Zero", in: check, by: "Robin", committee)
        let names = Set(try committee.vault("Noor").checks.flatMap(\.people).map(\.name))
        #expect(names == ["Alex Doe", "Zed Zero"], "the control: such a record is a name")
    }
}
