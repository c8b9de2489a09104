// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if canImport(FoundationEssentials)
    public import struct FoundationEssentials.URL
#else
    public import struct Foundation.URL
#endif

extension Case {
    /// The entries, in order.
    ///
    /// - Throws: `notForYou`, `firstLookNeeded`.
    public func entries() throws(VaultError) -> [Entry] {
        let view = try viewAfterFirstLook()
        return shown(view.entryRecords, of: view.log, isLate: false)
    }

    /// Entries by people who had no access when they wrote: they stay, and count for nothing.
    ///
    /// - Throws: `notForYou`, `firstLookNeeded`.
    public func lateEntries() throws(VaultError) -> [Entry] {
        let view = try viewAfterFirstLook()
        return shown(view.lateEntryRecords, of: view.log, isLate: true)
    }

    /// How many late records there are, entries or not.
    ///
    /// - Throws: `notForYou`.
    public func lateRecordCount() throws(VaultError) -> Int { try view().log.history.late.count }

    /// The entry of an identifier.
    ///
    /// - Throws: `notForYou`, `firstLookNeeded`, `unknownName`.
    public func entry(id: Entry.ID) throws(VaultError) -> Entry {
        guard let entry = try entries().first(where: { $0.id == id }) else { throw .unknownEntry }
        return entry
    }

    /// Finds an entry by what people call it.
    ///
    /// - Parameter name: A label, with as many letters behind the number as you like, or at least
    ///   eight digits of an identifier.
    /// - Returns: The entry.
    /// - Throws: `notForYou`, `firstLookNeeded`, `unknownName`; `ambiguousEntry`, which names
    ///   those that it fits.
    public func entry(named name: String) throws(VaultError) -> Entry {
        let view = try viewAfterFirstLook()
        let names = vault.entryNames(view.log)
        let found = names.find(name)
        guard let record = found.first else { throw .unknownEntry }
        guard found.count == 1 else {
            throw .ambiguousEntry(name, found.map { names.label(of: $0.id) })
        }
        return try entry(id: Entry.ID(record.id))
    }

    /// Records as entries.
    private func shown(
        _ records: [VerifiedRecord], of log: Log, isLate: Bool
    ) -> [Entry] {
        let names = vault.entryNames(log)
        let there = Set(records.map(\.id))
        let corrected = Set(records.compactMap(\.corrects))
        let reports = records.filter { $0.kind == .reported }.map(\.id)
        let erasing = log.history.erasing
        return records.compactMap { record in
            let id = Entry.ID(record.id)
            let notes = record.attachments
            let intake = record.intake
            let attachments = notes.enumerated().map { place, note in
                Entry.Attachment(
                    id: Entry.Attachment.ID(entry: id, place: place + 1),
                    name: note.name, mediaType: note.mediaType, size: note.size,
                    isOriginal: place >= notes.count - intake.originals)
            }
            let isCorrected = corrected.contains(record.id)
            let isBeingErased = erasing.contains(record.id)
            let (label, number) = (names.label(of: record.id), names.number(of: record.id))
            switch record.statement {
            case .reported(let statement):
                return Entry(
                    id: id, label: label, number: number, kind: .report,
                    day: statement.report.receivedOn ?? record.record.day,
                    author: record.author, text: statement.report.text,
                    report: statement.report, response: nil, until: nil,
                    attachments: attachments, intake: intake, corrects: nil, correctsLabel: nil,
                    isCorrected: isCorrected, isErased: false, isBeingErased: isBeingErased,
                    isTextMissing: false, isLate: isLate)
            case .entered(let entry):
                // What is not there is corrected by nobody.
                let old = entry.corrects.flatMap { there.contains($0) ? $0 : nil }
                let answers = reports.count > 1 ? reports.filter(entry.answers.contains) : []
                return Entry(
                    id: id, label: label, number: number, kind: entry.kind,
                    day: entry.happened ?? record.record.day, author: record.author,
                    text: entry.text, report: nil, response: entry.response, until: entry.until,
                    attachments: attachments, intake: intake,
                    corrects: old.map { Entry.ID($0) }, correctsLabel: old.map(names.label),
                    answers: answers.map { Entry.ID($0) }, answersLabels: answers.map(names.label),
                    isCorrected: isCorrected, isErased: false, isBeingErased: isBeingErased,
                    isTextMissing: false, isLate: isLate)
            case nil:
                let isErased = log.history.erased.contains(record.id)
                return Entry(
                    id: id, label: label, number: number,
                    kind: record.kind == .reported ? .report : .gone,
                    day: record.record.day, author: record.author, text: "", report: nil,
                    response: nil, until: nil, attachments: [], intake: intake, corrects: nil,
                    correctsLabel: nil, isCorrected: isCorrected, isErased: isErased,
                    isBeingErased: isBeingErased, isTextMissing: !isErased, isLate: isLate)
            default: return nil
            }
        }
    }

