// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Decides which files may be deleted. See "Deleting" in Docs/DESIGN.md.
///
/// A file may go only if, for each log in it, one other file that I can open is sealed to exactly
/// that log's readers of today, has every record of it, with its text or without, and holds
/// strictly more of them, or the same ones and has the smaller name; and that other file was
/// written by somebody else, or is mine and a day old, or the old file is sealed to somebody who
/// is no reader any more, or leads to an attachment whose key such a person holds, or has a text
/// that was erased.
struct DeleteRule: Sendable {
    /// What I hold.
    let snapshot: Snapshot

    /// The files that may go, among those that hold records of `logs` (`nil`: any).
    ///
    /// - Parameters:
    ///   - logs: The logs; `nil` for all.
    ///   - onlyOverShared: Only those that are sealed to somebody who must not read, or have a
    ///     text that was erased.
    /// - Returns: Attachments that only the others named, then sealed files: if this stops
    ///   half-way, what is left still leads to what has to be deleted.
    func deletable(touching logs: Set<LogID>?, onlyOverShared: Bool) -> [FileName] {
        var candidates: [FileName: OpenedFile] = [:]
        let touched =
            logs.map { $0.compactMap { snapshot.logs[$0] } } ?? Array(snapshot.logs.values)
        for log in touched
        // Where there is no other file, nothing supersedes the only one.
        where log.files.count > 1 {
            for file in log.files { candidates[file.name] = file }
        }
        let files = Array(candidates.values)
        let answers = parallelMap(count: files.count, width: 2, stride: 8) { i in
            mayGo(files[i], onlyOverShared: onlyOverShared)
        }
        let going = Set(zip(files, answers).compactMap { $1 ? $0.name : nil })
        return orphans(of: going) + going.sorted()
    }

    /// Whether a file must go at once, and may.
    func mustGo(_ file: OpenedFile) -> Bool { mayGo(file, onlyOverShared: true) }

    /// Whether a file may go.
    private func mayGo(_ old: OpenedFile, onlyOverShared: Bool) -> Bool {
        var logs: [Log] = []
        logs.reserveCapacity(old.records.count)
        for id in old.records.keys {
            // Where there is no other file, nothing supersedes this one.
            guard let log = snapshot.logs[id], log.files.count > 1 else { return false }
            logs.append(log)
        }
        let overShared = logs.contains { log in
            log.holdsErasedText(old)
                || log.isOverShared(old, snapshot.settlement)
                || holdsLostKeys(old, in: log)
        }
        if onlyOverShared && !overShared { return false }
        // About whoever is out here and in elsewhere people are asked; until then both computers'
        // files stay.
        if logs.contains(where: { $0.isDisputed(old, snapshot.settlement) }) { return false }
        return logs.allSatisfy { isSuperseded(old, in: $0, overShared: overShared) }
    }

    /// Whether a file leads to a copy of an attachment whose key somebody holds who is no reader
    /// any more, from whichever file they had it.
    ///
    /// Such a file keeps that copy in the folder, even if nobody but today's readers opens it.
    private func holdsLostKeys(_ old: OpenedFile, in log: Log) -> Bool {
        if old.attachments.isEmpty { return false }
        let today = log.history.readerIDs
        let copies = Set(old.attachments.map(\.file))
        return log.files.contains { file in
            file.attachments.contains { entry in
                copies.contains(entry.file)
                    && !(entry.isClean(for: today) && file.readers.ids.isSubset(of: today))
            }
        }
    }

