// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

extension LogID {
    /// The log that a first record starts.
    static func started(
        in vault: VaultID, by author: CardID, kind: RecordKind, body: [UInt8]
    ) -> LogID {
        var message = Label.logID.writer
        message.raw(vault.raw)
        message.raw(author.raw)
        message.u8(kind.rawValue)
        message.blob(body)
        return LogID(raw: BLAKE2b.hash(message.bytes))
    }
}
