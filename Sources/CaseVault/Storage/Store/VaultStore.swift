// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Everything that one member can open in a folder, verified, and the one way to change it.
///
/// Reading: `refresh` lists the folder, opens what is new and rebuilds the logs concerned.
/// Writing: `transact` takes the machine's lock, refreshes, lets the caller add records, writes the
/// files that follow from them and deletes what the rules allow.
final class VaultStore {
    /// The folder on disk.
    private(set) var folder: VaultFolder
    /// Which vault.
    let vault: VaultID
    /// The member.
    let key: MemberKey
    /// Where this machine's memory is kept.
    private(set) var seenFile: SeenStateFile
    /// The time, so that tests can let days pass.
    let clock: Clock

    /// What this machine remembers.
    var seen: SeenState
    /// This machine's memory on the disk when this process last looked.
    private var kept: SeenStateFile.Kept?
    /// The lock of all writers, while it is held.
    private var lock: FileLock?
    /// Whether this machine had no memory of this vault when it was opened.
    let isNewHere: Bool
    /// The files that are mine and were opened.
    private var openedFiles: [FileName: OpenedFile] = [:]
    /// Files that this machine verified before and that nobody has asked for yet, by the kind of
    /// log that they hold.
    private var deferred: [LogKind: [FileName]] = [:]
    /// The files that this machine noted and that hold something else, as far as opened.
    private var damagedFiles: [FileName: SealedFileError] = [:]
    /// How many names are shaped like the vault's and have never held anything of it here, and some
    /// of them.
    private(set) var wrong = (count: 0, examples: [FileName: SealedFileError]())
    /// Attachments and other members' files: right bytes, not for me to open.
    private(set) var foreign: Set<FileName> = []
    /// What is in the copies of attachments, as far as looked at.
    let copies: AttachmentCopies
    /// What is in the folder by its names.
    private(set) var listing = FolderNames()
    /// Why this machine could not write down what it remembers, when it last tried.
    private(set) var memoryFault: VaultError?
    /// What ``regressed`` answers, as far as files were opened.
    private var regressedLogs: [LogID: Set<RecordID>] = [:]
    /// Which files hold records of a log; perhaps some that are gone, until it is rebuilt.
    private var holders: [LogID: Set<FileName>] = [:]
    /// The records of each log of which I hold any, as far as their files were opened, and the files.
    private var books: [LogID: LogBook] = [:]
    /// The same logs, as this computer counts them.
    private var builtLogs: [LogID: Log] = [:]
    /// What this computer makes of all of them.
    private(set) var settlement: Settlement

    /// The most logs of one file; a simulation sets few, so that files split.
    var logsInFile = Bundles.mostLogs

    /// Opens the store and reads the folder.
    init(
        folder: VaultFolder, vault: VaultID, key: MemberKey, stateDirectory: String, clock: Clock,
        progress: WorkProgress.Handler? = nil
    ) throws(VaultError) {
        self.folder = folder
        self.vault = vault
        self.key = key
        self.clock = clock
        copies = AttachmentCopies(folder: folder, vault: vault)
        seenFile = SeenStateFile(
            directory: stateDirectory, vault: vault, key: key, files: folder.files)
        let kept = try seenFile.load()
        isNewHere = kept == nil
        self.kept = kept
        seen = kept?.state ?? SeenState()
        settlement = Settlement(
            of: key.card.id, roster: .roster(of: vault), logs: LogActs.Table([:]),
            memory: StandingMemory())
        useTag()
        try refresh(progress: progress)
    }

    /// Names temporary files from now on by the tag in this machine's memory.
    private func useTag() {
        folder.files.temporaryTag = seen.tagText
        seenFile.files.temporaryTag = seen.tagText
    }

    /// The names of all files of the vault that are there and whole, mine or not.
    var present: Set<FileName> { foreign.union(files.keys) }

