// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

struct ParallelMapTests {
    @Test(arguments: [-1, 0, 1, 7, 64, 1000], [-1, 0, 1, 3, 32, 5000])
    func answersEachNumberInOrder(count: Int, stride: Int) {
        for width in [1, 2, 8] {
            let doubled = parallelMap(count: count, width: width, stride: stride) { 2 * $0 }
            #expect(doubled == (0..<max(0, count)).map { 2 * $0 })
        }
    }

    /// What a call throws.
    private struct Failure: Error, Equatable {
        /// Which call.
        let number: Int
    }

    @Test(arguments: [1, 2, 8], [1, 3, 32]) func throwsTheLowestError(width: Int, stride: Int) {
        for _ in 0..<20 {
            #expect(throws: Failure(number: 40)) {
                try parallelMap(count: 100, width: width, stride: stride) { (i) throws(Failure) in
                    if i >= 40 { throw Failure(number: i) }
                    return i
                }
            }
        }
    }
}
