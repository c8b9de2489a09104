// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Decides which files may be deleted. See "Deleting" in Docs/DESIGN.md.
///
/// A file may go only if, for each log in it, one other file that I can open is sealed to exactly
/// that log's readers of today, has every record of it, with its text or without, and holds
/// strictly more of them, or the same ones and has the smaller name; and that other file was
/// written by somebody else, or is mine and a day old, or the old file is sealed to somebody who
/// is no reader any more, or leads to an attachment whose key such a person holds, or has a text
/// that was erased.
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
    ///   - logs: The logs; `nil` for all.
    ///   - onlyOverShared: Only those that are sealed to somebody who must not read, or have a
    ///     text that was erased.
    /// - Returns: Attachments that only the others named, then sealed files: if this stops
    ///   half-way, what is left still leads to what has to be deleted.
    func deletable(touching logs: Set<LogID>?, onlyOverShared: Bool) -> [FileName] {
        var candidates: Set<FileName> = []
        for log in logs.map({ $0.compactMap { store.logs[$0] } }) ?? Array(store.logs.values)
        // Where there is no other file, nothing outdoes the only one.
        where log.files.count > 1 {
            candidates.formUnion(log.files)
        }
        let going = candidates.filter { mayGo($0, onlyOverShared: onlyOverShared) }
        return orphans(of: going) + going.sorted()
    }

    /// Whether a file must go at once, and may.
    func mustGo(_ name: FileName) -> Bool { mayGo(name, onlyOverShared: true) }

    /// Whether a file may go.
    private func mayGo(_ name: FileName, onlyOverShared: Bool) -> Bool {
        guard let old = store.files[name],
            // Where there is no other file, nothing outdoes this one.
            old.records.keys.allSatisfy({ (store.logs[$0]?.files.count ?? 0) > 1 })
        else { return false }
        let overShared = old.records.keys.contains { log in
            guard let readers = store.logs[log]?.history.readers else { return false }
            return store.logs[log]?.holdsErasedText(old) ?? false
                || !old.readers.ids.allSatisfy { readers.index(forKey: $0) != nil }
                || (!old.attachments.isEmpty
                    && holdsLostKeys(old, in: log, for: Set(readers.keys)))
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
        let count = log.heldCount(in: old)
        let standing = old.records[id]?.count ?? 0
        return log.files.contains { name in
            guard name != old.name, let other = store.files[name],
                other.readers.isExactly(log.history.readers) || isLastWord(other, over: old, log),
                log.isEverything(of: old, heldIn: other)
            else { return false }
            // What counts as held without its text depends on what else has arrived here. Two
            // machines that differ in it would delete each other's last copy of a third text, if
            // somebody made two such files, and neither had all that stands in the other.
            guard
                count == standing
                    || other.recordIDs(of: id).isSuperset(of: old.recordIDs(of: id))
            else { return false }
            // Of two files with the same records the one goes that spreads an attachment's key
            // too far or has an erased text; then the one with fewer records of all logs; then the
            // one with the larger name. What is in the files alone decides, so no two machines
            // delete each other's.
            let (new, before) = (dirt(of: other, in: log), dirt(of: old, in: log))
            let isCleaner = new.isStrictSubset(of: before)
            let isAsClean = new == before
            // Where machines may have taken different sides, they do not agree on who reads.
            let isDecidedHereOnly = !log.history.tipped.isEmpty
            guard
                log.heldCount(in: other) > count
                    || (!isDecidedHereOnly
                        && (isCleaner || (isAsClean && isFuller(other, than: old))))
            else { return false }
            guard
                overShared || isCleaner || other.sealer != store.key.card.id || isADayOld(name)
            else { return false }
            return keepsAttachments(of: old, in: log, other)
        }
    }

    /// Which of two files with the same records of a log stays, if nothing else tells.
    ///
    /// Records count whether their text is there or not. Nothing is lost by that: what the old
    /// file holds of the log, texts too, is in the other one before this is asked.
    private func isFuller(_ other: OpenedFile, than old: OpenedFile) -> Bool {
        other.recordCount == old.recordCount
            ? other.name < old.name : other.recordCount > old.recordCount
    }

    /// Whether I left the log, and what I wrote for my colleagues replaces a file that none of
    /// them can open.
    ///
    /// None of today's readers could ever delete such a file.
    private func isLastWord(
        _ other: OpenedFile, over old: OpenedFile, _ log: Log
    ) -> Bool {
        let me = store.key.card.id
        let today = Set(log.history.readers.keys)
        return !today.isEmpty && !today.contains(me) && old.readers.ids.isDisjoint(with: today)
            && other.readers.ids == today.union([me]) && other.sealer == me
    }

    /// What should not be in a file.
    private enum Dirt: Hashable {
        /// An attachment of which somebody was given the key who is no reader.
        case attachment(AttachmentID)
        /// A text that was erased.
        case text(RecordID)
    }

    /// What should not be in a file, as far as it is about one log.
    private func dirt(of file: OpenedFile, in log: Log) -> Set<Dirt> {
        if file.attachments.isEmpty, log.history.erased.isEmpty { return [] }
        let today = Set(log.history.readers.keys)
        let texts = log.erasedTexts(in: file)
        let keys = Set(file.attachments.filter { !$0.isClean(for: today) }.map(\.id))
            .intersection(notes(in: file, of: log).map(\.id))
        return Set(texts.map(Dirt.text)).union(keys.map(Dirt.attachment))
    }

    /// What is attached to the records of a log in a file, but for those that were erased.
    private func notes(in file: OpenedFile, of log: Log) -> [AttachmentNote] {
        if file.attachments.isEmpty { return [] }
        return (file.records[log.id] ?? []).filter { !log.history.erased.contains($0.id) }
            .flatMap(\.attachments)
    }

    /// Whether the other file leads to every attachment of the old one's records: by the same
    /// keys, or to a copy that is there, decrypts and whose key only readers were given.
    private func keepsAttachments(
        of old: OpenedFile, in log: Log, _ other: OpenedFile
    ) -> Bool {
        if old.attachments.isEmpty { return true }
        let today = Set(log.history.readers.keys)
        return notes(in: old, of: log).allSatisfy { note in
            let before = old.attachments.filter { $0.id == note.id }
            let after = other.attachments.filter { $0.id == note.id }
            let isCarried = before.allSatisfy { entry in
                after.contains {
                    $0.place == entry.place
                        && Set($0.everGiven).isSuperset(of: entry.everGiven)
                }
            }
            return isCarried
                || after.contains { $0.isClean(for: today) && store.isWhole($0, as: note) }
        }
    }

    /// Whether this machine noted a file a day ago or earlier.
    private func isADayOld(_ name: FileName) -> Bool {
        guard let noted = store.seen.noted[name] else { return false }
        return store.clock.now() - noted >= Self.waitingTime
    }

    /// Attachments that only the files that go name.
    ///
    /// An index can name anything. So a file goes only if a record in the same file speaks of it
    /// and it is an attachment under the key that the index gives: never somebody's sealed file.
    private func orphans(of going: Set<FileName>) -> [FileName] {
        guard !going.isEmpty else { return [] }
        var orphans: Set<FileName> = []
        var named: Set<FileName> = []
        for (name, file) in store.files {
            if !going.contains(name) {
                named.formUnion(file.attachments.map(\.file))
            } else if !file.attachments.isEmpty {
                let notes = Set(
                    file.records.values.joined().flatMap(\.attachments).map(\.id))
                for entry in file.attachments
                where notes.contains(entry.id) && store.files[entry.file] == nil
                    && store.isOpened(by: entry)
                {
                    orphans.insert(entry.file)
                }
            }
        }
        return orphans.subtracting(named).sorted()
    }
}
