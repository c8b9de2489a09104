// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if canImport(FoundationEssentials)
    public import struct FoundationEssentials.URL
#else
    public import struct Foundation.URL
#endif

extension Vault {
    /// Reads a folder of existing documents, or an export, and says what stands in the way.
    ///
    /// Nothing is changed.
    ///
    /// - Throws: `fileSystem`, `badInput` when there is no case in the folder, `cancelled`.
    public func importPlan(
        of folder: URL, progress: WorkProgress.Handler? = nil
    ) throws(VaultError) -> ImportPlan {
        var plan = try ImportPlan(
            reading: folder.path, files: store.folder.files, progress: progress)
        plan.check(in: self, folder: folder.path)
        return plan
    }

    /// Reads a folder and starts a case for each in it.
    ///
    /// - Throws: As `importPlan(of:progress:)` and `importCases(_:progress:)`; `badInput` when
    ///   anything is missing, and then nothing was changed.
    public func importCases(
        from folder: URL, progress: WorkProgress.Handler? = nil
    ) throws(VaultError) -> ImportedCases {
        try importCases(importPlan(of: folder, progress: progress), progress: progress)
    }

    /// Starts a case for each of a plan, as if you had taken every report yourself.
    ///
    /// You thereby declare that you have no conflict in any of them. A case about somebody who
    /// shares a word of a name with a member is kept from that member. What an earlier import that stopped
    /// half-way has brought in is found by its people, report and entries, and not brought in
    /// twice.
    ///
    /// - Throws: `badInput` for a plan with problems, or with reports of which nothing says when they
    ///   were received (`ImportPlan.casesWithoutDay`); what `startCase` and `add` throw. What was
    ///   imported until then stays: run it again for the rest.
    public func importCases(
        _ plan: ImportPlan, progress: WorkProgress.Handler? = nil
    ) throws(VaultError) -> ImportedCases {
        guard plan.problems.isEmpty else { throw .cannotImport(plan.problems.count) }
        guard plan.casesWithoutDay.isEmpty else { throw .daysNotSaid(plan.casesWithoutDay.count) }
        let reader = DocumentReader(files: plan.files)
        // Nobody is asked: who is a member now decides, and who joins meanwhile waits. So this comes
        // before any act, which reads what has arrived.
        let known = members
        // A computer that died in an import may have written a case in part, which any act finishes,
        // or have started one and not noted that it was looked at.
        var change = try self.change { (_) throws(VaultError) in }
        for item in cases where item.isStartedByMe && !item.hasTakenFirstLook {
            change.join(try item.takeFirstLook(.noConflict))
        }
        // Looked up by text: a committee can have many cases.
        let existing = Dictionary(grouping: cases.filter(\.hasTakenFirstLook)) {
            (try? $0.entries())?.lazy.compactMap(\.report).first?.text
        }
        var taken: Set<Case.ID> = []
        var done: [ImportedCase] = []
        for planned in plan.cases {
            try progress.report(.writing, done.count, of: plan.cases.count)
            let found = existing[planned.report.text]?.first {
                !taken.contains($0.id) && $0.matches(planned)
            }
            let hidden = membersWhoShareAName(with: planned.people)
            let item: Case
            if let found {
                item = found
            } else {
                let started = try startCase(
                    about: planned.people, report: planned.report,
                    attachments: planned.sources(planned.attachments, reader),
                    intake: planned.intake,
                    deciding: known.decisions(withholding: Set(hidden.map(\.id))),
                    progress: progress)
                item = started.item
                change.join(started.change)
            }
            taken.insert(item.id)
            let added = try item.take(planned, reader, &change, progress: progress)
            done.append(
                ImportedCase(
                    number: planned.number, id: item.id, codeName: item.codeName,
                    isNew: found == nil,
                    added: added + (found == nil ? 1 : 0),
                    alreadyThere: planned.entries.count - added + (found == nil ? 0 : 1),
                    withheldFrom: found == nil ? hidden : []))
        }
        return ImportedCases(cases: done, change: change)
    }
}

extension PlannedCase {
    /// The bytes of attachments, or where they are.
    func sources(
        _ attachments: [PlannedAttachment], _ reader: DocumentReader
    ) throws(VaultError) -> [AttachmentSource] {
        var sources: [AttachmentSource] = []
        for attachment in attachments { sources.append(try attachment.source(reader)) }
        return sources
    }
}

extension Case {
    /// Whether this is the case that an earlier import made of a planned one.
    fileprivate func matches(_ planned: PlannedCase) -> Bool {
        guard let entries = try? entries(), let people = try? reportedPeople,
            let entry = entries.first(where: { $0.report != nil }), let report = entry.report,
            Set(planned.people).isSubset(of: Set(people)),
            PlannedAttachment.areThere(planned.attachments, as: entry.attachments)
        else { return false }
        // Where the day is not told, the day of writing is shown, and exported.
        var wanted = planned.report
        if wanted.receivedOn == nil { wanted.receivedOn = report.receivedOn }
        return report == wanted
            || (report.receivedOn == nil && entry.day == wanted.receivedOn
                && report.received(on: wanted.receivedOn) == wanted)
    }

    /// Adds the planned entries that are not there, and the line in the register.
    ///
    /// - Returns: How many entries were added.
    fileprivate func take(
        _ planned: PlannedCase, _ reader: DocumentReader, _ change: inout AccessChange,
        progress: WorkProgress.Handler?
    ) throws(VaultError) -> Int {
        let all = try entries()
        let first = all.first { $0.kind == .report }?.id
        var there = all.filter { $0.id != first }
        var ids: [Int: Entry.ID] = [:]
        ids[1] = first
        var added = 0
        for entry in planned.entries {
            let id: Entry.ID
            if let place = there.firstIndex(where: entry.isThere) {
                id = there.remove(at: place).id
            } else {
                id = try add(
                    entry, correcting: entry.corrects.flatMap { ids[$0] },
                    answering: entry.answers.compactMap { ids[$0] },
                    attaching: planned.sources(entry.attachments, reader), &change,
                    progress: progress)
                added += 1
            }
            if let old = entry.number { ids[old] = id }
        }
        // A line that somebody has changed since is not put back.
        if let row, row.values == [.status: "new"], !planned.row.isEmpty,
            planned.row != row.values
        {
            change.join(try updateRow(planned.row))
        }
        return added
    }

    /// Adds one planned entry.
    private func add(
        _ entry: PlannedEntry, correcting corrected: Entry.ID?, answering reports: [Entry.ID],
        attaching sources: [AttachmentSource],
        _ change: inout AccessChange, progress: WorkProgress.Handler?
    ) throws(VaultError) -> Entry.ID {
        if let report = entry.report {
            let added = try addReport(
                report, attaching: sources, intake: entry.intake, progress: progress)
            change.join(added.change)
            return added.id
        }
        let (record, became) = try vault.transact(progress: progress) {
            (transaction) throws(VaultError) in
            let view = try viewAfterFirstLook()
            let old = corrected.flatMap { try? view.entryRecord(RecordID($0)).id }
            let answers = reports.compactMap { try? view.entryRecord(RecordID($0)) }
                .filter { $0.kind == .reported }.map(\.id)
            let notes = try transaction.attach(sources, to: log, progress: progress)
            return try transaction.add(
                .entered(
                    EntryStatement(
                        kind: entry.kind, happened: entry.day, text: entry.text,
                        response: entry.response, until: entry.until,
                        corrects: old, attachments: notes,
                        intake: entry.intake.fitting(notes), answers: answers)),
                to: log)
        }
        change.join(became)
        return Entry.ID(record.id)
    }
}
