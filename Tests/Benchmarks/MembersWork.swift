// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// Adds an eleventh member to many cases of 10 KB, and removes one of eleven.
enum MembersWork {
    /// Measures in turns with the limit.
    static func run(_ options: Options, _ report: Figures) throws {
        let stage = try Stage(in: options.folder, "members")
        defer { stage.remove() }
        try stage.found(members: 10)
        try stage.startCases(options.cases, entries: 0, bytes: 10_000)
        try stage.letEverybodyIn()
        stage.time.advance(days: 2)
        for _ in 0..<2 {
            for member in 0..<2 { try stage.vault(member).catchUp() }
            stage.time.advance(days: 1)
        }
        let vault = try stage.vault(0)
        var admits: [Double] = []
        var grants: [Double] = []
        var removals: [Double] = []
        var limits: [Double] = []
        var peak = 0.0
        for _ in 0..<options.rounds {
            let card = try stage.addKey().card
            Measure.resetPeak()
            admits.append(
                try Measure.time { try vault.admit(card, confirming: card.fingerprint) })
            try stage.declareAll(stage.keys.count - 1)
            try vault.refresh()
            grants.append(try Measure.time { try vault.catchUp() })
            guard vault.cases.allSatisfy({ $0.readers.count == 11 }) else { throw WorkError.wrong }
            peak = max(peak, Measure.peak)
            limits.append(try WritingLimit(stage, like: vault, readers: 11).time())
            Measure.resetPeak()
            removals.append(try Measure.time { try vault.remove(card.id) })
            guard vault.cases.allSatisfy({ $0.readers.count == 10 }) else { throw WorkError.wrong }
            peak = max(peak, Measure.peak)
        }
        let cases = "\(options.cases) cases of 10 KB"
        report.add("admit an eleventh member, \(cases)", admits)
        report.add("let the eleventh member into \(cases)", grants, limits: limits, peak: peak)
        report.add(
            "admitting and letting in together", zip(admits, grants).map { $0 + $1 },
            limits: limits)
        report.add(
            "remove one of eleven members, \(cases)", removals, limits: limits, peak: peak)
    }
}

/// The calls and durable writes of writing every case of a vault anew: a signature, the slots, the
/// cipher, the hashes, the write, reading it back; and deleting the old file.
struct WritingLimit {
    /// Everything that the limit writes.
    private let folder: String
    /// How many files, and how many records in all of them.
    private let files: Int
    private let records: Int
    /// As many readers.
    private let raw: Raw
    /// A body of the mean size.
    private let body: [UInt8]

    /// Looks at the cases of a vault, which has so many members.
    init(_ stage: Stage, like vault: Vault, readers: Int) throws {
        folder = stage.root.appendingPathComponent("raw").path
        let cases = vault.store.files.values.filter { file in
            file.records.keys.contains { vault.store.logs[$0]?.kind == .caseFile }
        }
        files = cases.count
        records = cases.reduce(0) { $0 + $1.recordCount }
        raw = try Raw(readers: readers)
        let overhead = raw.slots * SealedBox.count + 120
        body = [UInt8](
            repeating: 1, count: cases.reduce(0) { $0 + $1.size - overhead } / max(1, files))
    }

    /// So many files of so many records and bytes each.
    init(files: Int, records: Int, bytes: Int, in stage: Stage, readers: Int) throws {
        folder = stage.root.appendingPathComponent("raw").path
        self.files = files
        self.records = files * records
        raw = try Raw(readers: readers)
        body = [UInt8](repeating: 1, count: bytes)
    }

    /// Does it, with so many new records in each file; how long it took.
    func time(signing new: Int = 1) throws -> Double {
        try FileSystem().makeDirectory(folder, createParents: true)
        var names: [Bytes32] = []
        let each = records / max(1, files)
        let time = try Measure.time {
            let batch = 64
            var done = 0
            while done < files {
                let count = min(batch, files - done)
                let sealed = parallelMap(count: count, width: 2) { _ in
                    // With the declaration in it, if it is a grant.
                    for _ in 0..<new { raw.sign([UInt8](repeating: 1, count: 600)) }
                    return try? raw.seal(body)
                }.compactMap { $0 }
                try Raw.write(sealed, to: folder)
                _ = parallelMap(count: count, width: 2) { i in
                    guard let bytes = try? Raw.read(sealed[i].name, from: folder) else { return }
                    try? raw.reopen(bytes, as: sealed[i])
                    // What was verified before is known again by its hash; the new record is not.
                    raw.hash(each)
                    raw.verify(1)
                }
                names += sealed.map(\.name)
                done += count
            }
            // As many old files are deleted.
            try Raw.remove(names, from: folder)
        }
        return time
    }
}
