// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// Laptops of a committee that Robin, Sam, Kim and Noor founded together. Robin and Sam have just
/// removed each other; Kim heard of the one removal and Noor of the other.
final class Dispute {
    /// Everything that the laptops hold.
    private let root = FileManager.default.temporaryDirectory
        .appendingPathComponent(UUID().uuidString)
    /// The laptops.
    let all: [Replica]

    var robin: Replica { all[0] }
    var sam: Replica { all[1] }
    var kim: Replica { all[2] }
    var noor: Replica { all[3] }

    init() throws {
        let (root, clock) = (root, TestClock())
        all = try ["Robin", "Sam", "Kim", "Noor"].map {
            try Replica($0, key: try MemberKey.generate(name: $0), root: root, clock: clock)
        }
        try all[0].found(with: Array(all.dropFirst()))
        for other in all.dropFirst() {
            try all[0].sendAll(to: other)
            _ = try other.open()
        }
        _ = try all[0].open()?.remove(all[1].key.card.id)
        _ = try all[1].open()?.remove(all[0].key.card.id)
        for (from, to) in [(all[0], all[2]), (all[1], all[3])] {
            try from.sendAll(to: to)
            _ = try to.open()?.catchUp()
        }
    }

    deinit { try? FileManager.default.removeItem(at: root) }
}
