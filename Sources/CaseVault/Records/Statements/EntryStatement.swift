// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// One entry of a case file, as it is signed.
struct EntryStatement: BinaryCoding, Sendable {
    /// What the entry is about.
    let kind: EntryKind
    /// The day on which it happened, where it is not the day of writing.
    let happened: Day?
    /// The text.
    let text: String
    /// The response that an outcome states, from the rules' list.
    let response: String?
    /// The last day of an outcome; `nil` is for good or does not apply.
    let until: Day?
    /// The entry that this one supersedes.
    let corrects: RecordID?
    /// What is attached.
    let attachments: [AttachmentNote]
    /// How the text was made of a file.
    let intake: Intake
    /// The reports whose reporters this was written to, ascending; empty where the case has one.
    let answers: [RecordID]

    /// The longest text in bytes of UTF-8.
    static let textLimit = 2 << 20
    /// The longest response in bytes of UTF-8.
    static let responseLimit = 1024

    /// An entry.
    init(
        kind: EntryKind, happened: Day?, text: String, response: String? = nil,
        until: Day? = nil, corrects: RecordID? = nil, attachments: [AttachmentNote] = [],
        intake: Intake = Intake(), answers: [RecordID] = []
    ) {
        self.kind = kind
        self.happened = happened
        self.text = text
        self.response = response
        self.until = until
        self.corrects = corrects
        self.attachments = attachments
        self.intake = intake
        self.answers = answers.sorted()
    }

    func write(to writer: inout ByteWriter) {
        writer.u8(kind.number)
        writer.optional(happened) { $1.write(to: &$0) }
        writer.text(text)
        writer.optional(response) { $0.text($1) }
        writer.optional(until) { $1.write(to: &$0) }
        writer.optional(corrects) { $0.raw($1.raw) }
        writer.list(attachments)
        guard !answers.isEmpty else { return intake.writeTail(to: &writer) }
        intake.write(to: &writer)
        writer.list(answers) { $0.raw($1.raw) }
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        let start = reader
        let number = try reader.u8()
        guard let kind = EntryKind.allCases.first(where: { $0.number == number }),
            kind != .report
        else { throw start.failure(.unsupportedVersion) }
        self.kind = kind
        happened = try reader.optional { (reader) throws(FormatError) in
            try Day(parsing: &reader)
        }
        text = try reader.text(atMost: Self.textLimit)
        response = try reader.optional { (reader) throws(FormatError) in
            try reader.text(atMost: Self.responseLimit)
        }
        until = try reader.optional { (reader) throws(FormatError) in try Day(parsing: &reader) }
        corrects = try reader.optional { (reader) throws(FormatError) in
            try RecordID.parse(&reader)
        }
        attachments = try reader.attachmentNotes()
        intake = try Intake.tail(&reader, attachments: attachments.count)
        guard reader.remaining > 0 else {
            answers = []
            return
        }
        let place = reader
        answers = try reader.recordIDs()
        if answers.isEmpty { throw place.failure(.notCanonical) }
    }
}
