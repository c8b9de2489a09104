// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Decides which files a transaction writes: what they hold and who they are sealed to.
///
/// A log is rewritten, whole, when a file of it is sealed to somebody who is no reader any
/// more, or when a reader lacks a record. Otherwise only what is new is written.
struct Planner {
    /// One file to write.
    struct File: Sendable {
        /// What goes into it.
        let contents: SealedFile.Contents
        /// How many slots it has.
        let slots: Int
    }

    /// The transaction.
    private let transaction: Transaction
    /// The vault.
    private let store: VaultStore
    /// Attachments' files that were encrypted again while planning.
    private(set) var newFiles: [FileName] = []
    /// Logs of which an attachment's bytes have not arrived.
    private(set) var waiting: Set<LogID> = []
    /// What was encrypted again while planning, so that it is done once.
    private var fresh: [FreshKey: AttachmentEntry] = [:]
    /// Of what was looked into, the copies that are what some record says of them.
    private var fitting: [AttachmentID: Set<AttachmentEntry.Place>] = [:]
    /// The readers of the last file; mostly those of the next one too.
    private var recent: ReaderList?

    /// What was encrypted again: an attachment of a log, as a record describes it.
    private struct FreshKey: Hashable {
        /// The log.
        let log: LogID
        /// What the record says.
        let note: AttachmentNote
    }

    /// Above this many bytes of records a log is rewritten file by file.
    static let oneFileLimit = 16 << 20

    /// A planner for a transaction.
    init(_ transaction: Transaction) {
        self.transaction = transaction
        store = transaction.store
    }

    /// The files to write.
    ///
    /// - Parameters:
    ///   - groups: The logs to rewrite, as `logsToRewrite()` names them, by the file they share.
    ///   - progress: Is told how many bytes of attachments were encrypted again; can stop.
    /// - Returns: What goes into each file.
    /// - Throws: `noFreeSlot`, `fileSystem`, `diskFull`, `cancelled`.
    mutating func plan(
        rewriting groups: [[Log]], progress: WorkProgress.Handler?
    ) throws(VaultError) -> [File] {
        var files: [File] = []
        let rewritten = Set(groups.joined().map(\.id))
        for group in self.groups(of: transaction.added.keys.filter { !rewritten.contains($0) }) {
            let parts = group.map { ($0, transaction.added[$0.id] ?? []) }
            guard let first = group.first else { continue }
            files.append(try file(parts, readers: try recipients(of: first), progress: progress))
        }
        for group in groups {
            guard let first = group.first else { continue }
            if group.count == 1 {
                files += try rewrite(first, progress: progress)
            } else {
                let parts = group.map { ($0, $0.history.order) }
                files.append(
                    try file(parts, readers: try recipients(of: first), progress: progress))
            }
        }
        return files
    }

    /// The logs that this transaction rewrites, whole.
    ///
    /// A file that has to go takes the other logs in it along.
    func logsToRewrite() -> Set<LogID> {
        var logs = transaction.rewriteRequests.union(
            transaction.rewriteRule.applying(
                to: transaction.touchedLogs.filter { log in
                    transaction.added[log.id] != nil || store.isComplete(log)
                }
            ).map(\.id))
        // A file of many logs goes once, whichever of them is the reason.
        var going: Set<FileName> = []
        let me = store.key.card.id
        for id in logs {
            guard let log = transaction.log(id) else { continue }
            for file in log.files where file.records.count > 1 && !going.contains(file.name) {
                guard
                    log.holdsErasedText(file)
                        || (log.history.isReader(me)
                            && log.isOverShared(file, transaction.settlement))
                else { continue }
                going.insert(file.name)
                logs.formUnion(
                    file.records.keys.filter {
                        guard let log = transaction.log($0) else { return false }
                        return log.history.isReader(me) && store.isComplete(log)
                    })
            }
        }
        return logs
    }

    /// Which logs share a file, in the order of their first ones.
    ///
    /// A log that starts in this transaction stands alone: who wrote two of them at one time would
    /// tell that they belong to one case.
    func groups(of logs: some Sequence<LogID>) -> [[Log]] {
        var alone: [[Log]] = []
        var shared: Set<LogID> = []
        for id in logs {
            guard let log = transaction.log(id) else { continue }
            if log.sharesFiles, store.logs[id] != nil,
                log.history.isReader(store.key.card.id)
            {
                shared.insert(id)
            } else {
                alone.append([log])
            }
        }
        if shared.count > 1 {
            // Among all logs, so that files fit together that are written at several times.
            let cells = store.cells(of: store.logs.keys.lazy.compactMap(transaction.log)) {
                shared.contains($0.id)
            }
            for cell in cells { shared.subtract(cell.map(\.id)) }
            alone += cells
        }
        alone += shared.compactMap { id in transaction.log(id).map { [$0] } }
        return alone.sorted { a, b in
            guard let x = a.first, let y = b.first else { return !b.isEmpty }
            return x.id < y.id
        }
    }

