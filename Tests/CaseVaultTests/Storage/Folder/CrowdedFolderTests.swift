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
            let all = try robin.store.listEverything()
            #expect(all.names == (try plain.names))
            #expect(all.ignored == (try plain.ignored))
            #expect(!robin.folderWarnings.isEmpty)
            // An act looks three times.
            _ = try robin.changeRules(Rules(json: Array(#"{"minimumReaders":3}"#.utf8)))
        }
        // The folder and `sealed`, which hold 600 others, are read at each of four looks.
        #expect(read < 5 * 640, "\(read)")
        // The act made a folder in one of them.
        let sealed = crowd.deletingLastPathComponent().path
        while FileSystem().folderStamp(of: sealed, settledAt: FileSystem.moment) == nil {
            Thread.sleep(forTimeInterval: 0.05)
        }
        _ = try committee.vault("Robin").store.listEverything()
        let last = try namesRead { files in
            _ = try committee.vault("Robin", files: files).store.listEverything()
        }
        #expect(last < 700, "\(last)")
    }

    @Test func whereOnlyFoldersBelongFewNamesAreRead() throws {
        for folder in [committee.folder, committee.folder.appendingPathComponent("sealed")] {
            for i in 0..<3000 { try Data().write(to: folder.appendingPathComponent("more \(i)")) }
        }
        let read = try namesRead { files in
            let robin = try committee.vault("Robin", files: files)
            #expect(robin.store.listing.names == (try plain.names))
            // A folder of the vault that is new in all of that.
            let name = try #require(try arrive(in: nil))
            try robin.refresh()
            #expect(robin.store.listing.names.contains(name))
            #expect(robin.store.listing.names == (try plain.names))
        }
        #expect(read < 3 * 1400, "\(read)")
        #expect(try plain.ignored > 6000)
        let warnings = try committee.vault("Robin").folderWarnings
        #expect(warnings.contains { $0.contains("lies unencrypted") })
    }

    @Test func whatElseLiesWhereAComputerRemembersIsNotRead() throws {
        let state = committee.root.appendingPathComponent("state-Robin")
        for i in 0..<3000 { try Data().write(to: state.appendingPathComponent("other \(i)")) }
        let read = try namesRead { files in
            let robin = try committee.vault("Robin", files: files)
            _ = try robin.changeRules(Rules(json: Array(#"{"minimumReaders":3}"#.utf8)))
        }
        // As above, and once some of those.
        #expect(read < 4 * 640 + 600, "\(read)")
    }

    @Test func whatArrivedBeforeALookWasStoppedIsNotMissed() throws {
        let robin = try committee.vault("Robin")
        let name = try #require(try arrive(in: crowd))
        while FileSystem().folderStamp(of: crowd.path, settledAt: FileSystem.moment) == nil {
            Thread.sleep(forTimeInterval: 0.05)
        }
        #expect(throws: VaultError.cancelled) { try robin.refresh { _ in .stop } }
        try robin.refresh()
        #expect(robin.store.listing.names.contains(name))
        // Nor when all names were looked at before they were read.
        let other = try #require(try arrive(in: crowd))
        while FileSystem().folderStamp(of: crowd.path, settledAt: FileSystem.moment) == nil {
            Thread.sleep(forTimeInterval: 0.05)
        }
        #expect(try robin.store.listEverything().names.contains(other))
        try robin.refresh()
        #expect(robin.store.listing.names.contains(other))
    }

    @Test func fewExamplesAreRemembered() throws {
        var crowded: [String: CrowdedFolder] = [:]
        let place = VaultFolder(path: committee.folder.path, files: FileSystem())
        for round in 0..<3 {
            for folder in 0..<40 {
                let inside = committee.folder.appendingPathComponent(
                    "sealed/" + String(folder + 160, radix: 16))
                try FileManager.default.createDirectory(
                    at: inside, withIntermediateDirectories: true)
                for i in 0..<70 {
                    try Data().write(to: inside.appendingPathComponent("\(round) \(i)"))
                }
            }
            Thread.sleep(forTimeInterval: 0.2)
            var reader = FolderReader(place, remembering: crowded)
            _ = try reader.names(known: Dictionary().keys)
            crowded = reader.crowded
            #expect(crowded.count >= 40)
            #expect(crowded.values.reduce(0) { $0 + $1.examples } <= 128)
        }
    }

    /// Lets a file that is shaped like the vault's arrive in a folder, or in one that is not there
    /// yet.
    private func arrive(in folder: URL?) throws -> FileName? {
        let place =
            try folder
            ?? {
                let sealed = committee.folder.appendingPathComponent("sealed")
                let there = Set(try FileManager.default.contentsOfDirectory(atPath: sealed.path))
                let free = (16...255).map { String($0, radix: 16) }.first { !there.contains($0) }
                return sealed.appendingPathComponent(try #require(free))
            }()
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let end = String(UInt64.random(in: .min ... .max), radix: 16)
        let name =
            place.lastPathComponent + String(repeating: "0", count: 62 - end.count) + end
        try Data([1]).write(to: place.appendingPathComponent(name))
        return Bytes32(hex: name).map(FileName.init(raw:))
    }

    @Test func whatComesAndGoesInThemIsSeenAtOnce() throws {
        let before = try committee.vault("Robin").store.listing
        let ignored = try plain.ignored
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
        #expect(try robin.store.listEverything().ignored == ignored - 1)
    }

    @Test func whatAnActWritesIntoThemIsFoundByEverybody() throws {
        for turn in 2...9 {
            for name in ["Robin", "Sam"] {
                let vault = try committee.vault(name)
                _ = try vault.changeRules(
                    Rules(json: Array(#"{"minimumReaders":\#(turn)}"#.utf8)))
                #expect(try committee.vault(name).store.listing.names == (try plain.names))
            }
        }
    }

    @Test func aLinkInTheirPlaceIsNotTakenForThem() throws {
        let away = committee.root.appendingPathComponent("away")
        try FileManager.default.moveItem(at: crowd, to: away)
        try FileManager.default.createSymbolicLink(at: crowd, withDestinationURL: away)
        let listing = try (try? committee.vault("Robin"))?.store.listing ?? plain.own
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
