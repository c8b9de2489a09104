// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Decides which records of a log count. See `AccessHistory` for the rules.
struct StandingSolver {
    /// The records and their pasts.
    private let graph: RecordGraph
    /// What each record changes.
    let effects: [AccessEffect]
    /// Places of the records that change access or link checks.
    private let acts: [Int]
    /// For each record, which of `acts` are in its past.
    private let pasts: [BitSet]
    /// For each removal, which records are in its past; by its place in `acts`.
    private let removalPasts: [Int: BitSet]
    /// Removals of a person, as places in `acts`.
    private let removalsOf: [CardID: [Int]]
    /// Grants to a person, as places in `acts`.
    private let grantsOf: [CardID: [Int]]
    /// Links of checks, as places in `acts`.
    private let links: [Int]
    /// Removals that this machine acted on.
    private let accepted: Set<RecordID>
    /// The place of the log's first record.
    let root: Int?
    /// Records by people whom nobody let in; see `strangers(in:root:)`.
    let strangers: Set<Int>
    /// For each record, whether nothing of its past can still arrive: all is held, or somebody
    /// accepted what is not as gone for good.
    ///
    /// Otherwise a member could plant a gap, accept it, and so disarm every later removal.
    private let isSettled: [Bool]
    /// For each grant of a case file, as places in `acts`, the checks that it rests on; `nil`
    /// where a declaration in it is worth nothing.
    private let restsOn: [Int: Set<LogID>?]
    /// The checks that the case started with.
    private let firstChecks: Set<LogID>

    /// Prepares the solver.
    init(graph: RecordGraph, vault: VaultID, accepted: Set<RecordID>) {
        self.graph = graph
        self.accepted = accepted
        let root = graph.order.firstIndex { $0.isRoot }
        self.root = root
        let strangers = Self.strangers(in: graph, root: root)
        effects = graph.order.indices.map {
            strangers.contains($0) ? .none : AccessEffect(of: graph.order[$0])
        }
        self.strangers = strangers
        isSettled = Self.settled(graph, without: strangers)
        var acts: [Int] = []
        for (i, effect) in effects.enumerated() {
            if case .none = effect { continue }
            acts.append(i)
        }
        self.acts = acts
        pasts = graph.pasts(of: acts)
        var removalPasts: [Int: BitSet] = [:]
        var removalsOf: [CardID: [Int]] = [:]
        var grantsOf: [CardID: [Int]] = [:]
        var links: [Int] = []
        for (n, i) in acts.enumerated() {
            switch effects[i] {
            case .removes(let person):
                removalPasts[n] = graph.past(of: i)
                removalsOf[person, default: []].append(n)
            case .grants(let cards, _):
                for card in cards { grantsOf[card.id, default: []].append(n) }
            case .links: links.append(n)
            case .none: break
            }
        }
        self.removalPasts = removalPasts
        self.removalsOf = removalsOf
        self.grantsOf = grantsOf
        self.links = links
        if let root, case .caseStarted(let start) = graph.order[root].statement {
            firstChecks = Set(start.checks.map(\.log))
        } else {
            firstChecks = []
        }
        var restsOn: [Int: Set<LogID>?] = [:]
        for (n, i) in acts.enumerated() {
            guard case .granted = graph.order[i].statement else { continue }
            restsOn[n] = .some(graph.order[i].declaredChecks)
        }
        self.restsOn = restsOn
    }

    /// The records of people whom nobody let in who could have: they can never count.
    ///
    /// Anybody can seal a record to public cards. Such records stay, but they are no part of
    /// the past of what members write, and they cost no more than their bytes.
    private static func strangers(in graph: RecordGraph, root: Int?) -> Set<Int> {
        guard let root else { return [] }
        var known: Set<CardID> = []
        var strangers: Set<Int> = []
        // Ancestors come first, so whoever let an author in has been looked at before.
        for (i, record) in graph.order.enumerated() {
            guard i == root || known.contains(record.record.author) else {
                strangers.insert(i)
                continue
            }
            if i != root, record.kind.starts != nil { continue }
            if case .grants(let cards, _) = AccessEffect(of: record) {
                known.formUnion(cards.map(\.id))
            }
        }
        return strangers
    }

