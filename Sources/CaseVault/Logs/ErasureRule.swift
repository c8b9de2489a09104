// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Decides which erasures of a log take effect, of those that count.
///
/// - In a case: unless it was on hold, as far as the erasure's author knew.
/// - In a check: if its author started the check, or was let into it without a member with a
///   conflict having a hand in it and has declared "no conflict". Otherwise somebody with a
///   conflict could wipe out the name, themselves or through a newcomer of their own making.
///
/// Only what the author could know decides, so an erasure that took effect never loses it again.
struct ErasureRule {
    /// The log's records.
    private let graph: RecordGraph
    /// Which of them count, in the order of the graph.
    private let counts: [Bool]
    /// The place of the first record.
    private let root: Int?

    /// The rule for a log.
    init(graph: RecordGraph, counts: [Bool], root: Int?) {
        self.graph = graph
        self.counts = counts
        self.root = root
    }

    /// The erasures that take effect, in order.
    var effective: [VerifiedRecord] {
        graph.order.indices.filter { i in
            guard counts[i], graph.order[i].kind == .erased, let root else { return false }
            switch graph.order[root].kind.starts {
            case .check: return mayErase(graph.order[i].record.author, before: graph.past(of: i))
            case .caseFile: return !isOnHold(before: graph.past(of: i))
            case .row, .roster, nil: return true
            }
        }.map { graph.order[$0] }
    }

    /// Whether the last word on a legal hold is yes.
    private func isOnHold(before past: BitSet) -> Bool {
        for i in graph.order.indices.reversed() where counts[i] && past.contains(i) {
            if case .held(let isOn) = graph.order[i].statement { return isOn }
        }
        return false
    }

    /// Whether somebody may erase the name in a check.
    ///
    /// - Parameters:
    ///   - author: Who.
    ///   - past: What they know; `nil` for all of it.
    /// - Returns: Whether what they say about it takes effect.
    func mayErase(_ author: CardID, before past: BitSet? = nil) -> Bool {
        guard let root else { return false }
        if author == graph.order[root].record.author { return true }
        return vouchedFor.contains(author) && isClear(author, before: past)
    }

    /// The first readers, and those who were let in by one of these without a conflict.
    private var vouchedFor: Set<CardID> {
        guard let root, case .checkStarted(let start) = graph.order[root].statement else {
            return []
        }
        let starter = graph.order[root].record.author
        var vouched = Set(start.readers.map(\.id))
        for i in graph.order.indices where counts[i] {
            guard case .opened(let opening) = graph.order[i].statement else { continue }
            let author = graph.order[i].record.author
            if author == starter
                || (vouched.contains(author) && isClear(author, before: graph.past(of: i)))
            {
                vouched.insert(opening.card.id)
            }
        }
        return vouched
    }

    /// Whether all that stands of somebody's declarations is "no conflict", and something does.
    private func isClear(_ author: CardID, before past: BitSet?) -> Bool {
        var answers: [RecordID: ConflictAnswer] = [:]
        var replaced: Set<RecordID> = []
        for i in graph.order.indices where counts[i] && (past?.contains(i) ?? true) {
            guard graph.order[i].record.author == author,
                case .declared(let declaration) = graph.order[i].statement
            else { continue }
            answers[graph.order[i].id] = declaration.answer
            replaced.formUnion(declaration.replaces)
        }
        let standing = answers.filter { !replaced.contains($0.key) }.values
        return !standing.isEmpty && standing.allSatisfy { $0 == .noConflict }
    }
}

extension AccessHistory {
    /// Whether somebody may erase the name, if this is the history of a check.
    func mayErase(_ author: CardID) -> Bool {
        ErasureRule(
            graph: RecordGraph(order), counts: order.indices.map { standings[$0] == .counts },
            root: root.flatMap { root in order.firstIndex { $0.id == root.id } }
        ).mayErase(author)
    }
}
