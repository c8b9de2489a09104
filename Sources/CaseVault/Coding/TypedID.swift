// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// The kinds of things that a ``TypedID`` names.
public enum Named {
    /// A case.
    public enum ACase {}
    /// A conflict check.
    public enum ACheck {}
    /// A row of the register.
    public enum ARow {}
    /// An entry of a case.
    public enum AnEntry {}
    /// A vault.
    public enum AVault {}
}

/// A name for one thing of one kind, which no call takes for a thing of another.
///
/// It never changes, and it is the same on every computer.
public struct TypedID<Kind>: Hashable, Comparable, Sendable, LosslessStringConvertible {
    /// The hash.
    let raw: Bytes32

    /// Takes another name of the same thing.
    init(_ id: some Identifier) { raw = id.raw }

    /// Reads 64 lower-case hexadecimal digits; `nil` for anything else.
    public init?(_ text: String) {
        guard let raw = Bytes32(hex: text) else { return nil }
        self.raw = raw
    }

    /// 64 lower-case hexadecimal digits.
    public var description: String { raw.hex }

    /// Orders by bytes.
    public static func < (a: Self, b: Self) -> Bool { a.raw < b.raw }
}

// MARK: - Codable

extension TypedID: Codable {
    /// Reads the digits.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "no 64 hexadecimal digits")
        }
        self = id
    }

    /// Writes the digits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Identifier {
    /// The same thing, by the name that programs have for it.
    init<Item>(_ id: TypedID<Item>) { self.init(raw: id.raw) }
}