    /// Who the files of a log are sealed to: its readers of today.
    ///
    /// Whoever takes themselves out still writes that down for their colleagues; the new key
    /// is made by one of those.
    private mutating func recipients(of log: Log) throws(VaultError) -> ReaderList {
        let ids = log.history.readerIDs.union([store.key.card.id])
        if let recent, recent.ids == ids { return recent }
        var cards = log.history.readerCards
        if !cards.contains(store.key.card) {
            // Own keys can fill a file, and must not keep anybody from saying that they go. One of
            // them makes room; the colleague who makes the new key gives it all.
            if cards.count >= ReaderList.limit,
                let other = cards.lastIndex(where: { !log.history.hasPower($0.id) })
            {
                cards.remove(at: other)
            }
            cards.append(store.key.card)
        }
        guard let list = ReaderList(cards) else { throw .noFreeSlot }
        recent = list
        return list
    }

    /// The files that replace all files of a log.
    private mutating func rewrite(_ log: Log, progress: WorkProgress.Handler?) throws(VaultError)
        -> [File]
    {
        let readers = try recipients(of: log)
        let me = store.key.card.id
        if !log.history.isReader(me) {
            // My leaving stands in a file of its own. So the colleague who makes the new key writes
            // strictly more than is in either file, and both of them may go. If I left before, one
            // file has all: strictly more than the old ones, which only I may open.
            var parts: [[VerifiedRecord]] = [[], []]
            let added = transaction.added[log.id] ?? []
            let leaving = added.filter { $0.removedPeople.contains(me) }
            let mine = Set(leaving.map(\.id))
            for record in log.history.order {
                parts[mine.contains(record.id) ? 1 : 0].append(record)
            }
            var files: [File] = []
            for part in parts where !part.isEmpty {
                files.append(try file([(log, part)], readers: readers, progress: progress))
            }
            return files
        }
        let all = log.history.order
        if Self.fits(all, in: Self.oneFileLimit) {
            return [try file([(log, all)], readers: readers, progress: progress)]
        }
        // Too large for one file: each old file gets a successor that holds the new records too,
        // so that each old file is superseded by one other file.
        let new = transaction.added[log.id] ?? []
        let shared = Set(new.map(\.id))
        var files: [File] = []
        var isSharedWritten = shared.isEmpty
        for there in distinct(log) {
            // As the log holds them now: with a body that came in another file, without one that
            // was erased.
            let names = Set(there.map(\.id))
            let more = all.filter { names.contains($0.id) || shared.contains($0.id) }
            // A file that somebody filled to the brim never stops a transaction: it goes alone.
            let isRoomy = Self.isRoomy(more)
            if isRoomy { isSharedWritten = true }
            let records = isRoomy ? more : all.filter { names.contains($0.id) }
            files.append(try file([(log, records)], readers: readers, progress: progress))
        }
        if !isSharedWritten {
            let records = all.filter { shared.contains($0.id) }
            files.append(try file([(log, records)], readers: readers, progress: progress))
        }
        return files
    }

    /// What the files of a log hold of it, without those of which another file holds everything:
    /// what replaces that one replaces them too. Otherwise each transaction would write twice as
    /// many.
    private func distinct(_ log: Log) -> [[VerifiedRecord]] {
        let parts = log.files.map { (file: $0, held: log.held(in: $0)) }.sorted { a, b in
            a.held.count == b.held.count
                ? a.file.name < b.file.name : a.held.count > b.held.count
        }
        var kept: [(file: OpenedFile, held: Set<RecordID>)] = []
        var holders: [RecordID: [Int]] = [:]
        for part in parts {
            // Whoever holds all holds any of them, so few have to be asked.
            guard let some = part.held.first else { continue }
            let others = holders[some] ?? []
            if others.contains(where: { kept[$0].held.isSuperset(of: part.held) }) { continue }
            for id in part.held { holders[id, default: []].append(kept.count) }
            kept.append(part)
        }
        return kept.map { $0.file.records[log.id] ?? [] }
    }

    /// Whether logs are rewritten as one file.
    static func fitInOneFile(_ logs: [Log]) -> Bool {
        fits(logs.flatMap(\.history.order), in: oneFileLimit)
    }

    /// Whether a file of records has room for a few more.
    static func isRoomy(_ records: [VerifiedRecord]) -> Bool {
        fits(records, in: SealedBody.sizeLimit - (4 << 20))
    }

