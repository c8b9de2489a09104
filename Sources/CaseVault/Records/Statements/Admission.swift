// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A new member on the roster.
struct Admission: BinaryCoding, Sendable {
    /// Who is admitted; the admitting member compared the spoken fingerprint.
    let card: MemberCard
    /// The same person's lost card, whose removals and conflicts carry over.
    let replaces: CardID?
    /// The removals of this card that the admission lifts, ascending.
    let lifts: [RecordID]
    /// Whether a lone founder makes this member the second who decides who is in.
    let isSecond: Bool

    func write(to writer: inout ByteWriter) {
        card.write(to: &writer)
        writer.optional(replaces) { $0.raw($1.raw) }
        writer.list(lifts) { $0.raw($1.raw) }
        writer.bool(isSecond)
    }

    /// An admission.
    init(
        card: MemberCard, replaces: CardID? = nil, lifts: [RecordID] = [], isSecond: Bool = false
    ) {
        self.card = card
        self.replaces = replaces
        self.lifts = lifts.sorted()
        self.isSecond = isSecond
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        card = try MemberCard(parsing: &reader)
        replaces = try reader.optional { (reader) throws(FormatError) in
            try CardID.parse(&reader)
        }
        lifts = try reader.recordIDs()
        isSecond = try reader.bool()
    }
}

extension ByteReader {
    /// Reads the ascending identifiers of at most 4,096 records, or as many as a kind allows.
    mutating func recordIDs(atMost limit: Int = Statement.listLimit) throws(FormatError)
        -> [RecordID]
    {
        try ascendingList(atMost: limit, ofAtLeast: 32) { (reader) throws(FormatError) in
            try RecordID.parse(&reader)
        }
    }

    /// Reads the ascending identifiers of at most 1,022 cards.
    mutating func people() throws(FormatError) -> [CardID] {
        try ascendingList(atMost: ReaderList.limit, ofAtLeast: 32) {
            (reader) throws(FormatError) in try CardID.parse(&reader)
        }
    }

    /// Reads whom a removal takes out: somebody.
    mutating func removedPeople() throws(FormatError) -> [CardID] {
        let start = self
        let people = try people()
        guard !people.isEmpty else { throw start.failure(.malformed) }
        return people
    }

    /// Reads the cards of at most 1,022 people, ascending by identifier; none shares a key.
    mutating func cards() throws(FormatError) -> [MemberCard] {
        let start = self
        let cards = try list(atMost: ReaderList.limit, ofAtLeast: MemberCard.smallestSize) {
            (reader) throws(FormatError) in try MemberCard(parsing: &reader)
        }
        guard zip(cards, cards.dropFirst()).allSatisfy({ $0.id < $1.id }) else {
            throw start.failure(.notCanonical)
        }
        guard ReaderList.keysAreDistinct(cards) else { throw start.failure(.repeatedKey) }
        return cards
    }
}
