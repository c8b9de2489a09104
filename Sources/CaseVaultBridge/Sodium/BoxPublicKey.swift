// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// An X25519 public key that is canonical and not of low order.
package struct BoxPublicKey: Hashable, Sendable {
    /// The encoded u-coordinate, little-endian.
    package let raw: Bytes32

    /// The canonical u-coordinates whose points have an order of 1, 2, 4 or 8, twist included.
    ///
    /// A key among them would let anybody open what is sealed to it. A table needs no secret
    /// arithmetic and does not depend on what a version of libsodium refuses; the tests ask
    /// libsodium about each entry.
    private static let lowOrder: Set<Bytes32> = Set(
        [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        ].compactMap { Bytes32(hex: $0) })

    /// Checks an encoded key; `nil` unless it is canonical and not of low order.
    ///
    /// Canonical means below p = 2^255 - 19, which includes that the highest bit is clear. One
    /// key then has one encoding, so that comparing bytes is comparing keys.
    package init?(validating raw: Bytes32) {
        guard Self.isBelowPrime(raw), !Self.lowOrder.contains(raw) else { return nil }
        self.raw = raw
    }

    /// Takes a key that libsodium has just made.
    init(trusted raw: Bytes32) {
        self.raw = raw
    }

    /// Whether the little-endian number is below 2^255 - 19.
    private static func isBelowPrime(_ number: Bytes32) -> Bool {
        number.withSpan { (bytes) in
            guard bytes[31] >= 0x7F else { return true }
            guard bytes[31] == 0x7F else { return false }
            for index in 1...30 where bytes[index] != 0xFF { return true }
            return bytes[0] < 0xED
        }
    }
}
