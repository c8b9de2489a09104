// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Vault {
    /// The conflict checks that you can see, answered or not; without those whose name was
    /// erased.
    public var checks: [ConflictCheck] {
        let newcomers = roster.map { Array($0.active.values) } ?? []
        return readableChecks.filter { !$0.isErased }.map { view in
            ConflictCheck(
                id: ConflictCheck.ID(view.log.id), people: view.people,
                myAnswer: view.answer(of: cards(of: me.id)),
                undecidedNewcomers: newcomers.filter { isUndecided($0, in: view) }
                    .sorted { $0.id < $1.id })
        }
    }

    /// The checks that wait for your answer.
    public var unansweredChecks: [ConflictCheck] { checks.filter { $0.myAnswer == nil } }

    /// Answers a check: conflict or no conflict, never why.
    ///
    /// A conflict takes you out of the cases with this check that you read; a colleague's
    /// catching up makes their new keys.
    ///
    /// - Throws: `notForYou`, `fileSystem`, `diskFull`.
    public func declare(
        _ answer: ConflictAnswer, on check: ConflictCheck
    ) throws(VaultError) -> AccessChange {
        try declare([(check.id, answer)])
    }

    /// Answers several checks in one act.
    ///
    /// - Throws: `notForYou` when one of the checks is not yours; then nothing is recorded.
    public func declare(
        _ answers: [(check: ConflictCheck.ID, answer: ConflictAnswer)]
    ) throws(VaultError) -> AccessChange {
        try change { (transaction) throws(VaultError) in
            let isConflicted = answers.contains { $0.answer == .conflict }
            var cases: [LogID: [CaseView]] = [:]
            for view in isConflicted ? readableCases : [] {
                for check in checks(of: view) { cases[check, default: []].append(view) }
            }
            var said: [LogID: [Statement]] = [:]
            for (check, answer) in answers {
                let id = LogID(check)
                guard let view = checkView(id) else { throw VaultError.notForYou }
                let earlier = view.declarations(of: cards(of: me.id)).map(\.id)
                said[id, default: []].append(
                    .declared(DeclarationStatement(answer: answer, replaces: earlier)))
            }
            try transaction.add(said)
            for (id, answer) in answers {
                switch answer {
                case .noConflict: transaction.change.wait(.catchUpByReader)
                case .conflict:
                    for view in cases[LogID(id)] ?? [] { try leave(view, in: &transaction) }
                }
            }
        }
    }

    /// Answers whether a newcomer may see the name in a check; or a member from whom it was kept,
    /// who then sees the row too, if you read the case.
    ///
    /// - Parameters:
    ///   - check: The check.
    ///   - newcomer: Who joined after the check was started.
    ///   - isShown: `false` keeps the name from the newcomer, and with it the row and the case.
    /// - Returns: Who sees the name now, and whose answer waits.
    /// - Throws: `notForYou`, `refused`, `fileSystem`, `diskFull`.
    public func decide(
        check: ConflictCheck.ID, for newcomer: CardID, isShown: Bool
    ) throws(VaultError) -> AccessChange {
        try decide([(check, newcomer, isShown)])
    }

    /// Answers several such questions in one act.
    ///
    /// - Throws: `notForYou`, `unknownName` or `refused` when one of them is none; then nothing is
    ///   recorded. `fileSystem`, `diskFull`.
    public func decide(
        _ decisions: [(check: ConflictCheck.ID, newcomer: CardID, isShown: Bool)]
    ) throws(VaultError) -> AccessChange {
        try change { (transaction) throws(VaultError) in
            let roster = try activeRoster()
            for (check, newcomer, isShown) in decisions {
                let id = LogID(check)
                guard let view = checkView(id) else { throw VaultError.notForYou }
                guard let card = roster.active[newcomer] else { throw VaultError.unknownMember }
                var said = isShown ? openingOfRows(to: card, but: id) : [:]
                guard !view.isReader(newcomer) || !said.isEmpty else {
                    throw VaultError.alreadyAReader
                }
                if isShown {
                    if !view.isReader(newcomer) {
                        said[id] = view.opening(to: card)
                        transaction.change.wait(.declaration, for: card)
                    }
                    try transaction.add(said)
                } else {
                    try transaction.add(.revoked([newcomer]), to: id)
                }
            }
        }
    }

    /// What opens, by name, the rows that the first records of their cases' checks keep from
    /// somebody who sees all of these checks, or all but one that is being shown: only a hand does
    /// that.
    private func openingOfRows(
        to card: MemberCard, but check: LogID
    ) -> [LogID: [Statement]] {
        let twice = boundTwice
        var said: [LogID: [Statement]] = [:]
        for view in readableCases {
            let checks = self.checks(of: view)
            guard checks.contains(check),
                checks.allSatisfy({ $0 == check || checkView($0)?.isReader(card.id) ?? false }),
                let row = row(of: view), !twice.contains(row.id), !row.history.isReader(card.id),
                row.history.isKept(from: card.id), row.history.hasPower(me.id)
            else { continue }
            said[row.id] = row.history.opening(to: card)
        }
        return said
    }
}
