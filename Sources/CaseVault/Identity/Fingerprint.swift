// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Forty digits that two people compare by voice: about 132 bits of a hash. One reads them aloud,
/// the other types them: `SpokenDigits`.
///
/// Eight groups of five digits, each eight bytes of BLAKE2b-512 taken modulo 100 000; the bias
/// is below 2⁻⁴⁷.
public struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
    /// The forty digits, with no spaces.
    let digits: String

    /// Computes the digits of a labelled message.
    init(digitsOf message: [UInt8]) {
        let hash = BLAKE2b.hash64(message)
        var digits = ""
        for group in 0..<8 {
            var value: UInt64 = 0
            for byte in hash[group * 8..<group * 8 + 8] { value = value << 8 | UInt64(byte) }
            let text = String(value % 100_000)
            digits += String(repeating: "0", count: 5 - text.utf8.count) + text
        }
        self.digits = digits
    }

    /// Eight groups of five digits.
    public var description: String {
        var groups: [Substring] = []
        var rest = digits[...]
        while !rest.isEmpty {
            groups.append(rest.prefix(5))
            rest = rest.dropFirst(5)
        }
        return groups.joined(separator: " ")
    }
}
