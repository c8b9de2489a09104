// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Rules are changed by a signed record, and every computer sees the same ones.
struct ChangeRulesTests {
    /// Rules that need so many readers.
    private func rules(_ readers: Int) throws -> Rules {
        try Rules(json: Array("{\"minimumReaders\": \(readers)}".utf8))
    }

    @Test func foundsWithRulesAndChangesThem() throws {
        let committee = try TestCommittee("Robin", "Sam", rules: rules(3))
        #expect(try committee.vault("Sam").rules == rules(3))
        _ = try committee.vault("Sam").changeRules(rules(4))
        let robins = try committee.vault("Robin")
        #expect(try robins.rules == rules(4))
        let before = try committee.snapshot().keys.sorted()
        _ = try robins.changeRules(rules(4))
        #expect(try committee.snapshot().keys.sorted() == before)
        #expect(try robins.verify().isWhole)
    }

    @Test func twoChangesAtOnceHaveOneWinnerEverywhere() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let copy = committee.root.appendingPathComponent("copy")
        try FileManager.default.copyItem(at: committee.folder, to: copy)
        _ = try committee.vault("Robin").changeRules(rules(5))
        let away = try Vault(
            at: copy, key: committee.key("Sam"), in: committee.environment("Sam-away"))
        _ = try away.changeRules(rules(6))
        try committee.bringBack(copy)
        let seen = try ["Robin", "Sam", "Kim"].map { try committee.vault($0).rules.minimumReaders }
        #expect(Set(seen).count == 1)
        #expect([5, 6].contains(seen[0]))
        #expect(try committee.vault("Robin").verify().problems.isEmpty)
        #expect(try committee.vault("Robin").waiting.isEmpty)
        // The next change knows both and wins.
        _ = try committee.vault("Kim").changeRules(rules(7))
        #expect(try committee.vault("Sam").rules.minimumReaders == 7)
    }

    @Test func onlyMembersChangeThem() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let copy = committee.root.appendingPathComponent("copy")
        try FileManager.default.copyItem(at: committee.folder, to: copy)
        _ = try committee.vault("Robin").remove(committee.card("Sam").id)
        let away = try Vault(
            at: copy, key: committee.key("Sam"), in: committee.environment("Sam-away"))
        _ = try away.changeRules(rules(9))
        try committee.bringBack(copy)
        #expect(try committee.vault("Robin").rules == .standard)
    }
}

extension TestCommittee {
    /// Brings the files of a copy of the folder back, as a sync that knows nothing would.
    func bringBack(_ copy: URL) throws {
        let theirs = VaultFolder(path: copy.path, files: FileSystem())
        let ours = VaultFolder(path: folder.path, files: FileSystem())
        _ = try ours.write(
            try theirs.list().names.map {
                try FileSystem().readFile(theirs.path(of: $0), limit: 1 << 30)
            })
    }
}
