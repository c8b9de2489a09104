// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Decides which files may be deleted. See "Deleting" in Docs/DESIGN.md.
///
/// A file may go only if, for each log in it, one other file that I can open is sealed to exactly
/// that log's readers of today and holds strictly more of its records, or the same ones and has
/// the smaller name; and that other file was written by somebody else, or is mine and a day old,
/// or the old file is sealed to somebody who is no reader any more, or leads to an attachment
/// whose key such a person holds.
struct DeleteRule {
    /// The vault.
    private let store: VaultStore
    /// How long a file of my own must have been there, in seconds.
    static let waitingTime: Int64 = 86_400

    /// The rule on a store.
    init(store: VaultStore) { self.store = store }

    /// The files that may go, among those that hold records of `logs` (`nil`: any).
    ///
    /// - Parameter onlyOverShared: Only those that are sealed to somebody who must not read.
    /// - Returns: Sealed files, and attachments that only they named.
    func deletable(touching logs: Set<LogID>?, onlyOverShared: Bool) -> [FileName] {
        let candidates: Set<FileName>
        if let logs {
            candidates = Set(logs.flatMap { store.logs[$0]?.files ?? [] })
        } else {
            candidates = Set(store.files.keys)
        }
        let going = candidates.filter { mayGo($0, onlyOverShared: onlyOverShared) }
        return going.sorted() + orphans(of: going)
    }

    /// Whether a file may go.
    private func mayGo(_ name: FileName, onlyOverShared: Bool) -> Bool {
        guard let old = store.files[name] else { return false }
        let overShared = old.records.keys.contains { log in
            guard let readers = store.logs[log]?.history.readers else { return false }
            return !old.readers.ids.allSatisfy { readers[$0] != nil }
                || holdsLostKeys(old, in: log, for: Set(readers.keys))
        }
        if onlyOverShared && !overShared { return false }
        return old.records.keys.allSatisfy { isOutdone(old, in: $0, overShared: overShared) }
    }

    /// Whether a file leads to a copy of an attachment whose key somebody holds who is no reader
    /// any more, from whichever file they had it.
    ///
    /// Such a file keeps that copy in the folder, even if nobody but today's readers opens it.
    private func holdsLostKeys(
        _ old: OpenedFile, in id: LogID, for today: Set<CardID>
    ) -> Bool {
        let copies = Set(old.attachments.map(\.file))
        guard !copies.isEmpty else { return false }
        return (store.logs[id]?.files ?? []).contains { name in
            guard let file = store.files[name] else { return false }
            return file.attachments.contains { entry in
                copies.contains(entry.file)
                    && !(entry.isClean(for: today) && file.readers.ids.isSubset(of: today))
            }
        }
    }

    /// Whether one other file makes the old one's part of a log superfluous.
    private func isOutdone(_ old: OpenedFile, in id: LogID, overShared: Bool) -> Bool {
        guard let log = store.logs[id], !log.history.isContested else { return false }
        let today = Set(log.history.readers.keys)
        let records = old.recordIDs(of: id)
        return log.files.contains { name in
            guard name != old.name, let other = store.files[name], other.readers.ids == today
            else { return false }
            let held = other.recordIDs(of: id)
            guard
                held.isStrictSuperset(of: records) || (held == records && other.name < old.name)
            else { return false }
            guard keepsAttachments(of: old, in: id, other) else { return false }
            return overShared || other.sealer != store.key.card.id || isADayOld(name)
        }
    }

    /// Whether the other file leads to a copy that is there of every attachment of the old one's
    /// records, or to the same copy.
    private func keepsAttachments(of old: OpenedFile, in id: LogID, _ other: OpenedFile) -> Bool {
        let notes = (old.records[id] ?? []).flatMap(\.statement.attachments)
        return notes.allSatisfy { note in
            let before = Set(old.attachments.filter { $0.id == note.id }.map(\.file))
            let after = other.attachments.filter { $0.id == note.id }.map(\.file)
            return before.isSubset(of: after) || after.contains(where: store.foreign.contains)
        }
    }

    /// Whether this machine noted a file a day ago or earlier.
    private func isADayOld(_ name: FileName) -> Bool {
        guard let noted = store.seen.noted[name] else { return false }
        return store.clock.now() - noted >= Self.waitingTime
    }

    /// Attachments that only the files that go name.
    private func orphans(of going: Set<FileName>) -> [FileName] {
        guard !going.isEmpty else { return [] }
        let before = Set(
            going.flatMap { store.files[$0]?.attachments.map(\.file) ?? [] })
        guard !before.isEmpty else { return [] }
        var named: Set<FileName> = []
        for (name, file) in store.files where !going.contains(name) {
            named.formUnion(file.attachments.map(\.file))
        }
        return before.subtracting(named).sorted()
    }
}