    /// The files that are mine, opened and verified.
    var files: [FileName: OpenedFile] {
        openDeferred()
        return openedFiles
    }
    /// The files that are shaped like the vault's and hold something else; of those that never held
    /// anything else here, some.
    var damaged: [FileName: SealedFileError] {
        openDeferred()
        return known.damaged
    }
    /// Logs that hold less than this machine has seen, with the records that are gone.
    ///
    /// Deletes that arrive ahead of adds look like this for a while; a rolled-back folder and a
    /// case that was closed to me look like it for good. Nothing is written in such a log.
    var regressed: [LogID: Set<RecordID>] {
        openDeferred()
        return regressedLogs
    }
    /// The logs of which I hold records.
    var logs: [LogID: Log] {
        openDeferred()
        return builtLogs
    }
    /// All that rules look at, as it is now.
    var snapshot: Snapshot { snapshot(settlement) }
    /// The same with what an act makes of all logs.
    func snapshot(_ settlement: Settlement) -> Snapshot {
        Snapshot(
            me: key.card.id, logs: logs, files: files, foreign: foreign, noted: seen.noted,
            now: clock.now(), copies: copies, settlement: settlement)
    }
    /// The roster's log, which is always opened.
    var rosterLog: Log? { builtLogs[.roster(of: vault)] }
    /// Whether no file in the folder is mine.
    var isEmpty: Bool { builtLogs.isEmpty && deferred.isEmpty }

    /// Why nothing in the folder is mine: the key opens none of it, or could open what is damaged.
    var noneOpens: VaultError {
        guard let (name, fault) = known.damaged.min(by: { $0.key < $1.key }) else {
            return .notForYou
        }
        let path = folder.shownPath(of: name)
        return fault.isUnread
            ? .unread(path, fault.text) : .damaged(path, fault.text, hint: fault.hint)
    }

    /// The logs of one kind; where only the roster is asked for, all others stay closed.
    func logs(of kind: LogKind) -> [Log] {
        if kind != .roster { openDeferred() }
        return builtLogs.values.filter { $0.kind == kind }
    }

    // MARK: - Reading

    /// Reads what is new in the folder. Nothing is written but this machine's own memory.
    func refresh(progress: WorkProgress.Handler? = nil) throws(VaultError) {
        var reader = FolderReader(folder, remembering: seen.crowded)
        let listing = try reader.names(known: seen.noted.keys)
        try refuseIfGone(isEmpty: listing.names.isEmpty && reader.wrong.count == 0)
        self.listing = listing
        forgetChangedFiles()
        if try isAsRemembered(listing) {
            wrong = reader.wrong
            return remember(reader.crowded, gain: reader.gain)
        }
        openDeferred()
        let new = listing.names.filter { openedFiles[$0] == nil && !foreign.contains($0) }.sorted()
        // Whoever stops here is left with what there was: a log of which a file is forgotten must
        // be computed again.
        let opened = try openAll(new, progress: progress)
        var touched: Set<LogID> = []
        for (name, file) in openedFiles where !listing.names.contains(name) {
            openedFiles[name] = nil
            touched.formUnion(file.records.keys)
        }
        foreign.formIntersection(listing.names)
        copies.forgetFailures()
        damagedFiles = [:]
        let aside = reader.setAside(Self.faults(in: opened))
        wrong = reader.wrong
        let now = clock.now()
        let arrived = listing.names.filter { seen.noted[$0] == nil && !aside.contains($0) }
        for name in arrived { seen.noted[name] = now }
        // Only together with the names that were found there: the next look takes them from memory.
        seen.crowded = reader.crowded
        touched.formUnion(insert(opened.filter { !aside.contains($0.0) }))
        rebuild(touched)
        rememberKinds(of: new)
        for log in seen.heads.keys where builtLogs[log] == nil { compareHeads(of: log) }
        noteVanished(after: arrived)
        seen.keepOnly(listing.names)
        seen.hasGaps = hasGaps
        // A memory that cannot be written is no reason not to read, but it is said; a writer at
        // work is no reason at all.
        if seen != kept?.state {
            noteMemory { () throws(VaultError) in try saveSeen(waiting: false) }
        }
        guard lock != nil else { return }
        if try finishPublishing(listing) { return try refresh(progress: progress) }
        sweep(listing.leftOvers)
    }