    /// Whether records fit into one file, in bytes and in number.
    private static func fits(_ records: [VerifiedRecord], in limit: Int) -> Bool {
        guard records.count <= SealedBody.recordLimit / 2 else { return false }
        return records.reduce(0) { $0 + $1.record.size } <= limit
    }

    /// One file with some records of logs that have the same readers, ascending.
    private mutating func file(
        _ parts: [(log: Log, records: [VerifiedRecord])], readers: ReaderList,
        progress: WorkProgress.Handler?
    ) throws(VaultError) -> File {
        // A roster that shrank since guests came in must not stop a removal.
        var slots = SlotTable.fewest
        // Two records can name one attachment; the index names each copy once.
        var copies: [AttachmentEntry.Place: AttachmentEntry] = [:]
        for (log, records) in parts {
            slots = max(slots, slotCount(for: log))
            for note in records.flatMap(\.attachments) {
                for entry in try entry(note, log, readers, progress: progress) {
                    copies[entry.place] =
                        copies[entry.place]?.given(to: entry.everGiven) ?? entry
                }
            }
        }
        while slots < readers.cards.count { slots *= 2 }
        // More than an index can hold are no honest work; those that are there come first.
        let entries = copies.values.sorted {
            let a = store.foreign.contains($0.file)
            return a == store.foreign.contains($1.file) ? $0.place < $1.place : a
        }.prefix(AttachmentEntry.countLimit)
        return File(
            contents: SealedFile.Contents(
                readers: readers, records: parts.flatMap(\.records), attachments: Array(entries)),
            slots: slots)
    }

    /// Whether one more person can be let in without a file that is larger than all others.
    func hasRoom(in log: Log) -> Bool { log.history.readers.count < slotCount(for: log) }

    /// The same for every file that is written with a roster; a guest takes it from the file.
    private func slotCount(for log: Log) -> Int {
        let roster = transaction.log(.roster(of: store.vault))
        let fromRoster = (roster?.history.readers.count).map(SlotTable.count(forRoster:))
        let fromFiles = log.files.map(\.slots).max()
        return fromRoster ?? fromFiles ?? SlotTable.fewest
    }

    /// Where an attachment is for these readers: as before if they are all who ever had the key,
    /// otherwise encrypted again; as before, and noted as waiting, where the bytes are missing.
    private mutating func entry(
        _ note: AttachmentNote, _ log: Log, _ readers: ReaderList, progress: WorkProgress.Handler?
    ) throws(VaultError) -> [AttachmentEntry] {
        let ids = readers.ids
        if let new = transaction.attachmentEntries[note.id] { return [new.given(to: ids)] }
        let freshKey = FreshKey(log: log.id, note: note)
        if let made = fresh[freshKey] { return [made] }
        let known = log.copies(of: note)
        let there = known.filter { store.foreign.contains($0.file) }
        // Where there is a choice, somebody may have named a copy that is none: look inside.
        if let clean = there.first(where: {
            $0.isClean(for: ids)
                && (known.count == 1 || store.copies.isIntact($0, as: note, in: log.id))
        }) {
            return [clean.given(to: ids)]
        }
        // Never sealed with an old key to somebody new while a fresh copy is to be had.
        for old in there {
            let key = FileKey.random()
            let cipher = AttachmentCipher(
                folder: store.folder, vault: store.vault, log: log.id)
            do throws(VaultError) {
                let name = try cipher.reencrypt(old, as: note, key: key, progress: progress)
                newFiles.append(name)
                let made = AttachmentEntry(
                    id: note.id, file: name, key: key, everGiven: ids)
                fresh[freshKey] = made
                return [made]
            } catch {
                // Damaged or gone meanwhile: try another copy. Anything else stops the transaction.
                guard error.code == .damaged || error.code == .incomplete else { throw error }
            }
        }
        // What is the attachment of another record is not this one's: somebody named it with another
        // hash, and its old copies would stay for good.
        let fitting = fitting(known, in: log)
        let open = known.filter { !fitting.contains($0.place) }
        if !open.isEmpty, !open.allSatisfy({ $0.isClean(for: ids) }) { waiting.insert(log.id) }
        return open.map { $0.given(to: ids) }
    }

    /// Which copies of one attachment are what some record of a log says of them.
    private mutating func fitting(
        _ copies: [AttachmentEntry], in log: Log
    ) -> Set<AttachmentEntry.Place> {
        guard let id = copies.first?.id else { return [] }
        if let known = fitting[id] { return known }
        let notes = Set(log.attachments.filter { $0.id == id })
        let found = copies.filter { copy in
            notes.contains { store.copies.isIntact(copy, as: $0, in: log.id) }
        }
        let places = Set(found.map(\.place))
        fitting[id] = places
        return places
    }
}
