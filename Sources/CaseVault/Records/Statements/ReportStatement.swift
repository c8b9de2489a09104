// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The report of a case, as it is signed.
struct ReportStatement: BinaryCoding, Sendable {
    /// The report.
    let report: Report
    /// What came with it.
    let attachments: [AttachmentNote]

    /// A report.
    init(report: Report, attachments: [AttachmentNote]) {
        self.report = report
        self.attachments = attachments
    }

    func write(to writer: inout ByteWriter) {
        report.write(to: &writer)
        writer.list(attachments)
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        report = try Report(parsing: &reader)
        attachments = try reader.attachmentNotes()
    }
}
