// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// One change of the vault: records are collected, then written in one go.
///
/// Who each file is sealed to is never chosen by the caller: it follows from the records. So does
/// most of what an act answers: `add` is the one place that asks whether a log may be written, and
/// `commit` the one way out.
struct Transaction {
    /// The vault as it is.
    let store: VaultStore
    /// The records of logs with those that this transaction adds.
    private(set) var changed: [LogID: LogRecords] = [:]
    /// What this computer makes of them, as long as nothing more is added.
    private let outcome = Outcome()
    /// The records that this transaction adds, in order.
    private(set) var added: [LogID: [VerifiedRecord]] = [:]
    /// What of it the machine does by itself, log by log.
    private(set) var offered: [LogID: [Offered]] = [:]
    /// Logs to rewrite even though nothing is added.
    private var toRewrite: Set<LogID> = []
    /// The logs to rewrite, as long as nothing more is added.
    private var rewritten: Set<LogID>?
    /// Attachments that this transaction encrypted, with their keys.
    private var newAttachments: [AttachmentID: AttachmentEntry] = [:]
    /// Files that this transaction wrote; removed again if it fails.
    private var written: [FileName] = []
    /// What the act answers. Who was let in or taken out is added when it is written.
    var change = AccessChange()
    /// Whether files may go that are merely superseded, not only those that must.
    var sweeps = false

    /// A transaction on a store.
    init(store: VaultStore) { self.store = store }

    /// A log as it is after what this transaction added so far.
    func log(_ id: LogID) -> Log? {
        let before = store.logs[id]
        if changed[id] == nil, !affected.contains(id) { return before }
        if let known = outcome.logs[id] { return known }
        guard let records = changed[id] ?? before?.history.records else { return nil }
        let builder = HistoryBuilder(
            settlement: settlement, seen: store.seen.erasures, now: store.clock.now())
        var log = builder.log(records, in: before?.files ?? [])
        if let before, before.history.isSame(as: log.history) { log = before }
        outcome.logs[id] = log
        return log
    }

    /// What this computer makes of all logs after what this transaction added so far: computed
    /// anew, from the records.
    var settlement: Settlement { settled.settlement }

    /// The logs of which it may say something else than before.
    var affected: Set<LogID> { settled.affected }

    /// Works out who counts after what was added so far.
    private var settled: Settled {
        if changed.isEmpty { return (store.settlement, []) }
        if !outcome.unsettled.isEmpty {
            outcome.settle(in: store, changed)
        }
        return outcome.settled ?? (store.settlement, [])
    }

    /// What this computer makes of all logs, and of which it may say something else than before.
    private typealias Settled = (settlement: Settlement, affected: Set<LogID>)

    /// What was worked out for what was added so far.
    private final class Outcome {
        /// What this computer makes of all logs, with all that was added but for what follows.
        private(set) var settled: Settled?
        /// The logs to which more was added since.
        private(set) var unsettled: Set<LogID> = []
        /// Logs as they are after what was added.
        var logs: [LogID: Log] = [:]

        /// Something was added to a log.
        func forget(_ id: LogID) {
            unsettled.insert(id)
            logs[id] = nil
        }

        /// Works out what follows.
        func settle(in store: VaultStore, _ changed: [LogID: LogRecords]) {
            var (settlement, affected) = settled ?? (store.settlement, [])
            settled = nil
            let new = store.change(&settlement, by: unsettled, of: changed)
            for id in new { logs[id] = nil }
            affected.formUnion(new)
            unsettled = []
            settled = (settlement, affected)
        }
    }

    // MARK: - Collecting

    /// Adds a statement of mine to a log.
    @discardableResult
    mutating func add(_ statement: Statement, to id: LogID) throws(VaultError) -> VerifiedRecord {
        var draft = try draft(to: id, for: [statement.kind])
        let record = try draft.sign(statement)
        take(draft)
        return record
    }

    /// Adds statements of mine to several logs, to each in their order; they are signed on all
    /// cores.
    mutating func add(_ statements: [LogID: [Statement]]) throws(VaultError) {
        var drafts: [(draft: Draft, statements: [Statement])] = []
        drafts.reserveCapacity(statements.count)
        for (id, statements) in statements where !statements.isEmpty {
            drafts.append((try draft(to: id, for: statements.map(\.kind)), statements))
        }
        let ready = drafts
        let signed = try parallelMap(count: ready.count, width: 2, stride: 8) {
            (i) throws(VaultError) in
            var draft = ready[i].draft
            for statement in ready[i].statements { try draft.sign(statement) }
            return draft
        }
        for draft in signed { take(draft) }
    }

