// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension VaultStore {
    /// Whether a log holds all that this machine has seen. One that lacks something, perhaps a
    /// removal, is left as it is until the rest arrives.
    func isComplete(_ log: Log) -> Bool { regressed[log.id] == nil }

    /// Stops an act in a log of which something is gone.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - kind: What is to be written; `nil` for anything that changes access.
    /// - Throws: `regressed`.
    func requireWritable(_ log: Log, for kind: RecordKind? = nil) throws(VaultError) {
        guard kind != .gapAccepted, !isComplete(log) else { return }
        throw .regressed(log.id)
    }
}
