// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// One log as this machine holds it: its records, from whichever files they came.
///
/// A class, because logs are handed around a lot and hold much.
final class Log: Sendable {
    /// Which log.
    let id: LogID
    /// The files that hold records of it, in no order.
    let files: [OpenedFile]
    /// Who reads it and which records count.
    let history: LogHistory
    /// The records that are held without their body: it was erased, or nobody sent it.
    let redacted: Set<RecordID>
    /// What is attached to the records, whether they count or not.
    let attachments: [AttachmentNote]
    /// The copies of each attachment that the log's files name, ascending.
    private let copies: [AttachmentID: [AttachmentEntry]]

    /// A log with what follows from its records.
    init(files: [OpenedFile], history: LogHistory) {
        id = history.records.id
        self.files = files
        self.history = history
        redacted = Set(history.order.lazy.filter(\.isRedacted).map(\.id))
        attachments = history.order.flatMap(\.attachments)
        copies = attachments.isEmpty ? [:] : Self.copies(in: files)
    }

    /// What the log is about; `nil` as long as its first record has not arrived.
    var kind: LogKind? { history.root?.record.kind.starts }

    /// Whether somebody reads it, and it was started by somebody whose logs are read.
    func isOpen(to reader: CardID) -> Bool { history.isReader(reader) && history.isFromMember }

    /// Whether its files may hold other logs of its kind; see ``Bundles``.
    var sharesFiles: Bool { kind == .check || kind == .row }

    /// The size of all records in bytes.
    var size: Int { history.order.reduce(0) { $0 + $1.record.size } }

    /// The records that stand without a body though no erasure that is here names them, in order.
    var unexplainedRedactions: [VerifiedRecord] {
        redacted.isEmpty
            ? []
            : history.order.filter { $0.isRedacted && !history.erased.contains($0.id) }
    }

    /// Whether a file still has a text of this log that was erased.
    func holdsErasedText(_ file: OpenedFile) -> Bool { !erasedTexts(in: file).isEmpty }

    /// The records of this log of which a file has the text though it was erased.
    func erasedTexts(in file: OpenedFile) -> Set<RecordID> {
        if history.erased.isEmpty { return [] }
        return Set(
            (file.records[id] ?? []).lazy
                .filter { !$0.isRedacted && self.history.erased.contains($0.id) }.map(\.id))
    }

    /// The records of this log that a file holds.
    func held(in file: OpenedFile) -> Set<RecordID> {
        Set((file.records[id] ?? []).lazy.filter(isHeld).map(\.id))
    }

    /// How many records of this log a file holds.
    func heldCount(in file: OpenedFile) -> Int {
        (file.records[id] ?? []).count(where: isHeld)
    }

    /// Whether a record that stands in a file is held by it.
    ///
    /// Without its body it is only if there is nothing more to hold: otherwise a file that lacks
    /// the text could replace the last one that has it.
    private func isHeld(_ record: VerifiedRecord) -> Bool {
        !record.isRedacted || redacted.contains(record.id)
    }

    /// Whether one file holds everything of this log that another one holds.
    func isEverything(of old: OpenedFile, heldIn file: OpenedFile) -> Bool {
        guard heldCount(in: file) >= heldCount(in: old) else { return false }
        let records = file.records[id] ?? []
        var place = 0
        // Files hold records in the order of the log, unless somebody else's program wrote them.
        // So one pass finds all, and without a set.
        for record in old.records[id] ?? [] where isHeld(record) {
            let start = place
            while place < records.count, records[place].id != record.id { place += 1 }
            guard place < records.count else {
                return start > 0 && held(in: file).isSuperset(of: held(in: old))
            }
            guard isHeld(records[place]) else { return false }
            place += 1
        }
        return true
    }

    /// Whether a file holds every record of this log with its text.
    func isComplete(in file: OpenedFile) -> Bool {
        let records = file.records[id] ?? []
        return records.count == history.order.count && !records.contains(where: \.isRedacted)
    }

    /// The copies of an attachment that the log's files name, ascending.
    ///
    /// Whoever a file is sealed to, and whoever sealed it, was given the keys in it, whatever its
    /// index says: nobody can make a key look clean by leaving somebody out.
    func copies(of note: AttachmentNote) -> [AttachmentEntry] { copies[note.id] ?? [] }

    /// The same of all attachments.
    private static func copies(in files: [OpenedFile]) -> [AttachmentID: [AttachmentEntry]] {
        var merged: [AttachmentEntry.Place: AttachmentEntry] = [:]
        for file in files where !file.attachments.isEmpty {
            let holders = file.readers.ids.union([file.sealer])
            for entry in file.attachments {
                let place = entry.place
                merged[place] = (merged[place] ?? entry).given(to: holders.union(entry.everGiven))
            }
        }
        var copies: [AttachmentID: [AttachmentEntry]] = [:]
        for (_, entry) in merged.sorted(by: { $0.key < $1.key }) {
            copies[entry.id, default: []].append(entry)
        }
        return copies
    }

    /// Whom a file is sealed to though they are out here.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - settlement: What this computer makes of all logs.
    /// - Returns: Nobody where whoever sealed it is in and counts them in, knowing all that is
    ///   here: about these people colleagues disagree, and no computer writes against another.
    func isOverShared(_ file: OpenedFile, _ settlement: Settlement) -> Bool {
        let extra = file.readers.ids.filter { !history.isIn($0) }
        return !extra.isEmpty && !isDisputed(file, extra, settlement)
    }

    /// Whether a file stands as it is, because whoever sealed it counts somebody in who is out
    /// here.
    func isDisputed(_ file: OpenedFile, _ settlement: Settlement) -> Bool {
        let extra = file.readers.ids.filter { !history.isIn($0) }
        return !extra.isEmpty && isDisputed(file, extra, settlement)
    }

    /// The same about people who are out here.
    private func isDisputed(
        _ file: OpenedFile, _ extra: [CardID], _ settlement: Settlement
    ) -> Bool {
        guard file.sealer != settlement.me, history.isIn(file.sealer),
            let view = settlement.view(of: id, by: file.sealer)
        else { return false }
        let there = Set(view.people)
        return extra.allSatisfy(there.contains)
    }
}
