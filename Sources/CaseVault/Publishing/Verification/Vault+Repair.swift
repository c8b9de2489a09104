// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Vault {
    /// Accepts that records of a log are gone: writing in it goes on.
    ///
    /// Do this only after colleagues looked for the missing files. Where the log can still be
    /// read, a signed record names what is gone, so that everybody knows who accepted it. A log
    /// of which nothing opens any more is only forgotten by this computer.
    ///
    /// - Throws: `unknownName` when nothing is missing from that log; `fileSystem`, `diskFull`.
    @discardableResult
    public func acceptGap(in log: LogID) throws(VaultError) -> AccessChange {
        try store.refresh()
        let gone = (store.regressed[log] ?? []).union(store.logs[log]?.history.missing ?? [])
        guard !gone.isEmpty else { throw .nothingMissing }
        guard let known = store.logs[log], isOpenToMe(known) else {
            store.forget(log)
            try store.saveSeen()
            return AccessChange()
        }
        return try change { (transaction) throws(VaultError) in
            // One record names as many as the format takes; the rest is left for another call.
            try transaction.add(.gapAccepted(Array(gone.sorted().prefix(4096))), to: log)
        }
    }

    /// Chooses in a log in which people have removed each other: the removals by `member` count,
    /// on this computer.
    ///
    /// Talk to each other first: others may choose differently on theirs.
    ///
    /// - Throws: `notForYou`; `unknownName` when the log is not contested or the member removed
    ///   nobody in the contest; `fileSystem`, `diskFull`.
    @discardableResult
    public func takeSide(
        of member: CardID, in log: LogID
    ) throws(VaultError) -> AccessChange {
        try store.refresh()
        guard let known = store.logs[log], isOpenToMe(known) else { throw .notForYou }
        let open = known.history.contestedRemovals
        let own = open.filter { $0.record.author == member }
        guard !own.isEmpty else { throw .noSuchSide }
        let rivals = open.filter { $0.record.author != member }
        store.takeSide(Set(own.map(\.id)), against: Set(rivals.map(\.id)), in: log)
        try store.saveSeen()
        var change = AccessChange()
        if let now = store.logs[log] {
            change.note(known, now, me: me.id, minimum: rules.minimumReaders)
        }
        return change
    }

    /// Finds somebody who ever read a log, by display name or card identifier; in a contested
    /// log that can be somebody who is no member any more.
    ///
    /// - Throws: `notForYou`, `unknownName`, `ambiguousName`.
    public func person(named name: String, in log: LogID) throws(VaultError) -> CardID {
        guard let known = store.logs[log], isOpenToMe(known) else { throw .notForYou }
        let people = known.history.everReaders
        if let id = CardID(name), people[id] != nil { return id }
        let folded = TextFolding.fold(name)
        let found = people.values.filter { TextFolding.fold($0.name) == folded }
        guard let first = found.first else { throw .unknownMember }
        guard found.count == 1 else { throw .ambiguousMember }
        return first.id
    }
}
