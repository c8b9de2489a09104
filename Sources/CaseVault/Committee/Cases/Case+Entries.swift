// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if canImport(FoundationEssentials)
    public import struct FoundationEssentials.URL
#else
    public import struct Foundation.URL
#endif

extension Case {
    /// The entries, in order, numbered from 1.
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

    /// Records as entries.
    private func shown(
        _ records: [VerifiedRecord], of log: Log, isLate: Bool
    ) -> [Entry] {
        var numbers: [RecordID: Int] = [:]
        var corrected: Set<RecordID> = []
        for (index, record) in records.enumerated() {
            numbers[record.id] = index + 1
            if case .entered(let entry) = record.statement, let old = entry.corrects {
                corrected.insert(old)
            }
        }
        return records.enumerated().compactMap { index, record in
            let notes = record.attachments
            let intake = record.intake
            let attachments = notes.enumerated().map { place, note in
                Entry.Attachment(
                    name: note.name, mediaType: note.mediaType, size: note.size,
                    isOriginal: place >= notes.count - intake.originals)
            }
            switch record.statement {
            case .reported(let statement):
                return Entry(
                    number: index + 1, kind: .report,
                    day: statement.report.receivedOn ?? record.record.day,
                    author: record.author, text: statement.report.text,
                    report: statement.report, response: nil, until: nil,
                    attachments: attachments, intake: intake, corrects: nil,
                    isCorrected: corrected.contains(record.id), isErased: false,
                    isTextMissing: false, isLate: isLate)
            case .entered(let entry):
                return Entry(
                    number: index + 1, kind: entry.kind,
                    day: entry.happened ?? record.record.day, author: record.author,
                    text: entry.text, report: nil, response: entry.response, until: entry.until,
                    attachments: attachments, intake: intake,
                    corrects: entry.corrects.flatMap { numbers[$0] },
                    isCorrected: corrected.contains(record.id), isErased: false,
                    isTextMissing: false, isLate: isLate)
            case nil:
                let isErased = log.history.erased.contains(record.id)
                return Entry(
                    number: index + 1, kind: record.kind == .reported ? .report : .gone,
                    day: record.record.day, author: record.author, text: "", report: nil,
                    response: nil, until: nil, attachments: [], intake: intake, corrects: nil,
                    isCorrected: corrected.contains(record.id), isErased: isErased,
                    isTextMissing: !isErased, isLate: isLate)
            default: return nil
            }
        }
    }

    /// Adds an entry, sealed to the readers of today.
    ///
    /// - Parameters:
    ///   - kind: What the entry is about; every kind but `report`.
    ///   - text: At most 2 MiB of UTF-8.
    ///   - day: The day on which it happened; `nil` is today.
    ///   - corrected: The number of the entry that this one supersedes; the old one stays.
    ///   - response: What an outcome states, from the rules' list, in any case and spacing. A
    ///     guest, who does not see the rules, may state anything.
    ///   - end: The last day of an outcome, where the rules give the response an end.
    ///   - attachments: Files of any size.
    ///   - intake: How the text was made of a file, as `Paper` says it.
    ///   - progress: Is told how many bytes and files were written; can stop.
    /// - Returns: The new entry's number, and what else became of it: whoever must not read the
    ///   case any more is taken out first.
    /// - Throws: `notForYou`, `firstLookNeeded`, `badInput`, `unknownName`, `fileSystem`,
    ///   `diskFull`, `cancelled`.
    @discardableResult
    public func add(
        _ kind: EntryKind, _ text: String, on day: Day? = nil, correcting corrected: Int? = nil,
        response: String? = nil, until end: Day? = nil,
        attaching attachments: [AttachmentSource] = [], intake: Intake = Intake(),
        progress: Progress.Handler? = nil
    ) throws(VaultError) -> (number: Int, change: AccessChange) {
        guard kind != .report else {
            throw .badInput("A case has one report.", hint: "Add it as a correction or discussion.")
        }
        guard kind != .gone else {
            throw .badInput("This is no kind of entry.", hint: "Use one of the others.")
        }
        guard text.utf8.count <= EntryStatement.textLimit else {
            throw .badInput("The text is too long.", hint: "Attach it as a file instead.")
        }
        if let day { try vault.refuseFarFuture(day) }
        guard attachments.count <= AttachmentNote.countLimit else {
            throw .badInput("Too many attachments.", hint: "Add several entries.")
        }
        let stated = try outcome(kind, response, from: day, until: end)
        let (record, change) = try vault.transact(progress: progress) {
            (transaction) throws(VaultError) in
            let view = try viewAfterFirstLook()
            var old: RecordID?
            if let corrected { old = try view.entryRecord(corrected).id }
            var notes: [AttachmentNote] = []
            for source in attachments {
                notes.append(try transaction.attach(source, to: id, progress: progress))
            }
            return try transaction.add(
                .entered(
                    EntryStatement(
                        kind: kind, happened: day, text: text, response: stated, until: end,
                        corrects: old, attachments: notes, intake: intake.fitting(notes))),
                to: id)
        }
        let records = try view().entryRecords
        return ((records.firstIndex { $0.id == record.id } ?? records.count - 1) + 1, change)
    }

