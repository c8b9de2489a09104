// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

#if canImport(FoundationEssentials)
    public import struct FoundationEssentials.URL
#else
    public import struct Foundation.URL
#endif

extension Vault {
    /// Checks names and hashes of all files; anybody can, without a key.
    ///
    /// - Throws: `notAVault`, `newerVersion`, `damaged` for the file `VAULT`, `fileSystem`,
    ///   `cancelled`.
    public static func verifyNames(
        at folder: URL, progress: WorkProgress.Handler? = nil
    ) throws(VaultError) -> VerifyReport {
        try verifyNames(at: folder, files: FileSystem(), progress: progress)
    }

    /// Checks names and hashes in a given environment.
    package static func verifyNames(
        at folder: URL, in environment: VaultEnvironment, progress: WorkProgress.Handler? = nil
    ) throws(VaultError) -> VerifyReport {
        try verifyNames(at: folder, files: environment.files, progress: progress)
    }

    /// Checks names and hashes by way of a file system.
    private static func verifyNames(
        at folder: URL, files: FileSystem, progress: WorkProgress.Handler?
    ) throws(VaultError) -> VerifyReport {
        let place = VaultFolder(path: folder.path, files: files)
        _ = try FolderLayout(folder: place).readMarker()
        return try verifyNames(in: place, progress: progress)
    }

    /// Checks names and hashes of a folder.
    private static func verifyNames(
        in place: VaultFolder, known: [FileName: SeenState.Faulty] = [:],
        progress: WorkProgress.Handler?, found: (FileName) -> Void = { _ in }
    ) throws(VaultError) -> VerifyReport {
        let listing = try place.list()
        let verifier = NameVerifier(folder: place)
        var faulty: Set<FileName> = []
        var report = VerifyReport()
        report.files = listing.names.count
        report.ignored = listing.ignored
        for path in listing.obstacles.paths.sorted() { report.add(.notAFolder, of: path) }
        for (number, name) in listing.names.sorted().enumerated() {
            try progress.report(.opening, number, of: listing.names.count)
            let isKnown = known[name].map {
                $0.stamp == (try? place.files.stamp(of: place.path(of: name)))
            }
            let before = isKnown ?? false ? known[name]?.fault : nil
            guard let fault = before ?? verifier.fault(of: name) else { continue }
            faulty.insert(name)
            if before == nil, !fault.isUnread { found(name) }
            report.add(fault, of: place.shownPath(of: name))
        }
        report.problems +=
            FolderFindings(
                folder: place, listing: listing, faulty: faulty, looksInside: true
            ).problems
        return report
    }

    /// Checks everything that your key can check: names, slots against reader lists, signatures,
    /// gaps, who counts and who does not.
    ///
    /// - Throws: `notAVault` as `refresh` does, `fileSystem`, `cancelled`. What is found is in the
    ///   report, not thrown.
    public func verify(progress: WorkProgress.Handler? = nil) throws(VaultError) -> VerifyReport {
        try store.refreshAll()
        // What was wrong stays wrong as long as it is the same file; it can be very large.
        var wrong: [FileName] = []
        var report = try Self.verifyNames(
            in: store.folder, known: store.seen.faulty, progress: progress
        ) { wrong.append($0) }
        for name in wrong { store.rememberFault(of: name) }
        if !wrong.isEmpty { store.saveSeenAfterAct() }
        let bad = Set((report.damaged + report.unreadable).map(\.file))
        // Not remembered: every slot and every signature again.
        let opener = FileOpener(
            folder: store.folder, vault: store.vault, key: store.key, seen: SeenState())
        let names = store.present.union(store.damaged.keys).sorted()
        for (name, outcome) in opener.open(names) {
            let file = store.folder.shownPath(of: name)
            if case .failure(let fault) = outcome, !bad.contains(file) {
                report.add(fault, of: file)
            }
        }
        // Of what nothing opens any more it is not known whether it is missing or was closed.
        report.missing = missingRecords.filter { store.logs[$0.log] != nil }
        for log in store.regressed.keys.sorted() { inspect(log, &report) }
        report.mine = store.files.count
        inspectAttachments(&report)
        report.code = code
        for log in store.logs.values.sorted(by: { $0.id < $1.id }) { inspect(log, &report) }
        return report
    }

