// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

@Suite struct WipeTests {
    @Test func zeroesAll() {
        var bytes: [UInt8] = [1, 2, 3]
        Wipe.zero(&bytes)
        #expect(bytes == [0, 0, 0])
        var nothing: [UInt8] = []
        Wipe.zero(&nothing)
        #expect(nothing.isEmpty)
    }

    @Test func leavesOtherOwnersAlone() {
        var bytes: [UInt8] = [1, 2, 3]
        let copy = bytes
        Wipe.zero(&bytes)
        #expect(copy == [1, 2, 3])
    }
}
