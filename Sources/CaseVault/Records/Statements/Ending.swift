// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Links and holds of a case that are over.
struct Ending: BinaryCoding, Sendable {
    /// The links and holds, ascending.
    let records: [RecordID]
    /// People whose links and holds are over, later ones too, as long as these people are out;
    /// ascending.
    let people: [CardID]

    /// What is over.
    init(records: [RecordID], people: [CardID]) {
        self.records = records.sorted()
        self.people = people.sorted()
    }

    func write(to writer: inout ByteWriter) {
        writer.list(records) { $0.raw($1.raw) }
        writer.list(people) { $0.raw($1.raw) }
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        records = try reader.recordIDs()
        people = try reader.people()
    }
}
