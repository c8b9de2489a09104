// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Which card, and so which person: the hash of the card's name and keys.
public struct CardID: Identifier, CustomStringConvertible {
    /// The hash.
    let raw: Bytes32

    /// Reads 64 lower-case hexadecimal digits; `nil` for anything else.
    public init?(_ text: String) {
        guard let raw = Bytes32(hex: text) else { return nil }
        self.raw = raw
    }

    /// Takes a hash as a card's identifier.
    init(raw: Bytes32) { self.raw = raw }

    /// 64 lower-case hexadecimal digits.
    public var description: String { raw.hex }

    /// Orders by bytes.
    public static func < (a: CardID, b: CardID) -> Bool { a.raw < b.raw }
}
