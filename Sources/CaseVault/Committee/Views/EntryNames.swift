// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// What the entries of a case are called: `2`, or `2b` and `2k` where two were written side by
/// side.
///
/// The number is the count of entries in an entry's own past, plus one. A past is signed and never
/// changes, and whether an entry counts does not matter. So nobody gives another number to what
/// is there already, by whatever is written, or arrives, later. What the author did not know of
/// can have the same number. Then letters follow, from the entry's identifier; with them a name
/// fits one entry for good, and without them it is refused where it fits two.
struct EntryNames {
    /// Which letters there are: no vowel makes a word of them, none looks like a digit.
    private static let letters = Array("bcdfghjkmnpqrstvwxyz")
    /// The fewest digits of an identifier that name an entry.
    static let fewestDigits = 8

    /// The entries that count, in order.
    let records: [VerifiedRecord]
    /// Those that do not.
    private let late: [VerifiedRecord]
    /// The number of each entry whose whole past is here.
    private let numbers: [RecordID: Int]
    /// What each entry is shown as.
    private let labels: [RecordID: String]

    /// The names in one case.
    init(_ log: Log) {
        records = log.history.counting.filter(\.isEntry)
        late = log.history.late.filter(\.isEntry)
        let numbers = Self.numbers(RecordGraph(log.history.order))
        self.numbers = numbers
        var labels: [RecordID: String] = [:]
        let byNumber = Dictionary(grouping: records) { numbers[$0.id] }
        for (number, same) in byNumber {
            labels.merge(Self.labels(same, number)) { $1 }
            if number != nil, same.count == 1 { labels[same[0].id] = number.map { "\($0)" } }
        }
        let lateByNumber = Dictionary(grouping: late) { numbers[$0.id] }
        for (number, same) in lateByNumber {
            // What counts for nothing changes no name of what counts.
            let all = Self.labels(same + (byNumber[number] ?? []), number)
            for record in same { labels[record.id] = all[record.id] }
        }
        self.labels = labels
    }

    /// An entry's number; `nil` while a part of its past has not arrived.
    func number(of id: RecordID) -> Int? { numbers[id] }

    /// What an entry is shown as.
    func label(of id: RecordID) -> String { labels[id] ?? String(id.hexText.prefix(8)) }

    /// The entries that a name fits: a label, one with more letters than it needs, or at least
    /// eight digits of an identifier.
    func find(_ text: String) -> [VerifiedRecord] {
        let text = text.lowercased()
        let digits = text.prefix { ("0"..."9").contains($0) }
        let letters = text.dropFirst(digits.count)
        let number = Int(digits)
        return records.filter { record in
            if text.utf8.count >= Self.fewestDigits, record.id.hexText.hasPrefix(text) {
                return true
            }
            guard let number, digits.first != "0", numbers[record.id] == number else {
                return false
            }
            return Self.word(record.id).hasPrefix(letters)
        }
    }

    /// The shortest names of entries of one number that each fit no other of them.
    ///
    /// Sorted, only neighbours share a beginning that no nearer one shares: somebody can write
    /// thousands of entries side by side.
    private static func labels(_ all: [VerifiedRecord], _ number: Int?) -> [RecordID: String] {
        let front = number.map { "\($0)" } ?? ""
        let fewest = number == nil ? fewestDigits : 1
        let words = all.map { record in
            (id: record.id, word: Array((number == nil ? record.id.hexText : word(record.id)).utf8))
        }.sorted { $0.word.lexicographicallyPrecedes($1.word) }
        let shared = zip(words, words.dropFirst()).map { a, b in
            zip(a.word, b.word).prefix { $0 == $1 }.count
        }
        var labels: [RecordID: String] = [:]
        labels.reserveCapacity(words.count)
        for (i, (id, word)) in words.enumerated() {
            let taken = max(i > 0 ? shared[i - 1] : 0, i < shared.count ? shared[i] : 0)
            let length = min(word.count, max(fewest, taken + 1))
            labels[id] = front + String(decoding: word.prefix(length), as: UTF8.self)
        }
        return labels
    }

    /// An identifier in letters.
    private static func word(_ id: RecordID) -> String {
        String(id.raw.bytes.map { letters[Int($0) % letters.count] })
    }

    // MARK: - Numbers

    /// The number of every entry whose whole past is here.
    private static func numbers(_ graph: RecordGraph) -> [RecordID: Int] {
        let entries = graph.order.indices.filter { graph.order[$0].isEntry }
        var number: [RecordID: Int] = [:]
        let hasGaps = graph.order.contains { !$0.acceptedGaps.isEmpty }
        if hasGaps {
            for entry in entries { number[graph.order[entry].id] = count(entry, in: graph) }
            return number
        }
        var place: [Int: Int] = [:]
        for (n, entry) in entries.enumerated() { place[entry] = n }
        var children = Array(repeating: 0, count: graph.order.count)
        for parents in graph.parents { for parent in parents { children[parent] += 1 } }
        // Only as long as somebody asks for it: of a long log, that is one or two at a time.
        var pasts: [Int: BitSet] = [:]
        for i in graph.order.indices {
            var past = BitSet(count: entries.count)
            for (n, parent) in graph.parents[i].enumerated() {
                let known = pasts[parent] ?? past
                if n == 0 { past = known } else { past.formUnion(known) }
                children[parent] -= 1
                if children[parent] == 0 { pasts[parent] = nil }
            }
            if let n = place[i] {
                if graph.isComplete[i] { number[graph.order[i].id] = past.count + 1 }
                past.insert(n)
            }
            if children[i] > 0 { pasts[i] = past }
        }
        return number
    }

    /// The number of one entry in a log with gaps that somebody accepted.
    ///
    /// What was accepted as gone in its own past is left out, and all that is only behind it: so
    /// the number stays when it is found again.
    private static func count(_ entry: Int, in graph: RecordGraph) -> Int? {
        var gone: Set<RecordID> = []
        let past = graph.past(of: entry)
        for i in graph.order.indices where past.contains(i) {
            gone.formUnion(graph.order[i].acceptedGaps)
        }
        var seen: Set<Int> = []
        var stack = [entry]
        var count = 1
        while let i = stack.popLast() {
            for parent in graph.order[i].record.parents where !gone.contains(parent) {
                guard let place = graph.index[parent] else { return nil }
                guard seen.insert(place).inserted else { continue }
                if graph.order[place].isEntry { count += 1 }
                stack.append(place)
            }
        }
        return count
    }
}

extension VerifiedRecord {
    /// The records that this one accepts as gone.
    fileprivate var acceptedGaps: [RecordID] {
        if case .gapAccepted(let records) = statement { records } else { [] }
    }
}
