// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What a conflict check says, computed from its log.
///
/// A class, because catching up hands every one of them around.
final class CheckView: Sendable {
    /// The check's log.
    let log: Log
    /// The person that a report involves.
    let people: [ReportedPerson]
    /// The members from whom whoever started the check kept the name, and nobody opened it since.
    let withheld: Set<CardID>
    /// Whether anybody declared a conflict that stands.
    let hasConflicts: Bool
    /// The declarations that stand, by the card that made them.
    private let standing: [CardID: [VerifiedRecord]]

    /// Reads a log as a check; `nil` if it is none or its first record has not arrived.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - roster: Tells which lost cards are the same person; a declaration replaces that
    ///     person's earlier ones only.
    init?(_ log: Log?, roster: Roster?) {
        guard let log, case .checkStarted(let start)? = log.history.root?.statement else {
            return nil
        }
        self.log = log
        var people: [ReportedPerson] = []
        var withheld = Set(start.withheld)
        var declared: [CardID: [VerifiedRecord]] = [:]
        var replacedBy: [CardID: Set<RecordID>] = [:]
        for record in log.history.counting {
            switch record.statement {
            // Whoever may see the name must not be able to add another to it.
            case .named(let person) where record.author.id == log.history.root?.author.id:
                people.append(person)
            case .opened(let opening): withheld.remove(opening.card.id)
            case .declared(let declaration):
                declared[record.author.id, default: []].append(record)
                for card in roster?.cards(of: record.author.id) ?? [record.author.id] {
                    replacedBy[card, default: []].formUnion(declaration.replaces)
                }
            default: break
            }
        }
        self.people = people
        self.withheld = withheld
        let standing = declared.mapValues { records in
            records.filter { !(replacedBy[$0.author.id]?.contains($0.id) ?? false) }
        }
        self.standing = standing
        hasConflicts = standing.values.joined().contains { Self.answer(in: $0) == .conflict }
    }

    /// What a declaration answers.
    private static func answer(in record: VerifiedRecord) -> ConflictAnswer? {
        if case .declared(let declaration) = record.statement { declaration.answer } else { nil }
    }

    /// Whether the name was erased: then nobody is asked about it any more.
    var isErased: Bool {
        people.isEmpty
            && log.history.order.contains {
                $0.kind == .named && log.history.erased.contains($0.id)
            }
    }

    /// What shows the name to somebody: openings that lift what keeps it from them, by name.
    func opening(to card: MemberCard) -> [Statement] { log.history.opening(to: card) }

    /// Whether somebody reads the check.
    func isReader(_ id: CardID) -> Bool { log.history.isReader(id) }

    /// The declarations of these cards that stand.
    func declarations(of cards: [CardID]) -> [VerifiedRecord] {
        cards.flatMap { standing[$0] ?? [] }
    }

    /// What a person has answered; of several unlinked answers, conflict wins.
    ///
    /// - Parameter cards: The person's card and the lost ones that it replaces.
    /// - Returns: The answer; `nil` as long as there is none.
    func answer(of cards: [CardID]) -> ConflictAnswer? {
        let answers = declarations(of: cards).compactMap(Self.answer(in:))
        if answers.contains(.conflict) { return .conflict }
        // A lost key's "no conflict" is not the new key's: the grant needs a new signature.
        let own = declarations(of: Array(cards.prefix(1)))
        return own.isEmpty ? nil : .noConflict
    }

    /// The signed "no conflict" of a card, to put into a grant.
    func noConflict(of cards: [CardID]) -> VerifiedRecord? {
        guard answer(of: cards) == .noConflict else { return nil }
        return declarations(of: Array(cards.prefix(1))).last
    }
}
