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
        #expect(try one.load()?.state == state)
    }

    /// A state that remembers so many files.
    private func state(of count: Int) -> SeenState {
        var state = SeenState()
        for number in 0..<count {
            state.noted[FileName(raw: Random.bytes32())] = Int64(number)
            state.heads[LogID(raw: Random.bytes32())] = [RecordID(raw: Random.bytes32())]
        }
        state.firstLooks = Set(state.heads.keys.prefix(10))
        return state
    }

    /// Where the changes lie.
    private func changes(_ file: SeenStateFile) throws -> URL {
        URL(fileURLWithPath: try path(file).path + "-changes")
    }

    @Test func whatChangesIsWrittenBesideTheWhole() throws {
        let (committee, one, _) = try scene()
        defer { withExtendedLifetime(committee) {} }
        var state = state(of: 500)
        var kept = try one.save(state)
        let whole = try Data(contentsOf: try path(one))
        #expect(!FileManager.default.fileExists(atPath: try changes(one).path))
        for round in 0..<10 {
            // Something comes, something goes, something has another value.
            state.noted[FileName(raw: Random.bytes32())] = 7
            if let name = state.noted.keys.min() { state.noted[name] = nil }
            if let log = state.heads.keys.max() {
                state.heads[log] = [RecordID(raw: Random.bytes32())]
            }
            if let log = state.firstLooks.first { state.firstLooks.remove(log) }
            state.standing.known.insert(RecordID(raw: Random.bytes32()))
            state.publishing = round % 2 == 0 ? [FileName(raw: Random.bytes32())] : []
            kept = try one.save(state, over: kept)
            #expect(try one.load()?.state == state)
            #expect(try one.load()?.mark == kept.mark && one.mark() == kept.mark)
        }
        #expect(try Data(contentsOf: try path(one)) == whole)
        #expect(try Data(contentsOf: try changes(one)).count < 4096)
        // Many changes are written as a whole.
        state = self.state(of: 600)
        kept = try one.save(state, over: kept)
        #expect(try one.load()?.state == state)
        #expect(try Data(contentsOf: try path(one)) != whole)
        #expect(!FileManager.default.fileExists(atPath: try changes(one).path))
        #expect(one.mark() == kept.mark)
    }

    /// A machine that died between the two leaves changes of a whole that is gone.
    @Test func changesOfAnOlderWholeAreIgnored() throws {
        let (committee, one, _) = try scene()
        defer { withExtendedLifetime(committee) {} }
        var old = state(of: 20)
        let kept = try one.save(old)
        old.notMine.insert(FileName(raw: Random.bytes32()))
        try one.save(old, over: kept)
        let left = try Data(contentsOf: try changes(one))
        let new = state(of: 30)
        try one.save(new)
        #expect(try one.load()?.state == new)
        #expect(
            FileManager.default.createFile(
                atPath: try changes(one).path, contents: left,
                attributes: [.posixPermissions: 0o600]))
        let found = try #require(try one.load())
        #expect(found.state == new && one.mark() == found.mark)
        // And the next changes take their place.
        var next = new
        next.firstLooks = []
        try one.save(next, over: found)
        #expect(try one.load()?.state == next)
    }

    /// What is damaged, another's or another vault's is no memory, and not an older memory.
    @Test func changesThatDoNotOpenAreNoMemory() throws {
        let (committee, one, two) = try scene()
        defer { withExtendedLifetime(committee) {} }
        var state = state(of: 20)
        for file in [one, two] {
            let kept = try file.save(state)
            state.firstLooks = []
            try file.save(state, over: kept)
        }
        let others = try Data(contentsOf: try changes(two))
        var damaged = try Data(contentsOf: try changes(one))
        damaged[damaged.count - 1] ^= 1
        for bytes in [others, damaged, Data()] {
            #expect(
                FileManager.default.createFile(
                    atPath: try changes(one).path, contents: bytes,
                    attributes: [.posixPermissions: 0o600]))
            #expect(try one.load() == nil)
        }
        #expect(try two.load() != nil)
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
