// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Case {
    /// Whether the whole case was erased; what was written after that is still shown.
    public var isErased: Bool { (try? view())?.isErased ?? false }

    /// Whether the whole case will be erased when the day of its erasure is over, unless a hold or
    /// the removal of whoever erases it arrives before.
    public var isBeingErased: Bool { (try? view())?.isBeingErased ?? false }

    /// What was kept when the case was erased; `nil` as long as it was not.
    public var skeleton: CaseSkeleton? { (try? view())?.skeleton }

    /// Erases the text and the attachments of one entry, for good and on every computer.
    ///
    /// The entry keeps its number, author and day. A colleague's computer erases the text when it
    /// catches up; entries that correct this one stay.
    ///
    /// - Parameters:
    ///   - entry: The entry.
    ///   - name: The case's code name, as a person typed it.
    ///   - progress: Is told how many files were written; can stop.
    /// - Returns: What cannot be undone.
    /// - Throws: `notForYou`, `firstLookNeeded`, `unknownName`, `onHold`, `refused` when the name
    ///   is another, when it was erased already or for a guest, `incomplete`,
    ///   `fileSystem`, `diskFull`.
    public func erase(
        _ entry: Entry.ID, confirming name: CodeName, progress: WorkProgress.Handler? = nil
    ) throws(VaultError) -> AccessChange {
        try erase(confirming: name, progress: progress) { (view, transaction) throws(VaultError) in
            let record = try view.entryRecord(RecordID(entry))
            guard !view.log.history.erased.contains(record.id),
                !view.log.history.erasing.contains(record.id)
            else {
                throw VaultError.alreadyErased
            }
            let over = view.overHolds
            try transaction.add(
                .erased(
                    Erasure(records: [record.id], over: over.records, overPeople: over.people)),
                to: log)
            transaction.change.wait(.erasureDay, in: view.named)
            warn(of: [record], in: view.log, &transaction)
        }
    }

    /// Erases the whole case for good and on every computer: all entries with their attachments,
    /// votes, and the names in its checks.
    ///
    /// Risks and status of its line in the register stay, and a skeleton for the numbers. The
    /// name and the line that another case has too stay, which is said, and so does what somebody
    /// writes who does not know of this yet; it is shown, and the case waits to be erased again.
    ///
    /// - Parameters:
    ///   - shown: What the person saw who decided: ``version``, read before it was asked. What has
    ///     arrived since nobody has decided about.
    ///   - name: The case's code name, as a person typed it.
    ///   - progress: Is told how many files were written; can stop.
    /// - Returns: What waits for others, and what cannot be undone.
    /// - Throws: `notForYou`, `firstLookNeeded`, `onHold`, `refused` when the name is another or
    ///   for a guest, `changedMeanwhile`, `incomplete`, `fileSystem`, `diskFull`.
    public func erase(
        all shown: Version, confirming name: CodeName, progress: WorkProgress.Handler? = nil
    ) throws(VaultError) -> AccessChange {
        try erase(confirming: name, progress: progress) { (view, transaction) throws(VaultError) in
            guard shown == Version(view) else { throw VaultError.caseChanged }
            try eraseNames(of: view, in: &transaction)
            try eraseRow(of: view, in: &transaction)
            let texts = Self.texts(of: view.log) { $0.kind.isErasable }
            if !texts.isEmpty || !(view.isErased || view.isBeingErased) {
                let skeleton = CaseSkeleton(of: vault.facts(of: view))
                try Self.erase(
                    texts, of: log, over: view, in: &transaction, isWholeCase: true,
                    skeleton: skeleton)
            }
            guard !transaction.added.isEmpty else { throw VaultError.alreadyErased }
            transaction.change.wait(.erasureDay, in: view.named)
            warn(of: view.log.history.order, in: view.log, &transaction)
        }
    }

    /// Erases something of the case, if it is the one that was meant and I may.
    private func erase(
        confirming name: CodeName, progress: WorkProgress.Handler?,
        _ body: (CaseView, inout Transaction) throws(VaultError) -> Void
    ) throws(VaultError) -> AccessChange {
        try vault.change(progress: progress) { (transaction) throws(VaultError) in
            let view = try viewAfterFirstLook()
            guard name == view.codeName else { throw VaultError.wrongCodeName }
            _ = try vault.activeRoster()
            try vault.store.requireWritable(view.log)
            guard !view.isOnHold else { throw VaultError.onHold }
            try body(view, &transaction)
        }
    }

    /// Says what erasing some records cannot do.
    private func warn(
        of records: [VerifiedRecord], in log: Log, _ transaction: inout Transaction
    ) {
        transaction.change.say(
            .keepComputerOn, .erasedElsewhere, .wasReadable, .historyKept, .headersStay)
        let attached = Set(records.flatMap(\.attachments).map(\.id))
        let entries = log.files.flatMap(\.attachments)
        if entries.contains(where: {
            attached.contains($0.id) && !vault.store.foreign.contains($0.file)
        }) {
            transaction.change.say(.attachmentStays)
        }
    }

    /// The records of a log that are not erased yet, late ones too.
    private static func texts(
        of log: Log, where isMeant: (VerifiedRecord) -> Bool
    ) -> [RecordID] {
        let gone = log.history.erased.union(log.history.erasing)
        return log.history.order.filter { !gone.contains($0.id) && isMeant($0) }.map(\.id)
    }

    /// Adds as many erasures as the format needs for these records.
    private static func erase(
        _ records: [RecordID], of log: LogID, over view: CaseView,
        in transaction: inout Transaction,
        isWholeCase: Bool = false,
        skeleton: CaseSkeleton? = nil
    ) throws(VaultError) {
        let over = view.overHolds
        var start = 0
        repeat {
            let end = min(start + Erasure.recordLimit, records.count)
            try transaction.add(
                .erased(
                    Erasure(
                        records: Array(records[start..<end]), over: over.records,
                        overPeople: over.people, isWholeCase: isWholeCase,
                        skeleton: skeleton)),
                to: log)
            start = end
        } while start < records.count
    }

    /// Erases the names in the case's checks, but for those that another case has too.
    private func eraseNames(
        of view: CaseView, in transaction: inout Transaction
    ) throws(VaultError) {
        let twice = vault.boundTwice
        for check in vault.checks(of: view) {
            if twice.contains(check) {
                transaction.change.say(.sharedStays)
                continue
            }
            guard let log = vault.checkView(check)?.log else {
                transaction.change.wait(.erasureByOthers, in: view.named)
                continue
            }
            let names = Self.texts(of: log) { $0.kind == .named }
            if names.isEmpty { continue }
            guard transaction.canChange(log, of: view.named) else { continue }
            guard log.history.hasPower(vault.me.id) else {
                transaction.change.wait(.erasureByOthers, in: view.named)
                continue
            }
            try Self.erase(names, of: check, over: view, in: &transaction)
        }
    }

    /// Erases the free words of the case's line in the register, and all that stood there before.
    private func eraseRow(
        of view: CaseView, in transaction: inout Transaction
    ) throws(VaultError) {
        // Nothing to wait for where the row belongs to another case, or to another one too.
        if vault.namesForeignRow(view) { return }
        if vault.boundTwice.contains(view.start.row.log) {
            return transaction.change.say(.sharedStays)
        }
        guard let log = vault.row(of: view), let row = RowView(log)?.row
        else { return transaction.change.wait(.erasureByOthers, in: view.named) }
        let texts = Self.texts(of: log) { record in
            // What is not known is erased too.
            guard case .rowChanged(let values) = record.statement else {
                return record.kind == .rowChanged
            }
            return values.values.contains { $0.isFree && !$1.isEmpty }
        }
        if texts.isEmpty { return }
        guard transaction.canChange(log, of: view.named) else { return }
        let kept = row.values.filter { !$0.key.isFree && !$0.value.isEmpty }
        try transaction.add(.rowChanged(RowChange(values: kept)), to: log.id)
        try Self.erase(texts, of: log.id, over: view, in: &transaction)
    }
}
