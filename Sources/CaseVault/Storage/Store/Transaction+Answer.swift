// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Transaction {
    /// Adds to the answer who was let in and who was taken out, and what that leaves.
    ///
    /// All of it follows from the logs before and after. So no act can forget anybody whom it took
    /// out on its way. Who starts a log lets nobody into anything that was there: whoever is asked
    /// about something new waits to answer.
    mutating func answerWhoReads() {
        let rules = Roster(log(.roster(of: store.vault)))?.rules ?? .standard
        for id in changed.keys.sorted() {
            guard let before = store.logs[id], let after = changed[id] else { continue }
            change.note(before, after, me: store.key.card.id, minimum: rules.minimumReaders)
        }
    }
}

extension AccessChange {
    /// Adds who was let into a log and who was taken out of it.
    ///
    /// - Parameters:
    ///   - before: The log before.
    ///   - after: The log now.
    ///   - me: Who asks.
    ///   - minimum: How many readers a case should have.
    mutating func note(_ before: Log, _ after: Log, me: CardID, minimum: Int) {
        let (old, new) = (before.history, after.history)
        if old.readerIDs == new.readerIDs { return }
        let start = after.caseStart
        let granted = new.readerCards.filter { !old.isReader($0.id) }
        let revoked = old.readerCards.filter { !new.isReader($0.id) }
        note(
            granted: granted.map { Item(codeName: start?.codeName, member: $0) },
            revoked: revoked.map { Item(codeName: start?.codeName, member: $0) })
        for card in granted {
            if start != nil { say(.grantedCanRead(card)) }
            if after.showsName { say(.namesShown) }
        }
        for card in revoked {
            if card.id == me {
                wait(.catchUpByReader, case: start?.codeName)
                say(.newKeyNeedsColleague, .historyKept)
            } else {
                say(.couldRead(card), .historyKept, .unsyncedColleagues(card))
            }
            if let start, start.starter.id == card.id, card.id != me {
                say(.ownFirstFile(card))
            }
        }
        guard let start else { return }
        if new.readers.count >= minimum {
            resolve { $0.need == .moreReaders && $0.codeName == start.codeName }
        } else if !revoked.isEmpty {
            wait(.moreReaders, case: start.codeName)
        }
    }
}

extension Log {
    /// The first record of a case; `nil` for any other log.
    var caseStart: CaseStart? {
        if case .caseStarted(let start)? = history.root?.statement { start } else { nil }
    }

    /// Whether it is a check with a name that was not erased.
    fileprivate var showsName: Bool {
        kind == .check && history.order.contains { $0.kind == .named && !$0.isRedacted }
    }
}
