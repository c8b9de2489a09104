// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// What somebody can do who never was a member and knows every public card.
struct OutsiderTests {
    @Test func secondFirstRecordOfTheRosterMeansNothing() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let shelf = try committee.startCase(by: "Robin")
        let outsider = HostileWriter(committee: committee, key: try committee.key("Outsider"))
        let vault = shelf.vault.store.vault
        let cards = try [committee.card("Robin"), committee.card("Sam"), outsider.key.card]
        let roster = LogID.roster(of: vault)
        for _ in 0..<3 {
            let founding = Founding(
                founders: [outsider.key.card], committee: "False", rules: .standard)
            let record = try outsider.start(.founded(founding), vault: vault)
            // Which roster it starts is its hash: never this one.
            #expect(record.record.log != roster)
            try outsider.plant([record], for: cards, vault: vault)
        }
        let robins = try committee.vault("Robin")
        #expect(robins.committee == "Local organizers")
        #expect(robins.members.map(\.name) == ["Robin", "Sam"])
        #expect(robins.cases.count == 1)
    }

    @Test func strangersLogIsNeverWrittenAnew() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let outsider = HostileWriter(committee: committee, key: try committee.key("Outsider"))
        let vault = try committee.vault("Robin").store.vault
        let others = try (0..<20).map { try committee.card("Nobody \($0)") }
        let start = Statement.checkStarted(
            CheckStart(
                readers: try others + [committee.card("Robin")], withheld: [], tag: .zero))
        try outsider.plant(
            [outsider.start(start, vault: vault)], for: [committee.card("Robin")],
            vault: vault)
        let robins = try committee.vault("Robin")
        let before = try committee.snapshot().count
        _ = try robins.catchUp()
        #expect(robins.checks.isEmpty)
        #expect(try committee.snapshot().count <= before)
    }

    @Test func manyRecordsOfStrangersAreNoParents() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let outsider = HostileWriter(committee: committee, key: try committee.key("Outsider"))
        let robins = try committee.vault("Robin")
        let vault = robins.store.vault
        let log = LogID.roster(of: vault)
        let records = try (0..<Record.parentLimit + 1).map { number in
            let other = try #require(
                CardID(String(repeating: "0", count: 56) + String(format: "%08x", number)))
            return try outsider.record(.removed([other]), in: log, vault: vault)
        }
        let heads = try #require(robins.store.logs[log]).history.heads
        let last = try outsider.record(
            .removed([committee.card("Sam").id]), in: log, parents: heads, vault: vault)
        try outsider.plant(
            records + [last], for: [committee.card("Robin"), committee.card("Sam")], vault: vault)
        let kim = try committee.card("Kim")
        try committee.vault("Robin").admit(kim, confirming: kim.spoken)
        #expect(try committee.vault("Sam").members.map(\.name) == ["Kim", "Robin", "Sam"])
    }

    @Test func strangersFileThatVanishesStopsNothing() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let outsider = HostileWriter(committee: committee, key: try committee.key("Outsider"))
        let robins = try committee.vault("Robin")
        let log = LogID.roster(of: robins.store.vault)
        let heads = try #require(robins.store.logs[log]).history.heads
        let name = try outsider.plant(
            [
                outsider.record(
                    .removed([committee.card("Sam").id]), in: log, parents: heads,
                    vault: robins.store.vault)
            ],
            for: [committee.card("Robin"), committee.card("Sam")], vault: robins.store.vault)
        try robins.refresh()
        #expect(try #require(robins.store.logs[log]).history.heads == heads)
        try VaultFolder(path: committee.folder.path, files: FileSystem()).remove(name)
        let kim = try committee.card("Kim")
        try robins.admit(kim, confirming: kim.spoken)
        #expect(robins.members.map(\.name) == ["Kim", "Robin", "Sam"])
    }
}
