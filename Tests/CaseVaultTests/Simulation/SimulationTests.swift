// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// The real library on several laptops under a careless sync tool.
struct SimulationTests {
    /// How many seeds; `CASEVAULT_SEEDS` sets it, `CASEVAULT_SEED` replays one.
    private static var seeds: [UInt64] {
        let environment = ProcessInfo.processInfo.environment
        if let one = environment["CASEVAULT_SEED"].flatMap(UInt64.init) { return [one] }
        let count = environment["CASEVAULT_SEEDS"].flatMap(UInt64.init) ?? 60
        return Array(1...count)
    }

    @Test(arguments: [false, true])
    func replicasAgreeAndNothingIsLost(removesMembers: Bool) throws {
        var acts = 0
        for seed in Self.seeds {
            let simulation = try Simulation(
                seed: seed, size: 3 + Int(seed % 2), removesMembers: removesMembers)
            try simulation.run(steps: 60)
            acts += simulation.acts
            let story = simulation.trace.joined(separator: "\n")
            #expect(
                simulation.failures.isEmpty,
                "replay with CASEVAULT_SEED=\(seed)\n\(story)")
            if !simulation.failures.isEmpty { return }
        }
        print("simulation: \(Self.seeds.count) seeds, \(acts) acts, removals: \(removesMembers)")
    }
}
