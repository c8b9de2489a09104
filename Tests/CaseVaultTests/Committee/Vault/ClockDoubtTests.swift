// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// Whether a computer's clock is asked about before something is signed with its day.
struct ClockDoubtTests {
    /// A committee, and what speaks against the clock on one computer.
    private let committee: TestCommittee

    init() throws {
        committee = try TestCommittee("Robin", "Sam", "Kim")
        // Robin's computer has seen that the others compared.
        _ = try committee.vault("Robin")
    }

    /// What speaks against Robin's clock now.
    private func doubt(ahead days: Int64 = 0) throws -> ClockDoubt? {
        committee.clock.advance(days: days)
        defer { committee.clock.advance(days: -days) }
        return try committee.vault("Robin").clockDoubt
    }

    /// Somebody writes something that every member reads.
    private func write(_ name: String, in committee: TestCommittee) throws {
        let vault = try committee.vault(name)
        let next = vault.rules.minimumReaders % 5 + 2
        _ = try vault.changeRules(Rules(json: Array(#"{"minimumReaders":\#(next)}"#.utf8)))
    }

    /// Sam writes something that every member reads.
    private func samWrites() throws { try write("Sam", in: committee) }

    @Test func aClockThatIsRightIsNotAskedAbout() throws {
        #expect(try doubt() == nil)
        committee.clock.advance(days: 300)
        #expect(try doubt() == nil, "a long pause")
        try samWrites()
        #expect(try doubt() == nil)
        #expect(try doubt(ahead: 1) == nil, "written late in the evening")
    }

    @Test func aClockAheadOfWhatArrivesIsAskedAbout() throws {
        _ = try committee.vault("Robin")
        committee.clock.advance(days: 10)
        try samWrites()
        let wrong = try #require(try doubt(ahead: 2))
        #expect(wrong.reason == .afterNeighbours && wrong.newest.adding(days: 2) == wrong.today)
        // It stays, as long as nobody says that the clock is right, and nothing newer arrives.
        #expect(try doubt(ahead: 2)?.reason == .afterNeighbours)
        committee.clock.advance(days: 2)
        try samWrites()
        #expect(try doubt() == nil)
    }

    @Test func whoSignedWithTheDayIsNotAskedAgain() throws {
        _ = try committee.vault("Robin")
        try samWrites()
        committee.clock.advance(days: 5)
        #expect(try doubt()?.reason == .afterNeighbours)
        try write("Robin", in: committee)
        #expect(try committee.vault("Robin").clockDoubt == nil)
    }

    @Test func whatANewComputerSeesForTheFirstTimeIsNoReason() throws {
        try samWrites()
        let old = committee.clock.now + 50 * 86_400
        var elsewhere = committee.environment("Robin-new")
        elsewhere.now = { old }
        let robin = try Vault(
            at: committee.folder, key: committee.key("Robin"), in: elsewhere)
        #expect(robin.clockDoubt == nil)
    }

    @Test func aClockBehindTwoOthersOrTheOnlyOtherIsAskedAbout() throws {
        committee.clock.advance(days: 20)
        try samWrites()
        #expect(try doubt(ahead: -10) == nil, "one of several may have signed any day")
        try write("Kim", in: committee)
        #expect(try doubt(ahead: -10)?.isBehind == true)
        let two = try TestCommittee("Robin", "Sam")
        two.clock.advance(days: 20)
        try write("Sam", in: two)
        two.clock.advance(days: -10)
        #expect(try two.vault("Robin").clockDoubt?.isBehind == true)
    }
}
