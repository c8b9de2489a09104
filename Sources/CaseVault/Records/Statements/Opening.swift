// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A check or a row is shown to one more person.
struct Opening: BinaryCoding, Sendable {
    /// Who may read it from now on.
    let card: MemberCard
    /// The removals of this person that the opening lifts, ascending.
    let lifts: [RecordID]

    /// An opening.
    init(card: MemberCard, lifts: [RecordID]) {
        self.card = card
        self.lifts = lifts.sorted()
    }

    func write(to writer: inout ByteWriter) {
        card.write(to: &writer)
        writer.list(lifts) { $0.raw($1.raw) }
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        card = try MemberCard(parsing: &reader)
        lifts = try reader.recordIDs()
    }
}
