// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Decides which files an act writes: what they hold and who they are sealed to.
///
/// A log is written anew, whole, when a file of it is sealed to somebody who is no reader any
/// more, or when a reader lacks a record. Otherwise only what is new is written.
struct Planner {
    /// One file to write.
    struct File: Sendable {
        /// What goes into it.
        let contents: SealedFile.Contents
        /// How many slots it has.
        let slots: Int
    }

    /// The act.
    private let act: Act
    /// The vault.
    private let store: VaultStore
    /// Attachments' files that were encrypted anew while planning.
    private(set) var newFiles: [FileName] = []
    /// Logs of which an attachment's bytes have not arrived.
    private(set) var waiting: Set<LogID> = []

    /// Above this many bytes of records a log is resealed file by file.
    static let wholeLogLimit = 16 << 20

    /// A planner for an act.
    init(act: Act) {
        self.act = act
        store = act.store
    }

    /// The files to write.
    mutating func plan(progress: Progress.Handler?) throws(VaultError) -> [File] {
        var files: [File] = []
        var whole = act.resealRequests
        for id in act.added.keys {
            guard let log = act.log(id) else { continue }
            if needsReseal(log) { whole.insert(id) }
        }
        // A file that has to go takes the other logs in it along.
        for id in whole {
            guard let log = act.log(id) else { continue }
            let readers = recipients(of: log).ids
            for name in log.files {
                guard let file = store.files[name], file.records.count > 1,
                    !file.readers.ids.isSubset(of: readers)
                else { continue }
                // Never one that I do not read: whoever put it there sealed it, not I.
                whole.formUnion(
                    file.records.keys.filter {
                        act.log($0)?.history.readers[store.key.card.id] != nil
                    })
            }
        }
        for id in act.added.keys.sorted() where !whole.contains(id) {
            guard let log = act.log(id), let records = act.added[id] else { continue }
            files.append(
                try file(
                    log, records: records, readers: recipients(of: log), progress: progress))
        }
        for id in whole.sorted() {
            guard let log = act.log(id) else { continue }
            files += try reseal(log, progress: progress)
        }
        return files
    }

    /// Who the files of a log are sealed to: its readers of today.
    ///
    /// Whoever takes themselves out still writes that down for their colleagues; the new key
    /// is made by one of those.
    private func recipients(of log: Log) -> ReaderList {
        let me = store.key.card
        return ReaderList(log.history.readerCards + [me]) ?? ReaderList.just(me)
    }

    /// Whether the files of a log give it to exactly its readers.
    ///
    /// `false` too for a log from which I take myself out: a colleague makes the new key. But
    /// what only I can open, no colleague could ever replace.
    func needsReseal(_ log: Log) -> Bool {
        let readers = Set(log.history.readers.keys)
        guard !log.files.isEmpty else { return false }
        guard readers.contains(store.key.card.id) else {
            return log.files.contains { store.files[$0]?.readers.ids == [store.key.card.id] }
        }
        let new = Set((act.added[log.id] ?? []).map(\.id))
        let old = log.history.order.lazy.filter { !new.contains($0.id) }
        var held: [CardID: Int] = [:]
        var seen: [CardID: Set<RecordID>] = [:]
        let total = old.count
        for name in log.files {
            guard let file = store.files[name] else { continue }
            if !file.readers.ids.isSubset(of: readers) { return true }
            let ids = file.recordIDs(of: log.id)
            for reader in file.readers.ids { seen[reader, default: []].formUnion(ids) }
        }
        for (reader, ids) in seen { held[reader] = ids.count }
        return readers.contains { (held[$0] ?? 0) < total }
    }

    /// The files that replace all files of a log.
    private mutating func reseal(_ log: Log, progress: Progress.Handler?) throws(VaultError)
        -> [File]
    {
        let readers = recipients(of: log)
        let all = log.history.order
        let size = all.reduce(0) { $0 + $1.record.size }
        if size <= Self.wholeLogLimit {
            return [try file(log, records: all, readers: readers, progress: progress)]
        }
        // Too large for one file: each old file gets a successor that holds the new records too,
        // so that each old file is outdone by one other file.
        let new = act.added[log.id] ?? []
        var files: [File] = []
        for name in log.files.sorted() {
            guard let old = store.files[name]?.records[log.id] else { continue }
            files.append(
                try file(log, records: old + new, readers: readers, progress: progress))
        }
        return files
    }

    /// One file with some records of a log.
    private mutating func file(
        _ log: Log, records: [VerifiedRecord], readers: ReaderList, progress: Progress.Handler?
    ) throws(VaultError) -> File {
        let slots = slotCount(for: log)
        guard readers.cards.count <= slots else { throw .noFreeSlot }
        // By attachment, not by note: two records can name the same one.
        var notes: [AttachmentID: [AttachmentNote]] = [:]
        for note in records.flatMap(\.statement.attachments) {
            notes[note.id, default: []].append(note)
        }
        var entries: [AttachmentEntry] = []
        for (id, notes) in notes.sorted(by: { $0.key < $1.key }) {
            entries += try self.entries(id, notes, log, readers, progress: progress)
        }
        return File(
            contents: SealedFile.Contents(
                readers: readers, records: records, attachments: entries),
            slots: slots)
    }

    /// The same for every file that is written with a roster; a guest takes it from the file.
    private func slotCount(for log: Log) -> Int {
        let roster = act.log(.roster(of: store.vault))
        let fromRoster = (roster?.history.readers.count).map(SlotTable.count(forRoster:))
        let fromFiles = log.files.compactMap { store.files[$0]?.slots }.max()
        return fromRoster ?? fromFiles ?? SlotTable.fewest
    }

    /// Where an attachment is for these readers: as before if they are all who ever had the key,
    /// otherwise encrypted anew; as before, and noted as waiting, where the bytes are missing.
    private mutating func entries(
        _ id: AttachmentID, _ notes: [AttachmentNote], _ log: Log, _ readers: ReaderList,
        progress: Progress.Handler?
    ) throws(VaultError) -> [AttachmentEntry] {
        let ids = readers.ids
        if let new = act.attachmentEntries[id] { return [new.given(to: ids)] }
        let known = store.copies(of: id, in: log)
        let there = known.filter { store.foreign.contains($0.file) }
        if let clean = there.first(where: { $0.isClean(for: ids) }) {
            return [clean.given(to: ids)]
        }
        // Never sealed with an old key to somebody new while a fresh copy is to be had.
        let cipher = AttachmentCipher(folder: store.folder, vault: store.vault)
        for old in there {
            for note in notes {
                let key = FileKey.random()
                do throws(VaultError) {
                    let name = try cipher.reencrypt(old, as: note, key: key, progress: progress)
                    newFiles.append(name)
                    return [
                        AttachmentEntry(id: id, file: name, key: key, everGiven: ids.sorted())
                    ]
                } catch {
                    // Damaged, gone, or not what this note says: try another. Anything else
                    // stops the act.
                    guard error.code == .damaged || error.code == .incomplete else { throw error }
                }
            }
        }
        if !known.allSatisfy({ $0.isClean(for: ids) }) { waiting.insert(log.id) }
        return known.map { $0.given(to: ids) }
    }
}

extension ReaderList {
    /// A list of one.
    static func just(_ card: MemberCard) -> ReaderList {
        guard let list = ReaderList([card]) else { preconditionFailure("one card is a list") }
        return list
    }
}

extension Statement {
    /// What is attached to this statement.
    var attachments: [AttachmentNote] {
        switch self {
        case .reported(let report): report.attachments
        case .entered(let entry): entry.attachments
        default: []
        }
    }
}
