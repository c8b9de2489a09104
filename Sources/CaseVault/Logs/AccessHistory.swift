// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Who reads a log, computed from its records alone and independent of their order of arrival.
///
/// - A person reads if some counting grant of theirs names every counting removal of theirs.
/// - A record counts if its author read the log in the record's past and no counting removal
///   of the author is concurrent with it. One's own recusal always counts against oneself.
/// - "Counts" depends on itself: two people can remove each other. The answer is the
///   well-founded model (Van Gelder, Ross, Schlipf, JACM 1991), computed by an alternating
///   fixed point. What it leaves undecided is contested: there no program can choose.
struct AccessHistory {
    /// How a record stands.
    enum Standing: Equatable, Sendable {
        /// It counts.
        case counts
        /// Written concurrently with or after its author's removal, or by someone who never read.
        case late
        /// People have to decide.
        case contested
    }

    /// A person who reads the log.
    struct Reader: Sendable {
        /// The person's card.
        let card: MemberCard
        /// The records that let the person in, in order.
        let grants: [VerifiedRecord]
    }

    /// All records, ancestors first; ties by identifier. Those that were erased are stripped.
    private(set) var order: [VerifiedRecord]
    /// How each record stands, in the order of `order`.
    private(set) var standings: [Standing]
    /// Who reads the log today.
    private(set) var readers: [CardID: Reader]
    /// The same people's identifiers.
    private(set) var readerIDs: CardIDs
    /// The counting removals, by the person they remove.
    private(set) var removals: [CardID: [VerifiedRecord]]
    /// Everyone who was ever let in by a counting record.
    private(set) var everReaders: [CardID: MemberCard]
    /// The checks that counting records link, with the record that does.
    let linkedChecks: Set<LogID>
    /// The people whose removals contradict each other, ascending.
    let contestedPeople: [CardID]
    /// The removals that contradict each other.
    let contestedRemovals: [VerifiedRecord]
    /// The removals that the records alone leave open, where accepted ones among them decided.
    let tipped: [VerifiedRecord]
    /// Records that are named as parents and not held.
    let missing: Set<RecordID>
    /// Records that somebody accepted as gone for good.
    let acceptedGaps: Set<RecordID>
    /// The erasures that take effect, in order.
    let erasures: [VerifiedRecord]
    /// Records whose text was erased for good, as far as they are held.
    let erased: Set<RecordID>
    /// The newest records whose whole past is held, ascending.
    private(set) var heads: [RecordID]

    /// The first record, where it is held: the one whose hash the log's name is, never another
    /// record of such a kind, which anybody could sign.
    private(set) var root: VerifiedRecord?

    /// Today's readers, ascending.
    var readerCards: [MemberCard] { readers.values.map(\.card).sorted { $0.id < $1.id } }

    /// The newest among the records that count, ascending: what this machine remembers. A record
    /// that counts for nothing may come and go.
    var countingHeads: [RecordID] {
        // Nearly always.
        if missing.isEmpty, standings.allSatisfy({ $0 == .counts }) { return heads }
        let counting = counting
        var parents: Set<RecordID> = []
        for record in counting { parents.formUnion(record.record.parents) }
        return counting.map(\.id).filter { !parents.contains($0) }.sorted()
    }

    /// Who may let somebody in where nobody reads the log any more, because the last readers left
    /// at the same time.
    var lastOut: Set<CardID> {
        guard readers.isEmpty, !removals.isEmpty else { return [] }
        let all = removals.values.joined()
        var followed: Set<RecordID> = []
        let graph = RecordGraph(order)
        for removal in all {
            guard let place = graph.index[removal.id] else { continue }
            let past = graph.past(of: place)
            for other in all where other.id != removal.id {
                if let i = graph.index[other.id], past.contains(i) { followed.insert(other.id) }
            }
        }
        return Set(
            removals.filter { $0.value.contains { !followed.contains($0.id) } }.map(\.key))
    }

    /// Whether people must decide before anything is done here by a program.
    var isContested: Bool { !contestedPeople.isEmpty }

    /// The records that count, ancestors first.
    var counting: [VerifiedRecord] {
        zip(order, standings).compactMap { $1 == .counts ? $0 : nil }
    }

    /// The records of one kind that count, ancestors first.
    func counting(of kind: RecordKind) -> [VerifiedRecord] {
        var found: [VerifiedRecord] = []
        for i in order.indices where order[i].kind == kind && standings[i] == .counts {
            found.append(order[i])
        }
        return found
    }

    /// Whether somebody reads the log today.
    ///
    /// A look into `readers` would copy the card and the grants.
    func isReader(_ id: CardID) -> Bool { readerIDs.contains(id) }

    /// The records that do not count, ancestors first.
    var late: [VerifiedRecord] {
        zip(order, standings).compactMap { $1 == .counts ? nil : $0 }
    }

    /// The records whose text some erasures take away.
    private static func erased(
        by erasures: [VerifiedRecord], of graph: RecordGraph
    ) -> Set<RecordID> {
        var named: Set<RecordID> = []
        for case .erased(let erasure)? in erasures.map(\.statement) {
            named.formUnion(erasure.records)
        }
        if named.isEmpty { return [] }
        return Set(
            graph.order.lazy.filter { named.contains($0.id) && $0.kind.isErasable }.map(\.id))
    }