    /// What the machine does by itself if it counts, and what is said if it waits.
    struct Offered {
        /// The statements: all of them, or none.
        let statements: [Statement]
        /// What waits without them.
        let waiting: Waiting
        /// The records that say it.
        fileprivate(set) var records: [RecordID] = []

        /// What was not signed yet.
        init(_ statements: [Statement], waiting: Waiting) {
            self.statements = statements
            self.waiting = waiting
        }
    }

    /// Adds what the machine does by itself, log by log. What would count for nobody is taken back
    /// before anything is written, and waits; it stops nothing else.
    mutating func offer(_ acts: [LogID: [Offered]]) throws(VaultError) {
        try add(acts.mapValues { $0.flatMap(\.statements) })
        for (id, acts) in acts {
            var signed = (added[id] ?? []).suffix(acts.reduce(0) { $0 + $1.statements.count })
            for act in acts {
                var act = act
                act.records = signed.prefix(act.statements.count).map(\.id)
                signed = signed.dropFirst(act.statements.count)
                offered[id, default: []].append(act)
            }
        }
    }

    /// Takes back what the machine offered in some logs, with what it signed there as counted, and
    /// adds what is left of it.
    mutating func takeBack(where isWithdrawn: [LogID: (Offered) -> Bool]) throws(VaultError) {
        var left: [LogID: [Offered]] = [:]
        for (id, isWithdrawn) in isWithdrawn {
            let acts = offered.removeValue(forKey: id) ?? []
            change.wait(acts.filter(isWithdrawn).map(\.waiting))
            let kept = acts.filter { !isWithdrawn($0) }
            if !kept.isEmpty { left[id] = kept }
            changed[id] = nil
            added[id] = nil
            outcome.forget(id)
        }
        rewritten = nil
        try offer(left)
    }

    /// What I have to say in one log.
    private struct Draft: Sendable {
        /// The log with what was signed so far.
        private(set) var log: LogRecords
        /// The records that were signed so far.
        private(set) var records: [VerifiedRecord] = []
        /// The day that they are said to be written on.
        let day: Day
        /// Which vault.
        let vault: VaultID
        /// Who says it.
        let author: MemberKey

        /// Nothing said yet.
        init(_ log: LogRecords, in store: VaultStore) {
            self.log = log
            day = store.clock.today
            vault = store.vault
            author = store.key
        }

        /// Signs one more statement, which follows everything in the log.
        ///
        /// - Throws: `badInput` if it is too long or cannot be read back.
        @discardableResult
        mutating func sign(_ statement: Statement) throws(VaultError) -> VerifiedRecord {
            let body = try Self.body(of: statement)
            // More heads than a record can name are no honest work. The first are joined now,
            // others by the next record.
            return try take(
                Record(
                    log: log.id, kind: statement.kind,
                    parents: Array(log.heads.prefix(Record.parentLimit)), day: day,
                    body: body, vault: vault, author: author))
        }

        /// What a record says, if it is not too long for one.
        static func body(of statement: Statement) throws(VaultError) -> [UInt8] {
            let body = statement.body
            guard body.count <= Record.bodyLimit else {
                throw .badInput(
                    "textTooLong", "This text is too long.",
                    hint: "Attach it as a file instead; attachments can be of any size.")
            }
            return body
        }

        /// Adds a record that I have just signed.
        @discardableResult
        mutating func take(_ record: Record) throws(VaultError) -> VerifiedRecord {
            do {
                // The declarations in a grant come from checks, where they were verified.
                let signed = try VerifiedRecord(signed: record, by: author.card, in: vault)
                log = log.adding(signed)
                records.append(signed)
                return signed
            } catch {
                throw .badInput(
                    "unwritable",
                    "This cannot be written: it is too long or holds something unusable.",
                    hint: "Shorten it and try again.")
            }
        }
    }

    /// Takes what I just signed into its log.
    private mutating func take(_ draft: Draft) {
        changed[draft.log.id] = draft.log
        added[draft.log.id, default: []] += draft.records
        rewritten = nil
        outcome.forget(draft.log.id)
    }

