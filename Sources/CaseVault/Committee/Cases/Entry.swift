// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// One dated document of a case file, as it is shown to a reader.
public struct Entry: Identifiable, Sendable {
    /// Names an entry.
    public typealias ID = TypedID<Named.AnEntry>

    /// Something attached to an entry.
    public struct Attachment: Identifiable, Hashable, Sendable {
        /// Which attachment.
        public let id: ID
        /// The name of the file as it was attached, with no folder.
        public let name: String
        /// The media type as it was given.
        public let mediaType: String
        /// The true size in bytes.
        public let size: UInt64
        /// Whether the text of the entry was made of it: the message or file as it came.
        public let isOriginal: Bool
    }

    /// Which entry: what every call that is about one takes.
    public let id: ID
    /// What people call it in its case: `2`, or `2b` and `2k` where two were written side by side.
    public let label: String
    /// The count of entries that its author knew of, plus one, which never changes; for display
    /// only, because entries that were written side by side share it. `nil` while files that its
    /// author knew of have not arrived.
    public let number: Int?
    /// What the entry is about.
    public let kind: EntryKind
    /// The day on which it happened, or else the day of writing.
    public let day: Day
    /// Who wrote the entry.
    public let author: MemberCard
    /// The text.
    public let text: String
    /// All fields of a report; `nil` for other entries.
    public let report: Report?
    /// The response that an outcome states.
    public let response: String?
    /// The last day of an outcome; `nil` is for good or does not apply.
    public let until: Day?
    /// What is attached, in order.
    public let attachments: [Attachment]
    /// How the text was made of a mail or another file, and what is not certain about it.
    public let intake: Intake
    /// The entry that this one supersedes.
    public let corrects: ID?
    /// What people call that one; `nil` if there is none.
    public let correctsLabel: String?
    /// In a case of several reports, those whose reporters this was written to; empty where that is
    /// not said: then it was the first.
    public var answers: [ID] = []
    /// What people call these.
    public var answersLabels: [String] = []
    /// Whether a later entry supersedes this one.
    public let isCorrected: Bool
    /// Whether the text was erased for good. The entry keeps its number, author and day.
    public let isErased: Bool
    /// Whether the text will be erased when a day is over.
    public let isBeingErased: Bool
    /// Whether the text is not there though nobody erased it: whoever wrote the entry, or a file
    /// that holds it, left it out.
    public let isTextMissing: Bool
    /// Whether the author had no access when this was written.
    public let isLate: Bool

    /// Whether the text is there: neither erased nor missing.
    var hasText: Bool { !isErased && !isTextMissing }
}

// MARK: - CustomStringConvertible, CustomReflectable

extension Entry: CustomStringConvertible, CustomReflectable {
    /// Name and kind only: the text is a secret.
    public var description: String { "Entry(\(label), \(kind.rawValue), redacted)" }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
