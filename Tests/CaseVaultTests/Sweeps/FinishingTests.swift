// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Synchronization
import Testing

@testable import CaseVault

/// A computer that dies while the files of a new case get their names: case, row, check.
struct FinishingTests {
    /// Robin starts a case, and the computer dies after so many names were given.
    private func committee(dyingAfter names: Int) throws -> TestCommittee {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        _ = try committee.vault("Robin")
        let given = Mutex(-1)
        let files = FileSystem { operation, path in
            let isDead = given.withLock { count in
                // From the first case file on; the lock and the memory come before.
                if operation == .link, path.contains("/sealed/") { count = max(count, 0) + 1 }
                return count > names
            }
            return isDead ? .fail(EIO) : nil
        }
        let robins = try committee.vault("Robin", files: files)
        #expect(throws: VaultError.self) {
            try robins.startCase(
                about: [ReportedPerson(name: "Alex Doe")], report: Report(text: "It happened."))
        }
        return committee
    }

    /// The temporary files in the folder.
    private func temporary(_ committee: TestCommittee) -> [String] {
        Stage.tree(of: committee.folder).keys.filter { $0.contains(".casevault-") }
    }

    @Test(arguments: 1...2) func theNextActFinishes(names: Int) throws {
        let committee = try committee(dyingAfter: names)
        #expect(try committee.vault("Sam").checks.isEmpty, "nobody is asked about half a case")
        #expect(try committee.vault("Robin").cases.count == 1)
        #expect(temporary(committee).count >= 3 - names)
        _ = try committee.vault("Robin").catchUp()
        #expect(try committee.vault("Sam").unansweredChecks.count == 1)
        #expect(try committee.vault("Sam").register.count == 1)
        let shelf = try #require(try committee.vault("Robin").cases.first)
        #expect(shelf.row != nil)
        #expect(try shelf.people.map(\.name) == ["Alex Doe"])
        #expect(temporary(committee).isEmpty)
        // It goes on as ever.
        try committee.declareAll("Sam")
        let change = try committee.vault("Robin").catchUp()
        #expect(change.granted.map(\.member.name) == ["Sam"])
        #expect(try committee.vault("Robin").verify().isWhole)
    }

    @Test func whatNobodySawIsForgotten() throws {
        let committee = try committee(dyingAfter: 0)
        #expect(temporary(committee).count == 3)
        _ = try committee.vault("Robin").catchUp()
        #expect(try committee.vault("Robin").cases.isEmpty)
        #expect(try committee.vault("Sam").register.isEmpty)
        #expect(temporary(committee).isEmpty)
    }

    @Test func whoWasRemovedMeanwhileGetsNothing() throws {
        let committee = try committee(dyingAfter: 1)
        _ = try committee.vault("Sam").remove(committee.card("Kim").id)
        _ = try committee.vault("Robin").catchUp()
        #expect(temporary(committee).isEmpty)
        for (name, bytes) in try committee.snapshot() {
            let opening = try SealedFile.open(
                bytes, name: name, with: committee.key("Kim"),
                vault: committee.vault("Robin").store.vault)
            guard case .notMine = opening else {
                Issue.record("a removed member opens \(name)")
                continue
            }
        }
        // The report is not lost, and can be started again.
        #expect(try committee.vault("Robin").cases.count == 1)
        #expect(try committee.vault("Sam").checks.isEmpty)
    }

    @Test func whoeverElseFoundsLeavesAnUnfinishedFoundingAlone() throws {
        let root = FileManager.default.temporaryDirectory
            .appendingPathComponent("casevault-founding-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        let folder = root.appendingPathComponent("vault")
        let keys = try ["Robin", "Sam"].map { try MemberKey.generate(name: $0) }
        let isDead = Mutex(false)
        // Dies when `VAULT` gets its name.
        let dying = FileSystem { operation, path in
            isDead.withLock {
                if operation == .link, path.hasSuffix("/VAULT") { $0 = true }
                return $0 ? .fail(EIO) : nil
            }
        }
        func create(_ key: MemberKey, _ state: String, _ files: FileSystem) throws(VaultError) {
            _ = try Vault.create(
                at: folder, committee: "Local organizers", founder: key,
                in: VaultEnvironment(
                    stateDirectory: root.appendingPathComponent(state).path, files: files))
        }
        #expect(throws: VaultError.self) { try create(keys[0], "state", dying) }
        let before = Stage.tree(of: folder)
        #expect(before.keys.contains { $0.hasPrefix("sealed/") })
        // Another member, and the same one on another computer: it may be arriving there.
        for (key, state) in [(keys[1], "state"), (keys[0], "elsewhere")] {
            #expect(throws: VaultError.folderNotEmpty("")) {
                try create(key, state, FileSystem())
            }
            #expect(Stage.tree(of: folder) == before)
        }
        try create(keys[0], "state", FileSystem())
        #expect(Stage.tree(of: folder).count == 3)
    }
}