    /// Checks what an outcome states against the rules.
    ///
    /// - Returns: The response as the rules spell it; `nil` if none is stated.
    private func outcome(
        _ kind: EntryKind, _ response: String?, from day: Day?, until end: Day?
    ) throws(VaultError) -> String? {
        guard let response else {
            guard end == nil else { throw .responseNotTimed }
            return nil
        }
        guard kind == .outcome else { throw .responseNeedsOutcome }
        if let end, end < day ?? vault.store.clock.today { throw .endsTooEarly }
        guard vault.roster != nil else {
            let name = TextFolding.nfc(response)
            guard DisplayName.isValid(name) else {
                throw .badInput(
                    "This cannot be a response.", hint: "Use ordinary text in one line.")
            }
            return name
        }
        guard let known = vault.rules.response(named: response) else {
            throw .unknownResponse(vault.rules.responses.map(\.name))
        }
        guard known.isTimed || end == nil else { throw .responseNotTimed }
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
    ///   - number: Which attachment of the entry, from 1.
    ///   - entry: The entry's number, from 1.
    ///   - file: The new file; an existing one is never replaced.
    ///   - progress: Is told how many bytes were decrypted; can stop.
    /// - Throws: `notForYou`, `firstLookNeeded`, `unknownName`, `incomplete` when the bytes have
    ///   not arrived, `damaged`, `alreadyExists`, `fileSystem`, `diskFull`, `cancelled`.
    public func saveAttachment(
        _ number: Int, ofEntry entry: Int, to file: URL, progress: Progress.Handler? = nil
    ) throws(VaultError) {
        let reader = try reader(ofAttachment: number, ofEntry: entry)
        try reader.save(to: file.path, progress: progress)
    }

    /// Gives out an attachment in pieces of at most 64 KiB.
    ///
    /// The file is read twice: verified to its end first, then given out, so that `body` never
    /// gets a byte of a damaged file.
    ///
    /// - Throws: As `saveAttachment`, and what `body` throws.
    public func readAttachment(
        _ number: Int, ofEntry entry: Int, progress: Progress.Handler? = nil,
        _ body: (Span<UInt8>) throws(VaultError) -> Void
    ) throws(VaultError) {
        let reader = try reader(ofAttachment: number, ofEntry: entry)
        try reader.read(progress: progress, body)
    }

    /// Finds an attachment's note and its keys.
    func reader(
        ofAttachment number: Int, ofEntry entry: Int
    ) throws(VaultError) -> AttachmentReader {
        let view = try viewAfterFirstLook()
        let notes = try view.entryRecord(entry).attachments
        guard notes.indices.contains(number - 1) else { throw .unknownAttachment }
        return AttachmentReader(
            note: notes[number - 1], log: view.log, store: vault.store)
    }
}