    /// Stops where the vault's files are gone: then nothing is known of it, and nothing may be
    /// forgotten.
    ///
    /// - Throws: `notAVault` where nothing is left, `incomplete` where `VAULT` is.
    private func refuseIfGone(isEmpty: Bool) throws(VaultError) {
        guard isEmpty, !seen.noted.isEmpty else { return }
        if isAway { throw .vaultAway(folder.path) }
        throw folder.sealedIsMissing
    }

    /// Remembers of which logs nothing is there any more, and whether something came in their place.
    ///
    /// Whoever closes a log writes a new file of it before the old ones go. Where nothing came that
    /// is not mine, nobody closed it.
    private func noteVanished(after arrived: Set<FileName>) {
        let gone = Set(seen.heads.keys.filter { builtLogs[$0] == nil })
        let known = seen.vanished.filter { gone.contains($0.key) }
        if known != seen.vanished { seen.vanished = known }
        let new = gone.subtracting(known.keys)
        guard !new.isEmpty else { return }
        let opener = FileOpener(folder: folder, vault: vault, key: key, seen: SeenState())
        let isReplaced = arrived.contains { name in
            foreign.contains(name) && !((try? opener.isAttachment(name)) ?? false)
        }
        for log in new { seen.vanished[log] = isReplaced ? .replaced : .lost }
    }

    /// Whether a part of what I read is missing, as far as its files were opened.
    private var hasGaps: Bool {
        builtLogs.values.contains { log in
            regressedLogs[log.id] != nil || log.history.root == nil || !log.history.missing.isEmpty
                || log.files.contains { file in
                    file.attachments.contains { !foreign.contains($0.file) }
                }
        }
    }

    /// What is known to be there, to be missing and to be wrong, without opening what was put off.
    var known: (logs: [LogID: Log], regressed: Set<LogID>, damaged: [FileName: SealedFileError]) {
        (builtLogs, Set(regressedLogs.keys), damagedFiles.merging(wrong.examples) { $1 })
    }

    /// Remembers whether writing down what this machine remembers went well.
    func noteMemory(_ save: () throws(VaultError) -> Void) {
        do throws(VaultError) {
            try save()
            memoryFault = nil
        } catch { memoryFault = error }
    }

    /// Writes down what an act changed in this machine's memory; a failure is no reason to take the
    /// act back, but it is said.
    func saveSeenAfterAct() { noteMemory { () throws(VaultError) in try saveSeen() } }

    /// Whether this machine remembers files and the folder is no vault any more, as where a share is
    /// not mounted: then nothing is known of the vault, and nothing may be forgotten.
    ///
    /// A vault that is being founded has no `VAULT` yet, and nothing to remember.
    private var isAway: Bool {
        !seen.noted.isEmpty
            && !folder.files.fileExists(folder.path + "/" + VaultMarker.fileName)
    }

    /// Whether the folder is as this machine left it, when it is opened: then only the roster is
    /// read, and each other kind of log when it is asked for.
    ///
    /// With anything new or gone all is read: a log that was read half would look rolled back.
    private func isAsRemembered(_ listing: FolderNames) throws(VaultError) -> Bool {
        let faults = seen.faulty.keys.reduce(0) {
            $0 + (seen.mine[$1] == nil && !seen.notMine.contains($1) ? 1 : 0)
        }
        guard builtLogs.isEmpty, lock == nil, !seen.mine.isEmpty,
            listing.names.count == seen.noted.count, !seen.hasGaps,
            listing.names.count == seen.mine.count + seen.notMine.count + faults
        else { return false }
        var deferred: [LogKind: [FileName]] = [:]
        var wrong: [FileName: SealedFileError] = [:]
        for name in listing.names where !seen.notMine.contains(name) {
            if let known = seen.faulty[name], seen.mine[name] == nil {
                // Still the same file, or all is read again.
                guard known.stamp == (try? folder.files.stamp(of: folder.path(of: name))) else {
                    return false
                }
                wrong[name] = known.fault
                continue
            }
            guard seen.noted[name] != nil, let kind = seen.kind(of: name) else { return false }
            deferred[kind, default: []].append(name)
        }
        foreign = seen.notMine
        damagedFiles = wrong
        self.deferred = deferred
        openDeferred(only: .roster)
        return true
    }

