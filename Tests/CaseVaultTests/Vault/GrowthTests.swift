// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Synchronization
import Testing

@testable import CaseVault

/// Twice as much to look after takes at most twice the work. Counted in calls of the system, not
/// in seconds.
struct GrowthTests {
    /// Counts the calls of a file system.
    private final class Counter: Sendable {
        /// How many of each kind.
        private let calls = Mutex<[FileOperation: Int]>([:])

        /// A file system whose calls are counted.
        var files: FileSystem {
            FileSystem { operation, path in
                // Listing takes a look at each of up to 256 folders with names of two digits.
                let isFolder = path.split(separator: "/").last?.utf8.count == 2
                let isListing = isFolder && [.open, .close].contains(operation)
                if !isListing { self.calls.withLock { $0[operation, default: 0] += 1 } }
                return nil
            }
        }

        /// How many calls `body` makes, without those that only read names.
        func count(_ body: () throws -> Void) rethrows -> Int {
            calls.withLock { $0 = [:] }
            try body()
            return calls.withLock { $0.filter { $0.key != .list }.values.reduce(0, +) }
        }
    }

    /// How many calls each act takes in a vault of so many cases that has settled.
    private func calls(cases: Int) throws -> [String: Int] {
        let committee = try TestCommittee("Robin", "Sam")
        for number in 0..<cases {
            _ = try committee.startCase(by: "Robin", about: "Person \(number)")
        }
        try committee.declareAll("Sam")
        try committee.vault("Robin").catchUp()
        for _ in 0..<3 {
            committee.clock.advance(days: 1)
            for name in ["Robin", "Sam"] { try committee.vault(name).catchUp() }
        }
        let counter = Counter()
        var calls: [String: Int] = [:]
        calls["open"] = try counter.count { _ = try committee.vault("Robin", files: counter.files) }
        calls["register"] = try counter.count {
            let vault = try committee.vault("Robin", files: counter.files)
            #expect(vault.register.count == cases)
        }
        let vault = try committee.vault("Robin", files: counter.files)
        let found = try #require(vault.cases.first)
        calls["nothing"] = try counter.count { try vault.catchUp() }
        calls["entry"] = try counter.count { try found.add(.plan, "One more.") }
        let card = try committee.card("Noor")
        calls["admit"] = try counter.count {
            try vault.admit(card, confirming: card.fingerprint)
        }
        calls["first"] = try counter.count {
            _ = try committee.vault("Noor", files: counter.files).checks
        }
        try committee.declareAll("Noor")
        calls["let in"] = try counter.count { try vault.catchUp() }
        calls["remove"] = try counter.count { try vault.remove(card.id) }
        return calls
    }

    @Test func twiceAsManyCasesTakeAtMostTwiceTheCalls() throws {
        let few = try calls(cases: 8)
        let many = try calls(cases: 16)
        for (act, count) in few {
            let twice = try #require(many[act])
            #expect(twice <= 2 * count + 16, "\(act): \(count), then \(twice)")
        }
        // What concerns one case, or nothing, does not depend on how many there are. Which of the
        // 256 folders a file falls into changes a call or two.
        for act in ["open", "register", "nothing", "entry"] {
            let (a, b) = (try #require(few[act]), try #require(many[act]))
            #expect(abs(a - b) <= 8, "\(act): \(a), then \(b)")
        }
    }

    @Test func oneMoreEntryTakesAsManyCallsInALongCase() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let id = try committee.startCase(by: "Robin").id
        let counter = Counter()
        let vault = try committee.vault("Robin", files: counter.files)
        let found = try #require(vault.cases.first { $0.id == id })
        var counts: [Int] = []
        for _ in 0..<24 { counts.append(try counter.count { try found.add(.plan, "More.") }) }
        let first = try #require(counts.first)
        #expect(counts.allSatisfy { $0 <= first + 4 }, "\(counts)")
    }
}
