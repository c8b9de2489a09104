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
        let me = store.key.card.id
        let touched = Set(touchedLogs.map(\.id))
        for id in touched.union(rewriteRequests).sorted() {
            guard let before = store.logs[id], let after = log(id) else { continue }
            var old = before.history.readerIDs
            if rewriteRequests.contains(id), after.history.isReader(me) {
                // Who holds no file yet is let in by this act, whenever the record came; and who
                // holds one and is out is taken out.
                let files = before.files.filter { !after.isDisputed($0, settlement) }
                let held = CardIDs(files.flatMap(\.readers.ids))
                old = CardIDs(held.filter { after.history.everReaders[$0] != nil })
            }
            change.note(old, after, me: me, minimum: rules.minimumReaders)
        }
    }
}

extension AccessChange {
    /// Adds who was let into a log and who was taken out of it.
    ///
    /// - Parameters:
    ///   - before: Who read it before.
    ///   - after: The log now.
    ///   - me: Who asks.
    ///   - minimum: How many readers a case should have.
    mutating func note(_ before: CardIDs, _ after: Log, me: CardID, minimum: Int) {
        let new = after.history
        if before == new.readerIDs { return }
        let start = after.caseStart
        let granted = new.readerCards.filter { !before.contains($0.id) }
        let revoked = before.filter { !new.isIn($0) }.compactMap { new.everReaders[$0] }
        note(
            granted: granted.map { Item(after.namedCase, $0) },
            revoked: revoked.map { Item(after.namedCase, $0) })
        for card in granted {
            if start != nil { say(.grantedCanRead(card)) }
            if after.showsName { say(.namesShown) }
        }
        for card in revoked {
            if card.id == me {
                wait(.catchUpByReader, in: after.namedCase)
                say(.newKeyNeedsColleague, .historyKept)
            } else {
                say(.couldRead(card), .historyKept, .unsyncedColleagues(card))
            }
            if let start, start.starter.id == card.id, card.id != me {
                say(.ownFirstFile(card))
            }
        }
        guard start != nil else { return }
        if new.readers.count >= minimum {
            resolve { $0.need == .moreReaders && $0.caseID == after.namedCase?.id }
        } else if !revoked.isEmpty {
            wait(.moreReaders, in: after.namedCase)
        }
    }
}

extension Log {
    /// The first record of a case; `nil` for any other log.
    var caseStart: CaseStart? {
        if case .caseStarted(let start)? = history.root?.statement { start } else { nil }
    }

    /// The case as an answer names it; `nil` for any other log.
    var namedCase: NamedCase? {
        caseStart.map { NamedCase(id: TypedID(id), codeName: $0.codeName) }
    }

    /// Whether it is a check with a name that was not erased.
    fileprivate var showsName: Bool {
        kind == .check && history.order.contains { $0.kind == .named && !$0.isRedacted }
    }
}