    /// Whether a grant lacks a declaration on a check that the case has in the grant's past.
    private func isUnfounded(_ place: Int, _ i: Int, _ assumed: [Bool]) -> Bool {
        guard let declared = restsOn[place] else { return false }
        guard let declared, firstChecks.isSubset(of: declared) else { return true }
        // A link that counts for nothing asks for nothing; otherwise whoever was taken out could
        // keep everybody else out with it.
        return links.contains { link in
            guard assumed[link], pasts[i].contains(link),
                case .links(let log) = effects[acts[link]]
            else { return false }
            return !declared.contains(log)
        }
    }

    /// For each record whether nothing of its past can still arrive.
    private static func settled(_ graph: RecordGraph, without strangers: Set<Int>) -> [Bool] {
        if graph.missing.isEmpty { return graph.isComplete }
        var gone: Set<RecordID> = []
        for i in graph.order.indices where !strangers.contains(i) {
            if case .gapAccepted(let records) = graph.order[i].statement { gone.formUnion(records) }
        }
        return graph.complete(accepting: gone)
    }

    /// What counts, of the records in the order of the graph.
    struct Answer {
        /// The records that surely count.
        let sure: [Bool]
        /// Those that possibly do; where the two differ, people decide.
        let possible: [Bool]
        /// The records that surely count whatever this machine accepted.
        let undisputed: [Bool]
        /// The removals that the records alone leave open, if accepted ones tipped the scale.
        var tipped: [VerifiedRecord] = []
    }

    /// Which records count.
    ///
    /// A removal that this machine acted on tips the scale only where the records alone leave it
    /// open: anywhere else it would make machines disagree for good.
    func solve() -> Answer {
        let (sure, possible) = solve(forcing: [])
        // From the log's own records: what was accepted in all logs can be far more.
        var tipping: Set<RecordID> = []
        for i in acts where possible[i] && !sure[i] && accepted.contains(graph.order[i].id) {
            tipping.insert(graph.order[i].id)
        }
        if tipping.isEmpty { return Answer(sure: sure, possible: possible, undisputed: sure) }
        let (surely, possibly) = solve(forcing: tipping)
        let open = acts.filter { possible[$0] && !sure[$0] }.compactMap { i in
            graph.order[i].removedPerson == nil ? nil : graph.order[i]
        }
        return Answer(sure: surely, possible: possibly, undisputed: sure, tipped: open)
    }

    /// The same, where the `forced` removals count against their rivals.
    private func solve(forcing forced: Set<RecordID>) -> (sure: [Bool], possible: [Bool]) {
        // Counting is antitone in the removals that are assumed to count, so assuming all of
        // them gives a lower bound, assuming that bound an upper one, and so on inwards.
        var sure = Array(repeating: false, count: graph.order.count)
        var possible = pass(assuming: Array(repeating: true, count: acts.count), forcing: forced)
        possible = pass(assuming: restricted(possible), forcing: forced)
        while true {
            let nextSure = pass(assuming: restricted(possible), forcing: forced)
            let nextPossible = pass(assuming: restricted(nextSure), forcing: forced)
            if nextSure == sure, nextPossible == possible { return (sure, possible) }
            sure = nextSure
            possible = nextPossible
        }
    }

    /// An answer for every record, cut down to `acts`.
    private func restricted(_ all: [Bool]) -> [Bool] { acts.map { all[$0] } }

    /// One pass over all records: which count if exactly the `assumed` removals do.
    private func pass(assuming assumed: [Bool], forcing forced: Set<RecordID>) -> [Bool] {
        var counts = Array(repeating: false, count: graph.order.count)
        var number = 0
        let kind = root.flatMap { graph.order[$0].record.kind.starts }
        for i in graph.order.indices {
            let place = number < acts.count && acts[number] == i ? number : nil
            if place != nil { number += 1 }
            if i == root {
                counts[i] = true
                continue
            }
            let record = graph.order[i]
            // A second first record has no meaning, nor has a statement in a foreign kind of log.
            if record.record.kind.starts != nil { continue }
            guard let kind, record.record.kind.belongs(in: kind) else { continue }
            if let place, isUnfounded(place, i, assumed) { continue }
            if kind == .check, isAgainstFirstReader(record) { continue }
            let author = record.record.author
            if isAttacked(i, place, author, assumed, forced) { continue }
            counts[i] =
                isAuthorised(i, author, assumed, counts)
                || isLastOut(i, author, assumed, counts)
        }
        return counts
    }

