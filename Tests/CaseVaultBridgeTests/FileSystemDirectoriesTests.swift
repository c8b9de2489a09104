// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@Suite struct FileSystemDirectoriesTests {
    /// All entries of a directory.
    static func entries(
        _ path: String, _ fileSystem: FileSystem = FileSystem()
    ) throws -> [String: EntryKind] {
        var result: [String: EntryKind] = [:]
        try fileSystem.visitDirectory(path) { (name, kind) in
            #expect(result[name] == nil)
            result[name] = kind
        }
        return result
    }

    @Test func namesEachEntryOnce() throws {
        try withTemporaryDirectory { (folder) throws in
            #expect(try Self.entries(folder).isEmpty)
            try Data().write(to: URL(fileURLWithPath: folder + "/\u{e9}t\u{e9}"))
            try Data().write(to: URL(fileURLWithPath: folder + "/.hidden"))
            try FileSystem().makeDirectory(folder + "/folder")
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/link", withDestinationPath: "/")
            let long = String(repeating: "n", count: 255)
            try Data().write(to: URL(fileURLWithPath: folder + "/" + long))
            #expect(
                try Self.entries(folder) == [
                    "\u{e9}t\u{e9}": .file, ".hidden": .file, "folder": .directory,
                    "link": .other, long: .file,
                ])
        }
    }

    @Test func manyNames() throws {
        try withTemporaryDirectory { (folder) throws in
            for index in 0..<2000 {
                _ = FileManager.default.createFile(atPath: folder + "/\(index)", contents: nil)
            }
            #expect(try Self.entries(folder).count == 2000)
        }
    }

    @Test func errorsAreReported() throws {
        try withTemporaryDirectory { (folder) throws in
            try Data().write(to: URL(fileURLWithPath: folder + "/a"))
            let missing = #expect(throws: FileSystemError.self) {
                _ = try Self.entries(folder + "/missing")
            }
            #expect(missing?.isNotFound == true)
            #expect(throws: FileSystemError.self) { _ = try Self.entries(folder + "/a") }
            // A directory that breaks off must not look like a short one.
            for target in 0..<4 {
                let plan = FaultPlan(target: target, action: .fail(EIO))
                let error = #expect(throws: FileSystemError.self) {
                    _ = try Self.entries(folder, plan.fileSystem)
                }
                #expect(error?.code == EIO)
            }
            let interrupted = FaultPlan(target: 2, action: .fail(EINTR))
            #expect(try Self.entries(folder, interrupted.fileSystem) == ["a": .file])
        }
    }

    @Test func existence() throws {
        try withTemporaryDirectory { (folder) throws in
            let fileSystem = FileSystem()
            try Data().write(to: URL(fileURLWithPath: folder + "/a"))
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/link", withDestinationPath: folder)
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/broken", withDestinationPath: folder + "/missing")
            #expect(fileSystem.fileExists(folder + "/a"))
            #expect(fileSystem.fileExists(folder + "/broken"))
            #expect(!fileSystem.fileExists(folder + "/missing"))
            #expect(!fileSystem.isDirectory(folder + "/a"))
            #expect(fileSystem.isDirectory(folder + "/link"))
            #expect(!fileSystem.isDirectory(folder + "/broken"))
            try fileSystem.remove(folder + "/a")
            #expect(!fileSystem.fileExists(folder + "/a"))
            let error = #expect(throws: FileSystemError.self) {
                try fileSystem.remove(folder + "/a")
            }
            #expect(error?.isNotFound == true)
        }
    }

    @Test func makesDirectories() throws {
        try withTemporaryDirectory { (folder) throws in
            let fileSystem = FileSystem()
            let error = #expect(throws: FileSystemError.self) {
                try fileSystem.makeDirectory(folder + "/x/y")
            }
            #expect(error?.code == ENOENT)
            try fileSystem.makeDirectory(folder + "/x//y/z/", createParents: true)
            #expect(fileSystem.isDirectory(folder + "/x/y/z"))
            for path in ["/x", "/x/y", "/x/y/z"] {
                #expect(try permissions(folder + path) == 0o700)
            }
            // Again is fine, and a file in the way is not.
            try fileSystem.makeDirectory(folder + "/x")
            try Data().write(to: URL(fileURLWithPath: folder + "/a"))
            let taken = #expect(throws: FileSystemError.self) {
                try fileSystem.makeDirectory(folder + "/a", createParents: true)
            }
            #expect(taken?.isExists == true)
            #expect(throws: FileSystemError.self) {
                try fileSystem.makeDirectory("", createParents: true)
            }
        }
    }
}
