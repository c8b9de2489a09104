// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Decides when logs are written into one file: when they are in more than eight files, or in
/// several that have not changed for a day. Logs that do not fit into one stay as they are.
struct CompactionRule {
    /// The vault.
    private let store: VaultStore
    /// More files than this are compacted at once.
    private static let mostFiles = 8

    /// The rule on a store.
    init(store: VaultStore) { self.store = store }

    /// Whether logs that share a file should be written anew.
    ///
    /// - Parameter logs: A log that stands alone, or a cell of ``Bundles``: all have the same
    ///   readers.
    /// - Returns: Whether one new file of them would replace others.
    func applies(to logs: [Log]) -> Bool {
        guard let first = logs.first else { return false }
        if logs.count == 1, first.files.count < 2 { return false }
        var names = first.files
        for log in logs.dropFirst() where !log.files.isSubset(of: names) {
            names.formUnion(log.files)
        }
        guard names.count > 1 else { return false }
        let fullest = fullest(of: names, logs)
        // What one file has too only waits to be deleted.
        let needed = names.filter { $0 != fullest && !isHeld(by: fullest, $0, logs) }
        if needed.isEmpty { return false }
        // Written anew file by file there would be no fewer files, at each catching up.
        guard Planner.fitInOneFile(logs) else { return false }
        if needed.count >= Self.mostFiles { return true }
        let dayAgo = store.clock.now() - DeleteRule.waitingTime
        return needed.union(fullest.map { [$0] } ?? []).allSatisfy {
            (store.seen.noted[$0] ?? .max) <= dayAgo
        }
    }

    /// The file sealed to exactly the readers that holds the most records; `nil` if there is none.
    private func fullest(of names: Set<FileName>, _ logs: [Log]) -> FileName? {
        guard let readers = logs.first?.history.readers else { return nil }
        var best: (count: Int, name: FileName)?
        for name in names {
            guard let file = store.files[name], file.readers.isExactly(readers) else { continue }
            let count = logs.reduce(0) { $0 + $1.heldCount(in: file) }
            let isFuller = best.map {
                count > $0.count || (count == $0.count && name < $0.name)
            }
            if isFuller ?? true { best = (count, name) }
        }
        return best?.name
    }

    /// Whether one file holds everything that another holds of these logs.
    private func isHeld(by fullest: FileName?, _ name: FileName, _ logs: [Log]) -> Bool {
        guard let full = fullest.flatMap({ store.files[$0] }), let file = store.files[name] else {
            return false
        }
        return logs.allSatisfy {
            file.records[$0.id] == nil || $0.isEverything(of: file, heldIn: full)
        }
    }
}