    /// Whether one other file makes the old one's part of a log superfluous.
    private func isSuperseded(_ old: OpenedFile, in log: Log, overShared: Bool) -> Bool {
        let order = FileOrder(log: log)
        let isAllHeld = log.heldCount(in: old) == old.records[log.id]?.count ?? 0
        return log.files.contains { other in
            guard order.isForReaders(other) || isLastWord(other, over: old, log),
                let lead = order.lead(of: other, over: old)
            else { return false }
            // What counts as held without its text depends on what else has arrived here. Two
            // machines that differ in it would delete each other's last copy of a third text, if
            // somebody made two such files, and neither had all that is in the other.
            guard
                isAllHeld
                    || other.recordIDs(of: log.id).isSuperset(of: old.recordIDs(of: log.id))
            else { return false }
            guard
                lead.hasMore || lead.isCleaner || lead.comesFirst,
                overShared || lead.isCleaner || other.sealer != snapshot.me
                    || snapshot.isADayOld(other)
            else { return false }
            return keepsAttachments(of: old, in: order, other)
        }
    }

    /// Whether I left the log, and what I wrote for my colleagues replaces a file that none of
    /// them can open.
    ///
    /// None of today's readers could ever delete such a file.
    private func isLastWord(
        _ other: OpenedFile, over old: OpenedFile, _ log: Log
    ) -> Bool {
        let me = snapshot.me
        let today = log.history.readerIDs
        return !today.isEmpty && !today.contains(me) && old.readers.ids.isDisjoint(with: today)
            && other.readers.ids == today.union([me]) && other.sealer == me
    }

    /// Whether the other file leads to every attachment of the old one's records: by the same
    /// keys, or to a copy that is there, decrypts and whose key only readers were given.
    private func keepsAttachments(
        of old: OpenedFile, in order: FileOrder, _ other: OpenedFile
    ) -> Bool {
        if old.attachments.isEmpty { return true }
        let today = order.log.history.readerIDs
        // For each attachment, the old copies that are what some record says of them, where the
        // other file has a fresh one of that.
        var renewed: [AttachmentID: Set<AttachmentEntry.Place>] = [:]
        return order.notes(in: old).allSatisfy { note in
            let before = old.attachments.filter { $0.id == note.id }
            let after = other.attachments.filter { $0.id == note.id }
            let isCarried = before.allSatisfy { entry in
                after.contains {
                    $0.place == entry.place
                        && entry.everGiven.isSubset(of: $0.everGiven)
                }
            }
            func isFresh(_ note: AttachmentNote) -> Bool {
                after.contains {
                    $0.isClean(for: today) && snapshot.isIntact($0, as: note, in: order.log.id)
                }
            }
            if isCarried || isFresh(note) { return true }
            // Somebody named another record's attachment with another hash: what counts is that one.
            let places =
                renewed[note.id]
                ?? {
                    let notes = Set(order.log.attachments.filter { $0.id == note.id })
                    let fresh = notes.filter(isFresh)
                    let found = before.filter { entry in
                        fresh.contains { snapshot.isIntact(entry, as: $0, in: order.log.id) }
                    }
                    return Set(found.map(\.place))
                }()
            renewed[note.id] = places
            return before.allSatisfy { places.contains($0.place) }
        }
    }

    /// Attachments that only the files that go name.
    ///
    /// An index can name anything, and who reads an attachment has the key of its file. So a file
    /// goes only if a record in the same file speaks of it, and it is the attachment of that
    /// record's log under the key that the index gives: never somebody's sealed file, and never
    /// what belongs to another case.
    private func orphans(of going: Set<FileName>) -> [FileName] {
        guard !going.isEmpty else { return [] }
        var orphans: Set<FileName> = []
        var named: Set<FileName> = []
        for (name, file) in snapshot.files {
            if !going.contains(name) {
                named.formUnion(file.attachments.map(\.file))
            } else if !file.attachments.isEmpty {
                for (log, records) in file.records {
                    let notes = Set(records.flatMap(\.attachments).map(\.id))
                    for entry in file.attachments
                    where notes.contains(entry.id) && snapshot.files[entry.file] == nil
                        && snapshot.copies.isOpened(by: entry, in: log)
                    {
                        orphans.insert(entry.file)
                    }
                }
            }
        }
        return orphans.subtracting(named).sorted()
    }
}
