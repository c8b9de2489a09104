// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Vault {
    /// What people are asked or told about who belongs here: about the committee first, then by
    /// case. Empty where nobody is in a dispute.
    public var questions: [Question] {
        let logs = store.logs.values.filter { $0.kind == .roster || $0.kind == .caseFile }
        return logs.sorted { ($0.kind?.rawValue ?? 0, $0.id) < ($1.kind?.rawValue ?? 0, $1.id) }
            .flatMap(questions)
    }

    /// The questions about one log.
    private func questions(about log: Log) -> [Question] {
        guard let view = log.history.view, !view.isCalm, log.history.isFromMember else { return [] }
        let open = store.settlement.questions(about: log.id)
        let file = log.namedCase
        func question(_ kind: Question.Kind, _ member: CardID, _ others: [CardID]) -> Question? {
            guard let card = card(member, in: log) else { return nil }
            let cards = others.compactMap { self.card($0, in: log) }
            return Question(
                kind: kind, member: card,
                others: cards.sorted { ($0.name, $0.id) < ($1.name, $1.id) }, file: file,
                log: log.id)
        }
        var questions: [Question?] = []
        // Who left as well has accepted.
        let hasLeft = log.history.bars(against: me.id).contains { $0.kind == .left }
        if !open.removedBy.isEmpty, !hasLeft {
            questions.append(question(.removed, me.id, open.removedBy))
        }
        questions += open.whoStays.map { question(.whoStays, $0.card, $0.removers) }
        var computers: [CardID: [CardID]] = [:]
        for difference in open.differences {
            computers[difference.about, default: []].append(difference.computer)
        }
        questions += computers.sorted { $0.key < $1.key }.map {
            question(.differs, $0.key, $0.value)
        }
        if open.isUnheld { questions.append(question(.unheld, me.id, [])) }
        return questions.compactMap(\.self)
    }

    /// A card that occurs in a log or in the roster.
    private func card(_ id: CardID, in log: Log) -> MemberCard? {
        log.history.records.cards[id] ?? roster?.log.history.records.cards[id]
            ?? (id == me.id ? me : nil)
    }

    /// Answers a question, by a signed record.
    ///
    /// - Parameters:
    ///   - question: One of ``questions``.
    ///   - reply: One of its replies.
    /// - Returns: What became of it.
    /// - Throws: `refused` when the question has no such answer; `changedMeanwhile` when it is not
    ///   open any more, or about somebody else; `incomplete`, `fileSystem`, `diskFull`.
    public func answer(
        _ question: Question, _ reply: Question.Reply
    ) throws(VaultError) -> AccessChange {
        try change { (transaction) throws(VaultError) in
            guard question.replies.contains(reply) else { throw VaultError.notAsked }
            guard questions.contains(question), let log = store.logs[question.log] else {
                throw VaultError.questionChanged
            }
            switch reply {
            case .accept: try transaction.leave(log)
            case .object: try object(to: question.others, in: log, &transaction)
            case .stays:
                let card = question.member
                try transaction.add([
                    log.id: log.history.lettingIn(card.id) { Self.lettingIn(card, $0, log) }
                ])
            case .goes:
                try transaction.add(Self.removing([question.member.id], log), to: log.id)
            }
        }
    }

    /// Takes out whoever took me out, and lifts exactly their removals, of everybody.
    private func object(
        to removers: [MemberCard], in log: Log, _ transaction: inout Transaction
    ) throws(VaultError) {
        let authors = Set(removers.map(\.id))
        var lifts: [CardID: [RecordID]] = [:]
        for record in log.history.order where authors.contains(record.author.id) {
            guard record.kind != .left else { continue }
            for person in record.removedPeople where !authors.contains(person) {
                lifts[person, default: []].append(record.id)
            }
        }
        var statements = [Self.removing(authors.sorted(), log)]
        for (person, records) in lifts.sorted(by: { $0.key < $1.key }) {
            guard let card = card(person, in: log) else { continue }
            statements += records.inParts(of: Statement.listLimit).map {
                Self.lettingIn(card, $0, log)
            }
        }
        try transaction.add([log.id: statements])
    }

    /// The statement that takes people out of a log.
    private static func removing(_ people: [CardID], _ log: Log) -> Statement {
        log.kind == .roster ? .removed(people) : .revoked(people)
    }

    /// The statement that lets somebody back into a log.
    private static func lettingIn(
        _ card: MemberCard, _ lifts: [RecordID], _ log: Log
    ) -> Statement {
        log.kind == .roster
            ? .admitted(Admission(card: card, lifts: lifts))
            : .granted(Grant(card: card, declarations: [], lifts: lifts))
    }
}
