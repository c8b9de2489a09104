// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

@Suite struct Signature64Tests {
    @Test func keepsTheOrderOfBytes() throws {
        let bytes = (0..<64).map { UInt8($0 * 3 & 0xFF) }
        let signature = try #require(Signature64(bytes))
        #expect(signature.bytes == bytes)
        var target: [UInt8] = [7]
        signature.append(to: &target)
        #expect(target == [7] + bytes)
    }

    @Test(arguments: [0, 63, 65]) func refusesOtherLengths(count: Int) {
        #expect(Signature64([UInt8](repeating: 0, count: count)) == nil)
    }
}
