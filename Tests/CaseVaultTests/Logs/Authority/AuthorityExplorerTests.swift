// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// Looks for small histories that break what must hold. `CASEVAULT_GRAPHS` says how many graphs are
/// judged in each exhaustive search, `CASEVAULT_SEEDS` how many random ways hostile members go.
@Suite(.serialized) struct AuthorityExplorerTests {
    private static func number(_ name: String, _ usual: Int) -> Int {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init) ?? usual
    }

    /// Searches in which everything is tried, up to a limit.
    static let complete: [AuthorityWorld.Setting] = [
        .init(name: "two and Xenia with an own key"),
        .init(name: "Xenia founded alone", founder: "X", first: "X", losesMemory: false),
        .init(name: "Xenia founded with all", founder: "X"),
        .init(name: "a case, two and Xenia with an own key", menu: .work, losesMemory: false),
        .init(
            name: "honest people only", honest: "ABC", hostile: "", own: "", losesMemory: false,
            hand: 3, bad: 0),
    ]
    /// Random ways of hostile members.
    static let random: [AuthorityWorld.Setting] = [
        .init(name: "three and Xenia with two own keys", honest: "ABC", own: "EF", hand: 4, bad: 5),
        .init(name: "a case, three and Xenia", honest: "ABC", menu: .work, hand: 4, bad: 5),
        .init(name: "Xenia founded alone", own: "EF", founder: "X", first: "X", hand: 4, bad: 5),
    ]

    @Test func nothingIsBroken() {
        let limit = Self.number("CASEVAULT_GRAPHS", 400)
        let seeds = Self.number("CASEVAULT_SEEDS", 60)
        // The same sample in every run; another one with `CASEVAULT_SEED`.
        let isGiven = ProcessInfo.processInfo.environment["CASEVAULT_SEED"] != nil
        var random = isGiven ? SeededRandom() : SeededRandom(1)
        var (graphs, broken) = (0, 0)
        func report(_ world: AuthorityWorld, _ how: String) {
            graphs += world.graphs
            broken += world.broken.count
            print("authority: \(world.setting.name): \(world.graphs) graphs, \(how)")
            for (what, trace) in world.broken.sorted(by: { $0.key < $1.key }) {
                Issue.record("\(what): \(trace.joined(separator: "; ")); \(random.hint)")
            }
        }
        for setting in Self.complete {
            let world = AuthorityWorld(setting)
            report(world, world.searchAll(limit: limit) ? "complete" : "a part")
        }
        for setting in Self.random {
            let world = AuthorityWorld(setting)
            for _ in 0..<seeds / Self.random.count { world.walk(seed: random.next()) }
            report(world, "random")
        }
        print("authority: \(graphs) graphs, \(seeds) adversary seeds, \(broken) broken")
    }

    #if DEBUG
        /// Without any one rule the search finds something. Takes minutes: only with `CASEVAULT_RULES`,
        /// which names rules or is `all`.
        @Test(.enabled(if: ProcessInfo.processInfo.environment["CASEVAULT_RULES"] != nil))
        func everyRuleIsNeeded() {
            let wanted = ProcessInfo.processInfo.environment["CASEVAULT_RULES"] ?? "all"
            let limit = Self.number("CASEVAULT_GRAPHS", 3000)
            let seeds = Self.number("CASEVAULT_SEEDS", 600)
            for (i, name) in AuthorityRules.names.enumerated()
            where wanted == "all" || wanted.split(separator: ",").contains(Substring(name)) {
                let rules = AuthorityRules.all.subtracting(AuthorityRules(rawValue: 1 << UInt64(i)))
                var found: (what: String, trace: [String])?
                for setting in Self.random + Self.complete where found == nil {
                    let world = AuthorityWorld(setting, rules: rules)
                    for seed in 0..<UInt64(seeds) where world.broken.isEmpty {
                        world.walk(seed: seed)
                    }
                    if world.broken.isEmpty { _ = world.searchAll(limit: limit) }
                    found = world.broken.sorted { $0.value.count < $1.value.count }.first.map {
                        ($0.key, $0.value)
                    }
                }
                print(
                    "authority: without \(name): \(found?.what ?? "NOTHING FOUND") \(found?.trace.joined(separator: "; ") ?? "")"
                )
                #expect(found != nil, "without \(name)")
            }
        }
    #endif
}
