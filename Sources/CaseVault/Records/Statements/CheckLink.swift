// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The case has one more check.
///
/// Whether the check was made for this case by whoever links it shows once the check's first
/// record is here. Until then the link asks all the same.
struct CheckLink: BinaryCoding, Sendable {
    /// The check, and what ties it to the case.
    let check: BoundLog
    /// Who reads the case on the author's computer and so need not answer, ascending.
    let readers: [CardID]

    /// A link to a check.
    init(check: BoundLog, readers: [CardID]) {
        self.check = check
        self.readers = readers.sorted()
    }

    func write(to writer: inout ByteWriter) {
        check.write(to: &writer)
        writer.list(readers) { $0.raw($1.raw) }
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        check = try BoundLog(parsing: &reader)
        readers = try reader.people()
    }
}
