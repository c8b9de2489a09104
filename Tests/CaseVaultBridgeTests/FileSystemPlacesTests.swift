// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Synchronization
import Testing

/// What is different in a folder that is shared with others.
struct FileSystemPlacesTests {
    /// A file system for which a folder is shared.
    private func sharing(_ folder: String) -> FileSystem {
        var files = FileSystem()
        files.sharedFolder = folder
        return files
    }

    /// What the account's mask leaves of the permissions of a file.
    private func masked(in folder: String) throws -> Int {
        let probe = folder + "/probe"
        try Data().write(to: URL(fileURLWithPath: probe))
        defer { try? FileManager.default.removeItem(atPath: probe) }
        return try bits(probe)
    }

    /// The permission bits of a file or folder.
    private func bits(_ path: String) throws -> Int { try #require(try permissions(path)) }

    @Test func inTheSharedFolderTheAccountsMaskDecides() throws {
        try withTemporaryDirectory { (folder) throws in
            let root = folder + "/shared"
            let files = sharing(root)
            try files.makeDirectory(root + "/sealed", createParents: true)
            try files.writeDurably([1], to: "a", inDirectory: root + "/sealed", replacing: false)
            let expected = try masked(in: folder)
            #expect(try permissions(root + "/sealed/a") == expected)
            #expect(try bits(root) & 0o666 == expected)
            // Beside it everything is its owner's, also under a name that only begins alike.
            for place in ["/beside", "/shared2"] {
                try files.makeDirectory(folder + place)
                try files.writeDurably([1], to: "a", inDirectory: folder + place, replacing: false)
                #expect(try permissions(folder + place) == 0o700)
                #expect(try permissions(folder + place + "/a") == 0o600)
            }
        }
    }

    @Test func aFolderOfAGroupLetsTheGroupIn() throws {
        try withTemporaryDirectory { (folder) throws in
            let root = folder + "/shared"
            let files = sharing(root)
            try FileManager.default.createDirectory(
                atPath: root, withIntermediateDirectories: false)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o2770], ofItemAtPath: root)
            try files.makeDirectory(root + "/sealed/ab", createParents: true)
            try files.writeDurably([1], to: "a", inDirectory: root + "/sealed/ab", replacing: false)
            for path in ["/sealed", "/sealed/ab"] {
                #expect(try bits(root + path) & 0o2070 == 0o2070, "\(path)")
            }
            #expect(try bits(root + "/sealed/ab/a") & 0o060 == 0o060)
        }
    }

    @Test func noLinkInTheSharedFolderIsFollowed() throws {
        try withTemporaryDirectory { (folder) throws in
            let root = folder + "/shared"
            let outside = folder + "/outside"
            let files = sharing(root)
            try files.makeDirectory(root + "/sealed", createParents: true)
            try FileSystem().makeDirectory(outside + "/in", createParents: true)
            try FileSystem().writeDurably([7], to: "a", inDirectory: outside, replacing: false)
            let link = root + "/sealed/ab"
            try FileManager.default.createSymbolicLink(
                atPath: link, withDestinationPath: outside)
            #expect(throws: FileSystemError.self) { try files.readFile(link + "/a", limit: 9) }
            #expect(throws: FileSystemError.self) { try files.visitDirectory(link) { _, _ in } }
            #expect(throws: FileSystemError.self) { try files.syncDirectory(link) }
            #expect(throws: FileSystemError.self) { try files.makeDirectory(link) }
            #expect(throws: FileSystemError.self) { try files.makeDirectory(link + "/new") }
            #expect(throws: FileSystemError.self) { try files.remove(link + "/a") }
            #expect(throws: FileSystemError.self) { try files.removeDirectory(link + "/in") }
            #expect(throws: FileSystemError.self) { try files.fileSize(link + "/a") }
            #expect(throws: FileSystemError.self) {
                try files.writeDurably([1], to: "b", inDirectory: link, replacing: true)
            }
            #expect(throws: FileSystemError.self) {
                try files.readFile(root + "/sealed/../../outside/a", limit: 9)
            }
            #expect(!files.isDirectory(link) && !files.fileExists(link + "/a"))
            #expect(try files.kind(of: link) == .other)
            #expect(contents(outside + "/a") == [7])
            #expect(try names(outside) == ["a", "in"])
            // Whoever shares the folder may have reached it through a link of their own.
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/way", withDestinationPath: root)
            let way = sharing(folder + "/way")
            try way.writeDurably(
                [2], to: "b", inDirectory: folder + "/way/sealed", replacing: false)
            #expect(contents(root + "/sealed/b") == [2])
        }
    }

    #if os(Linux)
        @Test func whatIsNotEncryptedHasNoNameBeforeItIsWhole() throws {
            try withTemporaryDirectory { (folder) throws in
                let files = FileSystem()
                let handle = try files.createPlain(inDirectory: folder)
                try handle.write([1, 2].span)
                #expect(try names(folder).isEmpty)
                try handle.publish(as: "a")
                #expect(contents(folder + "/a") == [1, 2])
                #expect(try permissions(folder + "/a") == 0o600)
                let second = try files.createPlain(inDirectory: folder)
                let taken = #expect(throws: FileSystemError.self) { try second.publish(as: "a") }
                #expect(taken?.isExists == true)
                try files.createPlain(inDirectory: folder).abandon()
                #expect(try names(folder) == ["a"])
            }
        }
    #endif

    @Test func withoutUnnamedFilesLeftOversAreSweptUnlessSomebodyWritesThem() throws {
        try withTemporaryDirectory { (folder) throws in
            // A disk without unnamed files refuses to open the folder for writing.
            var files = FileSystem { operation, path in
                operation == .open && path == folder + "/." ? .fail(EOPNOTSUPP) : nil
            }
            files.temporaryTag = "0123456789abcdef"
            let left = try files.writeTemporary([1], inDirectory: folder)
            let busy = try files.createPlain(inDirectory: folder)
            // What was there before is gone, and what somebody writes stays.
            #expect(left != busy.temporaryName)
            #expect(try names(folder) == [busy.temporaryName])
            let next = try files.createPlain(inDirectory: folder)
            #expect(try names(folder) == [busy.temporaryName, next.temporaryName].sorted())
            busy.abandon()
            try next.publish(as: "a")
            #expect(try names(folder) == ["a"])
        }
    }

    @Test func whoeverWaitsForALockIsToldWhoHasIt() throws {
        try withTemporaryDirectory { (folder) throws in
            let path = folder + "/lock"
            let held = try FileLock.exclusive(path: path)
            let told = Mutex<[Int32?]>([])
            WaitNotice.set { holder in
                told.withLock { $0.append(holder) }
                held.unlock()
            }
            defer { WaitNotice.set(nil) }
            let start = ContinuousClock.now
            let second = try FileLock.exclusive(path: path)
            let holders = told.withLock { $0 }
            #expect(holders.contains(ProcessInfo.processInfo.processIdentifier))
            #expect(ContinuousClock.now - start >= WaitNotice.patience)
            second.unlock()
        }
    }
}
