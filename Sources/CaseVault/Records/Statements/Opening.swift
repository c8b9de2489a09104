// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A check or a row is shown to one more person.
struct Opening: BinaryCoding, Sendable {
    /// Who may read it from now on.
    let card: MemberCard
    /// The removals of this person that the opening lifts, ascending.
    ///
    /// The log's own first record among them opens what that withheld.
    let lifts: [RecordID]
    /// Whether the person need not be on the roster.
    let isGuest: Bool

    /// An opening.
    init(card: MemberCard, lifts: [RecordID] = [], isGuest: Bool = false) {
        self.card = card
        self.lifts = lifts.sorted()
        self.isGuest = isGuest
    }

    func write(to writer: inout ByteWriter) {
        card.write(to: &writer)
        writer.list(lifts) { $0.raw($1.raw) }
        writer.bool(isGuest)
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        card = try MemberCard(parsing: &reader)
        lifts = try reader.recordIDs()
        isGuest = try reader.bool()
    }
}
