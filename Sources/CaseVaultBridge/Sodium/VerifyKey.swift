// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

/// An Ed25519 public key that is canonical, on the curve and in the group of prime order.
package struct VerifyKey: Hashable, Sendable {
    /// The encoded point.
    package let raw: Bytes32

    /// The order L of the prime-order group, plus one, little-endian.
    private static let orderPlusOne: [UInt8] = {
        var bytes = order
        bytes[0] += 1
        return bytes
    }()

    /// The order L = 2^252 + 27742317777372353535851937790883648493, little-endian.
    private static let order: [UInt8] = [
        0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58,
        0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9, 0xDE, 0x14,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x10,
    ]

    /// Checks an encoded point; `nil` unless it is a usable public key.
    ///
    /// Refused are encodings that are not canonical, points off the curve, the eight points of
    /// low order, and all others outside the group of prime order. The check of libsodium alone
    /// is not enough: before the end of 2025 its releases took a good point plus the point of
    /// order two for good (CVE-2025-69277). So the point is also multiplied by L + 1, which gives
    /// the same encoding back exactly for the canonical points of the group of prime order.
    package init?(validating raw: Bytes32) {
        guard Self.isInPrimeOrderGroup(raw) else { return nil }
        self.raw = raw
    }

    /// Takes a key that libsodium has just made.
    init(trusted raw: Bytes32) {
        self.raw = raw
    }

    /// Whether these bytes are the canonical encoding of a point of prime order.
    private static func isInPrimeOrderGroup(_ point: Bytes32) -> Bool {
        Sodium.ensure()
        return point.withPointer { (bytes) in
            guard unsafe crypto_core_ed25519_is_valid_point(bytes) == 1 else { return false }
            var code: Int32 = -1
            let product = Bytes32 { (out) in
                orderPlusOne.withPointer { (scalar, _) in
                    code = unsafe crypto_scalarmult_ed25519_noclamp(out, scalar, bytes)
                }
            }
            return code == 0 && product == point
        }
    }

    /// The X25519 public key on the same secret: the point's u-coordinate.
    ///
    /// A point and its negative have the same u, so two verify keys can share one box key; both
    /// are then the same owner's, since whoever can sign for one can sign for the other.
    ///
    /// The corresponding C function is `crypto_sign_ed25519_pk_to_curve25519`.
    package var boxKey: BoxPublicKey {
        raw.withPointer { (point) in
            var code: Int32 = -1
            let converted = Bytes32 { (out) in
                code = unsafe crypto_sign_ed25519_pk_to_curve25519(out, point)
            }
            // It refuses only what the check of the key has refused already.
            precondition(code == 0, "a checked key has an X25519 half")
            return BoxPublicKey(trusted: converted)
        }
    }

    /// Whether `number` is below L. It is not secret, so the time may depend on it.
    private static func isBelowOrder(_ number: Bytes32) -> Bool {
        number.withSpan { (bytes) in
            for index in stride(from: 31, through: 0, by: -1) where bytes[index] != order[index] {
                return bytes[index] < order[index]
            }
            return false
        }
    }

    /// Whether the signature is the one strict Ed25519 accepts for this key and message.
    ///
    /// Two readers of one file must agree about every signature, whatever libsodium they run.
    /// Releases up to 1.0.22 accept 43 of the 914 CCTV vectors, the development branch accepts
    /// 70. What they disagree about are S of L or more and points with a low-order part. So both
    /// are refused here: S must be below L, R must be a canonical point of the group of prime
    /// order, and the key was checked when it was made. For what is left, all variants of the
    /// verification equation are the same. R is only looked at where libsodium would take a twin
    /// of it: that look costs more than the verification itself.
    package func verify(_ signature: Signature64, _ message: [UInt8]) -> Bool {
        guard Self.isBelowOrder(signature.s),
            LowOrderTwins.areRefused || Self.isInPrimeOrderGroup(signature.r)
        else { return false }
        return signature.bytes.withPointer { (sig, _) in
            message.withPointer { (bytes, count) in
                raw.withPointer { (key) in
                    unsafe crypto_sign_verify_detached(sig, bytes, UInt64(count), key) == 0
                }
            }
        }
    }
}
