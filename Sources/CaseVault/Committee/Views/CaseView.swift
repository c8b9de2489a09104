// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// What a case file says, computed from its log.
///
/// A class, because catching up hands every one of them around.
final class CaseView: Sendable {
    /// The case's log.
    let log: Log
    /// The case's first record.
    let start: CaseStart

    /// Reads a log as a case file; `nil` if it is none or its first record has not arrived.
    init?(_ log: Log?) {
        guard let log, case .caseStarted(let start)? = log.history.root?.statement else {
            return nil
        }
        self.log = log
        self.start = start
    }

    /// The case's title.
    var codeName: CodeName { start.codeName }

    /// The case as an answer names it.
    var named: NamedCase { NamedCase(id: TypedID(log.id), codeName: codeName) }

    /// The conflict checks that the case has, ascending.
    var checks: [LogID] {
        Set(start.checks.map(\.log)).union(log.history.linkedChecks).sorted()
    }

    /// Four digits that tell apart two cases of one code name.
    static func disambiguation(of log: LogID) -> String {
        let value = log.raw.bytes.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let text = String(value % 10_000)
        return String(repeating: "0", count: 4 - text.utf8.count) + text
    }

    /// The records that are shown as entries, in order.
    var entryRecords: [VerifiedRecord] { log.history.counting.filter(\.isEntry) }

    /// The record of an entry that counts.
    ///
    /// - Throws: `unknownName` if there is none.
    func entryRecord(_ id: RecordID) throws(VaultError) -> VerifiedRecord {
        guard let record = entryRecords.first(where: { $0.id == id }) else {
            throw .unknownEntry
        }
        return record
    }

    /// Entries by people who had no access when they wrote: shown on request only.
    var lateEntryRecords: [VerifiedRecord] { log.history.late.filter(\.isEntry) }

    /// Whether the whole case was erased.
    var isErased: Bool { !wholeErasures.isEmpty }

    /// Whether the whole case will be erased when the day of an erasure is over.
    var isBeingErased: Bool {
        let pending = Set(log.history.view?.erasures ?? [])
        return log.history.counting(of: .erased).contains { record in
            guard pending.contains(record.id), case .erased(let erasure) = record.statement else {
                return false
            }
            return erasure.isWholeCase
        }
    }

    /// What was kept when the case was erased.
    var skeleton: CaseSkeleton? { wholeErasures.last?.erasure.skeleton }

    /// The records that erased the whole case, in order, and what they say.
    private var wholeErasures: [(record: RecordID, erasure: Erasure)] {
        log.history.erasures.compactMap { record in
            if case .erased(let erasure) = record.statement, erasure.isWholeCase {
                (record.id, erasure)
            } else {
                nil
            }
        }
    }

    /// Entries and votes that are still there after the case was erased, because whoever wrote
    /// them did not know of it.
    var leftAfterErasing: [VerifiedRecord] {
        guard isErased else { return [] }
        let entries = log.history.counting.filter {
            $0.kind.isErasable && !$0.isRedacted
        }
        if entries.isEmpty { return [] }
        let graph = RecordGraph(log.history.order)
        let whole = wholeErasures.compactMap { graph.index[$0.record] }
        return entries.filter { entry in
            guard let place = graph.index[entry.id] else { return false }
            let past = graph.past(of: place)
            return !whole.contains { past.contains($0) }
        }
    }

    /// Whether a legal hold keeps the case from being erased.
    var isOnHold: Bool { !log.history.openHolds.isEmpty }

    /// The people who are out and whose holds are among some.
    func goneHolders(_ holds: [VerifiedRecord]) -> [CardID] {
        Set(holds.map(\.author.id)).filter { !log.history.isIn($0) }.sorted()
    }

    /// What ends links or holds, by their names; and those of whoever is out, later ones too.
    func endings(of records: [VerifiedRecord]) -> [Statement] {
        let people = goneHolders(records).inParts(of: ReaderList.limit)
        let parts = records.map(\.id).inParts(of: Statement.listLimit)
        return (0..<max(parts.count, people.count)).map { i in
            .ended(
                Ending(
                    records: i < parts.count ? parts[i] : [],
                    people: i < people.count ? people[i] : []))
        }
    }

    /// The checks that some links name.
    func checks(of links: [VerifiedRecord]) -> Set<LogID> {
        Set(
            links.compactMap { record in
                if case .checkLinked(let link) = record.statement { link.check.log } else { nil }
            })
    }

    /// What an erasure names as over: every hold of the case that is here.
    var overHolds: (records: [RecordID], people: [CardID]) {
        let holds = log.history.counting(of: .held)
        return (Array(holds.map(\.id).suffix(4096)), goneHolders(holds))
    }

    /// The guests who were invited and by whom, in order.
    var invitations: [(card: MemberCard, by: CardID)] {
        log.history.counting(of: .invited).compactMap { record in
            if case .invited(let card) = record.statement { (card, record.author.id) } else { nil }
        }
    }
}

extension VerifiedRecord {
    /// Whether this is a report or another entry.
    var isEntry: Bool { record.kind == .reported || record.kind == .entered }

    /// The entry that this one supersedes.
    var corrects: RecordID? {
        if case .entered(let entry) = statement { entry.corrects } else { nil }
    }
}
