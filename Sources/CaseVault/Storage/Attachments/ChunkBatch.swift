// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge
private import Synchronization

/// Chunks that two threads turn into others, each taking the next one when it is done with one.
final class ChunkBatch: Sendable {
    /// How many chunks are worked on at a time: 2 MiB. That is what memory depends on.
    static let most = 32

    /// The chunks.
    let chunks: [[UInt8]]
    /// What became of each; `nil` before, and where the work failed.
    private let results: Mutex<[[UInt8]?]>
    /// The next chunk to take.
    private let next = Atomic<Int>(0)
    /// What becomes of the chunk of a number.
    private let turn: @Sendable (Int, [UInt8]) -> [UInt8]?

    /// Chunks to turn.
    init(_ chunks: [[UInt8]], _ turn: @escaping @Sendable (Int, [UInt8]) -> [UInt8]?) {
        self.chunks = chunks
        results = Mutex(Array(repeating: nil, count: chunks.count))
        self.turn = turn
    }

    /// Turns chunks until none is left to take.
    func work() {
        while true {
            let index = next.add(1, ordering: .relaxed).oldValue
            guard index < chunks.count else { return }
            let result = turn(index, chunks[index])
            results.withLock { $0[index] = result }
        }
    }

    /// What became of all chunks, after all work has ended; `nil` if one failed.
    func finish() -> [[UInt8]]? {
        let all = results.withLock { (results) in
            defer { results = [] }
            return results
        }
        let done = all.compactMap { $0 }
        return done.count == chunks.count ? done : nil
    }
}
