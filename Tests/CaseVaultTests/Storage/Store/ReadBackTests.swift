// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Synchronization
import Testing

@testable import CaseVault

/// New files are read from the disk before the old ones go.
struct ReadBackTests {
    /// A disk that changes a byte of every new sealed file before it is first read.
    private final class LyingDisk: Sendable {
        /// The files that it leaves alone; `nil` while it is honest.
        private let known = Mutex<Set<String>?>(nil)

        /// Which byte it changes, as a part of the file.
        private let place: Double

        /// A disk that will change the byte at this part of each file.
        init(changing place: Double) { self.place = place }

        /// Begins to lie about files with other names than these.
        func lie(butNotAbout names: Set<String>) { known.withLock { $0 = names } }

        /// How many files it changed.
        let changed = Mutex(0)

        /// A file system on this disk.
        var files: FileSystem {
            FileSystem { [self] operation, path in
                let name = URL(fileURLWithPath: path).lastPathComponent
                guard operation == .open, name.utf8.count == 64 else { return nil }
                let isNew = known.withLock { $0?.insert(name).inserted ?? false }
                guard isNew, var bytes = FileManager.default.contents(atPath: path) else {
                    return nil
                }
                bytes[Int(Double(bytes.count - 1) * self.place)] ^= 1
                try? bytes.write(to: URL(fileURLWithPath: path))
                changed.withLock { $0 += 1 }
                return nil
            }
        }
    }

    /// Magic, slots (of which one is mine), cipher, tag: a changed byte is seen wherever it is.
    @Test(arguments: [0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.5, 0.9, 1])
    func whatTheDiskChangedReplacesNothing(place: Double) throws {
        let committee = try TestCommittee("Robin", "Sam")
        let shelf = try committee.startCase(by: "Robin")
        try committee.declareAll("Sam")
        _ = try committee.vault("Robin").catchUp()
        let sam = try committee.card("Sam").id
        let before = try committee.snapshot()

        let disk = LyingDisk(changing: place)
        let vault = try committee.vault("Robin", files: disk.files)
        let opened = try vault.case(named: shelf.codeName.description)
        disk.lie(butNotAbout: Set(before.keys.map { String($0.hexText) }))
        #expect(throws: VaultError.readBackFailed("")) { try opened.revokeAccess(of: sam) }
        #expect(disk.changed.withLock { $0 } > 0)
        // Nothing was deleted, and nothing that is damaged stays.
        #expect(try committee.snapshot() == before)

        // The control: on an honest disk the old file goes.
        _ = try committee.vault("Robin").case(named: shelf.codeName.description)
            .revokeAccess(of: sam)
        #expect(try !Set(committee.snapshot().keys).isSuperset(of: before.keys))
    }
}
