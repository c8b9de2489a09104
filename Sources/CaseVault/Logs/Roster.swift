// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Who is a member, as this machine sees it: computed from the roster's log.
///
/// A class, because it is looked at for every log.
final class Roster: Sendable {
    /// The roster's log.
    let log: Log
    /// The committee's name.
    let committee: String
    /// The rules of today.
    let rules: Rules
    /// The active members, by card.
    let active: [CardID: MemberCard]
    /// Everyone who ever was a member.
    let ever: [CardID: MemberCard]
    /// Those of them who are no members any more.
    let former: CardIDs
    /// For each card the lost card that it replaces.
    private let replaced: [CardID: CardID]
    /// Who compared whose card, by the comparing member; an admission is a comparison too, and so is
    /// the founding.
    let confirmations: [CardID: Set<CardID>]
    /// Who may change who is in.
    let powerful: CardIDs
    /// The day on which each active member was admitted.
    let since: [CardID: Day]

    /// Computes the roster; `nil` as long as its first record has not arrived.
    init?(_ log: Log?) {
        guard let log, let root = log.history.root, case .founded(let founding)? = root.statement
        else {
            return nil
        }
        self.log = log
        committee = founding.committee
        var rules = founding.rules
        var replaced: [CardID: CardID] = [:]
        let founders = Set(founding.founders.map(\.id))
        var admitted = founders
        // Who signed the founding compared the others.
        var confirmations = [root.record.author: founders]
        for record in log.history.counting {
            switch record.statement {
            case .rulesChanged(let new): rules = new
            case .confirmed(let card): confirmations[record.author.id, default: []].insert(card)
            case .admitted(let admission):
                confirmations[record.author.id, default: []].insert(admission.card.id)
                // Only the first admission says whose card it replaces: nobody can give a
                // member somebody else's past later on.
                if admitted.insert(admission.card.id).inserted, let old = admission.replaces {
                    replaced[admission.card.id] = old
                }
            default: break
            }
        }
        self.rules = rules
        self.confirmations = confirmations
        active = log.history.readers.mapValues(\.card)
        ever = log.history.everReaders
        former = CardIDs(ever.keys.filter { !log.history.isReader($0) })
        powerful = log.history.powerful
        since = log.history.readers.compactMapValues { $0.grants.last?.record.day }
        self.replaced = replaced
    }

    /// Whether a card was a member's and is not any more. Not so for a guest's.
    func isFormer(_ card: CardID) -> Bool { former.contains(card) }

    /// A card and the lost cards of the same person.
    func cards(of person: CardID) -> [CardID] {
        var (cards, found) = ([person], Set([person]))
        var next = replaced[person]
        while let old = next, found.insert(old).inserted {
            cards.append(old)
            next = replaced[old]
        }
        return cards
    }

    /// Whether a member compared another's card; everybody knows their own.
    func isConfirmed(_ card: CardID, by member: CardID) -> Bool {
        card == member || (confirmations[member]?.contains(card) ?? false)
    }

    /// Whether somebody founded the vault alone and has named no second yet: then whom they admit
    /// decides with them who is in.
    func hasNoSecond(_ founder: CardID) -> Bool {
        guard let view = log.history.view, view.log.firstCount == 1,
            view.log.root.people == [founder]
        else { return false }
        return view.standing.strongCount == 1
    }
}
