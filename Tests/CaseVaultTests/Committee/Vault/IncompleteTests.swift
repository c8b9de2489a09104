// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Whoever reads is told what is missing from it.
struct IncompleteTests {
    /// Robin's committee.
    private let committee: TestCommittee
    /// A case with an entry.
    private let shelf: LogID

    /// A case of which the last entry is in a file of its own.
    init() throws {
        committee = try TestCommittee("Robin", "Sam")
        let item = try committee.startCase(by: "Robin")
        _ = try item.add(
            .discussion, "Later words.",
            attaching: [AttachmentSource(name: "a", bytes: Array(repeating: 7, count: 70_000))])
        shelf = item.log
        #expect(try committee.vault("Robin").incomplete.isEmpty)
    }

    /// Robin's case.
    private func item(_ vault: Vault) -> Case { Case(vault: vault, id: shelf) }

    /// The file of the newest entry.
    private func newest(_ vault: Vault) throws -> String {
        let files = try #require(vault.store.logs[shelf]?.files)
        #expect(files.count > 1)
        let file = try #require(files.first { !$0.attachments.isEmpty })
        return vault.store.folder.path(of: file.name)
    }

    @Test func emptyFilesAndLostFilesAreSaid() throws {
        let path = try newest(committee.vault("Robin"))
        try Data().write(to: URL(fileURLWithPath: path))
        // Also where files are put off until they are asked for.
        let robin = try committee.vault("Robin")
        _ = try? item(robin).entries()
        let found = robin.incomplete
        #expect(found.contains { $0.text.contains("it is empty") })
        #expect(robin.store.damaged.values.contains(.empty))
        try FileManager.default.removeItem(atPath: path)
        for _ in 0..<2 {
            let later = try committee.vault("Robin")
            #expect(later.incomplete.contains { $0.what != .memory })
        }
    }

    @Test func whatCouldNotBeReadIsNotCalledDamaged() throws {
        let path = try newest(committee.vault("Robin"))
        for (code, fault) in [
            (EACCES, SealedFileError.noPermission), (EIO, .unreadable), (EBUSY, .busy),
        ] {
            let files = FileSystem { operation, place in
                operation == .open && place == path ? .fail(code) : nil
            }
            let robin = try committee.vault("Robin", files: files)
            let report = try robin.verify()
            #expect(report.unreadable.map(\.fault) == [fault])
            #expect(report.damaged.isEmpty && !report.isWhole)
            #expect(robin.incomplete.contains { $0.text.contains("could not be read") })
        }
        #expect(try committee.vault("Robin").incomplete.isEmpty)
    }

