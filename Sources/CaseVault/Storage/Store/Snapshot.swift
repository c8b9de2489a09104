// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What a member holds of a vault at one moment: all that the rules look at which decide what is
/// rewritten and what is deleted. They change none of it, so they can look on all cores.
struct Snapshot: Sendable {
    /// The member.
    let me: CardID
    /// The logs.
    let logs: [LogID: Log]
    /// The files that hold them.
    let files: [FileName: OpenedFile]
    /// Other files that are there, attachments among them.
    let foreign: Set<FileName>
    /// When this machine first saw each file, in seconds since 1970.
    let noted: [FileName: Int64]
    /// The time, in seconds since 1970.
    let now: Int64
    /// Looks into the copies of attachments, on the disk.
    let copies: AttachmentCopies
    /// What this computer makes of all logs.
    let settlement: Settlement

    /// Whether a copy of an attachment is there and decrypts to what a record of a log
    /// promises.
    func isIntact(_ entry: AttachmentEntry, as note: AttachmentNote, in log: LogID) -> Bool {
        foreign.contains(entry.file) && copies.isIntact(entry, as: note, in: log)
    }

    /// Whether this machine noted a file a day ago or earlier.
    func isADayOld(_ file: OpenedFile) -> Bool {
        guard let noted = noted[file.name] else { return false }
        return now - noted >= Self.day
    }

    /// A day in seconds.
    private static let day: Int64 = 86_400
}