    // MARK: - Adding

    /// Adds an entry, sealed to the readers of today.
    ///
    /// - Parameters:
    ///   - kind: What the entry is about.
    ///   - text: At most 2 MiB of UTF-8.
    ///   - day: The day on which it happened; `nil` is today.
    ///   - corrected: The entry that this one supersedes; the old one stays.
    ///   - attachments: Files of any size.
    ///   - intake: How the text was made of a file, as `Paper` says it.
    ///   - reports: The reports whose reporters the text went to; empty is the first. Only for the
    ///     kinds `reporter` and `firstResponse`.
    ///   - progress: Is told how many bytes and files were written; can stop.
    /// - Returns: The new entry, and what else became of it.
    /// - Throws: `notForYou`, `firstLookNeeded`, `badInput`, `unknownName`; `changedMeanwhile` when
    ///   somebody else corrected or erased that entry first; `fileSystem`, `diskFull`, `cancelled`.
    public func add(
        _ kind: NewEntryKind, _ text: String, on day: Day? = nil,
        correcting corrected: Entry.ID? = nil, attaching attachments: [AttachmentSource] = [],
        intake: Intake = Intake(), answering reports: [Entry.ID] = [],
        progress: WorkProgress.Handler? = nil
    ) throws(VaultError) -> AddedEntry {
        guard reports.isEmpty || kind == .reporter || kind == .firstResponse else {
            throw .answersNobody
        }
        return try add(
            kind.kind, text, on: day, correcting: corrected, stating: nil,
            attaching: attachments, intake: intake, answering: reports, progress: progress)
    }

    /// Adds an outcome that states a response.
    ///
    /// - Parameters:
    ///   - text: At most 2 MiB of UTF-8.
    ///   - response: What it states, and until when.
    ///   - day: The day on which it was decided; `nil` is today.
    ///   - corrected: The entry that this one supersedes; the old one stays.
    ///   - attachments: Files of any size.
    ///   - intake: How the text was made of a file, as `Paper` says it.
    ///   - progress: Is told how many bytes and files were written; can stop.
    /// - Returns: The new entry, and what else became of it.
    /// - Throws: As ``add(_:_:on:correcting:attaching:intake:answering:progress:)``; `badInput` for a
    ///   response that the rules do not have, or one whose end they do not give.
    public func addOutcome(
        _ text: String, stating response: StatedResponse, on day: Day? = nil,
        correcting corrected: Entry.ID? = nil, attaching attachments: [AttachmentSource] = [],
        intake: Intake = Intake(), progress: WorkProgress.Handler? = nil
    ) throws(VaultError) -> AddedEntry {
        try add(
            .outcome, text, on: day, correcting: corrected, stating: response,
            attaching: attachments, intake: intake, answering: [], progress: progress)
    }

