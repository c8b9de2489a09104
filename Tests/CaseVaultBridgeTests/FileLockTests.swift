// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@Suite struct FileLockTests {
    @Test func excludesASecondLock() throws {
        try withTemporaryDirectory { (folder) throws in
            let path = folder + "/lock"
            let first = try FileLock.exclusive(path: path)
            #expect(try permissions(path) == 0o600)
            #expect(try FileLock.tryExclusive(path: path) == nil)
            first.unlock()
            first.unlock()
            let second = try FileLock.tryExclusive(path: path)
            #expect(second != nil)
            #expect(try FileLock.tryExclusive(path: path) == nil)
            second?.unlock()
        }
    }

    @Test func isGivenUpWithItsLastOwner() throws {
        try withTemporaryDirectory { (folder) throws in
            let path = folder + "/lock"
            do {
                let lock = try FileLock.exclusive(path: path)
                #expect(try FileLock.tryExclusive(path: path) == nil)
                withExtendedLifetime(lock) {}
            }
            #expect(try FileLock.tryExclusive(path: path) != nil)
        }
    }

    #if os(Linux)
        /// As a process has one that another thread is just starting.
        @Test func isGivenUpThoughSomebodyHasACopyOfTheDescriptor() throws {
            try withTemporaryDirectory { (folder) throws in
                let path = folder + "/lock"
                let lock = try FileLock.exclusive(path: path)
                let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
                let number = try #require(
                    open.first { number in
                        let target = try? FileManager.default.destinationOfSymbolicLink(
                            atPath: "/proc/self/fd/" + number)
                        return target?.hasSuffix(path) ?? false
                    }.flatMap { Int32($0) })
                let copy = dup(number)
                defer { close(copy) }
                #expect(copy >= 0)
                lock.unlock()
                #expect(try FileLock.tryExclusive(path: path) != nil)
            }
        }
    #endif

    @Test func excludesAnotherProcess() async throws {
        try await withTemporaryDirectory { (folder) async throws in
            let path = folder + "/lock"
            let lock = try FileLock.exclusive(path: path)
            await #expect(processExitsWith: .exitCode(7)) { [path = path as String] in
                exit(try FileLock.tryExclusive(path: path) == nil ? 7 : 8)
            }
            lock.unlock()
            await #expect(processExitsWith: .exitCode(8)) { [path = path as String] in
                exit(try FileLock.tryExclusive(path: path) == nil ? 7 : 8)
            }
            // The other process ended without giving it up.
            #expect(try FileLock.tryExclusive(path: path) != nil)
        }
    }

    @Test(.endsAHang) func waitsForItsTurn() throws {
        try withTemporaryDirectory { (folder) throws in
            let path = folder + "/lock"
            let counter = folder + "/counter"
            try Data([0]).write(to: URL(fileURLWithPath: counter))
            // Without exclusion some of the additions would be lost.
            parallelForEach(count: 40, width: 4) { (_) in
                do {
                    let lock = try FileLock.exclusive(path: path)
                    let value = try FileSystem().readFile(counter, limit: 1)
                    try Data([value[0] + 1]).write(to: URL(fileURLWithPath: counter))
                    lock.unlock()
                } catch { Issue.record(error) }
            }
            #expect(contents(counter) == [40])
        }
    }

    @Test func refusesALinkAndReportsErrors() throws {
        try withTemporaryDirectory { (folder) throws in
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/lock", withDestinationPath: folder + "/elsewhere")
            let error = #expect(throws: FileSystemError.self) {
                _ = try FileLock.exclusive(path: folder + "/lock")
            }
            #expect(error?.kind == .notRegular)
            #expect(try names(folder) == ["lock"])
            let noLocks = FileSystem { (operation, _) in operation == .lock ? .fail(ENOLCK) : nil }
            let missing = #expect(throws: FileSystemError.self) {
                _ = try FileLock.tryExclusive(path: folder + "/other", filesystem: noLocks)
            }
            #expect(missing?.operation == .lock)
            #expect(missing?.code == ENOLCK)
        }
    }
}
