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
    private static var ranges: [ClosedRange<UInt64>] {
        if let one = number("CASEVAULT_SEED") { return [one...one] }
        let count = number("CASEVAULT_SEEDS") ?? 40
        // One process for each core.
        let cores = UInt64(max(1, ProcessInfo.processInfo.activeProcessorCount))
        let size = max(20, (count + cores - 1) / cores)
        return stride(from: 1, through: count, by: Int(size)).map {
            $0...min($0 + size - 1, count)
        }
    }

    /// A number from the environment.
    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap(UInt64.init)
    }

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
