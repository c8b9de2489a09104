// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// The calls and durable writes that an act could not do without: for each file that it wrote the
/// signatures, the slots, the cipher, the hashes, the write and reading it back; and deleting as
/// many files as it deleted.
struct WritingLimit {
    /// One file that the act wrote.
    private struct Written {
        /// The bytes of the body.
        let size: Int
        /// How many records it holds.
        let records: Int
        /// How many of them the act signed.
        let new: Int
    }

    /// Everything that the limit writes.
    private let folder: String
    /// What the act wrote.
    private let written: [Written]
    /// How many files the act deleted.
    private let deleted: Int
    /// As many readers.
    private let raw: Raw

    /// How many files the act wrote.
    var count: Int { written.count }

    /// Looks at what an act did to the files of a vault, sealed to so many readers.
    init(
        _ stage: Stage, from before: [FileName: OpenedFile], to after: [FileName: OpenedFile],
        readers: Int
    ) throws {
        folder = stage.root.appendingPathComponent("raw").path
        raw = try Raw(readers: readers)
        var known = Set(before.values.flatMap { $0.records.values.joined().map(\.id) })
        let overhead = raw.slots * SealedBoxes.boxSize + 152
        written = after.filter { before[$0.key] == nil }.values.map { file in
            // A record that stands in two new files is signed once.
            let new = file.records.values.joined().count { known.insert($0.id).inserted }
            return Written(size: file.size - overhead, records: file.recordCount, new: new)
        }
        deleted = before.keys.count { after[$0] == nil }
    }

    /// Does it; how long it took.
    func time() throws -> Double {
        try FileSystem().makeDirectory(folder, createParents: true)
        var names: [Bytes32] = []
        let time = try Measure.time {
            let batch = 128
            var done = 0
            while done < written.count {
                let part = written[done..<min(done + batch, written.count)].map(\.self)
                let sealed = parallelMap(count: part.count, width: 2) { i in
                    for _ in 0..<part[i].new { raw.sign([UInt8](repeating: 1, count: 300)) }
                    return try? raw.seal([UInt8](repeating: 1, count: part[i].size))
                }.compactMap(\.self)
                try Raw.write(sealed, to: folder)
                _ = parallelMap(count: part.count, width: 2) { i in
                    guard let bytes = try? Raw.read(sealed[i].name, from: folder) else { return }
                    try? raw.reopen(bytes, as: sealed[i])
                    // What was verified before is known again by its hash; new records are not.
                    raw.hash(part[i].records)
                    raw.verify(part[i].new)
                }
                names += sealed.map(\.name)
                done += part.count
            }
            try Raw.remove(Array(names.prefix(deleted)), from: folder)
        }
        try Raw.remove(Array(names.dropFirst(deleted)), from: folder)
        return time
    }
}
