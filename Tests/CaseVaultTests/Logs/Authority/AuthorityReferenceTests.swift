// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// The rules in Swift and the rules in Python say the same of anything.
struct AuthorityReferenceTests {
    /// What the Swift rules make of a history.
    static func judge(
        _ history: AuthorityHistory, rules: AuthorityRules = .all
    ) -> [String: [AuthorityMachine.Answer]] {
        let known = Dictionary(uniqueKeysWithValues: history.records.map { ($0.id, $0.record) })
        let names = AuthorityNames(history.records)
        return Dictionary(
            uniqueKeysWithValues: history.machines.map { owner, batches in
                var machine = AuthorityMachine(owner: owner, names: names, rules: rules)
                var answers: [AuthorityMachine.Answer] = []
                for batch in batches {
                    switch batch {
                    case .forget: machine.forget()
                    case .records(let ids):
                        answers.append(machine.answer(ids.compactMap { known[$0] }))
                    }
                }
                return (owner, answers)
            })
    }

    /// Histories in which the two languages once differed: somebody listed what a stranger wrote.
    private static let differed: [UInt64] = [356_611_654_777_954_849]

    @Test(.enabled(if: AuthorityReference.isAvailable))
    func randomHistories() throws {
        var random = SeededRandom()
        let environment = ProcessInfo.processInfo.environment
        let count = environment["CASEVAULT_HISTORIES"].flatMap(Int.init) ?? 300
        let seeds = Self.differed + (0..<count).map { _ in random.next() }
        let histories = seeds.map { AuthorityHistory.random(seed: $0) }
        let expected = try AuthorityReference.judge(histories)
        #expect(expected.count == seeds.count)
        var (taken, endless) = (0, 0)
        for (i, history) in histories.enumerated() {
            guard let answer = expected[i] else {
                endless += 1
                continue
            }
            let found = Self.judge(history)
            taken += found.values.flatMap(\.self).flatMap(\.logs.values).map(\.taken.count).reduce(
                0, +)
            if found != answer {
                Issue.record("history \(seeds[i]) differs; \(random.hint)")
                print(Self.difference(history, found, answer))
                break
            }
        }
        #expect(endless <= 1 + count / 100)
        print(
            "authority: \(count - endless) random histories as in Python, \(taken) acts counted; \(random.hint)"
        )
    }

    #if DEBUG
        /// Histories of which each tells at least one rule from its absence; found by a search
        /// through the first 1,500, which runs again with `CASEVAULT_FULL`.
        private static let telling: [UInt64] = [
            1, 2, 4, 5, 6, 7, 8, 9, 12, 13, 15, 17, 18, 20, 22, 24, 30, 31, 35, 89, 131, 166, 209,
            225, 237, 249, 268, 1379, 1438, 1460,
        ]

        /// The random histories and the graphs reach every rule: without it, some answer is another
        /// one. So a rule that is wrong in one of the languages would be noticed.
        @Test(.enabled(if: AuthorityReference.isAvailable))
        func everyRuleIsReached() throws {
            let isFull = ProcessInfo.processInfo.environment["CASEVAULT_FULL"] != nil
            var reached: [String: UInt64] = [:]
            for seed in isFull ? Array(1...1500) : Self.telling {
                let history = AuthorityHistory.random(seed: seed)
                let whole = Self.judge(history)
                for (i, name) in AuthorityRules.names.enumerated() where reached[name] == nil {
                    let rule = AuthorityRules(rawValue: 1 << UInt64(i))
                    let answer = Self.judge(history, rules: .all.subtracting(rule))
                    if answer != whole { reached[name] = seed }
                }
            }
            if isFull { print("authority: telling histories \(Set(reached.values).sorted())") }
            let graphs = try AuthorityVectorTests.load()
            for (i, name) in AuthorityRules.names.enumerated() where reached[name] == nil {
                let rule = AuthorityRules(rawValue: 1 << UInt64(i))
                let isInGraph = graphs.contains {
                    !AuthorityVectorTests.wrong($0, rules: .all.subtracting(rule)).isEmpty
                }
                #expect(isInGraph, "\(name)")
            }
        }
    #endif

    /// A history, and where two answers about it differ.
    private static func difference(
        _ history: AuthorityHistory, _ found: [String: [AuthorityMachine.Answer]],
        _ expected: [String: [AuthorityMachine.Answer]]
    ) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        func text(_ value: some Encodable) -> String {
            (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "?"
        }
        var lines = history.records.map(text)
        for (owner, answers) in found {
            lines.append("\(owner): \(text(history.machines[owner] ?? []))")
            for (n, answer) in answers.enumerated() where answer != expected[owner]?[n] {
                lines.append("batch \(n), signs \(text(answer.signs))")
                lines.append("      not \(text(expected[owner]?[n].signs ?? []))")
                for (log, standing) in answer.logs where standing != expected[owner]?[n].logs[log] {
                    lines.append("\(log): \(text(standing))")
                    lines.append("  not: \(expected[owner]?[n].logs[log].map(text) ?? "?")")
                }
                break
            }
        }
        return lines.joined(separator: "\n")
    }
}
