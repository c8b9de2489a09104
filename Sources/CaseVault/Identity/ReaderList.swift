// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// The people a file is sealed to: cards, ascending, none of which shares a key with another.
struct ReaderList: Hashable, Sendable {
    /// The cards, ascending by identifier.
    let cards: [MemberCard]
    /// The readers' identifiers.
    let ids: CardIDs

    /// The most readers of one file.
    static let limit = 1022

    /// Sorts cards; `nil` if two different cards share a key or there are too many.
    init?(_ cards: [MemberCard]) {
        var seen: Set<CardID> = []
        let sorted = cards.filter { seen.insert($0.id).inserted }.sorted { $0.id < $1.id }
        guard sorted.count <= Self.limit, Self.keysAreDistinct(sorted) else { return nil }
        self.cards = sorted
        ids = CardIDs(sorted.lazy.map(\.id))
    }

    /// A list of one.
    static func just(_ card: MemberCard) -> ReaderList { ReaderList(one: card) }

    /// A list of one, which cannot repeat a key.
    private init(one card: MemberCard) {
        cards = [card]
        ids = [card.id]
    }

    /// Whether no key occurs in two of the cards.
    static func keysAreDistinct(_ cards: [MemberCard]) -> Bool {
        Set(cards.map(\.boxKey)).count == cards.count
    }
}

// MARK: - BinaryCoding

extension ReaderList: BinaryCoding {
    func write(to writer: inout ByteWriter) { writer.list(cards) }
    init(parsing reader: inout ByteReader) throws(FormatError) {
        cards = try reader.cards()
        ids = CardIDs(cards.lazy.map(\.id))
    }
}
