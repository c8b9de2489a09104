// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// The test kit in `Tests/CaseVaultTests/Vectors`, which other implementations can use too.
struct KitTests {
    /// Where the kit is.
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Vectors")
    /// How many files and vaults there are; a kit that shrank is a failure.
    private static let count = (files: 104, vaults: 24, graphs: 113)

    /// Runs something with a folder of its own.
    private func withScratch<T>(_ body: (URL) throws -> T) throws -> T {
        let scratch = FileManager.default.temporaryDirectory
            .appendingPathComponent("casevault-kit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        return try body(scratch)
    }

    /// The names in a folder of the kit.
    private func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            atPath: Self.folder.appendingPathComponent(folder).path
        ).sorted()
    }

    /// A file of the kit.
    private func file(_ path: String) throws -> KitFile {
        try KitFile(Array(Data(contentsOf: Self.folder.appendingPathComponent(path))))
    }

    @Test func theLibraryFindsWhatIsExpected() throws {
        try withScratch { scratch in
            let runner = KitRunner(scratch: scratch)
            let files = try names("files")
            for name in files {
                let file = try file("files/" + name)
                #expect(try runner.found(file) == KitRunner.expected(file), "\(name)")
            }
            let vaults = try names("vaults")
            for name in vaults {
                let file = try file("vaults/\(name)/expect")
                let folder = Self.folder.appendingPathComponent("vaults/\(name)")
                // Elsewhere, and without the file that says what to expect.
                let copy = scratch.appendingPathComponent(name)
                try FileManager.default.copyItem(at: folder, to: copy)
                try FileManager.default.removeItem(at: copy.appendingPathComponent("expect"))
                #expect(
                    try runner.found(file, vault: copy) == KitRunner.expected(file), "\(name)")
            }
            #expect(files.count == Self.count.files && vaults.count == Self.count.vaults)
            print("test kit: \(files.count) files, \(vaults.count) vaults")
        }
    }

    @Test func theLibraryCountsAsExpected() throws {
        let file = Self.folder.appendingPathComponent("standing.json")
        let graphs = try JSONDecoder().decode([KitGraph].self, from: try Data(contentsOf: file))
        #expect(graphs.count == Self.count.graphs)
        for graph in graphs { #expect(try graph.wrong() == [], "\(graph.name)") }
    }

    @Test(.enabled(if: PythonReader.isAvailable, "needs /usr/bin/python3 with PyNaCl"))
    func theIndependentReaderFindsWhatIsExpected() throws {
        let printed = try PythonReader.checkKit(Self.folder)
        let (files, vaults, graphs) = Self.count
        #expect(printed == "\(files) files, \(vaults) vaults, \(graphs) graphs\n")
    }

    @Test(arguments: [
        "kind: card\nexpects: ok\n\n", "kind: card\nexpect ok\n\n", "kind: card\n",
        "kind: card\nexpect: \n\n", "\u{FF}\n\n",
    ])
    func aHeaderThatIsNotUnderstoodFails(_ text: String) {
        #expect(throws: KitFile.Problem.self) { try KitFile(Array(text.utf8)) }
    }

    @Test func anExpectationThatIsNotMetFails() throws {
        var card = try file("files/card-right")
        #expect(try KitRunner(scratch: Self.folder).found(card) == KitRunner.expected(card))
        card.add("gap", "unexpected")
        #expect(try KitRunner(scratch: Self.folder).found(card) != KitRunner.expected(card))
        let unknown = KitFile("unknown", "ok", "no such kind")
        #expect(throws: KitFile.Problem.self) { try KitRunner.expected(unknown) }
        #expect(throws: KitFile.Problem.self) {
            try KitRunner(scratch: Self.folder).found(unknown)
        }
    }

    #if DEBUG
        /// The generator makes what is checked in. With `CASEVAULT_KIT=write` it writes it there.
        @Test func theGeneratorMakesWhatIsCheckedIn() async throws {
            let target = FileManager.default.temporaryDirectory
                .appendingPathComponent("casevault-kit-\(UUID().uuidString)").path
            defer { try? FileManager.default.removeItem(atPath: target) }
            // In a process of its own, because all randomness is replaced.
            await #expect(processExitsWith: .success) { [target = target as String] in
                try KitGenerator().write(to: URL(fileURLWithPath: target))
            }
            let made = Stage.tree(of: URL(fileURLWithPath: target))
            #expect(made.count > 200 && made.values.reduce(0) { $0 + $1.count } < 1_500_000)
            if ProcessInfo.processInfo.environment["CASEVAULT_KIT"] == "write" {
                for part in ["files", "vaults"] {
                    let place = Self.folder.appendingPathComponent(part)
                    try? FileManager.default.removeItem(at: place)
                    try FileManager.default.copyItem(
                        at: URL(fileURLWithPath: target).appendingPathComponent(part), to: place)
                }
            }
            let kept = Stage.tree(of: Self.folder).filter {
                $0.key.hasPrefix("files/") || $0.key.hasPrefix("vaults/")
            }
            #expect(made.keys.sorted() == kept.keys.sorted())
            for (path, bytes) in made { #expect(kept[path] == bytes, "\(path)") }
        }
    #endif
}
