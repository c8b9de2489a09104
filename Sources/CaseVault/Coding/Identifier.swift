// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// A 32-byte name for something, computed by hashing it.
protocol Identifier: Hashable, Comparable, Sendable {
    /// The hash.
    var raw: Bytes32 { get }
    /// Takes a hash as this kind of identifier.
    init(raw: Bytes32)
}

extension Identifier {
    /// Orders by bytes.
    static func < (a: Self, b: Self) -> Bool { a.raw < b.raw }

    /// 64 lower-case hexadecimal digits.
    var hexText: String { raw.hex }

    /// Reads an identifier.
    static func parse(_ reader: inout ByteReader) throws(FormatError) -> Self {
        Self(raw: try reader.bytes32())
    }
}

/// Which vault something belongs to.
struct VaultID: Identifier {
    /// The hash of the founding.
    let raw: Bytes32
}

/// Which record.
struct RecordID: Identifier {
    /// The hash of what is signed.
    let raw: Bytes32
}

/// Which file in the folder.
struct FileName: Identifier {
    /// The hash of the file's bytes.
    let raw: Bytes32
}
