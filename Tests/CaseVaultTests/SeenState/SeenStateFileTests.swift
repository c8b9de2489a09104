// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// What a computer remembers is taken for no other vault's, and from nobody else.
struct SeenStateFileTests {
    /// A member and the files of two vaults in one folder.
    private func scene() throws -> (TestCommittee, one: SeenStateFile, two: SeenStateFile) {
        let committee = try TestCommittee()
        let key = try committee.key("Robin")
        let files = (0..<2).map { _ in
            SeenStateFile(
                directory: committee.root.appendingPathComponent("state").path,
                vault: VaultID(raw: Random.bytes32()), key: key, files: FileSystem())
        }
        return (committee, files[0], files[1])
    }

    /// Where a state lies: beside the lock, by the vault's digits.
    private func path(_ file: SeenStateFile) throws -> URL {
        let digits = String(file.vault.hexText.prefix(32))
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: file.directory)
                .first { $0.hasPrefix(digits) && $0.hasSuffix(".seen") })
        return URL(fileURLWithPath: file.directory + "/" + name)
    }

    @Test func isReadAsItWasWritten() throws {
        let (committee, one, _) = try scene()
        defer { withExtendedLifetime(committee) {} }
        #expect(try one.load() == nil)
        var state = SeenState()
        state.notMine = [FileName(raw: Random.bytes32())]
        try one.save(state)
        #expect(try one.load() == state)
    }

    @Test func isNotTakenForAnotherVaults() throws {
        let (committee, one, two) = try scene()
        defer { withExtendedLifetime(committee) {} }
        try one.save(SeenState())
        try two.save(SeenState())
        let bytes = try Data(contentsOf: try path(one))
        // In place, so that the owner's rights stay.
        let handle = try FileHandle(forWritingTo: try path(two))
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: bytes)
        try handle.close()
        #expect(try two.load() == nil)
        #expect(try one.load() != nil)
    }

    @Test func isNoMemoryWhenOthersCouldHaveWrittenIt() throws {
        let (committee, one, _) = try scene()
        defer { withExtendedLifetime(committee) {} }
        try one.save(SeenState())
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o620], ofItemAtPath: try path(one).path)
        #expect(try one.load() == nil)
    }

    @Test func aFaultOfTheSystemIsNotTakenForNoMemory() throws {
        let (committee, one, _) = try scene()
        defer { withExtendedLifetime(committee) {} }
        try one.save(SeenState())
        let broken = SeenStateFile(
            directory: one.directory, vault: one.vault, key: one.key,
            files: FileSystem { operation, _ in operation == .read ? .fail(EIO) : nil })
        #expect(throws: VaultError.self) { try broken.load() }
    }
}
