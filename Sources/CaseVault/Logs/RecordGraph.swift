// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The records of one log as a graph: who is in whose past.
struct RecordGraph {
    /// All records, ancestors first; ties by identifier.
    let order: [VerifiedRecord]
    /// Where each record stands in `order`.
    let index: [RecordID: Int]
    /// The held parents of each record, as places in `order`.
    let parents: [[Int]]
    /// Whether the whole past of each record is held.
    let isComplete: [Bool]

    /// Sorts records so that parents come first.
    init(_ records: [VerifiedRecord]) {
        let sorted = records.sorted { $0.id < $1.id }
        var place: [RecordID: Int] = [:]
        for (i, record) in sorted.enumerated() { place[record.id] = i }
        let held = sorted.map { record in record.record.parents.compactMap { place[$0] } }
        let places = Self.ancestorsFirst(held)
        var moved = Array(repeating: 0, count: sorted.count)
        for (new, old) in places.enumerated() { moved[old] = new }
        var index: [RecordID: Int] = [:]
        for (record, new) in zip(sorted, moved) { index[record.id] = new }
        order = places.map { sorted[$0] }
        let parents = places.map { held[$0].map { moved[$0] } }
        self.parents = parents
        self.index = index
        var complete = Array(repeating: false, count: sorted.count)
        for (i, old) in places.enumerated() {
            complete[i] =
                parents[i].count == sorted[old].record.parents.count
                && parents[i].allSatisfy { complete[$0] }
        }
        isComplete = complete
    }

    /// Records that are named as parents and not held.
    ///
    /// - Parameter excluded: Places of records that are left out.
    /// - Returns: What is missing.
    func missing(without excluded: Set<Int>) -> Set<RecordID> {
        var missing: Set<RecordID> = []
        for (i, record) in order.enumerated() where !excluded.contains(i) {
            for parent in record.record.parents where index[parent] == nil {
                missing.insert(parent)
            }
        }
        return missing
    }

    /// Places so that parents come first, in linear time but for the ties.
    ///
    /// By generation, each of which ascends: so the order depends on the records alone.
    private static func ancestorsFirst(_ parents: [[Int]]) -> [Int] {
        var children: [[Int]] = Array(repeating: [], count: parents.count)
        var waiting = parents.map(\.count)
        for (i, list) in parents.enumerated() {
            for parent in list { children[parent].append(i) }
        }
        var order: [Int] = []
        order.reserveCapacity(parents.count)
        var generation = parents.indices.filter { waiting[$0] == 0 }
        while !generation.isEmpty {
            order += generation
            var next: [Int] = []
            for child in generation.flatMap({ children[$0] }) {
                waiting[child] -= 1
                if waiting[child] == 0 { next.append(child) }
            }
            generation = next.sorted()
        }
        return order
    }

    /// For each record, whether its whole past is held.
    ///
    /// - Parameters:
    ///   - gaps: Records that somebody accepted as gone: they count as held.
    ///   - excluded: Places of records that are left out.
    /// - Returns: An answer for each record, in order; no for what is left out.
    func complete(
        accepting gaps: Set<RecordID>, without excluded: Set<Int> = []
    ) -> [Bool] {
        var complete = Array(repeating: false, count: order.count)
        for (i, record) in order.enumerated() where !excluded.contains(i) {
            complete[i] = record.record.parents.allSatisfy { parent in
                index[parent].map { complete[$0] } ?? gaps.contains(parent)
            }
        }
        return complete
    }

    /// The newest records whose whole past is held, ascending.
    ///
    /// - Parameters:
    ///   - gaps: Records that somebody accepted as gone: they count as held.
    ///   - excluded: Places of records that are left out.
    /// - Returns: At most as many as there are records.
    func completeHeads(accepting gaps: Set<RecordID>, without excluded: Set<Int>) -> [RecordID] {
        let complete = complete(accepting: gaps, without: excluded)
        var hasCompleteChild = Array(repeating: false, count: order.count)
        for (i, record) in order.enumerated() where complete[i] {
            for p in record.record.parents.compactMap({ index[$0] }) { hasCompleteChild[p] = true }
        }
        return order.indices.filter { complete[$0] && !hasCompleteChild[$0] }
            .map { order[$0].id }.sorted()
    }

    /// For each record, which of `marked` are in its past.
    func pasts(of marked: [Int]) -> [BitSet] {
        var number: [Int: Int] = [:]
        for (n, i) in marked.enumerated() { number[i] = n }
        var pasts: [BitSet] = []
        pasts.reserveCapacity(order.count)
        for i in order.indices {
            var past = BitSet(count: marked.count)
            for p in parents[i] {
                past.formUnion(pasts[p])
                if let n = number[p] { past.insert(n) }
            }
            pasts.append(past)
        }
        return pasts
    }

    /// Those of some records that stand side by side at the end: whoever wrote any of the others
    /// knew of none of them.
    ///
    /// - Parameter marked: The places of the records.
    /// - Returns: Which of them, by their numbers in `marked`, ascending.
    func newest(of marked: [Int]) -> [Int] {
        let pasts = pasts(of: marked)
        var known = BitSet(count: marked.count)
        for place in marked { known.formUnion(pasts[place]) }
        return marked.indices.filter { !known.contains($0) }
    }

    /// Which records are in the past of the one at `index`.
    func past(of index: Int) -> BitSet {
        var past = BitSet(count: order.count)
        var stack = parents[index]
        while let i = stack.popLast() {
            if past.contains(i) { continue }
            past.insert(i)
            stack.append(contentsOf: parents[i])
        }
        return past
    }
}
