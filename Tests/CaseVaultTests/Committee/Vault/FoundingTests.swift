// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// A vault that several people found.
struct FoundingTests {
    /// A folder, and people who have no vault yet.
    private let committee: TestCommittee

    init() throws { committee = try TestCommittee() }

    /// Founds a vault by Robin with others.
    @discardableResult
    private func found(
        with others: [(card: MemberCard, spoken: SpokenDigits)]
    ) throws -> Vault {
        try Vault.create(
            at: committee.folder, committee: "Local organizers", founder: committee.key("Robin"),
            with: others, in: committee.environment("Robin"))
    }

    /// Cards with the digits that their owners read aloud.
    private func cards(_ names: String...) throws -> [(card: MemberCard, spoken: SpokenDigits)] {
        try names.map { (try committee.card($0), try committee.card($0).spoken) }
    }

    @Test func allAreMembersFromTheStart() throws {
        let robins = try found(with: cards("Sam", "Kim"))
        #expect(try robins.verify().isWhole)
        for name in ["Robin", "Sam", "Kim"] {
            let vault = try committee.vault(name)
            #expect(vault.members.map(\.name) == ["Kim", "Robin", "Sam"])
            #expect(vault.code == robins.code)
            #expect(vault.store.logs[.roster(of: vault.store.vault)]?.history.order.count == 1)
            // Whoever typed the digits compared, and nobody else.
            let confirmed = vault.members.filter(\.isConfirmedByMe).map(\.name)
            #expect(confirmed == (name == "Robin" ? ["Kim", "Robin", "Sam"] : [name]))
        }
        // One after the other goes on as before.
        let sams = try committee.vault("Sam")
        try sams.admit(committee.card("Noor"), confirming: committee.card("Noor").spoken)
        #expect(try committee.vault("Noor").members.count == 4)
        try committee.confirmAll(["Robin", "Sam", "Kim", "Noor"])
        let shelf = try committee.startCase(by: "Kim")
        for name in ["Robin", "Sam", "Noor"] { try committee.declareAll(name) }
        _ = try committee.vault("Kim").catchUp()
        #expect(Case(vault: try committee.vault("Noor"), id: shelf.id).readers.count == 4)
    }

    @Test func aFounderCanBeRemovedAsAnybody() throws {
        try found(with: cards("Sam", "Kim"))
        _ = try committee.vault("Kim").remove(committee.card("Robin").id)
        #expect(try committee.vault("Sam").members.map(\.name) == ["Kim", "Sam"])
    }

    @Test func needsTheDigitsOfEachCard() throws {
        let wrong = [
            (card: try committee.card("Sam"), spoken: try committee.card("Sam").spoken),
            (card: try committee.card("Kim"), spoken: try committee.card("Sam").spoken),
        ]
        #expect(throws: VaultError.fingerprintMismatch) { try found(with: wrong) }
        #expect(throws: VaultError.alreadyAMember) { try found(with: cards("Sam", "Sam")) }
        #expect(throws: VaultError.alreadyAMember) { try found(with: cards("Robin")) }
        // Nothing stays behind.
        #expect(!FileManager.default.fileExists(atPath: committee.folder.path))
        try found(with: cards("Sam"))
    }

    @Test func oneToThirtyFoundAndTheAuthorIsOne() throws {
        let many = try (1...30).map { number in
            let card = try committee.card("Member \(number)")
            return (card: card, spoken: try card.spoken)
        }
        let refused1 = #expect(throws: VaultError.self) { try found(with: many) }
        #expect(refused1?.reason.name == "tooManyFounders")
        #expect(try found(with: Array(many.dropLast())).members.count == 30)
        let robin = try committee.key("Robin")
        func founding(_ cards: [MemberCard]) -> Founding {
            Founding(founders: cards, committee: "x", rules: .standard)
        }
        for cards in [[], many.map(\.card) + [robin.card]] {
            #expect(throws: FormatError.self) { try Founding(wholly: founding(cards).encoded) }
        }
        let (record, vault) = Record.founding(
            founding(many.map(\.card)), day: Day(daysSince1970: 1), by: robin)
        #expect(throws: FormatError.self) {
            try VerifiedRecord(record, by: robin.card, in: vault)
        }
    }

    @Test(.enabled(if: PythonReader.isAvailable)) func theIndependentReaderAgrees() throws {
        let vault = try found(with: cards("Sam", "Kim"))
        let file = committee.root.appendingPathComponent("Robin.key")
        try committee.key("Robin").save(to: file, passphrase: nil)
        let seen = try PythonReader(folder: committee.folder).read(file)
        #expect(try PythonReader.Result(vault) == seen)
        #expect(seen.members.count == 3)
    }
}
