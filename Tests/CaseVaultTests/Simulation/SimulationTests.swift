// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// The real library on several laptops under a careless sync tool.
///
/// Each seed runs in a process of its own, because it replaces all randomness: with
/// `SWIFT_DETERMINISTIC_HASHING=1` and the printed seed a run repeats exactly.
/// `CASEVAULT_SEEDS` sets how many seeds, `CASEVAULT_SEED` replays one, in any build. The stage
/// `45-simulation` runs thousands of them.
struct SimulationTests {
    /// The first and the last seed of each process.
    private static var ranges: [ClosedRange<UInt64>] { SeedRanges(standard: 40, least: 20).all }

    @Test(arguments: ranges)
    func replicasAgreeAndNothingIsLost(seeds: ClosedRange<UInt64>) async throws {
        let (first, last) = (seeds.lowerBound, seeds.upperBound)
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent]
        ) { [first = first as UInt64, last = last as UInt64] in
            var report = SimulationReport()
            for seed in first...last { try report.run(seed: seed) }
            report.finish()
        }
        let text = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
        print(text.suffix(20_000))
        #expect(text.contains("simulation: ") && !text.contains("failed: "))
    }
}
