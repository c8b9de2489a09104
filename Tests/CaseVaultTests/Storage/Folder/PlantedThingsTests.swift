// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Synchronization
import Testing

@testable import CaseVault

/// Whoever can write to the folder can plant what they like in it.
struct PlantedThingsTests {
    /// Robin's committee.
    private let committee: TestCommittee

    /// Robin and Sam.
    init() throws { committee = try TestCommittee("Robin", "Sam") }

    /// The vault's folder.
    private var sealed: URL { committee.folder.appendingPathComponent("sealed") }

    /// The names of folders that the vault does not have yet.
    private func missingFolders() -> [String] {
        (0..<256).map { String(format: "%02x", $0) }.filter {
            !FileManager.default.fileExists(atPath: sealed.appendingPathComponent($0).path)
        }
    }

    @Test(arguments: [false, true])
    func linksForAllMissingFoldersLeadNoWriteOutAndDeleteNothing(hasAttachment: Bool) throws {
        let shelf = try committee.startCase(by: "Robin").id
        let sam = try committee.card("Sam").id
        try committee.declareAll("Sam")
        _ = try committee.vault("Robin").catchUp()
        if hasAttachment {
            // It is encrypted again first, in another way than files are written.
            _ = try Case(vault: committee.vault("Robin"), id: shelf).add(
                .discussion, "With a photo.",
                attaching: [AttachmentSource(name: "a.jpg", bytes: [1, 2, 3])])
        }
        let outside = committee.root.appendingPathComponent("outside")
        try FileManager.default.createDirectory(at: outside, withIntermediateDirectories: true)
        let names = missingFolders()
        for name in names {
            try FileManager.default.createSymbolicLink(
                at: sealed.appendingPathComponent(name), withDestinationURL: outside)
        }
        let before = try committee.snapshot()
        let robin = try committee.vault("Robin")
        // Some names begin with digits of folders that are there; none may lead outside.
        for _ in 0..<8 {
            do throws(VaultError) {
                _ = try Case(vault: robin, id: shelf).revokeAccess(of: sam)
                break
            } catch {
                #expect(error.code == .damaged)
                #expect(error.file?.hasPrefix("/") == true)
            }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: outside.path).isEmpty)
        let left = try FileManager.default.contentsOfDirectory(atPath: sealed.path)
        #expect(!left.contains { $0.hasPrefix(".casevault-") })
        let after = try committee.snapshot()
        if robin.store.logs[shelf]?.history.isReader(sam) ?? false {
            #expect(Set(after.keys).isSuperset(of: before.keys))
        }
        let report = try committee.vault("Robin").verify()
        let linked = report.damaged.filter { $0.fault == .notAFolder }.map(\.file)
        #expect(linked == names.map { "sealed/" + $0 }.sorted())
        #expect(!report.isWhole)
    }

    @Test func aFileWhereAFolderBelongsIsNamedAndSaid() throws {
        for name in missingFolders() {
            try Data().write(to: sealed.appendingPathComponent(name))
        }
        let report = try Vault.verifyNames(at: committee.folder)
        #expect(report.damaged.allSatisfy { $0.fault == .notAFolder } && !report.damaged.isEmpty)
        let hint = try #require(report.damaged.first).fault.hint
        #expect(hint.hasPrefix("Move the file or link out") && !hint.contains("copy"))
        let robin = try committee.vault("Robin")
        #expect(!robin.folderWarnings.isEmpty)
        for _ in 0..<4 {
            do throws(VaultError) {
                _ = try robin.startCase(
                    about: [ReportedPerson(name: "Alex Doe")], report: Report(text: "It happened."))
            } catch { #expect(error.code == .damaged, "\(error)") }
        }
    }

    @Test func theFolderOfAllFilesIsNoLinkEither() throws {
        let elsewhere = committee.root.appendingPathComponent("elsewhere")
        try FileManager.default.moveItem(at: sealed, to: elsewhere)
        try FileManager.default.createSymbolicLink(at: sealed, withDestinationURL: elsewhere)
        #expect(throws: VaultError.notAFolder("")) { try committee.vault("Robin") }
        #expect(throws: VaultError.notAFolder("")) { try Vault.verifyNames(at: committee.folder) }
    }

    @Test(arguments: ["folder", "link", "pipe", "junk"])
    func whatStandsInThePlaceOfTheFileThatSaysVaultIsSaid(_ kind: String) throws {
        let marker = committee.folder.appendingPathComponent("VAULT")
        let away = committee.root.appendingPathComponent("away")
        try FileManager.default.moveItem(at: marker, to: away)
        switch kind {
        case "folder":
            try FileManager.default.createDirectory(at: marker, withIntermediateDirectories: true)
        case "link":
            try FileManager.default.createSymbolicLink(at: marker, withDestinationURL: away)
        case "pipe": try TestPipe.make(marker)
        default: try Data("casevault/1\n".utf8).write(to: marker)
        }
        #expect(throws: VaultError.damagedVaultFile("")) { try committee.vault("Robin") }
        #expect(throws: VaultError.damagedVaultFile("")) {
            try Vault.verifyNames(at: committee.folder)
        }
    }

    @Test func whatAWriterThatDiedLeftOfAnAttachmentIsSweptInACrowd() throws {
        let shelf = try committee.startCase(by: "Robin").id
        func write(files: FileSystem = FileSystem()) throws {
            _ = try Case(vault: committee.vault("Robin", files: files), id: shelf).add(
                .discussion, "With a photo.",
                attaching: [AttachmentSource(name: "a.jpg", bytes: [1, 2, 3])])
        }
        for i in 0..<1000 {
            try Data().write(to: sealed.appendingPathComponent("junk \(i)"))
        }
        let isDead = Mutex(false)
        let dying = FileSystem { operation, place in
            isDead.withLock {
                if operation == .write, place.contains("/sealed/") { $0 = true }
                return $0 ? .fail(EIO) : nil
            }
        }
        #expect(throws: VaultError.self) { try write(files: dying) }
        func left() throws -> [String] {
            try FileManager.default.subpathsOfDirectory(atPath: sealed.path)
                .filter { $0.contains(".casevault-") }
        }
        #expect(try left().count == 1)
        try write()
        #expect(try left().isEmpty)
    }

    @Test(arguments: [Array("CVAF".utf8), Array("CVSF".utf8), [0]])
    func aHugeSparseFileIsReadOnceAtMost(_ start: [UInt8]) throws {
        let name = String(repeating: "ab", count: 32)
        let folder = sealed.appendingPathComponent("ab")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent(name)
        try Data(start).write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        try handle.truncate(atOffset: 20 << 30)
        try handle.close()
        // What has just changed is not taken as known.
        Thread.sleep(forTimeInterval: 0.08)
        // Nothing but the first bytes is read when it is met.
        let first = ReadCounter(file.path)
        _ = try committee.vault("Robin", files: first.files)
        #expect(first.reads <= 4)
        // Then it is known: a look, no read.
        let second = ReadCounter(file.path)
        let robin = try committee.vault("Robin", files: second.files)
        try robin.refresh()
        _ = try robin.startCase(
            about: [ReportedPerson(name: "Alex Doe")], report: Report(text: "It happened."))
        #expect(second.reads == 0)
    }

    @Test func aFileThatWasWrongIsReadAgainWhenItChanges() throws {
        let shelf = try committee.startCase(by: "Robin").id
        let all = try committee.snapshot()
        let robin = try committee.vault("Robin")
        let name = try #require(robin.store.logs[shelf]?.files.first?.name)
        let path = robin.store.folder.path(of: name)
        try Data(repeating: 9, count: 3 << 20).write(to: URL(fileURLWithPath: path))
        let sick = try committee.vault("Robin")
        #expect(sick.store.damaged[name] == .nameDoesNotMatch)
        let counter = ReadCounter(path)
        #expect(try committee.vault("Robin", files: counter.files).store.damaged[name] != nil)
        #expect(counter.reads == 0)
        try Data(try #require(all[name])).write(to: URL(fileURLWithPath: path))
        let healed = try committee.vault("Robin")
        #expect(healed.store.damaged.isEmpty && healed.incomplete.isEmpty)
        #expect(healed.store.logs[shelf] != nil)
    }
}

/// Counts how often one file is read.
private final class ReadCounter: Sendable {
    /// The file.
    private let path: String
    /// How often.
    private let count = Mutex(0)

    /// Counts for a file.
    init(_ path: String) { self.path = path }

    /// How often it was read.
    var reads: Int { count.withLock { $0 } }

    /// A file system that counts.
    var files: FileSystem {
        FileSystem { [self] operation, path in
            if operation == .read, path == self.path { count.withLock { $0 += 1 } }
            return nil
        }
    }
}
