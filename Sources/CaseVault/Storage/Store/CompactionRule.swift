// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Decides when logs are written into one file: when they are in more than eight files, or in
/// several that have not changed for a day. Logs that do not fit into one stay as they are.
struct CompactionRule: Sendable {
    /// What I hold.
    let snapshot: Snapshot
    /// More files than this are compacted at once.
    private static let mostFiles = 8

    /// Whether logs that share a file should be rewritten.
    ///
    /// - Parameter logs: A log that stands alone, or a cell of ``Bundles``: all have the same
    ///   readers.
    /// - Returns: Whether one new file of them would replace others.
    func applies(to logs: [Log]) -> Bool {
        guard let first = logs.first else { return false }
        if logs.count == 1, first.files.count < 2 { return false }
        var files: [FileName: OpenedFile] = [:]
        for file in logs.lazy.map(\.files).joined() { files[file.name] = file }
        guard files.count > 1 else { return false }
        let fullest = fullest(of: files.values, for: first.history.readerIDs, logs)
        // What one file has too only waits to be deleted.
        var needed = files.values.filter { file in
            guard let fullest else { return true }
            return file.name != fullest.name && !isHeld(by: fullest, file, logs)
        }
        if needed.isEmpty { return false }
        // Rewritten file by file there would be no fewer files, at each catching up.
        guard Planner.fitInOneFile(logs) else { return false }
        if needed.count >= Self.mostFiles { return true }
        if let fullest { needed.append(fullest) }
        return needed.allSatisfy(snapshot.isADayOld)
    }

    /// The file sealed to exactly the readers that holds the most records; `nil` if there is none.
    private func fullest(
        of files: some Sequence<OpenedFile>, for readers: CardIDs, _ logs: [Log]
    ) -> OpenedFile? {
        var best: (count: Int, file: OpenedFile)?
        for file in files where file.readers.ids == readers {
            let count = logs.reduce(0) { $0 + $1.heldCount(in: file) }
            let isFuller = best.map {
                count > $0.count || (count == $0.count && file.name < $0.file.name)
            }
            if isFuller ?? true { best = (count, file) }
        }
        return best?.file
    }

    /// Whether one file holds everything that another holds of these logs.
    private func isHeld(
        by fullest: OpenedFile, _ file: OpenedFile, _ logs: [Log]
    ) -> Bool {
        logs.allSatisfy {
            file.records[$0.id] == nil || $0.isEverything(of: file, heldIn: fullest)
        }
    }
}
