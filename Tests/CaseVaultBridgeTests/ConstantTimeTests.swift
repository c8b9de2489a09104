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

    /// The value of an array; the macro takes no span.
    private static func bytes32(_ bytes: [UInt8]) -> Bytes32? { Bytes32(bytes.span) }

    @Test(arguments: 0..<256) func everyBitOfThirtyTwoBytesCounts(bit: Int) throws {
        let bytes = Random.bytes(32)
        var other = bytes
        other[bit / 8] ^= 1 << UInt8(bit % 8)
        let one = try #require(Self.bytes32(bytes))
        let two = try #require(Self.bytes32(other))
        #expect(ConstantTime.equal(one, one))
        #expect(!ConstantTime.equal(one, two))
    }
}