    /// Adds an entry of any kind.
    private func add(
        _ kind: EntryKind, _ text: String, on day: Day?, correcting corrected: Entry.ID?,
        stating response: StatedResponse?, attaching attachments: [AttachmentSource],
        intake: Intake, answering reports: [Entry.ID], progress: WorkProgress.Handler?
    ) throws(VaultError) -> AddedEntry {
        guard text.utf8.count <= EntryStatement.textLimit else {
            throw .badInput(
                "textTooLong", "The text is too long.", hint: "Attach it as a file instead.")
        }
        if let day { try vault.refuseFarFuture(day) }
        guard attachments.count <= AttachmentNote.countLimit else {
            throw .badInput(
                "tooManyAttachments", "Too many attachments.", hint: "Add several entries.",
                with: ["limit": "\(AttachmentNote.countLimit)"])
        }
        var spelled: String?
        if let response { spelled = try stated(response, from: day) }
        let stated = spelled
        let (record, change) = try vault.transact(progress: progress) {
            (transaction) throws(VaultError) in
            let view = try viewAfterFirstLook()
            var old: RecordID?
            if let corrected {
                old = try view.entryRecord(RecordID(corrected)).id
                try refuseChanged(corrected, in: view)
            }
            var answers: Set<RecordID> = []
            for report in reports {
                let record = try view.entryRecord(RecordID(report))
                guard record.kind == .reported else { throw VaultError.answersNobody }
                answers.insert(record.id)
            }
            let notes = try transaction.attach(attachments, to: log, progress: progress)
            return try transaction.add(
                .entered(
                    EntryStatement(
                        kind: kind, happened: day, text: text, response: stated,
                        until: response?.until, corrects: old, attachments: notes,
                        intake: intake.fitting(notes), answers: Array(answers))),
                to: log)
        }
        return try added(record, change)
    }

    /// Adds a report to the case: of the same incident, by somebody else or once more.
    ///
    /// Everybody who reads the case reads it at once. Each reporter waits for an answer of their
    /// own.
    ///
    /// - Parameters:
    ///   - report: The report.
    ///   - attachments: What came with it.
    ///   - intake: How the text was made of a file, as `Paper` says it.
    ///   - progress: Is told how many bytes and files were written; can stop.
    /// - Returns: The new entry, and what else became of it.
    /// - Throws: `notForYou`, `firstLookNeeded`, `badInput`, `fileSystem`, `diskFull`, `cancelled`.
    public func addReport(
        _ report: Report, attaching attachments: [AttachmentSource] = [],
        intake: Intake = Intake(), progress: WorkProgress.Handler? = nil
    ) throws(VaultError) -> AddedEntry {
        if let day = report.receivedOn { try vault.refuseFarFuture(day) }
        if let field = report.blankName { throw .blankName(field) }
        guard attachments.count <= AttachmentNote.countLimit else {
            throw .badInput(
                "tooManyAttachments", "Too many attachments.", hint: "Add the rest with an entry.",
                with: ["limit": "\(AttachmentNote.countLimit)"])
        }
        let (record, change) = try vault.transact(progress: progress) {
            (transaction) throws(VaultError) in
            _ = try viewAfterFirstLook()
            let notes = try transaction.attach(attachments, to: log, progress: progress)
            return try transaction.add(
                .reported(
                    ReportStatement(
                        report: report, attachments: notes, intake: intake.fitting(notes))),
                to: log)
        }
        return try added(record, change)
    }

    /// An entry that was written, under the name that it has from now on.
    private func added(
        _ record: VerifiedRecord, _ change: AccessChange
    ) throws(VaultError) -> AddedEntry {
        AddedEntry(
            id: Entry.ID(record.id), label: vault.entryNames(try view().log).label(of: record.id),
            change: change)
    }

    /// Refuses to answer an entry that is not any more what whoever answers it was shown.
    ///
    /// An entry never changes; but what somebody wrote instead of it, or that it was erased, can
    /// have arrived since. Whoever has seen that names what is there now.
    func refuseChanged(_ id: Entry.ID, in view: CaseView) throws(VaultError) {
        let names = vault.entryNames(view.log)
        let old = RecordID(id)
        let newer = names.records.filter { $0.corrects == old }
        guard newer.isEmpty else {
            throw .entrySuperseded(names.label(of: old), by: newer.map { names.label(of: $0.id) })
        }
        let history = view.log.history
        guard !history.erased.contains(old), !history.erasing.contains(old) else {
            throw .entryErasedMeanwhile(names.label(of: old))
        }
    }

