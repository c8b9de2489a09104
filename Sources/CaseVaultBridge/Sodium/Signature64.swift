// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// An Ed25519 signature: a point R and a number S, 32 bytes each. Holding one proves nothing.
package struct Signature64: Hashable, Sendable {
    /// The number of bytes.
    package static let count = 64
    /// The encoded point R.
    let r: Bytes32
    /// The number S, little-endian.
    let s: Bytes32

    /// Takes the bytes of a span; `nil` unless there are exactly 64.
    package init?(_ bytes: Span<UInt8>) {
        guard bytes.count == Self.count,
            let r = Bytes32(bytes.extracting(0..<32)),
            let s = Bytes32(bytes.extracting(32..<64))
        else { return nil }
        self.r = r
        self.s = s
    }

    /// Takes the bytes of an array; `nil` unless there are exactly 64.
    package init?(_ bytes: [UInt8]) {
        self.init(bytes.span)
    }

    /// The bytes as a fresh array.
    package var bytes: [UInt8] {
        var result: [UInt8] = []
        append(to: &result)
        return result
    }

    /// Appends the 64 bytes to an array.
    package func append(to target: inout [UInt8]) {
        r.append(to: &target)
        s.append(to: &target)
    }
}
