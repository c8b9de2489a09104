// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

extension AuthorityRecord {
    /// What the rules about people look at in a record; `nil` if they look at nothing: it has no
    /// meaning in such a log, says nothing about anybody, or a declaration in it is worth nothing.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - kind: What the log is about; `nil` as long as its first record is not here.
    init?(of record: VerifiedRecord, in kind: LogKind?) {
        guard record.isRoot || kind.map(record.kind.belongs) ?? true,
            let act = AuthorityAct(of: record)
        else { return nil }
        self.init(
            id: record.id, log: record.record.log, author: record.record.author, act: act)
    }
}

extension AuthorityAct {
    /// What a record does; `nil` if nothing, as far as the rules about people are concerned.
    fileprivate init?(of record: VerifiedRecord) {
        // A text counts whether it is still there or not.
        if record.kind.isErasable {
            self = .text
            return
        }
        let (log, author) = (record.record.log, record.record.author)
        switch record.statement {
        case .founded(let value):
            self = .starts(AuthorityRoot(kind: .roster, people: value.founders.map(\.id)))
        case .checkStarted(let value):
            self = .starts(
                AuthorityRoot(
                    kind: .check, people: value.readers.map(\.id), withheld: value.withheld,
                    tag: value.tag))
        case .rowStarted(let value):
            self = .starts(
                AuthorityRoot(kind: .row, people: value.readers.map(\.id), tag: value.tag))
        case .caseStarted(let value):
            func part(_ bound: BoundLog) -> AuthorityRoot.Part {
                .init(log: bound.log, tag: bound.bond.tag(by: author))
            }
            self = .starts(
                AuthorityRoot(
                    kind: .caseFile, people: [author], checks: value.checks.map(part),
                    row: part(value.row)))
        case .admitted(let value):
            self = .letsIn(
                LetIn(
                    card: value.card.id, lifts: value.lifts, isSecond: value.isSecond,
                    replaces: value.replaces))
        case .opened(let value):
            self = .letsIn(
                LetIn(card: value.card.id, lifts: value.lifts, isGuest: value.isGuest))
        case .granted(let value):
            guard let checks = record.declaredChecks else { return nil }
            self = .letsIn(
                LetIn(card: value.card.id, lifts: value.lifts, answers: checks.sorted()))
        case .invited(let card): self = .letsIn(LetIn(card: card.id, isGuest: true))
        case .confirmed(let card): self = .confirms(card)
        case .removed(let people), .revoked(let people): self = .removes(people)
        case .left(let records): self = .leaves(keeping: records)
        case .counted(let records): self = .counts(records)
        case .was(let card): self = .wasKey(card)
        case .checkLinked(let value):
            self = .links(
                Link(
                    check: value.check.log, tag: value.check.bond.tag(linkedTo: log),
                    readers: value.readers))
        case .held: self = .holds
        case .ended(let value): self = .ends(records: value.records, people: value.people)
        case .erased(let value):
            self = .erases(
                texts: value.records, over: value.over, overPeople: value.overPeople)
        case .declared(let value):
            self = .declares(
                check: log, conflict: value.answer == .conflict, replacing: value.replaces)
        case .rulesChanged: self = .text
        case .gapAccepted, .named, .rowChanged, .reported, .entered, .voted, nil: return nil
        }
    }
}
