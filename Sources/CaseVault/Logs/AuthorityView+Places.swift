// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension AuthorityView {
    /// Today's readers in the order in which they get a place, for no file can name more than so
    /// many, and of two cards with one key only one.
    ///
    /// Who has power comes first, so that nobody takes a member's place by a card with their key;
    /// then who read before, so that nobody's new keys crowd anybody out.
    ///
    /// - Parameter before: Who had a place when this computer last looked.
    /// - Returns: The readers, whoever has a place for certain first.
    func ranked(readBefore before: [CardID]) -> [CardID] {
        let (powerful, before) = (Set(powerful), Set(before))
        func rank(_ card: CardID) -> Int {
            if powerful.contains(card) { return 0 }
            if before.contains(card) { return 1 }
            let isMember = local(card).map { standing.surroundings.inRoster[$0] } ?? false
            return isMember ? 2 : 3
        }
        return readers.map { (rank: rank($0), card: $0) }
            .sorted { ($0.rank, $0.card) < ($1.rank, $1.card) }.map(\.card)
    }
}
