// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// Looks for small histories that break what must hold: a few, to see that the search works.
struct AuthorityExplorerTests {
    @Test(arguments: AuthoritySettings.small) func nothingIsBroken(
        _ setting: AuthorityWorld.Setting
    ) {
        let search = AuthoritySearch(setting: setting, way: .part(60))
        let result = search.run()
        #expect(result.broken.isEmpty, "\(setting.name)")
        #expect(result.graphs >= 50)
    }

    @Test(arguments: AuthoritySettings.large) func noRandomWayBreaksAnything(
        _ setting: AuthorityWorld.Setting
    ) {
        let result = AuthoritySearch(setting: setting, way: .walks(0..<4)).run()
        #expect(result.broken.isEmpty, "\(setting.name): \(result.broken)")
    }

    /// Every honest person is a member when the search begins, so that there is something to break.
    @Test(arguments: AuthoritySettings.small + AuthoritySettings.large)
    func nobodyIsLeftOut(_ setting: AuthorityWorld.Setting) {
        let world = AuthorityWorld(setting)
        let founders = Crowd(world.honest.filter { _ in setting.first != "A" } + [0])
        for computer in world.begin().computers where founders.has(computer.owner) {
            #expect(computer[.roster]?.power.has(computer.owner) ?? false || setting.first == "ABX")
            #expect(computer[.roster]?.people.isSuperset(of: founders) ?? false)
        }
    }

    #if DEBUG
        /// For each rule there is a way that breaks something without it and nothing with it.
        @Test func everyRuleIsNeeded() throws {
            #expect(AuthorityTellingWays.all.map(\.rule) == AuthorityRules.names)
            // A deliberate fault takes one rule out: then its own way must tell.
            let fault = ProcessInfo.processInfo.environment["CASEVAULT_MUTANT"] ?? ""
            let isFault = AuthorityRules.names.contains { fault == "rule-" + $0 }
            for (place, way) in AuthorityTellingWays.all.enumerated()
            where !isFault || fault == "rule-" + way.rule {
                let setting = try #require(
                    AuthoritySettings.large.first { $0.name == way.committee })
                let whole = AuthorityWorld.walk(setting, seed: way.seed)
                #expect(whole.broken.isEmpty, "\(way.rule)")
                if isFault { continue }
                let without = AuthorityRules.all.subtracting(
                    AuthorityRules(rawValue: 1 << UInt64(place)))
                let world = AuthorityWorld.walk(setting, seed: way.seed, rules: without)
                #expect(!world.broken.isEmpty, "without \(way.rule)")
            }
        }
    #endif
}
