// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

struct SameBytesTests {
    @Test func comparesLengthAndBytes() {
        let two: [UInt8] = [1, 2]
        #expect([UInt8]().hasSameBytes(as: []))
        #expect(two.hasSameBytes(as: [1, 2]))
        #expect(!two.hasSameBytes(as: [1, 2, 0]))
        #expect(![UInt8]().hasSameBytes(as: [0]))
        let bytes = [UInt8](repeating: 7, count: 100)
        for place in bytes.indices {
            var other = bytes
            other[place] ^= 1
            #expect(!bytes.hasSameBytes(as: other))
        }
    }
}
