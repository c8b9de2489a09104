// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Checks share files with checks and rows with rows, which keeps a big vault small; whoever is
/// taken out of one log of a file loses the file at once, and nobody else loses anything.
struct BundleTests {
    /// A committee with some cases that Sam and Kim have answered.
    private func committee(cases: Int, logsInFile: Int) throws -> TestCommittee {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        committee.logsInFile = logsInFile
        for number in 0..<cases {
            _ = try committee.startCase(by: "Robin", about: "Person \(number)")
        }
        for name in ["Sam", "Kim"] { try committee.declareAll(name) }
        _ = try committee.vault("Robin").catchUp()
        return committee
    }

    /// Robin and Sam catch up on three successive days.
    private func letDaysPass(_ committee: TestCommittee) throws {
        for _ in 0..<3 {
            committee.clock.advance(days: 1)
            for name in ["Robin", "Sam"] { _ = try committee.vault(name).catchUp() }
        }
    }

    /// The files of one kind of log, as Robin opens them.
    private func files(_ kind: LogKind, _ vault: Vault) -> [OpenedFile] {
        vault.store.files.values.filter { file in
            file.records.keys.contains { vault.store.logs[$0]?.kind == kind }
        }
    }

    @Test func vaultOfManyCasesHoldsAboutOneFileACase() throws {
        let committee = try committee(cases: 24, logsInFile: Bundles.mostLogs)
        for _ in 0..<3 {
            let vault = try committee.vault("Robin")
            for found in vault.cases { _ = try found.add(.discussion, "More is known.") }
        }
        try letDaysPass(committee)
        let vault = try committee.vault("Robin")
        #expect(files(.caseFile, vault).count == 24)
        #expect(files(.check, vault).count == 1)
        #expect(files(.row, vault).count == 1)
        #expect(try committee.snapshot().count == 27)
        // Then everything is as it should be, and stays.
        let before = Set(try committee.snapshot().keys)
        try letDaysPass(committee)
        #expect(Set(try committee.snapshot().keys) == before)
        #expect(try committee.vault("Kim").cases.count == 24)
    }

    @Test func filesAreBoundedAndNeverMixKinds() throws {
        let committee = try committee(cases: 13, logsInFile: 4)
        try letDaysPass(committee)
        let vault = try committee.vault("Sam")
        for file in vault.store.files.values {
            #expect(Set(file.records.keys.map { vault.store.logs[$0]?.kind }).count == 1)
            #expect(file.records.count <= 4)
        }
        // Files were split by the first bits of the logs' identifiers.
        let checks = files(.check, vault).map { $0.records.keys.sorted() }
            .sorted { $0[0] < $1[0] }
        #expect(checks.count >= 4 && checks.joined().count == 13)
        #expect(checks.joined().sorted() == Array(checks.joined()))
    }

    @Test func newLogsAreWrittenAlone() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let vault = try committee.vault("Robin")
        try vault.startCase(
            about: [ReportedPerson(name: "Alex Doe"), ReportedPerson(name: "Jo Doe")],
            report: Report(text: "It happened."))
        // One file with both checks would tell that one report names both people.
        #expect(vault.store.files.values.allSatisfy { $0.records.count == 1 })
    }

    @Test func removalFromOneLogOfAFileTakesTheFileAway() throws {
        let committee = try committee(cases: 6, logsInFile: 8)
        try letDaysPass(committee)
        let vault = try committee.vault("Robin")
        let shared = try #require(files(.check, vault).first)
        #expect(files(.check, vault).count == 1)
        let check = try #require(shared.records.keys.sorted().first)
        let kim = try committee.card("Kim").id
        _ = try vault.transact { (transaction) throws(VaultError) in
            try transaction.add(.revoked([kim]), to: check)
        }
        // At once, although nobody else has it yet.
        #expect(try committee.snapshot()[shared.name] == nil)
        #expect(try committee.vault("Kim").checks.count == 5)
        #expect(try committee.vault("Sam").checks.count == 6)
        #expect(try committee.vault("Robin").checks.count == 6)
        for file in vault.store.files.values where file.records[check] != nil {
            #expect(!file.readers.ids.contains(kim))
        }
        try letDaysPass(committee)
        #expect(files(.check, try committee.vault("Sam")).count == 2)
        #expect(try committee.vault("Sam").cases.count == 6)
    }

    @Test func newcomerIsLetInToManyChecksByFewFiles() throws {
        let committee = try committee(cases: 6, logsInFile: 8)
        try letDaysPass(committee)
        let before = Set(try committee.snapshot().keys)
        let card = try committee.card("Noor")
        try committee.vault("Robin").admit(card, confirming: card.spoken)
        #expect(Set(try committee.snapshot().keys).subtracting(before).count == 3)
        let declared = Set(try committee.snapshot().keys)
        try committee.declareAll("Noor")
        #expect(Set(try committee.snapshot().keys).subtracting(declared).count == 1)
        _ = try committee.vault("Robin").catchUp()
        #expect(try committee.vault("Noor").cases.count == 6)
        try letDaysPass(committee)
        #expect(try committee.snapshot().count == 9)
    }

    @Test func twoMachinesThatShareAtOnceComeToOneFile() throws {
        let committee = try committee(cases: 6, logsInFile: 8)
        committee.clock.advance(days: 1)
        // Both write before either has seen the other's file.
        let before = try committee.snapshot()
        _ = try committee.vault("Robin").catchUp()
        let robins = try committee.snapshot()
        let place = VaultFolder(path: committee.folder.path, files: FileSystem())
        for name in robins.keys where before[name] == nil { try place.remove(name) }
        _ = try place.write(Array(before.values))
        _ = try committee.vault("Sam").catchUp()
        _ = try place.write(Array(robins.values))
        try letDaysPass(committee)
        let vault = try committee.vault("Sam")
        #expect(files(.check, vault).count == 1)
        #expect(files(.row, vault).count == 1)
        #expect(vault.checks.count == 6)
    }

    @Test func logThatLeftItsCompanyLetsTheOldFileGo() throws {
        let committee = try committee(cases: 6, logsInFile: 8)
        try letDaysPass(committee)
        let vault = try committee.vault("Robin")
        let old = try #require(files(.check, vault).first)
        let card = try committee.card("Noor")
        // One check is shown to one person more than the others are.
        try vault.admit(
            card, confirming: card.spoken,
            withholding: Set(old.records.keys.sorted().dropFirst().map { ConflictCheck.ID($0) }))
        try letDaysPass(committee)
        #expect(try committee.snapshot()[old.name] == nil)
        let after = try committee.vault("Sam")
        #expect(after.checks.count == 6 && files(.check, after).count == 2)
        #expect(try committee.vault("Noor").checks.count == 1)
    }
}