    /// Opens files that were put off: those of the roster, or all, because who counts in one log
    /// follows from others.
    private func openDeferred(only kind: LogKind? = nil) {
        guard !deferred.isEmpty else { return }
        let before = deferred
        var names: [FileName] = []
        if let kind {
            names = deferred.removeValue(forKey: kind) ?? []
        } else {
            names = deferred.values.flatMap { $0 }
            deferred = [:]
        }
        guard let opened = try? openAll(names.sorted(), progress: nil) else { return }
        // Put off again, until the folder is back.
        if !opened.isEmpty, opened.allSatisfy({ $0.1 == nil }), isAway {
            deferred = before
            return
        }
        // They were whole before, and whoever asks is not told of a passing fault of the system:
        // a check that could not be read would look as if there were none.
        let failed = opened.filter { if case .failure? = $0.1 { true } else { false } }.map(\.0)
        let again = failed.isEmpty ? [] : (try? openAll(failed, progress: nil)) ?? []
        rebuild(insert(opened).union(insert(again)))
        // What is wrong with them is remembered, so that large ones are not read each time.
        if !failed.isEmpty { noteMemory { () throws(VaultError) in try saveSeen(waiting: false) } }
        guard deferred.isEmpty else { return }
        for log in seen.heads.keys where builtLogs[log] == nil { compareHeads(of: log) }
    }

    /// Takes in what came of opening files; the logs that they hold.
    private func insert(_ opened: [(FileName, FileOpener.Outcome)]) -> Set<LogID> {
        var touched: Set<LogID> = []
        for (name, result) in opened {
            switch result {
            case .success(.opened(let file)):
                insert(file)
                damagedFiles[name] = nil
                if seen.mine[name] == nil { seen.remember(name) }
                touched.formUnion(file.records.keys)
            case .success(.notMine):
                foreign.insert(name)
                if seen.notMine.insert(name).inserted { rememberLook(of: name) }
            case .failure(let error):
                damagedFiles[name] = error
                rememberFault(of: name)
            case nil: seen.noted[name] = nil
            }
        }
        return touched
    }

    /// Looks anew at files that are not mine, by what they looked like, and have changed since.
    private func forgetChangedFiles() {
        for (name, known) in seen.faulty where seen.notMine.contains(name) {
            guard known.stamp != (try? folder.files.stamp(of: folder.path(of: name))) else {
                continue
            }
            seen.faulty[name] = nil
            seen.notMine.remove(name)
            foreign.remove(name)
        }
    }

    /// Remembers which file it was that looked like an attachment, because it was not hashed: a
    /// colleague's file may come back in its place.
    private func rememberLook(of name: FileName) {
        let path = folder.path(of: name)
        let opener = FileOpener(folder: folder, vault: vault, key: key, seen: SeenState())
        guard let stamp = try? folder.files.stamp(of: path),
            (try? opener.isAttachment(name)) ?? true
        else { return }
        guard (try? folder.files.stamp(of: path)) == stamp else {
            foreign.remove(name)
            seen.notMine.remove(name)
            return
        }
        seen.faulty[name] = SeenState.Faulty(stamp: stamp, fault: nil)
    }

