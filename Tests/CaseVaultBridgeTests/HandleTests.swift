// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@Suite struct HandleTests {
    @Test func writesAndReadsInPieces() throws {
        try withTemporaryDirectory { (folder) throws in
            let fileSystem = FileSystem()
            let handle = try fileSystem.createTemporary(inDirectory: folder)
            let bytes = Random.bytes(100_000)
            try handle.write(Array(bytes[..<30_000]).span)
            try handle.write([UInt8]().span)
            try handle.write(Array(bytes[30_000...]).span)
            try handle.finish()
            try fileSystem.publish(
                temporary: handle.temporaryName, as: "a", inDirectory: folder, replacing: false)
            #expect(contents(folder + "/a") == bytes)

            let reader = try fileSystem.openForReading(folder + "/a")
            #expect(reader.size == 100_000)
            var buffer: [UInt8] = [1, 2, 3]
            var whole: [UInt8] = []
            while try reader.read(into: &buffer, atMost: 4096) > 0 { whole += buffer }
            #expect(whole == bytes)
            #expect(buffer.isEmpty)
            #expect(try reader.read(into: &buffer, atMost: 10, at: 99_995) == 5)
            #expect(buffer == Array(bytes[99_995...]))
            #expect(try reader.read(into: &buffer, atMost: 10, at: 200_000) == 0)
            #expect(try reader.read(into: &buffer, atMost: 0) == 0)
        }
    }

    @Test func severalThreadsWriteAndReadAtOffsets() throws {
        try withTemporaryDirectory { (folder) throws in
            let fileSystem = FileSystem()
            let handle = try fileSystem.createTemporary(inDirectory: folder)
            parallelForEach(count: 64, width: 8) { (index) in
                let piece = [UInt8](repeating: UInt8(index), count: 1000)
                do { try handle.write(piece.span, at: index * 1000) } catch {
                    Issue.record(error)
                }
            }
            try handle.finish()
            let reader = try fileSystem.openForReading(folder + "/" + handle.temporaryName)
            #expect(reader.size == 64_000)
            parallelForEach(count: 64, width: 8) { (index) in
                var buffer: [UInt8] = []
                do {
                    try reader.read(into: &buffer, atMost: 1000, at: index * 1000)
                } catch { Issue.record(error) }
                #expect(buffer == [UInt8](repeating: UInt8(index), count: 1000))
            }
        }
    }

    @Test func shortReadsAreFilledUp() throws {
        try withTemporaryDirectory { (folder) throws in
            try Data([1, 2, 3, 4, 5]).write(to: URL(fileURLWithPath: folder + "/a"))
            let slow = FileSystem { (operation, _) in operation == .read ? .short(1) : nil }
            let reader = try slow.openForReading(folder + "/a")
            var buffer: [UInt8] = []
            #expect(try reader.read(into: &buffer, atMost: 3) == 3)
            #expect(buffer == [1, 2, 3])
            #expect(try reader.read(into: &buffer, atMost: 3, at: 1) == 3)
            #expect(buffer == [2, 3, 4])
        }
    }

    @Test func abandonedFilesAreRemoved() throws {
        try withTemporaryDirectory { (folder) throws in
            let fileSystem = FileSystem()
            let handle = try fileSystem.createTemporary(inDirectory: folder)
            try handle.write([1].span)
            #expect(try names(folder) == [handle.temporaryName])
            handle.abandon()
            handle.abandon()
            #expect(try names(folder).isEmpty)
            let error = #expect(throws: FileSystemError.self) { try handle.write([1].span) }
            #expect(error?.code == EBADF)
            #expect(throws: FileSystemError.self) { try handle.finish() }

            do {
                let forgotten = try fileSystem.createTemporary(inDirectory: folder)
                try forgotten.write([1].span)
            }
            #expect(try names(folder).isEmpty)
        }
    }

    @Test func finishedFilesStay() throws {
        try withTemporaryDirectory { (folder) throws in
            do {
                let handle = try FileSystem().createTemporary(inDirectory: folder)
                try handle.finish()
                handle.abandon()
            }
            #expect(try names(folder).count == 1)
        }
    }

    @Test func noDescriptorLeaks() throws {
        try withTemporaryDirectory { (folder) throws in
            let fileSystem = FileSystem()
            try fileSystem.writeDurably([1], to: "a", inDirectory: folder, replacing: true)
            // More rounds than the usual limit of 1024 open files.
            for round in 0..<1100 {
                let failing = FaultPlan(target: round % 4, action: .failAfter(EIO)).fileSystem
                _ = try? failing.openForReading(folder + "/a")
                _ = try? failing.readFile(folder + "/a", limit: 10)
                _ = try? failing.createTemporary(inDirectory: folder)
                try? failing.visitDirectory(folder) { (_, _) in }
                _ = try? FileLock.tryExclusive(path: folder + "/lock", filesystem: failing)
                try? failing.syncDirectory(folder)
            }
            #expect(try fileSystem.readFile(folder + "/a", limit: 10) == [1])
            #expect(try names(folder) == ["a", "lock"])
        }
    }
}