    /// What people should know about the names in the folder: what lies there unencrypted, and
    /// files of the vault under other names. Of all but key files the names alone are looked at.
    public var folderWarnings: [String] {
        let listing = (try? store.listEverything()) ?? FolderListing()
        let found = FolderFindings(
            folder: store.folder, listing: listing, faulty: Set(store.known.damaged.keys),
            looksInside: false
        ).problems
        let urgent = found.filter { $0.code != .conflictCopy }
        return store.listing.obstacles.paths.sorted().map {
            "\($0) is a file or a link, and a folder of the vault belongs there."
        }
            + urgent.map { problem in
                problem.text + (problem.code == .lastCopy ? " (\(problem.file ?? ""))" : "")
            }
    }

    /// Decrypts every attachment that I read: one that was cut, swapped or written in another
    /// version is named as every other file is.
    private func inspectAttachments(_ report: inout VerifyReport) {
        let bad = Set((report.damaged + report.unreadable).map(\.file))
        var faults: [String: SealedFileError] = [:]
        for log in openLogs {
            let notes = log.history.order.flatMap(\.attachments)
            for note in notes {
                for entry in log.copies(of: note) where store.foreign.contains(entry.file) {
                    let file = store.folder.shownPath(of: entry.file)
                    guard !bad.contains(file), faults[file] == nil else { continue }
                    faults[file] = store.copies.fault(of: entry, as: note, in: log.id)
                }
            }
        }
        for (file, fault) in faults.sorted(by: { $0.key < $1.key }) { report.add(fault, of: file) }
    }

    /// Says of which log less is there than this computer has seen.
    private func inspect(_ log: LogID, _ report: inout VerifyReport) {
        guard let known = store.logs[log] else {
            // Ordinary for whoever was taken out, so it is no damage; but it is never silent.
            report.problems.append(
                VerifyReport.Problem(
                    code: .closedOrMissing,
                    text: "Log \(log) was closed to you, or is missing: ask a colleague.",
                    file: nil, codeName: nil))
            return
        }
        report.problems.append(
            VerifyReport.Problem(
                code: .olderThanSeen,
                text: "Log \(log) holds less than this computer has seen. It has not arrived, "
                    + "or was put back to an older state.",
                file: nil, codeName: CaseView(known)?.codeName))
    }