    /// Remembers that a file's bytes are wrong, as long as it stays the file that it is: a large
    /// one is not read at each look. A file that changes while it is read is not remembered.
    func rememberFault(of name: FileName) {
        let path = folder.path(of: name)
        guard seen.noted[name] != nil, let stamp = try? folder.files.stamp(of: path) else { return }
        if let known = seen.faulty[name], known.fault != nil, known.stamp == stamp { return }
        seen.faulty[name] = nil
        let fault: SealedFileError? =
            switch FileOpener(folder: folder, vault: vault, key: key, seen: SeenState()).open(name)
            {
            case .failure(let fault): fault
            case .success(.notMine): NameVerifier(folder: folder).fault(of: name)
            default: nil
            }
        guard let fault, !fault.isUnread, (try? folder.files.stamp(of: path)) == stamp else {
            return
        }
        seen.faulty[name] = SeenState.Faulty(stamp: stamp, fault: fault)
    }

    /// Remembers of files what kind of log they hold, so that they need not be opened before it
    /// is asked for.
    private func rememberKinds(of names: some Sequence<FileName>) {
        for name in names {
            guard let file = openedFiles[name], seen.checked(name) == .file,
                file.checked.contains(.declarations)
            else { continue }
            let kinds = Set(file.records.keys.map { builtLogs[$0]?.kind })
            if kinds.count == 1, case let kind?? = kinds.first {
                seen.remember(name, kind: kind)
            }
        }
    }

    /// Removes temporary files that this machine made and never finished.
    ///
    /// Only the holder of the writers' lock makes such files, so those that are there when it is
    /// taken belong to nobody any more. Other machines' are known by no tag of mine and stay.
    private func sweep(_ leftOvers: [String]) {
        for path in leftOvers { try? folder.files.remove(path) }
        // Of what else somebody keeps there few names are read.
        var (own, rest) = ([String](), 512)
        try? folder.files.visitNames(in: seenFile.directory) { name, _ in
            rest -= 1
            if WriteHandle.isTemporaryName(name, tag: seen.tagText) {
                own.append(seenFile.directory + "/" + name)
            }
            return rest > 0
        }
        for path in own { try? folder.files.remove(path) }
    }

    /// Opens files on all cores. `nil` for one that vanished meanwhile.
    private func openAll(
        _ names: [FileName], progress: WorkProgress.Handler?
    ) throws(VaultError) -> [(FileName, FileOpener.Outcome)] {
        var results: [(FileName, FileOpener.Outcome)] = []
        results.reserveCapacity(names.count)
        let batch = 256
        var start = 0
        while start < names.count {
            try progress.report(.opening, start, of: names.count)
            let part = Array(names[start..<min(start + batch, names.count)])
            results += FileOpener(folder: folder, vault: vault, key: key, seen: seen).open(part)
            start += batch
        }
        return results
    }

    /// Takes in a file; its logs are to be rebuilt.
    private func insert(_ file: OpenedFile) {
        openedFiles[file.name] = file
        for log in file.records.keys { holders[log, default: []].insert(file.name) }
    }

    /// Rebuilds logs from the files that hold them.
    private func rebuild(_ touched: Set<LogID>) {
        guard !touched.isEmpty else { return }
        var parts: [LogBuilder.Part] = []
        for log in touched {
            let files = holdingFiles(of: log)
            guard !files.isEmpty else {
                books[log] = nil
                continue
            }
            var records: [RecordID: VerifiedRecord] = [:]
            for record in files.compactMap({ $0.records[log] }).joined()
            // A copy with its body is worth more than one without.
            where !record.isRedacted || records[record.id] == nil {
                records[record.id] = record
            }
            parts.append((log, files, Array(records.values)))
        }
        for book in LogBuilder().build(parts) { books[book.records.id] = book }
        settle(touched)
    }

