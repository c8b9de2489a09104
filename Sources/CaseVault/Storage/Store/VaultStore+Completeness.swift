// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension VaultStore {
    /// Whether a log holds all that this machine has seen, as far as it takes to write it. One that
    /// lacks something, perhaps a removal, is left as it is until the rest arrives; and so is every
    /// log as long as the roster is gone.
    func isComplete(_ log: Log) -> Bool { regressed[log.id] == nil && !isRosterGone }

    /// Whether this machine knew a roster and nothing of it is here. Without it everybody would be
    /// taken for a guest's acquaintance, and colleagues for people who are out.
    private var isRosterGone: Bool {
        rosterLog == nil && regressed[.roster(of: vault)] != nil
    }

    /// Stops an act in a log of which something is gone.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - kind: What is to be written; `nil` for anything that changes access.
    /// - Throws: `regressed`.
    func requireWritable(_ log: Log, for kind: RecordKind? = nil) throws(VaultError) {
        if isRosterGone { throw .regressed(LogID.roster(of: vault)) }
        guard kind != .gapAccepted, !isComplete(log) else { return }
        throw .regressed(log.id)
    }
}
