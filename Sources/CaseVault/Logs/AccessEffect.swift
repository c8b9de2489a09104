// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What a record changes about who reads its log.
enum AccessEffect {
    /// Nothing.
    case none
    /// These people may read, as far as the named removals of theirs are all that count.
    case grants([MemberCard], lifts: Set<RecordID>)
    /// This person may not read any more.
    case removes(CardID)
    /// The case has one more check; later grants must rest on it.
    case links(LogID)

    /// The effect of a verified record.
    init(of record: VerifiedRecord) {
        switch record.statement {
        case .founded(let value): self = .grants(value.founders, lifts: [])
        case .admitted(let value): self = .grants([value.card], lifts: Set(value.lifts))
        case .removed(let card), .withheld(let card), .revoked(let card), .expelled(let card):
            self = .removes(card)
        case .recused: self = .removes(record.author.id)
        case .checkStarted(let value): self = .grants(value.readers, lifts: [])
        case .rowStarted(let value): self = .grants(value.readers, lifts: [])
        case .opened(let value): self = .grants([value.card], lifts: Set(value.lifts))
        case .caseStarted(let value): self = .grants([value.starter], lifts: [])
        case .granted(let value): self = .grants([value.card], lifts: Set(value.lifts))
        case .checkLinked: self = record.linkedCheck.map(Self.links) ?? .none
        case .confirmed, .rulesChanged, .named, .declared, .rowChanged, .reported, .entered,
            .invited, .voted, .gapAccepted, .erased, .held, nil:
            self = .none
        }
    }
}

extension VerifiedRecord {
    /// Whom this takes out, if anybody.
    var removedPerson: CardID? {
        if case .removes(let person) = AccessEffect(of: self) { person } else { nil }
    }
}
