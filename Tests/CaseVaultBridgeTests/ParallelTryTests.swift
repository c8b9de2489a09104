// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Synchronization
import Testing

struct ParallelTryTests {
    /// What a call throws.
    private struct Failure: Error, Equatable {
        /// Which call.
        let number: Int
    }

    @Test(arguments: [1, 2, 8]) func callsEachNumberOnce(width: Int) throws {
        let seen = Mutex<[Int]>([])
        try parallelTry(count: 100, width: width) { (i) throws(Failure) in
            seen.withLock { $0.append(i) }
        }
        #expect(seen.withLock { $0.sorted() } == Array(0..<100))
    }

    @Test(arguments: [1, 2, 8]) func endsWithTheFirstError(width: Int) {
        let calls = Mutex(0)
        #expect(throws: Failure.self) {
            try parallelTry(count: 10_000, width: width) { (i) throws(Failure) in
                calls.withLock { $0 += 1 }
                throw Failure(number: i)
            }
        }
        #expect(calls.withLock { $0 } <= width, "no call begins after one failed")
        #expect(throws: Failure(number: 3)) {
            try parallelTry(count: 10_000, width: width) { (i) throws(Failure) in
                if i == 3 { throw Failure(number: i) }
            }
        }
    }
}