    /// Whether somebody who did not start a check tries to withhold it from those it was started
    /// for: then a member with a conflict could shut everybody else out.
    private func isAgainstFirstReader(_ record: VerifiedRecord) -> Bool {
        guard case .withheld(let person) = record.statement, let root,
            record.record.author != graph.order[root].record.author,
            case .grants(let first, _) = effects[root]
        else { return false }
        return first.contains { $0.id == person }
    }

    /// Whether an assumed removal of the author is concurrent with the record.
    private func isAttacked(
        _ i: Int, _ place: Int?, _ author: CardID, _ assumed: [Bool], _ forced: Set<RecordID>
    ) -> Bool {
        if forced.contains(graph.order[i].id) { return false }
        // Nobody can undo somebody's own recusal by removing them at the same time.
        if case .recused = graph.order[i].statement { return false }
        for removal in removalsOf[author] ?? [] where removal != place {
            let isForced = forced.contains(graph.order[acts[removal]].id)
            guard assumed[removal] || isForced else { continue }
            // What its author knew is not known; until it is, nothing is taken to be beside it.
            guard isSettled[acts[removal]] else { continue }
            let before = pasts[i].contains(removal)
            let after = removalPasts[removal]?.contains(i) ?? false
            if !before && !after { return true }
        }
        return false
    }

    /// Whether the author read the log in the record's past.
    private func isAuthorised(
        _ i: Int, _ author: CardID, _ assumed: [Bool], _ counts: [Bool]
    ) -> Bool {
        let removals = (removalsOf[author] ?? []).filter { assumed[$0] && pasts[i].contains($0) }
        return (grantsOf[author] ?? []).contains { grant in
            guard counts[acts[grant]], pasts[i].contains(grant),
                case .grants(_, let lifts) = effects[acts[grant]]
            else { return false }
            return removals.allSatisfy { lifts.contains(graph.order[acts[$0]].id) }
        }
    }

    /// Whether nobody reads the log in the record's past and the author was among the last out.
    ///
    /// Two people can leave at the same time. Then those who were last out may only grant.
    /// More removals make this true more often, so here those that count are asked where
    /// `isAuthorised` asks the assumed ones, and the other way round: a pass stays antitone in
    /// what it assumes, without which `solve` need not end.
    private func isLastOut(
        _ i: Int, _ author: CardID, _ assumed: [Bool], _ counts: [Bool]
    ) -> Bool {
        guard case .grants = effects[i] else { return false }
        let mine = (removalsOf[author] ?? []).filter {
            counts[acts[$0]] && pasts[i].contains($0)
        }
        guard !mine.isEmpty else { return false }
        for person in grantsOf.keys where mayBeReader(person, before: i, assumed, counts) {
            return false
        }
        // Last out: none of the author's removals is in the past of another removal.
        let all = removalsOf.values.joined().filter { assumed[$0] && pasts[i].contains($0) }
        return mine.contains { removal in
            !all.contains { pasts[acts[$0]].contains(removal) }
        }
    }

    /// Whether a person possibly reads the log in the past of the record at `i`.
    private func mayBeReader(
        _ person: CardID, before i: Int, _ assumed: [Bool], _ counts: [Bool]
    ) -> Bool {
        let removals = (removalsOf[person] ?? []).filter {
            counts[acts[$0]] && pasts[i].contains($0)
        }
        return (grantsOf[person] ?? []).contains { grant in
            guard assumed[grant], pasts[i].contains(grant),
                case .grants(_, let lifts) = effects[acts[grant]]
            else { return false }
            return removals.allSatisfy { lifts.contains(graph.order[acts[$0]].id) }
        }
    }
}
