// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@Suite struct FileSystemReadingTests {
    @Test func readsUpToTheLimitAndNotMore() throws {
        try withTemporaryDirectory { (folder) throws in
            let path = folder + "/a"
            let bytes = Random.bytes(10_000)
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let fileSystem = FileSystem()
            #expect(try fileSystem.readFile(path, limit: 10_000) == bytes)
            #expect(try fileSystem.readFile(path, limit: Int.max) == bytes)
            #expect(try fileSystem.fileSize(path) == 10_000)
            for limit in [9_999, 1, 0] {
                let error = #expect(throws: FileSystemError.self) {
                    _ = try fileSystem.readFile(path, limit: limit)
                }
                #expect(error?.kind == .tooLarge(limit: limit))
            }
        }
    }

    /// The size is checked before any byte is read.
    @Test func doesNotReadAFileThatIsTooLarge() throws {
        try withTemporaryDirectory { (folder) throws in
            let path = folder + "/a"
            try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path))
            let plan = FaultPlan()
            #expect(throws: FileSystemError.self) {
                _ = try plan.fileSystem.readFile(path, limit: 2)
            }
            #expect(plan.operations == [.open, .stat, .close])
        }
    }

    /// The file grows between the question for its size and the first read.
    @Test func keepsTheLimitWhileTheFileGrows() throws {
        try withTemporaryDirectory { (folder) throws in
            let path = folder + "/a"
            for (limit, fits) in [(20_000, true), (19_999, false)] {
                try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path))
                let growing = FileSystem { (operation, path) in
                    if operation == .read {
                        try? Data(repeating: 7, count: 20_000).write(
                            to: URL(fileURLWithPath: path), options: [])
                    }
                    return nil
                }
                let answer = Result { try growing.readFile(path, limit: limit) }
                switch answer {
                case .success(let bytes):
                    #expect(fits)
                    #expect(bytes.count == 20_000)
                case .failure(let error):
                    #expect(!fits)
                    #expect((error as? FileSystemError)?.kind == .tooLarge(limit: limit))
                }
            }
        }
    }

    @Test func followsALinkOnlyWhenAsked() throws {
        try withTemporaryDirectory { (folder) throws in
            let fileSystem = FileSystem()
            try Data([1, 2]).write(to: URL(fileURLWithPath: folder + "/file"))
            for (link, target) in [
                ("one", "file"), ("two", "one"), ("folder", "."), ("self", "self"),
            ] {
                try FileManager.default.createSymbolicLink(
                    atPath: folder + "/" + link, withDestinationPath: target)
            }
            for link in ["one", "two"] {
                let path = folder + "/" + link
                #expect(try fileSystem.readFile(path, limit: 9, followsLinks: true) == [1, 2])
                #expect(try fileSystem.openForReading(path, followsLinks: true).size == 2)
                #expect(throws: FileSystemError.self) { try fileSystem.readFile(path, limit: 9) }
            }
            for link in ["folder", "self"] {
                let error = #expect(throws: FileSystemError.self) {
                    _ = try fileSystem.readFile(folder + "/" + link, limit: 9, followsLinks: true)
                }
                #expect(error?.kind == .notRegular)
            }
        }
    }

    @Test func refusesWhatIsNotARegularFile() throws {
        try withTemporaryDirectory { (folder) throws in
            let fileSystem = FileSystem()
            try Data([1]).write(to: URL(fileURLWithPath: folder + "/file"))
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/link", withDestinationPath: folder + "/file")
            for path in [folder + "/link", folder, "/dev/null"] {
                let error = #expect(throws: FileSystemError.self) {
                    _ = try fileSystem.readFile(path, limit: 100)
                }
                #expect(error?.kind == .notRegular)
                let again = #expect(throws: FileSystemError.self) {
                    _ = try fileSystem.openForReading(path)
                }
                #expect(again?.kind == .notRegular)
                let size = #expect(throws: FileSystemError.self) {
                    _ = try fileSystem.fileSize(path)
                }
                #expect(size?.kind == .notRegular)
            }
        }
    }

    /// Opening a pipe without a writer would wait for ever.
    @Test(.endsAHang) func doesNotHangOnAPipe() throws {
        try withTemporaryDirectory { (folder) throws in
            let path = folder + "/pipe"
            try #require(Probe.makePipe(path))
            let error = #expect(throws: FileSystemError.self) {
                _ = try FileSystem().readFile(path, limit: 100)
            }
            #expect(error?.kind == .notRegular)
        }
    }

    @Test func refusesAKeyThatOthersCanRead() throws {
        try withTemporaryDirectory { (folder) throws in
            let path = folder + "/key"
            try Data([1]).write(to: URL(fileURLWithPath: path))
            let fileSystem = FileSystem()
            for mode in [0o644, 0o640, 0o604, 0o620, 0o601] {
                try FileManager.default.setAttributes(
                    [.posixPermissions: mode], ofItemAtPath: path)
                let error = #expect(throws: FileSystemError.self) {
                    _ = try fileSystem.readFile(path, limit: 10, ownerOnly: true)
                }
                #expect(error?.kind == .tooOpen(mode: UInt32(mode)))
                #expect(try fileSystem.readFile(path, limit: 10) == [1])
            }
            for mode in [0o600, 0o400] {
                try FileManager.default.setAttributes(
                    [.posixPermissions: mode], ofItemAtPath: path)
                #expect(try fileSystem.readFile(path, limit: 10, ownerOnly: true) == [1])
            }
        }
    }

    @Test func everyFailureOfReadingIsReported() throws {
        try withTemporaryDirectory { (folder) throws in
            let path = folder + "/a"
            try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path))
            for (target, operation) in [FileOperation.open, .stat, .read, .read].enumerated() {
                for action in [FaultAction.fail(EIO), .failAfter(EIO)] {
                    let plan = FaultPlan(target: target, action: action)
                    let error = #expect(throws: FileSystemError.self) {
                        _ = try plan.fileSystem.readFile(path, limit: 10)
                    }
                    #expect(error?.operation == operation)
                    #expect(error?.code == EIO)
                }
                let interrupted = FaultPlan(target: target, action: .fail(EINTR))
                #expect(try interrupted.fileSystem.readFile(path, limit: 10) == [1, 2, 3])
            }
        }
    }
}