    /// Takes note of the files that hold logs now, where their records are known: what an act wrote
    /// was computed before, and what the delete rule lets go stands in another file.
    private func refile(
        _ touched: Set<LogID>, as changed: [LogID: LogRecords] = [:],
        settledAs settled: (settlement: Settlement, affected: Set<LogID>)? = nil
    ) {
        guard !touched.isEmpty else { return }
        var parts: [LogBook] = []
        var unknown: Set<LogID> = []
        for id in touched {
            let files = holdingFiles(of: id)
            if !files.isEmpty, let known = changed[id] ?? books[id]?.records {
                parts.append(LogBook(records: known, files: files))
            } else {
                unknown.insert(id)
            }
        }
        for book in LogBuilder().refile(parts) { books[book.records.id] = book }
        if !unknown.isEmpty { return rebuild(unknown.union(touched)) }
        guard let settled else { return settle(touched) }
        settlement = settled.settlement
        take(affected: settled.affected, touched: touched)
    }

    /// Works out anew who counts where something changed, and remembers it: in the same step as
    /// anything that arrives or is done, before it is shown or sealed.
    private func settle(_ touched: Set<LogID>) {
        let affected = settlement.change(
            touched, in: LogActs.Table(books), memory: seen.standing)
        take(affected: affected, touched: touched)
    }

    /// Works out everything anew.
    private func settleAll() {
        settlement = Settlement(
            of: key.card.id, roster: .roster(of: vault), logs: LogActs.Table(books),
            memory: seen.standing)
        take(affected: Set(books.keys).union(builtLogs.keys), touched: [])
    }

    /// Works out what follows from what an act adds.
    ///
    /// - Parameters:
    ///   - settlement: What this computer makes of all logs with what the act added before.
    ///   - touched: The logs to which more was added since.
    ///   - changed: The logs with all that the act adds.
    /// - Returns: The logs of which it may say something else.
    func change(
        _ settlement: inout Settlement, by touched: Set<LogID>, of changed: [LogID: LogRecords]
    ) -> Set<LogID> {
        settlement.change(
            touched, in: LogActs.Table(books, changed: changed), memory: seen.standing)
    }

    /// Takes over what was worked out.
    ///
    /// - Parameters:
    ///   - affected: Of which logs it may say something else than before.
    ///   - touched: Of which logs files came or went.
    private func take(affected: Set<LogID>, touched: Set<LogID>) {
        let next = settlement
        next.note(affected, in: &seen.standing)
        let now = clock.now()
        let concerned = affected.union(touched)
        for id in affected { noteErasures(in: id, now) }
        for id in concerned where books[id] == nil { builtLogs[id] = nil }
        let builder = HistoryBuilder(settlement: next, seen: seen.erasures, now: now)
        let changed = builder.build(concerned.compactMap { books[$0] }, earlier: builtLogs)
        for log in changed { builtLogs[log.id] = log }
        for id in touched.union(changed.map(\.id)) { compareHeads(of: id) }
    }

    /// Notes since when each erasure has had effect. Its day begins anew when it had none meanwhile:
    /// colleagues are to see that it has.
    private func noteErasures(in id: LogID, _ now: Int64) {
        guard let view = settlement[id], !view.log.limits.erasures.isEmpty else { return }
        let effective = Set(view.erasures)
        for erasure in view.log.limits.erasures.map(view.log.id) {
            if !effective.contains(erasure) {
                seen.erasures[erasure] = nil
            } else if seen.erasures[erasure] == nil {
                seen.erasures[erasure] = now
            }
        }
    }

    /// Takes note of erasures whose day is over.
    private func settleIfDue() {
        let now = clock.now()
        let due = builtLogs.values.filter { log in
            guard let view = log.history.view, !view.log.limits.erasures.isEmpty else {
                return false
            }
            let done = Set(log.history.erasures.map(\.id))
            return view.erasures.contains {
                !done.contains($0) && HistoryBuilder.isDue($0, seen.erasures, now)
            }
        }
        if !due.isEmpty { take(affected: Set(due.map(\.id)), touched: []) }
    }

    /// The files that hold records of a log now.
    private func holdingFiles(of id: LogID) -> [OpenedFile] {
        let names = holders[id] ?? []
        let files = names.compactMap { openedFiles[$0] }
        if files.count < names.count {
            holders[id] = files.isEmpty ? nil : Set(files.map(\.name))
        }
        return files
    }

