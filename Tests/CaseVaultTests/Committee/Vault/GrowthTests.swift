// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Twice as much to look after takes at most twice the work. Counted in calls of the system and of
/// libsodium, not in seconds.
///
/// Each count is made in a process of its own, because other tests call libsodium, too.
struct GrowthTests {
    /// What one act took.
    struct Work {
        /// Calls of the system that do not only read names.
        var system = 0
        /// Calls of libsodium.
        var sodium = 0
    }

    /// Counts what acts take on a computer.
    private struct Tally {
        /// The calls of the system.
        let calls = CallCounter()
        /// What was counted, by act.
        private(set) var acts: [String: Work] = [:]

        /// Does one act and counts.
        mutating func count(_ act: String, _ body: () throws -> Void) rethrows {
            let (system, sodium) = (calls.total, Sodium.callCount)
            try body()
            acts[act] = Work(
                system: calls.total - system,
                sodium: Sodium.callCount - sodium)
        }
    }

    /// Lets a vault settle: files are merged once they are a day old.
    private static func settle(_ committee: TestCommittee, _ names: [String]) throws {
        for _ in 0..<3 {
            committee.clock.advance(days: 1)
            for name in names { _ = try committee.vault(name).catchUp() }
        }
    }

    /// What each act takes in a settled vault: for one case, for all, and for a newcomer.
    private static func acts(in committee: TestCommittee) throws -> [String: Work] {
        var tally = Tally()
        let files = tally.calls.files
        try tally.count("open") { _ = try committee.vault("Robin", files: files) }
        try tally.count("register") { _ = try committee.vault("Robin", files: files).register }
        let vault = try committee.vault("Robin", files: files)
        let found = try #require(vault.cases.first)
        try tally.count("nothing") { _ = try vault.catchUp() }
        try tally.count("entry") { _ = try found.add(.plan, "One more.") }
        let card = try committee.card("Noor")
        try tally.count("admit") { try vault.admit(card, confirming: card.spoken) }
        try tally.count("first") { _ = try committee.vault("Noor", files: files).checks }
        try committee.declareAll("Noor")
        try tally.count("let in") { _ = try vault.catchUp() }
        try tally.count("remove") { _ = try vault.remove(card.id) }
        return tally.acts
    }

    /// So many cases, two members.
    static func cases(_ count: Int) throws -> [String: Work] {
        let committee = try TestCommittee("Robin", "Sam")
        for number in 0..<count {
            _ = try committee.startCase(by: "Robin", about: "Person \(number)")
        }
        try committee.declareAll("Sam")
        _ = try committee.vault("Robin").catchUp()
        try settle(committee, ["Robin", "Sam"])
        return try acts(in: committee)
    }

    /// So many members, four cases.
    static func members(_ count: Int) throws -> [String: Work] {
        let committee = try TestCommittee("Robin")
        let others = (1..<count).map { "Member \($0)" }
        for name in others {
            let card = try committee.card(name)
            try committee.vault("Robin").admit(card, confirming: card.spoken)
        }
        for number in 0..<4 {
            _ = try committee.startCase(by: "Robin", about: "Person \(number)")
        }
        for name in others { try committee.declareAll(name) }
        _ = try committee.vault("Robin").catchUp()
        try settle(committee, ["Robin"])
        return try acts(in: committee)
    }

    /// One case whose log has so many heads: that many wrote without knowing of each other.
    static func heads(_ count: Int) throws -> [String: Work] {
        let committee = try TestCommittee("Robin", "Sam")
        let shelf = try committee.sharedCase(of: "Robin", with: ["Sam"])
        let store = try committee.vault("Sam").store
        let log = try #require(store.logs[shelf.id])
        let writer = HostileWriter(committee: committee, key: try committee.key("Sam"))
        for number in 0..<count {
            let record = try writer.record(
                .entered(
                    EntryStatement(kind: .discussion, happened: nil, text: "Head \(number).")),
                in: shelf.log, parents: log.history.heads, vault: store.vault)
            try writer.plant([record], for: log.history.readerCards, vault: store.vault, slots: 8)
        }
        var tally = Tally()
        let files = tally.calls.files
        try tally.count("open") { _ = try committee.vault("Robin", files: files).cases }
        let vault = try committee.vault("Robin", files: files)
        #expect(vault.store.logs[shelf.id]?.history.heads.count == count)
        try tally.count("entry") {
            _ = try vault.case(named: shelf.codeName.description).add(.plan, "One more.")
        }
        try tally.count("catch up") { _ = try vault.catchUp() }
        committee.clock.advance(days: 2)
        try tally.count("merge") { _ = try vault.catchUp() }
        return tally.acts
    }

    /// One more entry in a case that has so many.
    static func entries(_ count: Int) throws -> [String: Work] {
        let committee = try TestCommittee("Robin", "Sam")
        let id = try committee.startCase(by: "Robin").id
        var tally = Tally()
        let vault = try committee.vault("Robin", files: tally.calls.files)
        let found = try #require(vault.cases.first { $0.id == id })
        for _ in 0..<count { _ = try found.add(.plan, "More.") }
        try tally.count("entry") { _ = try found.add(.plan, "One more.") }
        try tally.count("nothing") { _ = try vault.catchUp() }
        committee.clock.advance(days: 2)
        try tally.count("merge") { _ = try vault.catchUp() }
        return tally.acts
    }

    /// Prints what each act takes for so many and for twice as many, a line for each.
    static func report(_ few: Int, _ measure: (Int) throws -> [String: Work]) throws {
        let (a, b) = (try measure(few), try measure(2 * few))
        for (act, work) in a.sorted(by: { $0.key < $1.key }) {
            let twice = try #require(b[act])
            print("\(act):\(work.system):\(twice.system):\(work.sodium):\(twice.sodium)")
        }
    }

    /// Reads such lines, and sees that nothing takes more than twice as much.
    ///
    /// - Parameters:
    ///   - result: How the process ended.
    ///   - constant: The acts that must not take more at all, but for a little.
    /// - Throws: What the lines lack.
    private func judge(_ result: ExitTest.Result?, constant: Set<String> = []) throws {
        let text = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
        var acts: Set<String> = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: ":")
            guard words.count == 5 else { continue }
            let act = String(words[0])
            acts.insert(act)
            let numbers = words.dropFirst().compactMap { Int($0) }
            for (few, many, what) in [
                (numbers[0], numbers[1], "system"), (numbers[2], numbers[3], "libsodium"),
            ] {
                // Which of 256 folders a file falls into changes a few calls.
                #expect(many <= 2 * few + 16, "\(act), \(what): \(few), then \(many)")
                if constant.contains(act) {
                    #expect(many <= few + 12, "\(act), \(what): \(few), then \(many)")
                }
            }
        }
        #expect(acts.count >= 3 && acts.isSuperset(of: constant))
        print("growth:", text.split(separator: "\n").filter { $0.contains(":") })
    }

    @Test func twiceAsManyCases() async throws {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent]
        ) { try GrowthTests.report(8, GrowthTests.cases) }
        // What concerns one case, or nothing, does not depend on how many there are.
        try judge(result, constant: ["entry"])
    }

    @Test func twiceAsManyMembers() async throws {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent]
        ) { try GrowthTests.report(6, GrowthTests.members) }
        try judge(result)
    }

    @Test func twiceAsManyHeads() async throws {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent]
        ) { try GrowthTests.report(8, GrowthTests.heads) }
        try judge(result)
    }

    @Test func twiceAsManyEntries() async throws {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent]
        ) { try GrowthTests.report(12, GrowthTests.entries) }
        try judge(result, constant: ["entry", "nothing"])
    }
}
