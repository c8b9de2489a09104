// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation

@testable import CaseVault

/// Laptops of a committee in which the first members have just removed each other, in a ring.
final class Contest {
    /// Everything that the laptops hold.
    private let root = FileManager.default.temporaryDirectory
        .appendingPathComponent(UUID().uuidString)
    /// The laptops, in the order of the names.
    let all: [Replica]

    /// How many members removed somebody.
    private let ring: Int

    /// Founds, admits and syncs; then each of the first members removes the next, and the last of
    /// them the first.
    init(of names: [String], ring: Int = 2) throws {
        let (root, clock) = (root, TestClock())
        self.ring = ring
        all = try names.map {
            try Replica($0, key: try MemberKey.generate(name: $0), root: root, clock: clock)
        }
        try all[0].found()
        for other in all.dropFirst() {
            try all[0].open()?.admit(other.key.card, confirming: other.key.card.spoken)
        }
        for other in all.dropFirst() { try all[0].sendAll(to: other) }
        for i in 0..<ring { try all[i].open()?.remove(all[(i + 1) % ring].key.card.id) }
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// What they wrote reaches a laptop: the deletes are still on their way.
    func tell(_ laptop: Replica) throws {
        for from in all.prefix(ring) { try from.sendAdds(to: laptop) }
    }

    /// One laptop hears of the first side only and acts on it, another of the second.
    func takeSides(_ one: Replica, _ other: Replica) throws {
        for (from, to) in [(all[0], one), (all[1], other)] {
            try from.sendAll(to: to)
            try to.open()?.catchUp()
        }
    }
}
