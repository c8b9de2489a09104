// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

/// Whether a way of verifying Ed25519 tells an R from its twins with a low-order part.
///
/// The ways differ in how they compare R with the point R' that S, key and message lead to. With a
/// key of the group of prime order, R' is in that group. Who compares encodings accepts R' alone,
/// so nothing more has to be asked of R; releases of libsodium do. Who ignores low-order parts
/// accepts R' plus any of seven points too; the development branch does. Which it is does not
/// depend on key and message, so one signature and its seven twins tell.
package enum LowOrderTwins {
    /// Whether the libsodium that runs here refuses all twins.
    package static let areRefused = areRefused { (signature, message, key) in
        RawEd25519.verify(signature: signature, message: message, publicKey: key)
    }

    /// A point of order eight.
    private static let orderEight: [UInt8] = [
        0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF, 0x98,
        0xF0, 0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53,
        0xFC, 0x05,
    ]

    /// Asks about one signature and its twins; `false` too if the signature itself is refused.
    ///
    /// The key is the base point B, whose secret scalar is 1. R is B plus a multiple of the point
    /// of order eight, so S = 1 + H(R, B, message) fits up to the low-order part.
    package static func areRefused(
        by verify: (_ signature: [UInt8], _ message: [UInt8], _ key: [UInt8]) -> Bool
    ) -> Bool {
        Sodium.ensure()
        let base = [0x58] + [UInt8](repeating: 0x66, count: 31)
        let one = [1] + [UInt8](repeating: 0, count: 31)
        let message = Array("casevault".utf8)
        var point = base
        for number in 0..<8 {
            let digest = sha512(point + base + message)
            var hash = [UInt8](repeating: 0, count: 32)
            var scalar = hash
            unsafe crypto_core_ed25519_scalar_reduce(&hash, digest)
            unsafe crypto_core_ed25519_scalar_add(&scalar, hash, one)
            guard verify(point + scalar, message, base) == (number == 0) else { return false }
            var next = hash
            guard unsafe crypto_core_ed25519_add(&next, point, orderEight) == 0 else {
                return false
            }
            point = next
        }
        // Eight steps lead back, or the twins were not all there are.
        return point == base
    }

    /// The hash that Ed25519 uses.
    private static func sha512(_ message: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 64)
        _ = unsafe crypto_hash_sha512(&digest, message, UInt64(message.count))
        return digest
    }
}
