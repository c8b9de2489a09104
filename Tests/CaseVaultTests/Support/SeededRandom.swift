// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation

/// Random numbers that a seed reproduces (SplitMix64), for tests.
struct SeededRandom: RandomNumberGenerator {
    /// What the numbers follow from; put it into `CASEVAULT_SEED` to run a test again.
    let seed: UInt64
    /// The state.
    private var state: UInt64

    /// A new seed, or the one in the environment.
    init() {
        let given = ProcessInfo.processInfo.environment["CASEVAULT_SEED"].flatMap(UInt64.init)
        seed = given ?? UInt64.random(in: 0...UInt64.max)
        state = seed
    }

    /// The numbers of a given seed.
    init(_ seed: UInt64) {
        self.seed = seed
        state = seed
    }

    /// What to print when something fails.
    var hint: String { "run again with CASEVAULT_SEED=\(seed)" }

    /// The next number.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
