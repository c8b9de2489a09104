// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Which log: the roster, one conflict check, one register row or one case file.
///
/// It is the hash of all of the log's first record, so that nobody can give a log a second one.
/// The roster's is the hash of the vault's identifier, which is the hash of the founding.
public struct LogID: Identifier, CustomStringConvertible {
    /// The hash.
    let raw: Bytes32

    /// Reads 64 lower-case hexadecimal digits; `nil` for anything else.
    public init?(_ text: String) {
        guard let raw = Bytes32(hex: text) else { return nil }
        self.raw = raw
    }

    /// Takes a hash as a log's identifier.
    init(raw: Bytes32) { self.raw = raw }

    /// What stands in a first record, which cannot hold its own hash.
    static let unnamed = LogID(raw: .zero)

    /// The roster's log of a vault.
    static func roster(of vault: VaultID) -> LogID {
        LogID(raw: BLAKE2b.hash(Label.rosterID.message(vault.raw)))
    }

    /// 64 lower-case hexadecimal digits.
    public var description: String { raw.hex }

    /// Orders by bytes.
    public static func < (a: LogID, b: LogID) -> Bool { a.raw < b.raw }
}
