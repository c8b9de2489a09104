// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// Opens a vault with many cases, prints the register, adds an entry, catches up.
enum VaultWork {
    /// A vault that everybody has caught up in: many cases, three entries each. With a folder it
    /// is kept there, and what is returned is a copy.
    static func settled(_ options: Options) throws -> Stage {
        guard let folder = options.folder else { return try built(options) }
        let place = URL(fileURLWithPath: folder)
            .appendingPathComponent("vault-\(options.cases)-\(options.members)")
        if !FileManager.default.fileExists(atPath: place.path) {
            try built(options).keep(at: place)
        }
        return try Stage(keptAt: place).copy("vault")
    }

    /// Builds such a vault.
    private static func built(_ options: Options) throws -> Stage {
        let stage = try Stage(in: options.folder, "vault")
        try stage.found(members: options.members)
        try stage.startCases(options.cases, entries: 2, bytes: 1000)
        try stage.letEverybodyIn()
        for _ in 0..<3 {
            stage.time.advance(days: 1)
            for member in 0..<2 { _ = try stage.vault(member).catchUp() }
        }
        return stage
    }

    /// Measures in turns with the limit.
    static func run(_ options: Options, _ report: Figures) throws {
        var stage: Stage?
        let building = try Measure.time { stage = try settled(options) }
        guard let stage else { return }
        defer { stage.remove() }
        let count = try stage.count()
        let cases = "\(options.cases) cases"
        report.add(
            "build a vault of \(cases)", [building],
            note: "\(count.files) files, \(count.bytes >> 20) MiB")
        let limit = try OpeningLimit(stage)
        var first: [Double] = []
        var again: [Double] = []
        var rawFirst: [Double] = []
        var peak = 0.0
        for round in 0..<options.rounds {
            Measure.resetPeak()
            first.append(
                try Measure.time {
                    let vault = try stage.vault(0, state: "fresh\(round)")
                    guard vault.register.count == options.cases else { throw WorkError.wrong }
                })
            peak = max(peak, Measure.peak)
            rawFirst.append(limit.first())
            again.append(
                try Measure.time {
                    let vault = try stage.vault(0, state: "fresh\(round)")
                    guard vault.register.count == options.cases else { throw WorkError.wrong }
                })
        }
        report.add(
            "open \(cases) and print the register, first time", first, limits: rawFirst,
            peak: peak)
        report.add("open \(cases) and print the register, again", again, note: "bar 300 ms")
        let vault = try stage.vault(0)
        guard let file = vault.cases.first else { throw WorkError.wrong }
        let listing = try (0..<options.rounds).map { _ in
            try Measure.time { _ = try vault.store.folder.list() }
        }
        report.add("one directory listing", listing)
        _ = try file.takeFirstLook(.noConflict)
        var entries: [Double] = []
        var nothing: [Double] = []
        _ = try vault.catchUp()
        for _ in 0..<options.rounds {
            nothing.append(try Measure.time { _ = try vault.catchUp() })
            entries.append(try Measure.time { _ = try file.add(.discussion, "One more.") })
        }
        report.add("add an entry in a vault of \(cases)", entries, note: "bar 50 ms")
        report.add("catch up in \(cases), nothing to do", nothing, note: "bar 300 ms")
    }
}

/// What can go wrong in a measurement.
enum WorkError: Error {
    /// The work was not done.
    case wrong
}

/// The libsodium calls and reads that opening every file of a vault for the first time takes.
struct OpeningLimit {
    /// The files' bytes would not fit; their paths do.
    private let paths: [String]
    /// How many records there are in all, and cards that no file was verified for before.
    private let records: Int
    /// Slots as the files have them.
    private let raw: Raw
    /// A body of the mean size, sealed by `raw`.
    private let file: Raw.File

    /// Looks at a stage.
    init(_ stage: Stage, member: Int = 0) throws {
        let vault = try stage.vault(member)
        let store = vault.store
        paths = store.files.keys.map { store.folder.path(of: $0) }
        records = store.files.values.reduce(0) {
            $0 + $1.records.values.reduce(0) { $0 + $1.count }
        }
        raw = try Raw(readers: stage.keys.count)
        let bytes = store.files.values.reduce(0) { $0 + $1.size } / max(1, paths.count)
        file = try raw.seal([UInt8](repeating: 1, count: bytes))
    }

    /// Reads every file and makes the calls, on two cores; how long it took.
    func first() -> Double {
        Measure.time {
            let each = max(1, records / max(1, paths.count))
            parallelForEach(count: paths.count, width: 2) { i in
                _ = try? FileSystem().readFile(paths[i], limit: 1 << 30)
                _ = try? raw.open(file.bytes)
                raw.verify(each)
            }
        }
    }
}
