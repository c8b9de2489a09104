// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Synchronization
import Testing

@Suite struct ParallelForEachTests {
    @Test(arguments: [0, 1, 2, 7, 1000], [-1, 0, 1, 2, 8, 2000])
    func callsEachNumberOnce(count: Int, width: Int) {
        let seen = Mutex<[Int]>([])
        parallelForEach(count: count, width: min(width, 50)) { (index) in
            seen.withLock { $0.append(index) }
        }
        #expect(seen.withLock { $0.sorted() } == Array(0..<count))
    }

    /// With fewer threads than the width, the calls would wait for each other for ever.
    @Test(.endsAHang) func runsAsManyAtOnceAsAsked() {
        let arrived = Mutex(0)
        parallelForEach(count: 8, width: 8) { (_) in
            arrived.withLock { $0 += 1 }
            while arrived.withLock({ $0 }) < 8 { usleep(1000) }
        }
        #expect(arrived.withLock { $0 } == 8)
    }
}
