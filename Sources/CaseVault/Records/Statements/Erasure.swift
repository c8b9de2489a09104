// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The texts of some records of a log are gone for good.
///
/// Whoever holds such a record that counts takes the bodies out of what it names, and deletes the
/// files that still have them.
struct Erasure: BinaryCoding, Sendable {
    /// Whose text is erased, ascending. What is of no erasable kind stays.
    let records: [RecordID]
    /// Whether the whole case was meant, not single entries.
    let isWholeCase: Bool
    /// What is kept of a whole case, for the numbers.
    let skeleton: CaseSkeleton?

    /// The most records of one erasure.
    static let recordLimit = 65_536

    /// An erasure.
    init(records: [RecordID], isWholeCase: Bool = false, skeleton: CaseSkeleton? = nil) {
        self.records = records.sorted()
        self.isWholeCase = isWholeCase
        self.skeleton = skeleton
    }

    func write(to writer: inout ByteWriter) {
        writer.list(records) { $0.raw($1.raw) }
        writer.bool(isWholeCase)
        writer.optional(skeleton) { $1.write(to: &$0) }
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        records = try reader.ascendingList(atMost: Self.recordLimit, ofAtLeast: 32) {
            (reader) throws(FormatError) in try RecordID.parse(&reader)
        }
        isWholeCase = try reader.bool()
        skeleton = try reader.optional { (reader) throws(FormatError) in
            try CaseSkeleton(parsing: &reader)
        }
    }
}
