// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// What a thief finds in the memory of a computer without the member's key.
struct SeenStateTheftTests {
    /// The files of a computer's memory.
    private func files(of folder: URL) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .map { folder.appendingPathComponent($0) }
    }

    @Test func aThiefReadsNothingOfIt() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let shelf = try committee.startCase(by: "Robin")
        try committee.declareAll("Sam")
        try committee.vault("Robin").catchUp()
        try committee.vault("Robin").remove(committee.card("Sam").id)
        let robins = try committee.vault("Robin")
        let seen = robins.store.seen
        let state = committee.root.appendingPathComponent("state-Robin")
        // Everything that is remembered, as it stands in the memory.
        var known: [Bytes32] = seen.noted.keys.map(\.raw) + seen.notMine.map(\.raw)
        known += seen.mine.keys.map(\.raw) + seen.firstLooks.map(\.raw)
        known += seen.accepted.map(\.raw) + seen.heads.keys.map(\.raw)
        known += seen.heads.values.flatMap { $0.map(\.raw) }
        #expect(!seen.firstLooks.isEmpty && !seen.accepted.isEmpty && !seen.heads.isEmpty)
        #expect(seen.firstLooks.contains(shelf.id))
        let all = try files(of: state)
        #expect(all.contains { $0.path.hasSuffix(".seen") })
        for file in all {
            let bytes = try Data(contentsOf: file)
            for value in known {
                // Half of it would do to recognise it.
                let found = bytes.range(of: Data(value.bytes.prefix(16)))
                #expect(found == nil, "\(file.lastPathComponent)")
                #expect(bytes.range(of: Data(value.hex.prefix(32).utf8)) == nil)
            }
        }
        // And its size, name and place say what they say: nothing about a case.
        for file in all {
            #expect(!file.lastPathComponent.contains(shelf.id.description.prefix(16)))
        }
        // The member's own key opens it.
        let own = SeenStateFile(
            directory: state.path, vault: robins.store.vault, key: try committee.key("Robin"),
            files: FileSystem())
        #expect(try own.load()?.state == seen)
    }

    @Test func noOtherKeyAndNoOtherVaultOpensIt() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let robins = try committee.vault("Robin")
        let state = committee.root.appendingPathComponent("state-Robin")
        let file = try #require(try files(of: state).first { $0.path.hasSuffix(".seen") })
        let vaults = [robins.store.vault, VaultID(raw: Random.bytes32())]
        for (key, vault) in [
            (try committee.key("Sam"), vaults[0]), (try committee.key("Robin"), vaults[1]),
        ] {
            let place = committee.root.appendingPathComponent(UUID().uuidString)
            let other = SeenStateFile(
                directory: place.path, vault: vault, key: key, files: FileSystem())
            // Under the name that it would have.
            try other.save(SeenState())
            let name = try #require(try files(of: place).first)
            #expect(try other.load() != nil)
            try FileManager.default.removeItem(at: name)
            try FileManager.default.copyItem(at: file, to: name)
            #expect(try other.load() == nil)
        }
    }
}
