// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// The real library on honest laptops beside a member who writes whatever they like.
///
/// As with the simulation each range of seeds runs in a process of its own, so that a printed seed
/// repeats a run exactly. The stage `46-authority` runs more of them.
struct AdversaryTests {
    /// The first and the last seed of each process.
    private static var ranges: [ClosedRange<UInt64>] {
        SeedRanges(standard: 12, least: 6).all
    }

    @Test(arguments: ranges)
    func nobodyGainsByWhatTheyWrite(seeds: ClosedRange<UInt64>) async throws {
        let (first, last) = (seeds.lowerBound, seeds.upperBound)
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent]
        ) { [first = first as UInt64, last = last as UInt64] in
            // What is made once in a process is made now, so that each seed is alike wherever it
            // stands in a range.
            PredictableRandom.start(seed: 0)
            _ = try AdversaryRun(seed: 0)
            var (files, looks) = (0, 0)
            for seed in first...last {
                PredictableRandom.start(seed: seed)
                let run = try ThreadLimit.$current.withValue(1) {
                    let run = try AdversaryRun(seed: seed)
                    do { try run.run(steps: 50) } catch { run.stopped(by: error) }
                    return run
                }
                files += run.files
                looks += run.looks
                if run.failures.isEmpty { continue }
                print("failed: \(run.failures)")
                print(run.trace.joined(separator: "\n"))
                print(
                    "replay with: SWIFT_DETERMINISTIC_HASHING=1 CASEVAULT_SEED=\(seed) "
                        + "swift test --filter AdversaryTests")
                // With success, because the story of a failed process is not handed on.
                exit(0)
            }
            print(
                "adversary: \(last - first + 1) seeds, \(files) hostile files, "
                    + "\(looks) looks at what a computer says")
        }
        let text = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
        print(text.suffix(20_000))
        #expect(text.contains("adversary: ") && !text.contains("failed: "))
    }
}
