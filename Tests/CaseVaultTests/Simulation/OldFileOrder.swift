// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

@testable import CaseVault

/// What `FileOrder` says, as rewriting and deleting each worked it out before it was one rule.
///
/// Kept word for word, so that every simulated log compares the two.
struct OldFileOrder {
    /// The log.
    let log: Log

    /// Whether one file makes another superfluous, as far as deleting looked at what is in them.
    func supersedesForDeleting(_ other: OpenedFile, _ old: OpenedFile) -> Bool {
        guard other.name != old.name, log.isEverything(of: old, heldIn: other) else { return false }
        let count = log.heldCount(in: old)
        let (new, before) = (dirt(of: other), dirt(of: old))
        let isCleaner = new.isStrictSubset(of: before)
        let isAsClean = new == before
        let isDecidedHereOnly = !log.history.tipped.isEmpty
        return log.heldCount(in: other) > count
            || (!isDecidedHereOnly && (isCleaner || (isAsClean && isFuller(other, than: old))))
    }

    /// The same, as rewriting looked at it.
    func supersedesForRewriting(_ file: OpenedFile, _ old: OpenedFile) -> Bool {
        guard file.name != old.name, file.readers.ids == log.history.readerIDs,
            log.isEverything(of: old, heldIn: file)
        else { return false }
        return log.heldCount(in: file) > log.heldCount(in: old)
            || !Planner.isRoomy(old.records[log.id] ?? [])
    }

    /// Which of two files with the same records of a log stays, if nothing else tells.
    private func isFuller(_ other: OpenedFile, than old: OpenedFile) -> Bool {
        other.recordCount == old.recordCount
            ? other.name < old.name : other.recordCount > old.recordCount
    }

    /// What should not be in a file.
    private enum Dirt: Hashable {
        /// An attachment of which somebody was given the key who is no reader.
        case attachment(AttachmentID)
        /// A text that was erased.
        case text(RecordID)
    }

    /// What should not be in a file, as far as it is about one log.
    private func dirt(of file: OpenedFile) -> Set<Dirt> {
        if file.attachments.isEmpty, log.history.erased.isEmpty { return [] }
        let today = log.history.readerIDs
        let texts = log.erasedTexts(in: file)
        let notes =
            file.attachments.isEmpty
            ? []
            : (file.records[log.id] ?? []).filter { !log.history.erased.contains($0.id) }
                .flatMap(\.attachments)
        let keys = Set(file.attachments.filter { !$0.isClean(for: today) }.map(\.id))
            .intersection(notes.map(\.id))
        return Set(texts.map(Dirt.text)).union(keys.map(Dirt.attachment))
    }
}
