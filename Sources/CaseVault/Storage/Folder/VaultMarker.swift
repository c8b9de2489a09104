// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// The file `VAULT`, which makes a folder a vault: two lines of ASCII.
struct VaultMarker: Equatable, Sendable {
    /// The file's name.
    static let fileName = "VAULT"
    /// The first line.
    private static let firstLine = "casevault/1"

    /// The vault's identifier.
    let vault: VaultID

    /// The file's bytes.
    var encoded: [UInt8] { Array("\(Self.firstLine)\nvault \(vault.hexText)\n".utf8) }

    /// A marker of this vault.
    init(vault: VaultID) { self.vault = vault }

    /// Reads the file. Line ends that a sync tool changed are accepted, nothing else is.
    init(parsing bytes: [UInt8]) throws(FormatError) {
        let failure = FormatError(reason: .malformed, offset: 0)
        guard bytes.count <= 4096, let text = String(validating: bytes, as: UTF8.self) else {
            throw failure
        }
        let lines = text.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline)
        guard let first = lines.first else { throw failure }
        guard first == Self.firstLine else {
            if first.hasPrefix("casevault/") {
                throw FormatError(reason: .unsupportedVersion, offset: 0)
            }
            throw failure
        }
        guard lines.count == 2, lines[1].hasPrefix("vault "),
            let raw = Bytes32(hex: String(lines[1].dropFirst(6)))
        else { throw failure }
        vault = VaultID(raw: raw)
    }
}