    /// Computes the history.
    ///
    /// - Parameters:
    ///   - records: Every record of the log that is held.
    ///   - vault: The vault, to recognise the first record.
    ///   - accepted: Removals that this machine acted on; they count against their rivals.
    init(records: [VerifiedRecord], vault: VaultID, accepted: Set<RecordID> = []) {
        var held: Set<RecordID> = []
        let graph = RecordGraph(records.filter { held.insert($0.id).inserted })
        let solver = StandingSolver(graph: graph, vault: vault, accepted: accepted)
        let answer = solver.solve()
        let (sure, possible) = (answer.sure, answer.possible)
        tipped = answer.tipped
        // By the records alone: machines that accepted different sides must not differ about what
        // may go, or each deletes what the other keeps.
        erasures =
            ErasureRule(graph: graph, counts: answer.undisputed, root: solver.root).effective
        let erased = Self.erased(by: erasures, of: graph)
        self.erased = erased
        // Nobody who asks this history ever sees a text that was erased.
        order =
            erased.isEmpty
            ? graph.order : graph.order.map { erased.contains($0.id) ? $0.redacted : $0 }
        var gone: Set<RecordID> = []
        for i in order.indices where sure[i] {
            if case .gapAccepted(let records) = order[i].statement { gone.formUnion(records) }
        }
        acceptedGaps = gone
        missing = graph.missing.subtracting(gone)
        heads = graph.completeHeads(accepting: gone, without: solver.strangers)
        let root = solver.root.map { graph.order[$0] }
        self.root = root
        var open: [VerifiedRecord] = []
        standings = order.indices.map { i in
            sure[i] ? .counts : possible[i] ? .contested : .late
        }
        var contested: Set<CardID> = []
        for i in order.indices where possible[i] && !sure[i] {
            if case .removes(let person) = solver.effects[i] {
                open.append(order[i])
                contested.insert(person)
                contested.insert(order[i].record.author)
            }
        }
        contestedPeople = contested.sorted()
        contestedRemovals = open
        var removals: [CardID: [VerifiedRecord]] = [:]
        var links: Set<LogID> = []
        var ever: [CardID: MemberCard] = [:]
        for i in order.indices where sure[i] {
            switch solver.effects[i] {
            case .removes(let person): removals[person, default: []].append(order[i])
            case .links(let log): links.insert(log)
            case .grants(let cards, _):
                for card in cards where !ever.values.contains(where: card.sharesKey(with:)) {
                    ever[card.id] = card
                }
            case .none: break
            }
        }
        if case .caseStarted(let start)? = root?.statement {
            links.formUnion(start.checks.map(\.log))
        }
        var readers: [CardID: Reader] = [:]
        for i in order.indices where sure[i] {
            guard case .grants(let cards, let lifts) = solver.effects[i] else { continue }
            for card in cards where ever[card.id] == card {
                guard (removals[card.id] ?? []).allSatisfy({ lifts.contains($0.id) }) else {
                    continue
                }
                readers[card.id] = Reader(
                    card: card, grants: (readers[card.id]?.grants ?? []) + [order[i]])
            }
        }
        self.removals = removals
        linkedChecks = links
        everReaders = ever
        self.readers = readers
        readerIDs = CardIDs(readers.keys)
    }

    /// The history with one more record, without computing everything again; `nil` where that would
    /// not be the same.
    ///
    /// The record must name all heads, and every record must be held and count. Then it is the
    /// only newest one, its whole past is what was computed, and it counts if its author reads
    /// today. Nothing is beside it, so a removal changes nothing about what is before; nor does
    /// letting somebody in who was never in.
    func adding(_ record: VerifiedRecord) -> AccessHistory? {
        guard missing.isEmpty, contestedPeople.isEmpty, record.record.parents == heads,
            isReader(record.record.author), record.kind.starts == nil,
            let kind = root?.kind.starts, record.kind.belongs(in: kind),
            standings.allSatisfy({ $0 == .counts }),
            ![.gapAccepted, .erased, .held].contains(record.kind)
        else { return nil }
        var longer = self
        switch AccessEffect(of: record) {
        case .none: break
        // A grant of a case rests on declarations.
        case .grants(let cards, _)
        where kind != .caseFile || record.declaredChecks?.isSuperset(of: linkedChecks) == true:
            for card in cards {
                guard everReaders[card.id] == nil, removals[card.id] == nil,
                    !everReaders.values.contains(where: card.sharesKey(with:))
                else { return nil }
                longer.everReaders[card.id] = card
                longer.readers[card.id] = Reader(card: card, grants: [record])
            }
            longer.readerIDs = readerIDs.union(cards.map(\.id))
        // Whom somebody may withhold a check from depends on who started it.
        case .removes(let person) where record.kind != .withheld:
            longer.removals[person, default: []].append(record)
            longer.readers[person] = nil
            longer.readerIDs = readerIDs.subtracting(person)
        case .grants, .removes, .links: return nil
        }
        longer.order.append(record)
        longer.standings.append(.counts)
        longer.heads = [record.id]
        return longer
    }

    /// The same history with what was read back in place of what was just signed, so that it need
    /// not be verified again.
    ///
    /// - Parameters:
    ///   - files: Files of the log.
    ///   - log: Which log.
    /// - Returns: The same but for these records.
    func checked(by files: [OpenedFile], of log: LogID) -> AccessHistory {
        var signed: [RecordID: Int] = [:]
        for i in order.indices where !order[i].checked.contains(.signatures) {
            signed[order[i].id] = i
        }
        if signed.isEmpty { return self }
        var same = self
        for file in files {
            // What was just signed stands last in its file.
            for record in (file.records[log] ?? []).reversed()
            where record.checked.contains(.signatures) {
                guard let i = signed.removeValue(forKey: record.id) else { continue }
                same.order[i] = record
                if record.id == root?.id { same.root = record }
                if signed.isEmpty { return same }
            }
        }
        return same
    }
}
