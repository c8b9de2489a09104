// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Decides which logs are rewritten, whole, so that exactly their readers hold all of them.
struct RewriteRule: Sendable {
    /// What I hold.
    let snapshot: Snapshot
    /// How many records are added to a log and stand in no file yet.
    let added: [LogID: Int]

    /// Those of some logs that the rule applies to; they are looked at on all cores.
    func applying(to logs: [Log]) -> [Log] {
        let answers = parallelMap(count: logs.count, width: 2, stride: 32) { i in
            applies(to: logs[i])
        }
        return zip(logs, answers).compactMap { $1 ? $0 : nil }
    }

    /// Whether a log has to be rewritten: a file of it is for somebody who is out, or has a text
    /// that was erased, or a reader lacks a record.
    ///
    /// For a log from which I take myself out only the last counts: the new key is made by a
    /// colleague, who needs all of the log to make it.
    func applies(to log: Log) -> Bool {
        let files = log.files
        let readers = log.history.readerIDs
        // Nearly always: each file is for exactly the readers; or one of these has everything, and
        // others are for fewer.
        if added[log.id] == nil, log.history.erased.isEmpty,
            files.allSatisfy({ $0.readers.ids == readers })
                || (files.contains { $0.readers.ids == readers && log.isComplete(in: $0) }
                    && files.allSatisfy { $0.readers.ids.isSubset(of: readers) })
        {
            return false
        }
        let isReader = log.history.isReader(snapshot.me)
        guard !log.files.isEmpty, isReader || added[log.id] != nil else { return false }
        // Nearly as often: somebody new, who holds nothing yet.
        let newCount = added[log.id] ?? 0
        let oldCount = log.history.order.count - newCount
        if oldCount > 0,
            readers.contains(where: { id in !files.contains { $0.readers.ids.contains(id) } })
        {
            return true
        }
        if isReader {
            for file in files {
                if log.isOverShared(file, snapshot.settlement),
                    !Self.isSuperseded(file, in: log)
                {
                    return true
                }
                // A colleague may have rewritten already what is left: then it only has to go.
                if log.holdsErasedText(file), !DeleteRule(snapshot: snapshot).mustGo(file) {
                    return true
                }
            }
        }
        // Whoever every file is sealed to lacks nothing.
        if files.allSatisfy({ readers.isSubset(of: $0.readers.ids) }) { return false }
        return readers.contains { reader in
            let open = files.filter { $0.readers.ids.contains(reader) }
            // All files together hold all that was there before.
            guard open.count < files.count else { return false }
            return open.reduce(into: Set<RecordID>()) { $0.formUnion(log.held(in: $1)) }.count
                < oldCount
        }
    }

    /// Whether a file only waits to be deleted, since a better one is there: otherwise it would be
    /// rewritten at each catching up, as long as the other logs in it or the disk keep it.
    ///
    /// - Parameters:
    ///   - old: The file.
    ///   - log: A log in it.
    /// - Returns: Whether a file for exactly the log's readers of today holds more of the log; or
    ///   the same, where somebody filled the old one so that no file could hold more.
    static func isSuperseded(_ old: OpenedFile, in log: Log) -> Bool {
        let order = FileOrder(log: log)
        return log.files.contains { file in
            guard order.isForReaders(file), let lead = order.lead(of: file, over: old) else {
                return false
            }
            return lead.hasMore || !Planner.isRoomy(old.records[log.id] ?? [])
        }
    }

    /// Whether an attachment waits to be encrypted again and its bytes have arrived meanwhile.
    func needsFreshAttachments(_ log: Log) -> Bool {
        if log.attachments.isEmpty { return false }
        let ids = log.history.readerIDs
        return log.attachments.contains { note in
            let known = log.copies(of: note)
            guard known.contains(where: { !$0.isClean(for: ids) }) else { return false }
            let there = known.filter { snapshot.foreign.contains($0.file) }
            if there.contains(where: {
                $0.isClean(for: ids) && snapshot.isIntact($0, as: note, in: log.id)
            }) {
                return false
            }
            return there.contains { snapshot.isIntact($0, as: note, in: log.id) }
        }
    }
}
