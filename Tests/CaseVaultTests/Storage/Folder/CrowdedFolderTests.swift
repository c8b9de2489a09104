// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Synchronization
import Testing

@testable import CaseVault

/// Folders full of names that are not the vault's are read once, and again when they change.
struct CrowdedFolderTests {
    /// Robin's committee.
    private let committee: TestCommittee
    /// One of the vault's folders, with a file of the vault in it.
    private let crowd: URL

    /// Robin and Sam, and three crowded folders that have settled.
    init() throws {
        committee = try TestCommittee("Robin", "Sam")
        let sealed = committee.folder.appendingPathComponent("sealed")
        let first = try #require(
            try FileManager.default.contentsOfDirectory(atPath: sealed.path).sorted().first)
        crowd = sealed.appendingPathComponent(first)
        for folder in [committee.folder, sealed, crowd] {
            for i in 0..<300 {
                try Data().write(to: folder.appendingPathComponent("junk \(i) (conflicted copy)"))
            }
        }
        guard FileSystem().folderStamp(of: crowd.path, settledAt: .max) != nil else {
            try Test.cancel("this disk is not known to keep the times of folders")
        }
        // Until what follows cannot share its time with what was just written.
        while FileSystem().folderStamp(of: committee.folder.path, settledAt: FileSystem.moment)
            == nil
            || FileSystem().folderStamp(of: crowd.path, settledAt: FileSystem.moment) == nil
        { Thread.sleep(forTimeInterval: 0.05) }
        _ = try committee.vault("Robin")
    }

    /// How many names a look reads.
    private func namesRead(_ body: (FileSystem) throws -> Void) throws -> Int {
        let count = Mutex(0)
        try body(
            FileSystem { operation, _ in
                if operation == .list { count.withLock { $0 += 1 } }
                return nil
            })
        return count.withLock { $0 }
    }

    /// What a look without memory finds.
    private var plain: FolderListing {
        get throws { try VaultFolder(path: committee.folder.path, files: FileSystem()).list() }
    }

    @Test func theyAreNotReadAgainWhileNothingChanges() throws {
        let read = try namesRead { files in
            let robin = try committee.vault("Robin", files: files)
            #expect(robin.store.listing.names == (try plain.names))
            #expect(robin.store.listing.ignored == (try plain.ignored))
            #expect(!robin.folderWarnings.isEmpty)
            // An act looks three times.
            try robin.changeRules(Rules(json: Array(#"{"minimumReaders":3}"#.utf8)))
        }
        #expect(read < 300, "\(read)")
    }

    @Test func whatComesAndGoesInThemIsSeenAtOnce() throws {
        let before = try committee.vault("Robin").store.listing
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: crowd.path).first { $0.count == 64 }
        )
        let place = crowd.appendingPathComponent(name)
        let away = committee.root.appendingPathComponent("away")
        try FileManager.default.moveItem(at: place, to: away)
        let vault = try? committee.vault("Robin")
        #expect(vault?.store.listing.names.contains { $0.hexText == name } != true)
        try FileManager.default.moveItem(at: away, to: place)
        #expect(try committee.vault("Robin").store.listing.names == before.names)
        // Another name, and less junk.
        let other = crowd.lastPathComponent + String(repeating: "0", count: 62)
        try Data([1]).write(to: crowd.appendingPathComponent(other))
        try FileManager.default.removeItem(
            at: crowd.appendingPathComponent("junk 7 (conflicted copy)"))
        let robin = try committee.vault("Robin")
        let raw = try #require(Bytes32(hex: other))
        #expect(robin.store.listing.names == before.names.union([FileName(raw: raw)]))
        #expect(robin.store.listing.ignored == before.ignored - 1)
    }

    @Test func whatAnActWritesIntoThemIsFoundByEverybody() throws {
        for turn in 2...9 {
            for name in ["Robin", "Sam"] {
                let vault = try committee.vault(name)
                try vault.changeRules(
                    Rules(json: Array(#"{"minimumReaders":\#(turn)}"#.utf8)))
                #expect(try committee.vault(name).store.listing.names == (try plain.names))
            }
        }
    }

    @Test func aLinkInTheirPlaceIsNotTakenForThem() throws {
        let away = committee.root.appendingPathComponent("away")
        try FileManager.default.moveItem(at: crowd, to: away)
        try FileManager.default.createSymbolicLink(at: crowd, withDestinationURL: away)
        let listing = try (try? committee.vault("Robin"))?.store.listing ?? plain
        #expect(listing.obstacles.paths == ["sealed/" + crowd.lastPathComponent])
    }

    @Test func oneThatHasJustChangedIsNotRemembered() throws {
        let files = FileSystem()
        try Data().write(to: crowd.appendingPathComponent("new"))
        #expect(files.folderStamp(of: crowd.path, settledAt: FileSystem.moment) == nil)
        #expect(files.folderStamp(of: crowd.path, settledAt: .max) != nil)
        #expect(files.folderStamp(of: crowd.path + "/new") == nil, "a file is no folder")
    }
}
