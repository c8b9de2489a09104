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
        _ = try committee.vault("Robin").catchUp()
        _ = try committee.vault("Robin").remove(committee.card("Sam").id)
        let robins = try committee.vault("Robin")
        let seen = robins.store.seen
        let state = committee.root.appendingPathComponent("state-Robin")
        // Nothing that another computer keeps starts like this one's, behind magic and version.
        let starts = try ["state-Robin", "state-Sam"].flatMap { name in
            try files(of: committee.root.appendingPathComponent(name))
                .filter { $0.path.hasSuffix(".seen") }
                .map { try Data(contentsOf: $0).dropFirst(5).prefix(24) }
        }
        #expect(starts.count == 2 && Set(starts).count == 2)
        // Everything that is remembered, as it stands in the memory.
        var known: [Bytes32] = seen.noted.keys.map(\.raw) + seen.notMine.map(\.raw)
        known += seen.mine.keys.map(\.raw) + seen.firstLooks.map(\.raw)
        known += seen.standing.known.map(\.raw) + seen.heads.keys.map(\.raw)
        known += seen.heads.values.flatMap { $0.map(\.raw) }
        #expect(!seen.firstLooks.isEmpty && !seen.standing.known.isEmpty && !seen.heads.isEmpty)
        #expect(seen.firstLooks.contains(shelf.log))
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

    // With one nonce for two states the thief would have the difference of the two.
    @Test func whatWasSavedAtTwoTimesHasNothingInCommon() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let robins = try committee.vault("Robin")
        let place = committee.root.appendingPathComponent("memory")
        let file = SeenStateFile(
            directory: place.path, vault: robins.store.vault, key: try committee.key("Robin"),
            files: FileSystem())
        var state = robins.store.seen
        var wholes: [[UInt8]] = []
        var changes: [[UInt8]] = []
        for _ in 0..<4 {
            // A whole, then twice what changed since, as a thief who looks each time finds it.
            let kept = try file.save(state)
            for _ in 0..<2 {
                state.firstLooks.insert(LogID(raw: Random.bytes32()))
                try file.save(state, over: kept)
                for url in try files(of: place) where !url.path.hasSuffix(".lock") {
                    let bytes = try [UInt8](Data(contentsOf: url))
                    // Behind the magic; changes name the nonce of their whole first.
                    if url.path.hasSuffix(".seen") {
                        if wholes.last != Array(bytes[5...]) { wholes.append(Array(bytes[5...])) }
                    } else {
                        changes.append(Array(bytes[29...]))
                    }
                }
            }
        }
        #expect(wholes.count == 4 && changes.count == 8)
        let all = wholes + changes
        #expect(Set(all.map { $0.prefix(24) }).count == all.count, "nonces")
        // Where the states agree the same bytes would stand at the same place.
        for (number, one) in all.enumerated() {
            for other in all[..<number] {
                let same = zip(one, other).count { $0 == $1 }
                #expect(same <= 8 + min(one.count, other.count) / 32)
            }
        }
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
            let first = try Data(contentsOf: #require(try files(of: place).first))
            try other.save(SeenState())
            let name = try #require(try files(of: place).first)
            #expect(try other.load() != nil)
            let second = try Data(contentsOf: name)
            #expect(first.dropFirst(5).prefix(24) != second.dropFirst(5).prefix(24))
            try FileManager.default.removeItem(at: name)
            try FileManager.default.copyItem(at: file, to: name)
            #expect(try other.load() == nil)
        }
    }
}