    /// Forgets that a log was ever seen, because a person accepts that it is closed or gone.
    func forget(_ id: LogID) {
        seen.heads[id] = nil
        seen.vanished[id] = nil
        regressedLogs[id] = nil
    }

    /// Compares a log with what this machine remembers of it, and remembers what is new.
    private func compareHeads(of id: LogID) {
        if let log = builtLogs[id], let known = seen.heads[id],
            log.history.isReader(key.card.id), known == log.history.countingHeads
        {
            regressedLogs[id] = nil
            return
        }
        var gone = Set(seen.heads[id] ?? []).subtracting(builtLogs[id]?.history.acceptedGaps ?? [])
        // They were the newest ones when this machine last looked, so they stand near the end.
        for record in (builtLogs[id]?.history.order ?? []).reversed() {
            if gone.isEmpty { break }
            gone.remove(record.id)
        }
        regressedLogs[id] = gone.isEmpty ? nil : gone
        guard gone.isEmpty, let log = builtLogs[id] else { return }
        // Of what I left myself nothing more is expected.
        let isReader = log.history.isReader(key.card.id)
        let heads = isReader ? log.history.countingHeads : nil
        if let known = seen.heads[id], let heads { noteNeighbours(heads, besides: known, of: log) }
        seen.heads[id] = heads
    }

    /// Remembers what colleagues' clocks say, where something new of theirs arrived in a log that
    /// this machine knew: what it sees for the first time may be old.
    private func noteNeighbours(_ heads: [RecordID], besides known: [RecordID], of log: Log) {
        let new = Set(heads).subtracting(known)
        guard !isNewHere, !new.isEmpty else { return }
        let days = log.history.order.lazy
            .filter { new.contains($0.id) && $0.record.author != self.key.card.id }
            .map(\.record.day)
        guard let newest = days.max() else { return }
        let now = clock.now()
        if let before = seen.neighbours, before.isRecent(at: now), before.day >= newest { return }
        seen.neighbours = SeenState.Neighbours(day: newest, arrived: now)
    }

    // MARK: - Writing

    /// Changes the vault: locks, refreshes, collects records, writes files, deletes old ones.
    ///
    /// After an error nothing that `body` did is left.
    func transact<T>(
        progress: WorkProgress.Handler? = nil,
        _ body: (inout Transaction) throws(VaultError) -> T
    ) throws(VaultError) -> (result: T, change: AccessChange) {
        try lockForWriting()
        defer { unlock() }
        try recall()
        try refresh()
        openDeferred()
        settleIfDue()
        var transaction = Transaction(store: self)
        do throws(VaultError) {
            let result = try body(&transaction)
            return (result, try transaction.commit(progress: progress))
        } catch {
            guard transaction.abandon() else { throw .partlyDone(because: error) }
            throw error
        }
    }

    /// Writes files durably.
    ///
    /// - Parameters:
    ///   - sealed: The files.
    ///   - together: Whether they mean something only together: once all bytes are on the disk
    ///     this machine notes their names, so that whoever comes after it dies can finish.
    /// - Throws: `fileSystem`, `diskFull`.
    func write(_ sealed: [SealedFile.Sealed], together: Bool) throws(VaultError) {
        let names = sealed.map(\.name)
        let contents = sealed.map(\.bytes)
        guard together, contents.count > 1 else {
            try folder.write(contents, named: names)
            return
        }
        try folder.write(contents, named: names) { () throws(VaultError) in
            self.seen.publishing = Set(names)
            try self.saveSeen()
        }
    }

    /// Notes that an act that was writing files failed and took them back.
    func forgetPublishing() {
        guard !seen.publishing.isEmpty else { return }
        seen.publishing = []
        try? saveSeen()
    }

    /// Takes the lock that all writers of this vault on this machine share.
    private func lockForWriting() throws(VaultError) {
        lock = try seenFile.lock()
        if lock == nil { throw .cancelled }
    }

    /// Gives the lock up.
    private func unlock() {
        lock?.unlock()
        lock = nil
    }

