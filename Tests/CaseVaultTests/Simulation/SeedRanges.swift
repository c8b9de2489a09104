// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation

/// Which seeds each process of a random test runs, as the environment says.
///
/// `CASEVAULT_SEEDS` sets how many seeds, `CASEVAULT_SEED` replays one.
struct SeedRanges {
    /// The first and the last seed of each process.
    let all: [ClosedRange<UInt64>]

    /// One process for each core.
    ///
    /// - Parameters:
    ///   - standard: How many seeds if nothing is said.
    ///   - least: The fewest of a process.
    init(standard: UInt64, least: UInt64) {
        if let one = Self.number("CASEVAULT_SEED") {
            all = [one...one]
            return
        }
        let count = Self.number("CASEVAULT_SEEDS") ?? standard
        let cores = UInt64(max(1, ProcessInfo.processInfo.activeProcessorCount))
        let size = max(least, (count + cores - 1) / cores)
        all = stride(from: 1, through: count, by: Int(size)).map { $0...min($0 + size - 1, count) }
    }

    /// A number from the environment.
    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap(UInt64.init)
    }
}
