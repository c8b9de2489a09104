// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Synchronization
import Testing

/// Counts system calls and makes one of them fail.
final class FaultPlan: Sendable {
    /// The operations asked for so far.
    private let log = Mutex<[FileOperation]>([])
    /// Which call fails, counted from 0.
    private let target: Int
    /// What happens to it.
    private let action: FaultAction?

    /// A plan that makes the call with number `target` go wrong; none by default.
    init(target: Int = -1, action: FaultAction? = nil) {
        self.target = target
        self.action = action
    }

    /// All operations asked for, in order.
    var operations: [FileOperation] { log.withLock { $0 } }

    /// A file system that follows the plan.
    var fileSystem: FileSystem {
        FileSystem { (operation, _) in
            let index = self.log.withLock { (log) in
                log.append(operation)
                return log.count - 1
            }
            return index == self.target ? self.action : nil
        }
    }
}

@Suite struct FileSystemTests {
    static let old = [UInt8](repeating: 0x6F, count: 5000)
    static let new = [UInt8](repeating: 0x6E, count: 9000)

    @Test func theOrderOfADurableWrite() throws {
        try withTemporaryDirectory { (folder) throws in
            let plan = FaultPlan()
            try plan.fileSystem.writeDurably(
                Self.new, to: "a", inDirectory: folder, replacing: false)
            #expect(
                plan.operations == [
                    .open, .write, .fsync, .close, .link, .unlink, .open, .fsyncDirectory, .close,
                ])
            #expect(try permissions(folder + "/a") == 0o600)
            let second = FaultPlan()
            try second.fileSystem.writeDurably(
                Self.old, to: "a", inDirectory: folder, replacing: true)
            #expect(
                second.operations == [
                    .open, .write, .fsync, .close, .rename, .open, .fsyncDirectory, .close,
                ])
            #expect(contents(folder + "/a") == Self.old)
            #expect(try names(folder) == ["a"])
        }
    }

    /// Each system call of a durable write fails in turn, before and after it was made.
    @Test(arguments: [EIO, ENOSPC, EACCES, EDQUOT], [false, true])
    func everyFailureLeavesOldOrNewBytes(code: Int32, after: Bool) throws {
        for replacing in [true, false] {
            var reached = 0
            for target in 0..<20 {
                try withTemporaryDirectory { (folder) throws in
                    if replacing {
                        try Data(Self.old).write(to: URL(fileURLWithPath: folder + "/a"))
                    }
                    let plan = FaultPlan(
                        target: target, action: after ? .failAfter(code) : .fail(code))
                    var failed: FileSystemError?
                    do {
                        try plan.fileSystem.writeDurably(
                            Self.new, to: "a", inDirectory: folder, replacing: replacing)
                    } catch let error as FileSystemError {
                        failed = error
                    }
                    let found = contents(folder + "/a")
                    if target < plan.operations.count { reached += 1 }
                    let operation =
                        target < plan.operations.count ? plan.operations[target] : nil
                    let isLastClose = operation == .close && target == plan.operations.count - 1
                    // The file has its name by then, and a left-over is no failure.
                    let isLeftOver = operation == .unlink
                    if let operation, !isLastClose, !isLeftOver {
                        // Closing the directory after its sync can lose nothing.
                        let error = try #require(failed, "call \(target) \(operation)")
                        #expect(error.operation == operation)
                        #expect(error.code == code)
                        #expect(error.isNoSpace == (code == ENOSPC || code == EDQUOT))
                    } else {
                        #expect(failed == nil)
                        #expect(found == Self.new)
                    }
                    let isOld = replacing ? found == Self.old : found == nil
                    #expect(isOld || found == Self.new, "call \(target)")
                    #expect(
                        try names(folder).allSatisfy { $0 == "a" },
                        "call \(target) \(String(describing: operation)) left a file behind")
                }
            }
            #expect(reached == (replacing ? 8 : 9))
        }
    }

    /// Interrupted and short calls are invisible.
    @Test func goesOnAfterInterruptionsAndShortCalls() throws {
        try withTemporaryDirectory { (folder) throws in
            for replacing in [true, false] {
                for target in 0..<9 {
                    let name = "\(replacing)\(target)"
                    for action in [FaultAction.fail(EINTR), .short(1), .short(4097)] {
                        let plan = FaultPlan(target: target, action: action)
                        try plan.fileSystem.writeDurably(
                            Self.new, to: name, inDirectory: folder, replacing: replacing)
                        #expect(contents(folder + "/" + name) == Self.new)
                        try FileManager.default.removeItem(atPath: folder + "/" + name)
                    }
                }
            }
            #expect(try names(folder).isEmpty)
        }
    }

    @Test func writesAndReadsOneByteAtATime() throws {
        try withTemporaryDirectory { (folder) throws in
            let slow = FileSystem { (operation, _) in
                operation == .write || operation == .read ? .short(1) : nil
            }
            try slow.writeDurably(Self.new, to: "a", inDirectory: folder, replacing: false)
            #expect(contents(folder + "/a") == Self.new)
            #expect(try slow.readFile(folder + "/a", limit: 9000) == Self.new)
            #expect(throws: FileSystemError.self) {
                _ = try slow.readFile(folder + "/a", limit: 8999)
            }
        }
    }

    /// A write that moves nothing must end, and must not count as done.
    @Test func aWriteOfNothingIsAnError() throws {
        try withTemporaryDirectory { (folder) throws in
            let stuck = FileSystem { (operation, _) in operation == .write ? .short(0) : nil }
            let error = #expect(throws: FileSystemError.self) {
                try stuck.writeDurably(Self.new, to: "a", inDirectory: folder, replacing: true)
            }
            #expect(error?.code == EIO)
            #expect(try names(folder).isEmpty)
        }
    }

    @Test func writesNothing() throws {
        try withTemporaryDirectory { (folder) throws in
            let fileSystem = FileSystem()
            try fileSystem.writeDurably([], to: "a", inDirectory: folder, replacing: false)
            #expect(contents(folder + "/a") == [])
            #expect(try fileSystem.readFile(folder + "/a", limit: 0) == [])
            #expect(try fileSystem.fileSize(folder + "/a") == 0)
        }
    }

    @Test func doesNotReplaceUnlessAsked() throws {
        try withTemporaryDirectory { (folder) throws in
            let fileSystem = FileSystem()
            try fileSystem.writeDurably(Self.old, to: "a", inDirectory: folder, replacing: false)
            let error = #expect(throws: FileSystemError.self) {
                try fileSystem.writeDurably(
                    Self.new, to: "a", inDirectory: folder, replacing: false)
            }
            #expect(error?.isExists == true)
            #expect(contents(folder + "/a") == Self.old)
            #expect(try names(folder) == ["a"])
        }
    }

    /// A symbolic link at the target is a taken name, and is not written through.
    @Test func doesNotWriteThroughALink() throws {
        try withTemporaryDirectory { (folder) throws in
            let fileSystem = FileSystem()
            try fileSystem.writeDurably(Self.old, to: "b", inDirectory: folder, replacing: false)
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/a", withDestinationPath: folder + "/b")
            let error = #expect(throws: FileSystemError.self) {
                try fileSystem.writeDurably(
                    Self.new, to: "a", inDirectory: folder, replacing: false)
            }
            #expect(error?.isExists == true)
            try fileSystem.writeDurably(Self.new, to: "a", inDirectory: folder, replacing: true)
            #expect(contents(folder + "/a") == Self.new)
            #expect(contents(folder + "/b") == Self.old)
        }
    }

    /// Without links, the name is looked up and given by rename.
    @Test(arguments: [EPERM, ENOTSUP, ENOSYS])
    func worksWithoutLinks(code: Int32) throws {
        try withTemporaryDirectory { (folder) throws in
            let fileSystem = FileSystem { (operation, _) in
                operation == .link ? .fail(code) : nil
            }
            try fileSystem.writeDurably(Self.old, to: "a", inDirectory: folder, replacing: false)
            #expect(contents(folder + "/a") == Self.old)
            let error = #expect(throws: FileSystemError.self) {
                try fileSystem.writeDurably(
                    Self.new, to: "a", inDirectory: folder, replacing: false)
            }
            #expect(error?.isExists == true)
            // A name that cannot be looked up is not free.
            let blind = FileSystem { (operation, _) in
                switch operation {
                case .link: .fail(code)
                case .stat: .fail(EACCES)
                default: nil
                }
            }
            #expect(throws: FileSystemError.self) {
                try blind.writeDurably(Self.new, to: "c", inDirectory: folder, replacing: false)
            }
            #expect(contents(folder + "/a") == Self.old)
            #expect(try names(folder) == ["a"])
        }
    }

    @Test(arguments: [EINVAL, ENOTSUP]) func acceptsDirectoriesThatCannotSync(code: Int32) throws {
        try withTemporaryDirectory { (folder) throws in
            let fileSystem = FileSystem { (operation, _) in
                operation == .fsyncDirectory ? .fail(code) : nil
            }
            try fileSystem.writeDurably(Self.new, to: "a", inDirectory: folder, replacing: true)
            #expect(contents(folder + "/a") == Self.new)
        }
    }

    @Test func temporaryNamesAreRecognisable() throws {
        try withTemporaryDirectory { (folder) throws in
            let name = try FileSystem().writeTemporary(Self.new, inDirectory: folder)
            #expect(try names(folder) == [name])
            #expect(name.wholeMatch(of: /\.casevault-[0-9a-f]{32}\.tmp/) != nil)
            #expect(try permissions(folder + "/" + name) == 0o600)
        }
    }

    @Test func errorsNameOperationPathAndReason() throws {
        try withTemporaryDirectory { (folder) throws in
            let path = folder + "/missing"
            let error = #expect(throws: FileSystemError.self) {
                _ = try FileSystem().readFile(path, limit: 1)
            }
            #expect(
                error == FileSystemError(operation: .open, path: path, kind: .errno(ENOENT)))
            #expect(error?.isNotFound == true)
            #expect(error?.isExists == false)
        }
        let readOnly = FileSystemError(operation: .open, path: "", kind: .errno(EROFS))
        #expect(readOnly.isReadOnlyOrPermission)
        #expect(!readOnly.isNotFound)
        let large = FileSystemError(operation: .read, path: "", kind: .tooLarge(limit: 3))
        #expect(large.code == 0)
        #expect(!large.isNotFound && !large.isNoSpace && !large.isReadOnlyOrPermission)
    }
}