    /// Checks what an outcome states against the rules.
    ///
    /// - Returns: The response as the rules spell it.
    private func stated(
        _ response: StatedResponse, from day: Day?
    ) throws(VaultError) -> String {
        if let end = response.until, end < day ?? vault.store.clock.today { throw .endsTooEarly }
        guard vault.roster != nil else {
            let name = DisplayName.tidied(response.name)
            guard DisplayName.isValid(name) else {
                throw .badInput(
                    "badResponse", "This cannot be a response.",
                    hint: "Use ordinary text in one line.")
            }
            return name
        }
        guard let known = vault.rules.response(named: response.name) else {
            throw .unknownResponse(vault.rules.responses.map(\.name))
        }
        guard known.isTimed || response.until == nil else { throw .responseNotTimed }
        return known.name
    }

    /// Warns of an entry for people outside that names the reporter or a witness.
    ///
    /// A first name alone gives somebody away, too. So each word of a name with three letters or
    /// more is looked for; sometimes it is an ordinary word, or part of somebody else's name. A
    /// word that a reported person's name has, too, tells nothing and is left out.
    ///
    /// - Returns: The people of whom a name, an alias or a single word of these occurs, as whole
    ///   words in any case.
    /// - Throws: `notForYou`.
    public func namesAtRisk(
        in text: String, for kind: EntryKind
    ) throws(VaultError) -> [PersonInCase] {
        guard kind.goesOutside else { return [] }
        let people = try people
        let reported = people.filter { $0.role == .reportedPerson }
        let others = reported.reduce(into: Set<String>()) { $0.formUnion($1.words) }
        return people.filter {
            $0.role != .reportedPerson && $0.isHinted(in: text, besides: others)
        }
    }

    // MARK: - Attachments

    /// Writes an attachment to a new file, readable by its owner only.
    ///
    /// The file gets its name only after the last byte was verified.
    ///
    /// - Parameters:
    ///   - attachment: Which attachment.
    ///   - file: The new file; an existing one is never replaced.
    ///   - progress: Is told how many bytes were decrypted; can stop.
    /// - Throws: `notForYou`, `firstLookNeeded`, `unknownName`, `incomplete` when the bytes have
    ///   not arrived, `damaged`, `alreadyExists`, `fileSystem`, `diskFull`, `cancelled`.
    public func saveAttachment(
        _ attachment: Entry.Attachment.ID, to file: URL, progress: WorkProgress.Handler? = nil
    ) throws(VaultError) {
        try reader(of: attachment).save(to: file.path, progress: progress)
    }

    /// Gives out an attachment in pieces of at most 64 KiB.
    ///
    /// The file is read twice: verified to its end first, then given out, so that `body` never
    /// gets a byte of a damaged file.
    ///
    /// - Throws: As `saveAttachment`, and what `body` throws.
    public func readAttachment(
        _ attachment: Entry.Attachment.ID, progress: WorkProgress.Handler? = nil,
        _ body: (Span<UInt8>) throws(VaultError) -> Void
    ) throws(VaultError) {
        try reader(of: attachment).read(progress: progress, body)
    }

    /// Finds an attachment's note and its keys.
    func reader(of attachment: Entry.Attachment.ID) throws(VaultError) -> AttachmentReader {
        let view = try viewAfterFirstLook()
        let notes = try view.entryRecord(RecordID(attachment.entry)).attachments
        guard notes.indices.contains(attachment.place - 1) else { throw .unknownAttachment }
        return AttachmentReader(
            note: notes[attachment.place - 1], log: view.log, store: vault.store)
    }
}