    /// What follows everything in a log, if records of these kinds may be written there.
    ///
    /// - Throws: `regressed`.
    private func draft(
        to id: LogID, for kinds: [RecordKind]
    ) throws(VaultError) -> Draft {
        if let log = store.logs[id] {
            for kind in kinds { try store.requireWritable(log, for: kind) }
        }
        let records = changed[id] ?? store.logs[id]?.history.records
        return Draft(records ?? LogRecords(id: id, records: []), in: store)
    }

    /// Whether a log can be changed; notes what it waits for if not.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - file: The case that it is told as part of; `nil` is the log's own.
    /// - Returns: Whether nothing keeps it from being changed.
    mutating func canChange(_ log: Log, of file: NamedCase? = nil) -> Bool {
        if store.isComplete(log) { return true }
        change.wait(.arrival, in: file ?? log.namedCase)
        return false
    }

    /// Starts a log with its first record.
    mutating func start(_ statement: Statement) throws(VaultError) -> LogID {
        try start(with: try first(statement))
    }

    /// Signs the first record of a log, which is not started by that.
    func first(_ statement: Statement) throws(VaultError) -> Record {
        Record(
            starting: statement.kind, day: store.clock.today, body: try Draft.body(of: statement),
            vault: store.vault, author: store.key)
    }

    /// Starts a log with a first record that I have signed already.
    @discardableResult
    mutating func start(with record: Record) throws(VaultError) -> LogID {
        var draft = try draft(to: record.log, for: [record.kind])
        try draft.take(record)
        take(draft)
        return record.log
    }

    /// Rewrites a log for today's readers.
    mutating func rewrite(_ id: LogID) {
        toRewrite.insert(id)
        rewritten = nil
    }

    /// The logs that are rewritten, whole, for what was added so far.
    mutating func logsToRewrite() -> Set<LogID> {
        if let rewritten { return rewritten }
        let found = Planner(self).logsToRewrite()
        rewritten = found
        return found
    }

    /// Encrypts what comes with one record, in order; that record must be added to this transaction.
    mutating func attach(
        _ sources: [AttachmentSource], to log: LogID, progress: WorkProgress.Handler?
    ) throws(VaultError) -> [AttachmentNote] {
        var notes: [AttachmentNote] = []
        for source in sources {
            notes.append(try attach(source, to: log, progress: progress))
        }
        return notes
    }

    /// Encrypts one of these.
    private mutating func attach(
        _ source: AttachmentSource, to log: LogID, progress: WorkProgress.Handler?
    ) throws(VaultError) -> AttachmentNote {
        let key = FileKey.random()
        let cipher = AttachmentCipher(folder: store.folder, vault: store.vault, log: log)
        let id = AttachmentID(raw: Random.bytes32())
        let result = try cipher.encrypt(source.origin, as: id, key: key, progress: progress)
        written.append(result.file)
        let note = AttachmentNote(
            id: id, name: source.name, mediaType: source.mediaType, size: result.size,
            hash: result.hash)
        newAttachments[note.id] = AttachmentEntry(
            id: note.id, file: result.file, key: key, everGiven: [])
        return note
    }

    // MARK: - Writing

    /// Writes what follows from the collected records, and answers what became of it.
    mutating func commit(progress: WorkProgress.Handler?) throws(VaultError) -> AccessChange {
        try signWhatCounts()
        try requireEffect()
        let rewritten = logsToRewrite()
        toRewrite.formUnion(rewritten)
        var groups = Planner(self).groups(of: rewritten)
        // What is added can split a file.
        if try supersedeOldFiles(of: groups) { groups = Planner(self).groups(of: rewritten) }
        answerWhoReads()
        var planner = Planner(self)
        let files: [Planner.File]
        do throws(VaultError) {
            files = inOrder(try planner.plan(rewriting: groups, progress: progress))
            written += planner.newFiles
        } catch {
            // What was encrypted again before the plan failed goes too.
            written += planner.newFiles
            throw error
        }
        var writer = FileWriter(store: store, isTogether: startsLogs)
        defer { written += writer.names }
        let done = try writer.write(files, progress: progress)
        for name in planner.newFiles { store.adoptForeign(name) }
        for entry in newAttachments.values { store.adoptForeign(entry.file) }
        store.adopt(done, of: changed, settledAs: settled)
        store.seen.publishing = []
        for log in planner.waiting {
            change.wait(.attachmentBytes, in: store.logs[log]?.namedCase)
            change.say(.attachmentsWait)
        }
        try delete(after: done)
        store.saveSeenAfterAct()
        return change
    }

