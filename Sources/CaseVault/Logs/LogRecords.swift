// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The records of one log as they were found, in the order in which they are shown.
///
/// Parents give the order and show what is missing; they decide nothing. Who counts is not known
/// here: that follows from the records of all logs, see `Settlement`.
final class LogRecords: Sendable {
    /// Which log.
    let id: LogID
    /// All records, ancestors first; ties by identifier.
    let order: [VerifiedRecord]
    /// The first record, where it is held: the one whose hash the log's name is.
    let root: VerifiedRecord?
    /// The newest records whose whole past is held, ascending.
    let heads: [RecordID]
    /// Records that are named as parents and not held.
    let missing: Set<RecordID>
    /// Records that somebody accepted as gone for good.
    let acceptedGaps: Set<RecordID>
    /// What the rules about people look at.
    let acts: LogActs
    /// The cards that occur.
    let cards: [CardID: MemberCard]

    /// Sorts the records of a log.
    init(id: LogID, records: [VerifiedRecord]) {
        var held: Set<RecordID> = []
        let graph = RecordGraph(records.filter { held.insert($0.id).inserted })
        self.id = id
        let order = graph.order
        self.order = order
        let root = order.first { $0.isRoot }
        self.root = root
        let kind = root?.kind.starts
        let acts = order.compactMap { AuthorityRecord(of: $0, in: kind) }
        let known = kind.map { _ in IntakeLimit.known(in: acts) }
        self.acts = LogActs(log: id, acts, by: known)
        cards = Self.cards(in: order)
        var strangers: Set<Int> = []
        var gone: Set<RecordID> = []
        for (i, record) in order.enumerated() {
            if let known, !known.contains(record.record.author) {
                strangers.insert(i)
            } else if case .gapAccepted(let records) = record.statement {
                gone.formUnion(records)
            }
        }
        acceptedGaps = gone
        missing = graph.missing(without: strangers).subtracting(gone)
        heads = graph.completeHeads(accepting: gone, without: strangers)
    }

    /// The records with one more that follows all of them.
    private init(_ earlier: LogRecords, followedBy record: VerifiedRecord) {
        id = earlier.id
        order = earlier.order + [record]
        root = earlier.root
        heads = [record.id]
        missing = earlier.missing
        acceptedGaps = earlier.acceptedGaps
        let act = AuthorityRecord(of: record, in: root?.kind.starts)
        let acts = earlier.acts.all + [act].compactMap(\.self)
        self.acts = LogActs(log: id, acts, by: IntakeLimit.known(in: acts))
        var cards = earlier.cards
        Self.note(record, in: &cards)
        self.cards = cards
    }

    /// The same records, of which some were read back meanwhile and need not be verified again.
    private init(_ same: LogRecords, order: [VerifiedRecord]) {
        id = same.id
        self.order = order
        root = order.first { $0.isRoot }
        heads = same.heads
        missing = same.missing
        acceptedGaps = same.acceptedGaps
        acts = same.acts
        cards = same.cards
    }

    /// The records with one that was just signed.
    func adding(_ record: VerifiedRecord) -> LogRecords {
        if root != nil, missing.isEmpty, record.record.parents == heads,
            record.kind != .gapAccepted, !record.isRoot
        {
            return LogRecords(self, followedBy: record)
        }
        return LogRecords(id: id, records: order + [record])
    }

    /// The same with what was read back in place of what was just signed, so that it need not be
    /// verified again.
    func checked(by files: [OpenedFile]) -> LogRecords {
        var signed: [RecordID: Int] = [:]
        for i in order.indices where !order[i].checked.contains(.signatures) {
            signed[order[i].id] = i
        }
        if signed.isEmpty { return self }
        var order = order
        search: for file in files {
            // What was just signed stands last in its file.
            for record in (file.records[id] ?? []).reversed()
            where record.checked.contains(.signatures) {
                guard let i = signed.removeValue(forKey: record.id) else { continue }
                order[i] = record
                if signed.isEmpty { break search }
            }
        }
        return LogRecords(self, order: order)
    }

    /// The cards that records name.
    private static func cards(in order: [VerifiedRecord]) -> [CardID: MemberCard] {
        var cards: [CardID: MemberCard] = [:]
        for record in order { note(record, in: &cards) }
        return cards
    }

    /// Notes the cards that a record names.
    private static func note(_ record: VerifiedRecord, in cards: inout [CardID: MemberCard]) {
        for card in [record.author] + record.cardsLetIn where cards[card.id] == nil {
            cards[card.id] = card
        }
    }
}
