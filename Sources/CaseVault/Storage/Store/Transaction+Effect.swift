// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Transaction {
    /// The logs to which something was added, and those in which others are in or read than before:
    /// a removal from the roster takes somebody out everywhere.
    var touchedLogs: [Log] {
        let ids = affected.union(added.keys)
        return ids.compactMap { id in
            guard let log = log(id) else { return nil }
            if added[id] != nil { return log }
            guard let before = store.logs[id] else { return log }
            let isSame =
                before.history.readerIDs == log.history.readerIDs
                && before.history.people == log.history.people
            return isSame ? nil : log
        }
    }

    /// Signs which acts of others count here, as far as a new computer of mine would not find it;
    /// and, where somebody admitted me for an older key, that it was mine.
    mutating func signWhatCounts() throws(VaultError) {
        let roster = LogID.roster(of: store.vault)
        if let old = store.settlement.roster.unsignedKey, canSign(in: roster) {
            try add(.was(old), to: roster)
        }
        try signCounted()
    }

    /// Signs which acts of others count here, as far as that was not done.
    private mutating func signCounted() throws(VaultError) {
        var counted: [LogID: [Statement]] = [:]
        for (log, acts) in settlement.owed where canSign(in: log) {
            counted[log] = acts.inParts(of: Statement.longListLimit).map(Statement.counted)
        }
        try add(counted)
    }

    /// Whether I write in a log: it is all here, and I am in.
    private func canSign(in id: LogID) -> Bool {
        guard let log = log(id), store.regressed[id] == nil else { return false }
        return log.history.isIn(store.key.card.id)
    }

    /// Stops an act whose records would not count, here or for any colleague who counts me in. What
    /// the machine does by itself is taken back instead, and waits: nobody's record may stop the
    /// catching up of everybody else.
    ///
    /// Computed anew from the records, before anything is written.
    ///
    /// - Throws: `needsComparison`, `withoutEffect`.
    mutating func requireEffect() throws(VaultError) {
        // Nearly always what is left counts. If not, because it rested on what was taken back, all
        // of its log goes, and then everything: a few rounds, however much there is.
        for round in 1... {
            let failing = try withoutEffect()
            if failing.isEmpty { return }
            switch round {
            case 1:
                try takeBack(
                    where: failing.mapValues { failing in
                        { $0.records.contains(where: failing.contains) }
                    })
            case 2: try takeBack(where: failing.mapValues { _ in { _ in true } })
            default: try takeBack(where: offered.mapValues { _ in { _ in true } })
            }
            try signCounted()
        }
    }

    /// What the machine offers that would count for nobody, log by log.
    ///
    /// - Throws: `needsComparison`, `withoutEffect` if that is true of anything else.
    private func withoutEffect() throws(VaultError) -> [LogID: Set<RecordID>] {
        var failing: [LogID: Set<RecordID>] = [:]
        for (id, records) in added {
            guard let log = log(id) else { continue }
            let counting = Set(log.history.counting.map(\.id))
            let offered = Set((self.offered[id] ?? []).flatMap(\.records))
            for record in records {
                guard let fault = fault(of: record, in: log, counting: counting) else { continue }
                guard offered.contains(record.id) else { throw fault }
                failing[id, default: []].insert(record.id)
            }
        }
        return failing
    }

    /// Why a record that was added would not count; `nil` if it does.
    private func fault(
        of record: VerifiedRecord, in log: Log, counting: Set<RecordID>
    ) -> VaultError? {
        let me = store.key.card.id
        guard counting.contains(record.id) else { return .withoutEffect }
        // It counts wherever it is found; whether anything goes by it is another question.
        if record.kind == .erased, log.history.hasPower(me),
            log.history.view?.erasures.contains(record.id) == false
        {
            return .withoutEffect
        }
        guard record.needsPower(of: me) else { return nil }
        guard log.history.hasPower(me) || isHandOver(record, in: log) else {
            return .needsComparison
        }
        return countsElsewhere(record, in: log) ? nil : .withoutEffect
    }

    /// Whether nobody has power in a case, and a record lets in somebody who does in the roster.
    private func isHandOver(_ record: VerifiedRecord, in log: Log) -> Bool {
        guard log.kind == .caseFile, case .granted(let grant) = record.statement,
            let roster = settlement[.roster(of: store.vault)]
        else { return false }
        return roster.powerful.contains(grant.card.id)
    }

    /// Whether an act counts for any colleague who counts me in; if there is none, nobody is asked.
    ///
    /// For one is enough, who signs it when it arrives: what somebody writes about themselves on
    /// their own computer stops no colleague.
    private func countsElsewhere(_ record: VerifiedRecord, in log: Log) -> Bool {
        let me = store.key.card.id
        // What it names is gone from the folder: it holds here, and each computer that knew it waits
        // for its own owner's word.
        if case .admitted(let admission) = record.statement,
            store.settlement[log.id]?.goneBars[admission.card.id] != nil
        {
            return true
        }
        var isAsked = false
        for colleague in log.history.powerful
        where colleague != me && !record.removedPeople.contains(colleague) {
            // Where nobody has power, their computer knows more, and will sign it when it acts.
            guard let view = settlement.view(of: log.id, by: colleague),
                view.people.contains(me), !view.powerful.isEmpty,
                let place = view.log.place(record.id)
            else { continue }
            switch view.log.kinds[place] {
            case .letsIn, .removes, .text: if view.standing.taken[place] { return true }
            case .confirms, .leaves, .other: return true
            }
            isAsked = true
        }
        return !isAsked
    }
}

extension VerifiedRecord {
    /// Whether only somebody with power may sign this, so that it counts for others at once.
    fileprivate func needsPower(of author: CardID) -> Bool {
        switch statement {
        case .removed, .revoked, .opened, .granted, .invited, .ended, .erased, .rulesChanged: true
        // It waits for the new key's own word.
        case .admitted(let admission):
            admission.replaces == nil && admission.card.id != author
        default: false
        }
    }
}