    /// Looks for what people should know about one log.
    private func inspect(_ log: Log, _ report: inout VerifyReport) {
        let history = log.history
        let view = CaseView(log)
        func add(_ code: VerifyReport.Problem.Code, _ text: String, file: FileName? = nil) {
            report.problems.append(
                VerifyReport.Problem(
                    code: code, text: text, file: file.map(store.folder.shownPath(of:)),
                    codeName: view?.codeName))
        }
        guard history.root != nil else {
            add(.incomplete, "The first record of log \(log.id) has not arrived.")
            return
        }
        guard history.isFromMember else {
            add(.startedByStranger, "Somebody who is no member started log \(log.id).")
            return
        }
        if !history.late.isEmpty {
            add(.lateRecords, "\(history.late.count) records count for nothing.")
        }
        let redacted = log.unexplainedRedactions.count
        if redacted > 0 {
            add(.textMissing, "\(redacted) records stand without their text, and nobody erased it.")
        }
        let copies = log.files.flatMap(\.attachments)
        let there = Set(copies.filter { store.foreign.contains($0.file) }.map(\.id))
        for file in log.files.sorted(by: { $0.name < $1.name }) {
            let name = file.name
            if file.readers.ids.contains(where: { !history.isIn($0) }) {
                add(.overShared, "A file is sealed to somebody who is out here.", file: name)
            }
            if log.holdsErasedText(file) {
                add(.erasedText, "A file still has a text that was erased: catch up.", file: name)
            }
            if history.everReaders[file.sealer] == nil {
                add(
                    .sealedByNonReader, "A file was sealed by somebody who never read it.",
                    file: name)
            }
            // Of one that is being encrypted again, another copy is there.
            for entry in file.attachments
            where !store.foreign.contains(entry.file) && !there.contains(entry.id) {
                add(.attachmentMissing, "An attachment's bytes are not there.", file: entry.file)
            }
        }
        if let view, isMineToHandOver(log) {
            add(.fewReaders, "Nobody reads the case \(view.codeName) any more: hand it over.")
        }
        guard history.isReader(me.id) else { return }
        if let view { inspectBonds(of: view, &report) }
        for name in underShared(log) {
            add(.underShared, "A reader lacks a record that is in a file: catch up.", file: name)
        }
        if let left = view?.leftAfterErasing.count, left > 0 {
            add(
                .leftAfterErasing,
                "The case was erased; \(left) entries that were written meanwhile are still there.")
        }
        if let view, !view.isErased, history.readers.count < rules.minimumReaders {
            add(
                .fewReaders,
                "The case \(view.codeName) has fewer readers than the rules want.")
        }
        if let view, rowNamesPerson(view) {
            add(.rowNamesPerson, "The row of this case in the register holds a name from it.")
        }
    }

    /// Says what a case names that does not belong to it, or to another case too, and who did it.
    private func inspectBonds(of view: CaseView, _ report: inout VerifyReport) {
        func add(_ code: VerifyReport.Problem.Code, _ text: String) {
            report.problems.append(
                VerifyReport.Problem(code: code, text: text, file: nil, codeName: view.codeName))
        }
        let starter = view.log.history.root?.author.name ?? ""
        if namesForeignRow(view) {
            add(
                .belongsElsewhere,
                "\(starter) started the case with a row that belongs to another case.")
        }
        if !foreignChecks(of: view).isEmpty {
            add(
                .belongsElsewhere,
                "\(starter) started the case with a check that belongs to another case.")
        }
        let fitting = Set(view.log.history.fittingLinks)
        for link in view.log.history.counting(of: .checkLinked) where !fitting.contains(link.id) {
            add(
                .belongsElsewhere,
                "\(link.author.name) linked a check that does not belong to the case.")
        }
        let twice = boundTwice
        if ([view.start.row] + view.start.checks).contains(where: { twice.contains($0.log) }) {
            add(
                .belongsTwice,
                "\(starter) gave the row or a check of the case to another case too.")
        }
    }

    /// The files with a record that a reader of today has in no file of theirs.
    private func underShared(_ log: Log) -> [FileName] {
        let files = log.files.sorted { $0.name < $1.name }
        var held: [CardID: Set<RecordID>] = [:]
        for file in files {
            let records = file.recordIDs(of: log.id)
            for reader in file.readers.ids { held[reader, default: []].formUnion(records) }
        }
        return files.filter { file in
            let records = file.recordIDs(of: log.id)
            return log.history.readerIDs.contains { reader in
                !file.readers.ids.contains(reader) && !records.isSubset(of: held[reader] ?? [])
            }
        }.map(\.name)
    }

    /// Whether a case's row holds a name from the case: in its title or in a column.
    ///
    /// The library refuses to write such a row; another program might not, and a name can be
    /// added to the case later. Needs no first look, because no name comes out.
    private func rowNamesPerson(_ view: CaseView) -> Bool {
        let shown = Case(vault: self, id: view.log.id)
        guard let row = shown.row else { return false }
        let texts = ["\(row.codeName)"] + RegisterRow.Column.allCases.map { row[$0] }
        return ((try? shown.people) ?? []).contains { person in
            texts.contains(where: person.isNamed)
        }
    }
}
