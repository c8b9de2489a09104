// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Decides when a log is written into one file: more than eight files, or several that have not
/// changed for a day.
struct CompactionRule {
    /// The vault.
    private let store: VaultStore
    /// More files than this are compacted at once.
    private static let mostFiles = 8

    /// The rule on a store.
    init(store: VaultStore) { self.store = store }

    /// Whether a log should be written anew.
    func applies(to log: Log) -> Bool {
        guard log.files.count > 1 else { return false }
        let all = log.recordIDs
        let readers = Set(log.history.readers.keys)
        // One file has it all: the others only wait to be deleted.
        let isDone = log.files.contains { name in
            guard let file = store.files[name] else { return false }
            return file.readers.ids == readers && log.held(in: file) == all
        }
        if isDone { return false }
        if log.files.count > Self.mostFiles { return true }
        let dayAgo = store.clock.now() - DeleteRule.waitingTime
        return log.files.allSatisfy { (store.seen.noted[$0] ?? .max) <= dayAgo }
    }
}
