// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The texts of some records of a log are gone for good.
///
/// Once it has effect and a day has passed, a computer takes the bodies out of what it names, and
/// deletes the files that still have them.
struct Erasure: BinaryCoding, Sendable {
    /// Whose text is erased, ascending. What is of no erasable kind stays.
    let records: [RecordID]
    /// The holds that are over, ascending.
    let over: [RecordID]
    /// People who are out and whose holds are over, ascending.
    let overPeople: [CardID]
    /// Whether the whole case was meant, not single entries.
    let isWholeCase: Bool
    /// What is kept of a whole case, for the numbers.
    let skeleton: CaseSkeleton?

    /// The most records of one erasure.
    static let recordLimit = Statement.longListLimit

    /// An erasure.
    init(
        records: [RecordID], over: [RecordID] = [], overPeople: [CardID] = [],
        isWholeCase: Bool = false, skeleton: CaseSkeleton? = nil
    ) {
        self.records = records.sorted()
        self.over = over.sorted()
        self.overPeople = overPeople.sorted()
        self.isWholeCase = isWholeCase
        self.skeleton = skeleton
    }

    func write(to writer: inout ByteWriter) {
        writer.list(records) { $0.raw($1.raw) }
        writer.list(over) { $0.raw($1.raw) }
        writer.list(overPeople) { $0.raw($1.raw) }
        writer.bool(isWholeCase)
        writer.optional(skeleton) { $1.write(to: &$0) }
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        records = try reader.recordIDs(atMost: Self.recordLimit)
        over = try reader.recordIDs()
        overPeople = try reader.people()
        isWholeCase = try reader.bool()
        skeleton = try reader.optional { (reader) throws(FormatError) in
            try CaseSkeleton(parsing: &reader)
        }
    }
}
