// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

@Suite struct Bytes32Tests {
    @Test func keepsTheOrderOfBytes() throws {
        let bytes = (0..<32).map { UInt8($0 * 7 & 0xFF) }
        let value = try #require(Bytes32(bytes))
        #expect(value.bytes == bytes)
        #expect(value.hex == hex(bytes))
        let lent = value.withSpan { (span) in span.indices.map { span[$0] } }
        #expect(lent == bytes)
        var target: [UInt8] = [1, 2]
        value.append(to: &target)
        #expect(target == [1, 2] + bytes)
    }

    @Test(arguments: [0, 1, 31, 33, 64]) func refusesOtherLengths(count: Int) {
        #expect(Bytes32([UInt8](repeating: 1, count: count)) == nil)
    }

    @Test func readsOnlyLowerCaseHexOfFullLength() throws {
        let good = String(repeating: "0123456789abcdef", count: 4)
        #expect(try #require(Bytes32(hex: good)).hex == good)
        #expect(Bytes32(hex: good.uppercased()) == nil)
        #expect(Bytes32(hex: String(good.dropLast())) == nil)
        #expect(Bytes32(hex: good + "0") == nil)
        #expect(Bytes32(hex: good.dropLast() + "g") == nil)
        #expect(Bytes32(hex: " " + good.dropFirst()) == nil)
        #expect(Bytes32(hex: "") == nil)
        #expect(Bytes32(hex: "+" + good.dropFirst()) == nil)
        // Two bytes in UTF-8 for one character: as long as 64 digits, and not hex.
        #expect(Bytes32(hex: "\u{e9}" + good.dropFirst(2)) == nil)
    }

    @Test func comparesLikeItsBytes() throws {
        for position in 0..<32 {
            var low = [UInt8](repeating: 0x7F, count: 32)
            var high = low
            // The difference decides against larger bytes that come later.
            low[position] = 0x7F
            high[position] = 0x80
            for later in (position + 1)..<32 where position < 31 { low[later] = 0xFF }
            let left = try #require(Bytes32(low))
            let right = try #require(Bytes32(high))
            #expect(left < right)
            #expect(!(right < left))
            #expect(left != right)
        }
        let same = try #require(Bytes32([UInt8](repeating: 9, count: 32)))
        #expect(!(same < same))
        #expect(ConstantTime.equal(same, same))
    }

    @Test func everyByteCountsForEqualityAndHash() throws {
        let base = try #require(Bytes32([UInt8](repeating: 0, count: 32)))
        var seen: Set<Bytes32> = [base]
        for position in 0..<32 {
            var bytes = [UInt8](repeating: 0, count: 32)
            bytes[position] = 1
            let other = try #require(Bytes32(bytes))
            #expect(other != base)
            #expect(!ConstantTime.equal(other, base))
            seen.insert(other)
        }
        #expect(seen.count == 33)
    }
}
