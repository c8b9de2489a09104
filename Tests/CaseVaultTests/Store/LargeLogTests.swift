// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// A case of more records than one file takes.
struct LargeLogTests {
    @Test(.timeLimit(.minutes(10))) func isWrittenAnewFileByFile() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try committee.sharedCase(of: "Robin", with: ["Sam", "Kim"])
        let text = String(repeating: "a", count: EntryStatement.textLimit)
        let count = Planner.wholeLogLimit / EntryStatement.textLimit + 1
        for _ in 0..<count { try shelf.add(.discussion, text) }
        let before = try Set(committee.snapshot().keys)
        try shelf.revokeAccess(of: committee.card("Sam"))
        // Nothing that is left of the case opens for Sam, and the others lack nothing.
        #expect(try committee.vault("Sam").store.logs[shelf.id] == nil)
        for name in ["Robin", "Kim"] {
            let vault = try committee.vault(name)
            let log = try #require(vault.store.logs[shelf.id])
            #expect(log.files.count > 1)
            // Robin's own first file, from before Sam was let in, may be there still.
            for file in log.files.intersection(before) {
                #expect(vault.store.files[file]?.readers.cards.map(\.name) == ["Robin"])
            }
            #expect(log.history.counting.filter(\.isEntry).count == count + 1)
            #expect(try vault.verify().isWhole)
        }
    }

    /// What does not fit into one file is left in many, instead of being written again each time.
    @Test(.timeLimit(.minutes(10))) func isNotCompactedForEver() throws {
        let committee = try TestCommittee("Robin")
        let shelf = try committee.startCase(by: "Robin")
        let text = String(repeating: "a", count: EntryStatement.textLimit)
        for _ in 0...Planner.wholeLogLimit / EntryStatement.textLimit {
            try shelf.add(.discussion, text)
        }
        let vault = try committee.vault("Robin")
        let before = try Set(committee.snapshot().keys)
        #expect(before.count > 8, "the control: as many as would be compacted otherwise")
        for _ in 0..<2 {
            try vault.catchUp()
            #expect(try Set(committee.snapshot().keys) == before)
            committee.clock.advance(days: 2)
        }
    }
}
