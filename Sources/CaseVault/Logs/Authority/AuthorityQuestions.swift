// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What people are asked or told about one log. Each question is answered by a signed record, and
/// none stops anything else.
struct AuthorityQuestions: Sendable, Equatable {
    /// I am out: by whom. Accept, or object.
    var removedBy: [CardID] = []
    /// Who stays? People who are out here and in by their own computer, and who removed them.
    var whoStays: [Dispute] = []
    /// Told only: whose computer says something else, and about whom.
    var differences: [Difference] = []
    /// Told only: no colleague's computer counts me in.
    var isUnheld = false
    /// Told only: who has to answer which check, here or on a colleague's computer.
    var mustAnswer: [Waiting] = []

    /// Somebody about whom people have to decide.
    struct Dispute: Sendable, Hashable {
        /// Whom.
        let card: CardID
        /// Who removed them.
        let removers: [CardID]
    }

    /// Two computers that say different things.
    struct Difference: Sendable, Hashable {
        /// Whose computer says something else than this one.
        let computer: CardID
        /// About whom.
        let about: CardID
    }

    /// Somebody who has to answer.
    struct Waiting: Sendable, Hashable {
        /// Who.
        let card: CardID
        /// Which check.
        let check: LogID
    }
}

extension AuthorityState {
    /// What people are asked about a log.
    ///
    /// By the rule of signing, what a computer without memory makes of the records for a colleague
    /// is what the colleague's says. Only people who ever had power are compared, so nobody's own
    /// keys can flood this.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - withAnswers: Whether to say who has to answer which check: for everybody each check.
    ///   - colleague: What a colleague's computer makes of all records; kept between logs by who
    ///     asks about several.
    /// - Returns: The questions.
    func questions(
        about log: LogID, withAnswers: Bool = true, colleague: ((CardID) -> AuthorityState)? = nil
    ) -> AuthorityQuestions {
        var questions = AuthorityQuestions()
        guard let view = self[log] else { return questions }
        let (there, me) = (view.log, view.local(self.me))
        guard let me, view.isIn(me) else {
            questions.removedBy = view.removers(of: self.me)
            return questions
        }
        var (disputes, differences):
            ([AuthorityQuestions.Dispute], [AuthorityQuestions.Difference]) = ([], [])
        var (peers, isHeld) = (0, false)
        var waiting = withAnswers ? Set(view.waiting) : []
        let mayBeAsked = there.people.indices.filter { person in
            person != me
                && (view.everHadPower(person) || view.hasPower(person))
        }
        for person in mayBeAsked where there.facts.follow(.views) {
            let card = there.card(person)
            let state = colleague?(card) ?? of(card)
            guard let other = state[log], other.isIn(person) else { continue }
            for about in there.people.indices where view.isIn(about) != other.isIn(about) {
                differences.append(.init(computer: card, about: there.card(about)))
            }
            if view.isIn(person) {
                peers += 1
                if withAnswers { waiting.formUnion(other.waiting) }
                isHeld = isHeld || other.isIn(me)
            } else if !view.removals(of: person).isEmpty, !isClosed(view, about: person, me: me) {
                disputes.append(.init(card: card, removers: view.removers(of: card)))
            }
        }
        questions.whoStays = disputes.sorted { $0.card < $1.card }
        questions.differences = differences.sorted {
            ($0.computer, $0.about) < ($1.computer, $1.about)
        }
        questions.isUnheld = there.root.kind == .roster && peers > 0 && !isHeld
        questions.mustAnswer = waiting.sorted { ($0.card, $0.check) < ($1.card, $1.check) }
        return questions
    }

    /// Whether it is no question any more whether somebody stays: I took them out by hand, or two
    /// people with power did.
    private func isClosed(_ view: AuthorityView, about person: Int, me: Int) -> Bool {
        var hands: Set<Int> = []
        for bar in view.log.barsOf[person] where !view.standing.isLifted[bar] {
            let record = view.log.barRecords[bar]
            guard view.log.kinds[record] == .removes else { continue }
            let author = view.log.authors[record]
            if author == me { return true }
            if view.hasPower(author) { hands.insert(author) }
        }
        return hands.count >= 2
    }
}

extension AuthorityView {
    /// Who has to answer which check of the case.
    fileprivate var waiting: [AuthorityQuestions.Waiting] {
        mustAnswer.flatMap { one in one.checks.map { .init(card: one.card, check: $0) } }
    }
}
