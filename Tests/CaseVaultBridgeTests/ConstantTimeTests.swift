// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

@Suite struct ConstantTimeTests {
    /// Compares arrays.
    static func equal(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        ConstantTime.equal(a.span, b.span)
    }

    @Test func comparesLengthAndBytes() {
        #expect(Self.equal([], []))
        #expect(Self.equal([1, 2], [1, 2]))
        #expect(!Self.equal([1, 2], [1, 3]))
        #expect(!Self.equal([1, 2], [0, 2]))
        #expect(!Self.equal([1, 2], [1, 2, 0]))
        #expect(!Self.equal([], [0]))
    }
}
