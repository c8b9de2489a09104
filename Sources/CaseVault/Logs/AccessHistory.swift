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

    /// All records, ancestors first; ties by identifier.
    let order: [VerifiedRecord]
    /// How each record stands, in the order of `order`.
    let standings: [Standing]
    /// Who reads the log today.
    let readers: [CardID: Reader]
    /// The counting removals, by the person they remove.
    let removals: [CardID: [VerifiedRecord]]
    /// Everyone who was ever let in by a counting record.
    let everReaders: [CardID: MemberCard]
    /// The checks that counting records link, with the record that does.
    let linkedChecks: Set<LogID>
    /// The people whose removals contradict each other, ascending.
    let contestedPeople: [CardID]
    /// Records that are named as parents and not held.
    let missing: Set<RecordID>
    /// The newest records whose whole past is held, ascending.
    let heads: [RecordID]

    /// The first record, where it is held.
    var root: VerifiedRecord? { order.first { $0.record.kind.starts != nil } }

    /// Today's readers, ascending.
    var readerCards: [MemberCard] { readers.values.map(\.card).sorted { $0.id < $1.id } }

    /// Whether people must decide before anything is done here by a program.
    var isContested: Bool { !contestedPeople.isEmpty }

    /// The records that count, ancestors first.
    var counting: [VerifiedRecord] {
        zip(order, standings).compactMap { $1 == .counts ? $0 : nil }
    }

    /// The records that do not count, ancestors first.
    var late: [VerifiedRecord] {
        zip(order, standings).compactMap { $1 == .counts ? nil : $0 }
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
        let (sure, possible) = solver.solve()
        order = graph.order
        missing = graph.missing
        heads = graph.completeHeads
        standings = order.indices.map { i in
            sure[i] ? .counts : possible[i] ? .contested : .late
        }
        var contested: Set<CardID> = []
        for i in order.indices where possible[i] && !sure[i] {
            if case .removes(let person) = solver.effects[i] {
                contested.insert(person)
                contested.insert(order[i].record.author)
            }
        }
        contestedPeople = contested.sorted()
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
        if case .caseStarted(let start)? = order.first(where: { $0.record.kind == .caseStarted })?
            .statement
        {
            links.formUnion(start.checks)
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
    }
}