    /// Deletes what may go after files were written, and answers what could not.
    ///
    /// - Throws: `damaged` when what was written is not in the folder; then nothing is deleted.
    private mutating func delete(after done: [OpenedFile]) throws(VaultError) {
        let touched = Set(done.flatMap(\.records.keys))
        // No longer held than this, or deleting would copy all that is held.
        let deletable = DeleteRule(snapshot: store.snapshot).deletable(
            touching: sweeps ? nil : touched, onlyOverShared: !sweeps)
        if !deletable.isEmpty {
            // Looked for as everybody else would: a link may have led the writing elsewhere.
            guard let found = try? store.folder.found(done.map(\.name)) else {
                // What was written was read back; what is old can go another day.
                change.say(.oldFilesRemain)
                return
            }
            if let lost = done.first(where: { !found.contains($0.name) }) {
                throw .writtenElsewhere(store.folder.shownPath(of: lost.name))
            }
        }
        let isOwn = deletable.contains { store.files[$0]?.sealer == store.key.card.id }
        if store.delete(deletable) > 0 { change.say(.oldFilesRemain) }
        if isOwn { change.say(.keepComputerOn) }
    }

    /// Whether this transaction starts a log: its files then refer to each other, and one without
    /// the others asks colleagues about nothing.
    private var startsLogs: Bool { added.keys.contains { store.logs[$0] == nil } }

    /// The files in the order in which they get their names: a case before its row and its
    /// checks, so that nobody is ever asked about a check that has no case.
    private func inOrder(_ files: [Planner.File]) -> [Planner.File] {
        guard startsLogs else { return files }
        func isOf(_ kind: LogKind, _ file: Planner.File) -> Bool {
            file.contents.records.contains { log($0.record.log)?.kind == kind }
        }
        let checks = files.filter { isOf(.check, $0) }
        let rows = files.filter { isOf(.row, $0) }
        return files.filter { !isOf(.check, $0) && !isOf(.row, $0) } + rows + checks
    }

    /// Adds an empty statement to logs that are rewritten though nothing is new in them, where
    /// the new file would not supersede an old one; says whether there was any.
    ///
    /// Of two files with the same records of a log, the one with more records in all stays. So
    /// where somebody sealed all of a log too widely, or where a log left the company of others,
    /// an old file could stay for good.
    private mutating func supersedeOldFiles(of groups: [[Log]]) throws(VaultError) -> Bool {
        var added: [LogID: [Statement]] = [:]
        for group in groups {
            let readers = group.first?.history.readerIDs ?? []
            var total = group.reduce(0) { $0 + $1.history.order.count }
            // File by file each successor has the same records as its file, so any can be stuck.
            let isSplit = group.count == 1 && !Planner.fitInOneFile(group)
            for log in group where self.added[log.id] == nil {
                let isStuck = log.files.contains { file in
                    if log.isDisputed(file, settlement) { return false }
                    if isSplit {
                        return file.readers.ids != readers
                            && !RewriteRule.isSuperseded(file, in: log)
                    }
                    guard file.recordCount >= total,
                        file.readers.ids != readers || file.records.count > 1
                    else { return false }
                    return log.heldCount(in: file) == log.history.order.count
                }
                guard isStuck else { continue }
                added[log.id] = [.gapAccepted([])]
                total += 1
            }
        }
        try add(added)
        return !added.isEmpty
    }

    /// Removes what this transaction wrote, after it failed.
    ///
    /// - Returns: Whether all of it is gone. What a folder keeps in which nothing can be deleted is
    ///   finished by the next act, if it is about logs that were to be started.
    func abandon() -> Bool {
        var isGone = true
        for name in written where store.files[name] == nil {
            do throws(VaultError) { try store.folder.remove(name) } catch {
                if store.folder.mayBeThere(name) { isGone = false }
            }
        }
        if isGone { store.forgetPublishing() }
        return isGone
    }

    /// Which logs have to be rewritten for what was added so far.
    var rewriteRule: RewriteRule {
        RewriteRule(snapshot: store.snapshot(settlement), added: added.mapValues(\.count))
    }
    /// What the planner needs to know of this transaction.
    var rewriteRequests: Set<LogID> { toRewrite }
    /// The attachments that this transaction encrypted.
    var attachmentEntries: [AttachmentID: AttachmentEntry] { newAttachments }
}
