// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The report of a case, as it is signed.
struct ReportStatement: BinaryCoding, Sendable {
    /// The report.
    let report: Report
    /// What came with it.
    let attachments: [AttachmentNote]
    /// How the text was made of a file.
    let intake: Intake

    /// A report.
    init(report: Report, attachments: [AttachmentNote], intake: Intake = Intake()) {
        self.report = report
        self.attachments = attachments
        self.intake = intake
    }

    func write(to writer: inout ByteWriter) {
        report.write(to: &writer)
        writer.list(attachments)
        intake.writeTail(to: &writer)
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        report = try Report(parsing: &reader)
        attachments = try reader.attachmentNotes()
        intake = try Intake.tail(&reader, attachments: attachments.count)
    }
}