    /// Merges what other processes of this machine wrote down since this one last looked.
    private func recall() throws(VaultError) {
        try mergeMemory()
        // Before the first temporary file its tag has to be known to whoever comes after.
        if kept == nil { try saveSeen() }
    }

    /// Which logs share a file, without those that may not be written. They are counted all the
    /// same: a colleague's computer, which misses nothing, would put the others elsewhere.
    ///
    /// - Parameters:
    ///   - logs: All logs as they will be.
    ///   - isWanted: Which of them to answer.
    /// - Returns: The logs of each file, ascending.
    func cells(of logs: some Sequence<Log>, where isWanted: (Log) -> Bool) -> [[Log]] {
        Bundles(
            logs.lazy.filter { $0.isOpen(to: self.key.card.id) }, mostLogs: logsInFile
        ).cells.map { cell in cell.filter { regressed[$0.id] == nil && isWanted($0) } }
            .filter { !$0.isEmpty }
    }

    /// Takes in files that an act has just written and read back.
    ///
    /// - Parameters:
    ///   - written: The files.
    ///   - changed: The logs with what the act added. All others that the files hold have no more
    ///     records than before.
    ///   - settled: What this computer makes of all logs with that, and of which it says something
    ///     else than before.
    func adopt(
        _ written: [OpenedFile], of changed: [LogID: LogRecords],
        settledAs settled: (settlement: Settlement, affected: Set<LogID>)
    ) {
        var touched: Set<LogID> = []
        for file in written {
            insert(file)
            seen.noted[file.name] = clock.now()
            seen.remember(file.name)
            touched.formUnion(file.records.keys)
        }
        refile(touched, as: changed, settledAs: settled)
        rememberKinds(of: written.lazy.map(\.name))
    }

    /// Notes an attachment's file as there.
    func adoptForeign(_ name: FileName) {
        foreign.insert(name)
        seen.noted[name] = clock.now()
        seen.notMine.insert(name)
    }

    /// Deletes files of which the delete rule says that they may go.
    ///
    /// - Returns: How many could not be deleted. Catching up tries again.
    func delete(_ names: [FileName]) -> Int {
        var touched: Set<LogID> = []
        var failures = 0
        defer { refile(touched) }
        for name in names {
            do throws(VaultError) { try folder.remove(name) } catch {
                failures += 1
                continue
            }
            if let file = openedFiles.removeValue(forKey: name) {
                touched.formUnion(file.records.keys)
            }
            foreign.remove(name)
            seen.noted[name] = nil
            seen.mine[name] = nil
            seen.notMine.remove(name)
        }
        return failures
    }

    /// Writes down what this machine remembers, beside what other processes wrote down.
    ///
    /// - Parameter isPatient: Whether to wait while a writer is at work; otherwise nothing is
    ///   written then, and this process still remembers.
    /// - Throws: `fileSystem`, `diskFull`.
    func saveSeen(waiting isPatient: Bool = true) throws(VaultError) {
        let isLocked = lock != nil
        if !isLocked {
            if isPatient {
                try lockForWriting()
            } else {
                lock = try seenFile.lock(isPatient: false)
                if lock == nil { return }
            }
        }
        defer { if !isLocked { unlock() } }
        try mergeMemory()
        if seen == kept?.state { return }
        kept = try seenFile.save(seen, over: kept)
    }

    /// Merges what is on the disk into the memory, if that is not what this process read or wrote
    /// last.
    ///
    /// Only the holder of the writers' lock may call this: nobody else writes meanwhile.
    private func mergeMemory() throws(VaultError) {
        if let kept, seenFile.mark() == kept.mark { return }
        let disk = try seenFile.load()
        let standing = seen.standing
        if let disk, disk.state != kept?.state {
            seen = disk.state.adding(seen, since: kept?.state ?? SeenState())
            useTag()
        }
        kept = disk
        // Another process may have taken over something.
        if seen.standing != standing, !books.isEmpty { settleAll() }
    }
}