    @Test func missingAttachmentsAreSaidAndTheExportCarriesIt() throws {
        let vault = try committee.vault("Robin")
        let file = try #require(
            vault.store.logs[shelf]?.files.flatMap(\.attachments).first?.file)
        let path = vault.store.folder.path(of: file)
        let bytes = try FileSystem().readFile(path, limit: 1 << 20)
        var cut = bytes
        cut[bytes.count - 1] ^= 1
        for (number, change) in [Array(bytes.dropLast()), cut, []].enumerated() {
            try Data(change).write(to: URL(fileURLWithPath: path))
            if change.isEmpty { try FileManager.default.removeItem(atPath: path) }
            let robin = try committee.vault("Robin")
            let place = committee.root.appendingPathComponent("export-\(number)")
            let report = try robin.export(to: place)
            #expect(robin.incomplete.contains { $0.what == .attachment })
            #expect(report.waiting.contains { $0.need == .attachmentBytes })
            let readMe = try String(
                contentsOf: place.appendingPathComponent("README.md"), encoding: .utf8)
            #expect(readMe.contains("not complete"))
            #expect(!report.isOpenToOthers)
        }
    }

    @Test func aMemoryThatCannotBeWrittenIsSaid() throws {
        let state = committee.root.appendingPathComponent("state-Robin").path
        let files = FileSystem { operation, place in
            operation == .write && place.hasPrefix(state) ? .fail(ENOSPC) : nil
        }
        let robin = try committee.vault("Robin", files: files)
        _ = try item(robin).add(.discussion, "More words.")
        #expect(robin.incomplete.map(\.what) == [.memory])
        #expect(robin.store.memoryFault?.code == .diskFull)
        #expect(robin.incomplete[0].text.contains("XDG_STATE_HOME"))
    }

    @Test func aMissingFolderIsNeitherAnEmptyVaultNorSomebodyElses() throws {
        let sealed = committee.folder.appendingPathComponent("sealed")
        let renamed = committee.folder.appendingPathComponent("sealed (Robin's conflicted copy)")
        try FileManager.default.moveItem(at: sealed, to: renamed)
        for name in ["Robin", "Kim"] {
            do {
                _ = try committee.vault(name)
                Issue.record("opened")
            } catch let error as VaultError {
                #expect(error.code == .incomplete)
                #expect(error.hint.contains("sealed (Robin's conflicted copy)"))
            }
        }
        let report = try Vault.verifyNames(at: committee.folder)
        #expect(report.problems.map(\.code) == [.renamedFolder])
        try FileManager.default.moveItem(at: renamed, to: sealed)
        try FileManager.default.removeItem(at: committee.folder.appendingPathComponent("VAULT"))
        #expect(throws: VaultError.vaultFileMissing("")) { try committee.vault("Robin") }
    }

    @Test(arguments: ["", "lost", "lost/7f", ".lost/a/b"])
    func aFileThatWasMovedElsewhereIsNotCalledUnencrypted(_ place: String) throws {
        let path = try newest(committee.vault("Robin"))
        let name = URL(fileURLWithPath: path).lastPathComponent
        let folder = committee.folder.appendingPathComponent(place)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let target = folder.appendingPathComponent(name)
        try FileManager.default.copyItem(atPath: path, toPath: target.path)
        let robin = try committee.vault("Robin")
        // As long as the file is in its place, only a folder is named.
        let about: Set<VerifyReport.Problem.Code> = [
            .conflictCopy, .inClear, .lastCopy, .renamedFolder,
        ]
        let before = try robin.verify().problems.map(\.code).filter(about.contains)
        #expect(
            before == (place.isEmpty ? [.conflictCopy] : place == ".lost/a/b" ? [] : [.inClear]))
        try FileManager.default.removeItem(atPath: path)
        let report = try committee.vault("Robin").verify().problems
            .filter { about.contains($0.code) }
        if place == ".lost/a/b" { return }
        #expect(report.map(\.code) == [place.isEmpty ? .lastCopy : .renamedFolder])
        #expect(
            report[0].text.lowercased().contains("do not delete")
                || report[0].text.contains("Delete nothing"))
        #expect(try committee.vault("Robin").folderWarnings.contains { $0.contains("elete") })
    }

    @Test func onlyCopiesAreNeverCalledUseless() throws {
        let path = try newest(committee.vault("Robin"))
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        let copy = path + " (Robin's conflicted copy)"
        try FileManager.default.moveItem(atPath: path, toPath: copy)
        func codes() throws -> [VerifyReport.Problem.Code] {
            try Vault.verifyNames(at: committee.folder).problems.map(\.code)
        }
        #expect(try codes() == [.lastCopy])
        #expect(try committee.vault("Robin").folderWarnings.count == 1)
        // Other bytes may be newer or older; the true ones are not there.
        try Data([1]).write(to: URL(fileURLWithPath: copy))
        #expect(try codes() == [.lastCopy])
        try Data().write(to: URL(fileURLWithPath: copy))
        #expect(try codes() == [.placeholder])
        try bytes.write(to: URL(fileURLWithPath: path))
        #expect(try codes() == [.conflictCopy])
        #expect(try committee.vault("Robin").folderWarnings.isEmpty)
        try FileManager.default.removeItem(atPath: copy)
        // Under a name that says nothing, and in a folder that was renamed.
        try FileManager.default.moveItem(
            atPath: path,
            toPath: committee.folder.appendingPathComponent("sealed/file").path)
        #expect(try codes() == [.lastCopy])
    }

    @Test func keysAndTextsInTheFolderAreNamed() throws {
        try Data("Jo".utf8).write(to: committee.folder.appendingPathComponent("names.txt"))
        let key = committee.folder.appendingPathComponent("spare.key")
        try committee.key("Robin").save(
            to: committee.root.appendingPathComponent("spare.key"), passphrase: nil)
        try FileManager.default.moveItem(
            at: committee.root.appendingPathComponent("spare.key"), to: key)
        let robin = try committee.vault("Robin")
        let problems = try robin.verify().problems.filter { $0.code != .fewReaders }
        #expect(problems.map(\.code) == [.inClear, .keyInFolder])
        #expect(robin.folderWarnings == problems.map(\.text))
    }

    @Test func aPauseIsNoDoubtAndAWrongClockIs() throws {
        let day = Day(daysSince1970: 20_700)
        #expect(Vault.clockDoubt(today: day, newest: day) == nil)
        #expect(Vault.clockDoubt(today: day.adding(days: 300), newest: day) == nil)
        #expect(Vault.clockDoubt(today: day.adding(days: -1), newest: day)?.isBehind == true)
        #expect(Vault.clockDoubt(today: day.adding(days: 30_000), newest: day)?.isBehind == false)
        #expect(Vault.clockDoubt(today: Day(daysSince1970: 0), newest: nil) != nil)
        let robin = try committee.vault("Robin")
        let far = robin.store.clock.today.adding(days: 30_000)
        #expect(robin.isInFuture(far))
        #expect(throws: VaultError.dayTooFarAhead) {
            try item(robin).add(.discussion, "Words.", on: far)
        }
    }
}
