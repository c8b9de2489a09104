// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Synchronization
import Testing

@testable import CaseVault

/// A name promises the bytes of its file, of one that is whole too.
struct FileNameTests {
    /// Whole files under names of others' making: nothing of them is used, and each is reported.
    @Test func aWholeFileUnderAnotherNameIsDamaged() throws {
        let committee = try TestCommittee("Robin")
        let shelf = try committee.startCase(by: "Robin")
        _ = try shelf.add(
            .discussion, "See this.", attaching: [AttachmentSource(name: "a", bytes: [1, 2, 3])])
        let place = VaultFolder(path: committee.folder.path, files: FileSystem())
        let whole = try committee.snapshot()
        var misnamed: Set<FileName> = []
        for bytes in whole.values {
            let name = FileName(raw: Random.bytes32())
            let file = URL(fileURLWithPath: place.path(of: name))
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file)
            misnamed.insert(name)
        }
        let vault = try committee.vault("Robin")
        #expect(vault.store.damaged.count == misnamed.count)
        #expect(vault.store.damaged.values.allSatisfy { $0 == .nameDoesNotMatch })
        #expect(misnamed.isDisjoint(with: vault.store.present))
        let report = try vault.verify()
        #expect(Set(report.damaged.map(\.file)) == Set(misnamed.map(place.shownPath(of:))))
        // No true file goes because a false one seems to hold the same.
        committee.clock.advance(days: 2)
        _ = try vault.catchUp()
        #expect(try Set(committee.snapshot().keys).isSuperset(of: whole.keys))
    }

    /// A folder that cannot be read for a moment is not an empty one: what this machine remembers
    /// of its files would be forgotten, and the next day's clean-up would wait another day.
    @Test func aFolderThatCannotBeReadIsAnError() throws {
        let committee = try TestCommittee("Robin")
        _ = try committee.startCase(by: "Robin")
        let broken = Mutex(false)
        let files = FileSystem { operation, path in
            let isHit = [.stat, .open].contains(operation) && path.hasSuffix("/sealed")
            return isHit && broken.withLock { $0 } ? .fail(EIO) : nil
        }
        let vault = try committee.vault("Robin", files: files)
        let noted = vault.store.seen.noted
        broken.withLock { $0 = true }
        do throws(VaultError) {
            try vault.refresh()
            Issue.record("nothing was said")
        } catch { #expect(error.code == .fileSystem) }
        broken.withLock { $0 = false }
        try vault.refresh()
        #expect(vault.store.seen.noted == noted && vault.cases.count == 1)
    }
}
