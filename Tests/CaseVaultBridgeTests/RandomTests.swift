// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

@Suite struct RandomTests {
    @Test(arguments: [0, 1, 32, 100_000]) func hasTheLength(count: Int) {
        #expect(Random.bytes(count).count == count)
    }

    @Test func doesNotRepeat() {
        #expect(Random.bytes32() != Random.bytes32())
        #expect(Random.bytes(16) != Random.bytes(16))
    }

    @Test func staysBelowTheLimitAndReachesAll() {
        var seen: Set<UInt32> = []
        // 3 * (2/3)^500 is the chance that one number does not come: none.
        for _ in 0..<500 { seen.insert(Random.below(3)) }
        #expect(seen == [0, 1, 2])
        #expect(Random.below(0) == 0)
        #expect(Random.below(1) == 0)
    }
}
