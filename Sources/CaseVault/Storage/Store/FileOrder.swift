// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// For one log: what one of its files has over another.
///
/// Used by what rewrites and by what deletes. What is in the files decides, and what follows from
/// the log's records: so machines that hold the same agree, and no two delete each other's.
struct FileOrder: Sendable {
    /// The log.
    let log: Log

    /// What a file has over another of which it holds everything.
    struct Lead: Equatable {
        /// It holds more records of the log.
        let hasMore: Bool
        /// It has less that should not be there.
        let isCleaner: Bool
        /// It has the same that should not be there, and more records of all logs, or as many and
        /// the smaller name.
        let comesFirst: Bool
    }

    /// What a file has over another; `nil` if it does not hold everything of it.
    func lead(of new: OpenedFile, over old: OpenedFile) -> Lead? {
        guard new.name != old.name, log.isEverything(of: old, heldIn: new) else { return nil }
        let (ours, theirs) = (dirt(of: new), dirt(of: old))
        // Records count whether their text is there or not. Nothing is lost by that: what the old
        // file holds of the log, texts too, is in the new one.
        let isFuller =
            new.recordCount == old.recordCount
            ? new.name < old.name : new.recordCount > old.recordCount
        return Lead(
            hasMore: log.heldCount(in: new) > log.heldCount(in: old),
            isCleaner: ours.isStrictSubset(of: theirs), comesFirst: ours == theirs && isFuller)
    }

    /// Whether a file is sealed to exactly the log's readers of today.
    func isForReaders(_ file: OpenedFile) -> Bool { file.readers.ids == log.history.readerIDs }

    /// What is attached to the records of the log in a file, but for those that were erased.
    func notes(in file: OpenedFile) -> [AttachmentNote] {
        if file.attachments.isEmpty { return [] }
        return (file.records[log.id] ?? []).filter { !log.history.erased.contains($0.id) }
            .flatMap(\.attachments)
    }

    /// Something that should not be in a file.
    private enum Dirt: Hashable {
        /// An attachment of which somebody was given the key who is no reader.
        case attachment(AttachmentID)
        /// A text that was erased.
        case text(RecordID)
    }

    /// What should not be in a file, as far as it is about the log.
    private func dirt(of file: OpenedFile) -> Set<Dirt> {
        if file.attachments.isEmpty, log.history.erased.isEmpty { return [] }
        let today = log.history.readerIDs
        let keys = Set(file.attachments.filter { !$0.isClean(for: today) }.map(\.id))
            .intersection(notes(in: file).map(\.id))
        return Set(log.erasedTexts(in: file).map(Dirt.text)).union(keys.map(Dirt.attachment))
    }
}
