// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Decides which files may be deleted. See "Deleting" in Docs/DESIGN.md.
///
/// A file may go only if, for each log in it, one other file that I can open is sealed to exactly
/// that log's readers of today and holds strictly more of its records, or the same ones and has
/// the smaller name; and that other file was written by somebody else, or is mine and a day old,
/// or the old file is sealed to somebody who is no reader any more.
struct DeleteRule {
    /// The vault.
    private let store: VaultStore
    /// How long a file of my own must have been there, in seconds.
    static let waitingTime: Int64 = 86_400

    /// The rule on a store.
    init(store: VaultStore) { self.store = store }

    /// The files that may go, among those that hold records of `logs` (`nil`: any).
    ///
    /// - Parameters:
    ///   - logs: Only files that hold records of one of these.
    ///   - onlyOverShared: Only those that are sealed to somebody who must not read.
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
        }
        if onlyOverShared && !overShared { return false }
        return old.records.keys.allSatisfy { isOutdone(old, in: $0, overShared: overShared) }
    }

    /// Whether one other file makes the old one's part of a log superfluous.
    private func isOutdone(_ old: OpenedFile, in id: LogID, overShared: Bool) -> Bool {
        guard let log = store.logs[id], !log.history.isContested else { return false }
        let today = Set(log.history.readers.keys)
        // What I write while I leave is sealed to me too; a colleague makes the new key.
        let leaving = today.union([store.key.card.id])
        let records = old.recordIDs(of: id)
        return log.files.contains { name in
            guard name != old.name, let other = store.files[name],
                other.readers.ids == today
                    || (old.readers.ids == [store.key.card.id] && other.readers.ids == leaving)
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
            let before = old.attachments.filter { $0.id == note.id }
            let after = other.attachments.filter { $0.id == note.id }
            let keepsAll = before.allSatisfy { entry in
                after.contains { $0.file == entry.file && FileKey.equal($0.key, entry.key) }
            }
            return keepsAll || after.contains { isWhole($0, note, sealedBy: other.sealer) }
        }
    }

    /// Whether a copy of an attachment is there and whole. What I sealed I encrypted from a
    /// verified copy; what others say is tried.
    private func isWhole(
        _ entry: AttachmentEntry, _ note: AttachmentNote, sealedBy sealer: CardID
    ) -> Bool {
        guard store.foreign.contains(entry.file) else { return false }
        if sealer == store.key.card.id { return true }
        let cipher = AttachmentCipher(folder: store.folder, vault: store.vault)
        return (try? cipher.decrypt(entry, as: note, progress: nil) { _ in }) != nil
    }

    /// Whether this machine noted a file a day ago or earlier.
    private func isADayOld(_ name: FileName) -> Bool {
        guard let noted = store.seen.noted[name] else { return false }
        return store.clock.now() - noted >= Self.waitingTime
    }

    /// Attachments that only the files that go name.
    ///
    /// Only files that their key opens: an index can name anything, and what I cannot open I do
    /// not delete.
    private func orphans(of going: Set<FileName>) -> [FileName] {
        var keys: [FileName: FileKey] = [:]
        for name in going {
            for entry in store.files[name]?.attachments ?? [] { keys[entry.file] = entry.key }
        }
        guard !keys.isEmpty else { return [] }
        var named: Set<FileName> = []
        for (name, file) in store.files where !going.contains(name) {
            named.formUnion(file.attachments.map(\.file))
        }
        return keys.filter { name, key in
            !named.contains(name) && store.foreign.contains(name) && isAttachment(name, key)
        }.keys.sorted()
    }

    /// Whether a file is an attachment under this key.
    private func isAttachment(_ name: FileName, _ key: FileKey) -> Bool {
        let path = store.folder.path(of: name)
        let start = try? store.folder.files.readPrefix(path, count: AttachmentHeader.size)
        return start == AttachmentHeader(key: key, vault: store.vault).encoded
    }
}
