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
    /// Records that are named as parents and not held.
    let missing: Set<RecordID>

    /// Sorts records so that parents come first, in linear time but for the ties.
    init(_ records: [VerifiedRecord]) {
        let sorted = records.sorted { $0.id < $1.id }
        var place: [RecordID: Int] = [:]
        for (i, record) in sorted.enumerated() { place[record.id] = i }
        var children: [[Int]] = Array(repeating: [], count: sorted.count)
        var waiting: [Int] = Array(repeating: 0, count: sorted.count)
        var missing: Set<RecordID> = []
        for (i, record) in sorted.enumerated() {
            for parent in record.record.parents {
                if let p = place[parent] {
                    children[p].append(i)
                    waiting[i] += 1
                } else {
                    missing.insert(parent)
                }
            }
        }
        // Breadth first by generation: each generation ascends by identifier, so the order
        // depends on the records alone.
        var order: [VerifiedRecord] = []
        order.reserveCapacity(sorted.count)
        var generation = sorted.indices.filter { waiting[$0] == 0 }
        while !generation.isEmpty {
            var next: [Int] = []
            for i in generation {
                order.append(sorted[i])
                for child in children[i] {
                    waiting[child] -= 1
                    if waiting[child] == 0 { next.append(child) }
                }
            }
            generation = next.sorted()
        }
        var index: [RecordID: Int] = [:]
        for (i, record) in order.enumerated() { index[record.id] = i }
        let parents = order.map { $0.record.parents.compactMap { index[$0] } }
        self.order = order
        self.index = index
        self.parents = parents
        self.missing = missing
    }

    /// The newest records whose whole past is held, ascending.
    ///
    /// - Parameters:
    ///   - accepted: Records that somebody accepted as gone: they count as held.
    ///   - excluded: Places of records that are left out.
    /// - Returns: At most as many as there are records.
    func completeHeads(accepting accepted: Set<RecordID>, without excluded: Set<Int>) -> [RecordID]
    {
        var complete = Array(repeating: false, count: order.count)
        var hasCompleteChild = complete
        for (i, record) in order.enumerated() where !excluded.contains(i) {
            complete[i] =
                record.record.parents.allSatisfy { index[$0] != nil || accepted.contains($0) }
                && parents[i].allSatisfy { complete[$0] }
            if complete[i] { for p in parents[i] { hasCompleteChild[p] = true } }
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
