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
        var counted: [LogID: [Statement]] = [:]
        for (log, acts) in settlement.owed where canSign(in: log) {
            var start = 0
            while start < acts.count {
                let end = min(start + Statement.longListLimit, acts.count)
                counted[log, default: []].append(.counted(Array(acts[start..<end])))
                start = end
            }
        }
        try add(counted)
    }

    /// Whether I write in a log: it is all here, and I am in.
    private func canSign(in id: LogID) -> Bool {
        guard let log = log(id), store.regressed[id] == nil else { return false }
        return log.history.isIn(store.key.card.id)
    }

    /// Stops an act whose records would not count, here or for a colleague who counts me in.
    ///
    /// Computed anew from the records, before anything is written.
    ///
    /// - Throws: `needsComparison`, `withoutEffect`.
    func requireEffect() throws(VaultError) {
        let me = store.key.card.id
        for (id, records) in added {
            guard let log = log(id) else { continue }
            let counting = Set(log.history.counting.map(\.id))
            for record in records {
                guard counting.contains(record.id) else { throw .withoutEffect }
                guard record.needsPower(of: me) else { continue }
                guard log.history.hasPower(me) || isHandOver(record, in: log) else {
                    throw .needsComparison
                }
                guard countsElsewhere(record, in: log) else { throw .withoutEffect }
            }
        }
    }

    /// Whether nobody has power in a case, and a record lets in somebody who does in the roster.
    private func isHandOver(_ record: VerifiedRecord, in log: Log) -> Bool {
        guard log.kind == .caseFile, case .granted(let grant) = record.statement,
            let roster = settlement[.roster(of: store.vault)]
        else { return false }
        return roster.powerful.contains(grant.card.id)
    }

    /// Whether an act counts for a colleague who counts me in; if there is none, nobody is asked.
    private func countsElsewhere(_ record: VerifiedRecord, in log: Log) -> Bool {
        let me = store.key.card.id
        for colleague in log.history.powerful
        where colleague != me && !record.removedPeople.contains(colleague) {
            // Where nobody has power, their computer knows more, and will sign it when it acts.
            guard let view = settlement.view(of: log.id, by: colleague),
                view.people.contains(me), !view.powerful.isEmpty,
                let place = view.log.place(record.id)
            else { continue }
            switch view.log.kinds[place] {
            case .letsIn, .removes, .text: return view.standing.taken[place]
            case .confirms, .leaves, .other: return true
            }
        }
        return true
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
