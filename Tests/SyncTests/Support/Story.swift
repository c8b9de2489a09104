// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// What four members do, on folders that a real tool syncs: together, apart, and against
/// each other. It checks after each chapter that all see the same and that nothing is lost.
final class Story {
    /// The members' laptops.
    let ada, ben, cleo, dora: Laptop
    /// Everything the story writes.
    let root: URL
    /// What syncs.
    private var tool: (any SyncTool)?
    /// The time everywhere.
    private let clock = SharedClock()
    /// Every entry that the library acknowledged: in which case, by whom, what.
    private var acknowledged: [(log: Case.ID, author: String, text: String)] = []

    /// All laptops.
    var laptops: [Laptop] { [ada, ben, cleo, dora] }
    /// The cases that somebody was taken out of.
    private var closed: [String: Set<Case.ID>] = [:]
    /// The laptops of those who were not removed.
    private var members: [Laptop]

    /// Makes four laptops; folders of the same path are shared by those who use them.
    init(folders: [String]) throws {
        let root = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appendingPathComponent("casevault-sync-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        self.root = root
        let clock = clock
        /// One laptop.
        func laptop(_ name: String, _ number: Int) throws -> Laptop {
            try Laptop(
                name, folder: root.appendingPathComponent(folders[number]), root: root,
                clock: clock)
        }
        ada = try laptop("Ada", 0)
        ben = try laptop("Ben", 1)
        cleo = try laptop("Cleo", 2)
        dora = try laptop("Dora", 3)
        members = [ada, ben, cleo, dora]
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// Founds the committee in Ada's folder: everybody is a member and confirmed each other.
    func found() throws {
        try ada.found()
        for laptop in [ben, cleo, dora] {
            let card = laptop.key.card
            let vault = try ada.open()
            _ = try vault.admit(
                card, confirming: card.spoken, deciding: vault.checks.decisions())
        }
        for laptop in laptops {
            let own = laptop.folder
            laptop.folder = ada.folder
            let vault = try laptop.open()
            for member in vault.members where !member.isConfirmedByMe {
                _ = try vault.confirm(member.id, fingerprint: member.spoken)
            }
            laptop.folder = own
        }
    }

    // MARK: - Chapters

    /// Plays everything over a tool.
    func play(over tool: some SyncTool) async throws {
        self.tool = tool
        try await tool.sync()
        let first = try await startTogether()
        try await writeApart(first)
        try await grantAgainstRevoke(first)
        try await removeWhileOthersWrite(first)
    }

    /// One case that all four read, then three.
    private func startTogether() async throws -> Case.ID {
        let id = try ada.startCase(about: "Alex Doe")
        try await sync()
        for laptop in laptops { try laptop.declareAll() }
        try await sync()
        _ = try ada.open().catchUp()
        try await sync()
        for laptop in laptops {
            #expect(try laptop.file(id).readers.map(\.name) == ["Ada", "Ben", "Cleo", "Dora"])
        }
        _ = try ada.file(id).revokeAccess(of: dora.key.card.id)
        closed["Dora"] = [id]
        try await sync()
        return id
    }

    /// Everybody writes at once: entries in one case, and new cases.
    private func writeApart(_ first: Case.ID) async throws {
        try await apart {
            for number in 1...3 { try write("entry \(number)", in: first, by: ada) }
            try write("a plan", in: first, by: ben)
            try write("a question", in: first, by: cleo)
            _ = try ada.startCase(about: "Robin Roe")
            _ = try ben.startCase(about: "Sam Smith")
        }
        for laptop in laptops { try laptop.declareAll() }
        try await settle()
        for laptop in laptops {
            #expect(try laptop.open().cases.count == (laptop === dora ? 2 : 3))
        }
    }

    /// One lets somebody in again whom another lets in and takes out; one takes out a colleague
    /// who is writing.
    private func grantAgainstRevoke(_ first: Case.ID) async throws {
        let other = try #require(try ada.open().cases.map(\.id).first { $0 != first })
        try await apart {
            _ = try ada.file(first).grantAccess(to: dora.key.card.id)
            try write("Dora can help here", in: first, by: ada)
            _ = try ben.file(first).grantAccess(to: dora.key.card.id)
            _ = try ben.file(first).revokeAccess(of: dora.key.card.id)
            try write("Dora left again", in: first, by: ben)
            // First, because Cleo may look at the same folder as Ada.
            _ = try cleo.file(other).add(.discussion, "written while being taken out")
            _ = try ada.file(other).revokeAccess(of: cleo.key.card.id)
            closed["Cleo"] = [other]
            try write("still here", in: other, by: ben)
        }
        try await settle()
        for laptop in [ada, ben, cleo] {
            #expect(try laptop.file(first).readers.map(\.name) == ["Ada", "Ben", "Cleo"])
        }
        for laptop in [ada, ben, dora] {
            #expect(try laptop.file(other).readers.map(\.name) == ["Ada", "Ben", "Dora"])
        }
    }

    /// Somebody leaves the committee while the others write and start a case.
    private func removeWhileOthersWrite(_ first: Case.ID) async throws {
        try await apart {
            _ = try ada.open().remove(dora.key.card.id)
            try write("while Dora was removed", in: first, by: ben)
            try write("that too", in: first, by: cleo)
            _ = try ben.startCase(about: "Kim Kay")
        }
        members = [ada, ben, cleo]
        for laptop in members { try laptop.declareAll() }
        try await settle()
        for laptop in members {
            for file in try laptop.open().cases {
                #expect(!file.readers.map(\.name).contains("Dora"))
            }
        }
        // Every file that she could open was rewritten and is gone from all folders.
        #expect(throws: VaultError.notForYou) { try dora.open() }
    }

    // MARK: - Acts

    /// Writes an entry and notes that the library acknowledged it.
    private func write(_ text: String, in log: Case.ID, by laptop: Laptop) throws {
        _ = try laptop.file(log).add(.discussion, text)
        acknowledged.append((log, laptop.name, text))
    }

    /// Does something while nothing moves between the laptops, then lets it meet.
    private func apart(_ acts: () throws -> Void) async throws {
        try await tool?.disconnect()
        try acts()
        let differ = Set(laptops.map(\.files)).count > 1
        #expect(differ, "the folders did not differ, so nothing was concurrent")
        try await sync()
    }

    /// Syncs, and checks that all folders hold the same files.
    private func sync() async throws {
        try await tool?.sync()
        let files = laptops.map(\.files)
        for other in files { try #require(other == files[0]) }
    }

    /// Everybody catches up at the same time, then one after the other until nothing changes.
    private func settle() async throws {
        try await tool?.disconnect()
        for laptop in members { _ = try laptop.open().catchUp() }
        try await sync()
        for round in 1... {
            let before = ada.files
            clock.advance(days: 2)
            for folder in Set(laptops.map(\.folder)).sorted(by: { $0.path < $1.path }) {
                for laptop in members where laptop.folder == folder {
                    _ = try laptop.open().catchUp()
                }
                try await sync()
            }
            if ada.files == before { break }
            try #require(round < 8, "catching up never ends")
        }
        try check()
    }

    // MARK: - What must hold

    /// All see the same, every acknowledged entry is there, every file is whole.
    private func check() throws {
        let current = try members.map { ($0.name, try Shown($0)) }
        for (name, view) in current {
            #expect(view.members == members.map(\.name))
            #expect(view.code == current[0].1.code)
            #expect(view.register == current[0].1.register)
            for (log, file) in view.cases {
                #expect(file.readers.contains(name))
                for reader in file.readers {
                    let theirs = current.first { $0.0 == reader }?.1.cases[log]
                    #expect(theirs == file, "\(name) and \(reader) differ on a case")
                }
            }
        }
        for entry in acknowledged {
            let entries = try ada.file(entry.log).entries()
            #expect(
                entries.filter { $0.text == entry.text && $0.author.name == entry.author }.count
                    == 1, "lost or doubled: \(entry.text)")
        }
        for laptop in members {
            let report = try laptop.open().verify()
            #expect(report.damaged.isEmpty)
            #expect(report.mine > 0)
            #expect(report.files == laptop.files.count - 2, "besides VAULT and .gitattributes")
            // Whoever was taken out of a case cannot tell that from a file that is missing.
            let open = try Shown(laptop).cases
            let missing = report.missing.compactMap { Case.ID("\($0.log)") }
            #expect(missing.allSatisfy { closed[laptop.name] == [$0] && open[$0] == nil })
        }
        #expect(try ada.open().verify().isWhole)
    }
}
