// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// What `verify` finds and names, one scene for each kind of thing.
struct VerifyTests {
    /// Robin and Sam read a case of Robin's; Kim is a member and does not.
    private let committee: TestCommittee
    /// The case, as Robin has it.
    private let shelf: CaseVault.Case

    init() throws {
        committee = try TestCommittee("Robin", "Sam", "Kim")
        let report = {
            var report = Report(text: "It happened.")
            report.reporterName = "Charlie Reporter"
            report.reporterAliases = ["chrep"]
            report.witnesses = [Report.Witness(name: "Dana Witness")]
            return report
        }()
        shelf = try committee.vault("Robin").startCase(
            about: [ReportedPerson(name: "Alex Doe", aliases: ["adoe"])], report: report)
        try committee.declareAll("Sam")
        _ = try committee.vault("Robin").catchUp()
    }

    /// What is found on a machine of Robin's.
    private func found(
        by name: String = "Robin"
    ) throws -> (report: VerifyReport, codes: Set<VerifyReport.Problem.Code>) {
        let report = try committee.vault(name).verify()
        return (report, Set(report.problems.map(\.code)))
    }

    /// The problems of one kind.
    private func problems(
        _ code: VerifyReport.Problem.Code, by name: String = "Robin"
    ) throws -> [VerifyReport.Problem] {
        try found(by: name).report.problems.filter { $0.code == code }
    }

    /// Somebody who writes by hand.
    private func writer(_ name: String) throws -> HostileWriter {
        HostileWriter(committee: committee, key: try committee.key(name))
    }

    /// An entry by somebody behind the case's newest records.
    private func entry(
        by name: String, behind parents: [RecordID]? = nil
    ) throws -> VerifiedRecord {
        try writer(name).record(
            .entered(
                EntryStatement(
                    kind: .discussion, happened: nil, text: "Planted.", corrects: nil,
                    attachments: [])),
            in: shelf.log, parents: parents ?? heads, vault: shelf.vault.store.vault)
    }

    /// The newest records of the case.
    private var heads: [RecordID] {
        get throws { try shelf.view().log.history.heads }
    }

    /// The files of the case as they are now.
    private var filesOfCase: Set<FileName> {
        get throws { try #require(committee.vault("Robin").store.logs[shelf.log]).fileNames }
    }

    /// Seals records and answers the file's path.
    private func plant(
        _ records: [VerifiedRecord], by name: String, for readers: [String]
    ) throws -> String {
        let cards = try readers.map(committee.card)
        let file = try writer(name).plant(
            records, for: cards, vault: shelf.vault.store.vault, slots: 8)
        return shelf.vault.store.folder.shownPath(of: file)
    }

    /// Takes files away, as a careless sync tool would.
    private func remove(_ names: some Sequence<FileName>) throws {
        for name in names {
            try FileManager.default.removeItem(atPath: shelf.vault.store.folder.path(of: name))
        }
    }

    @Test func aHealthyVaultHasNoProblem() throws {
        for name in ["Robin", "Sam", "Kim"] {
            let report = try committee.vault(name).verify()
            #expect(report.problems.isEmpty && report.isWhole)
        }
    }

    // MARK: - Without a key

    @Test func damagedFilesAreNamed() throws {
        let name = try #require(try committee.snapshot().keys.min())
        let path = shelf.vault.store.folder.path(of: name)
        try Data("other".utf8).write(to: URL(fileURLWithPath: path))
        let shown = shelf.vault.store.folder.shownPath(of: name)
        #expect(try Vault.verifyNames(at: committee.folder).damaged.map(\.file) == [shown])
        #expect(try found().report.damaged.map(\.file) == [shown])
    }

    @Test(arguments: [
        "%.sync-conflict-20260101-120000-ABCDEFG", "% (Robin's conflicted copy 2026-01-01)",
        "% 2", "%.orig", "%~", "%_conflict-20260101-120000",
    ])
    func conflictCopiesAreNamed(_ pattern: String) throws {
        let name = try #require(try committee.snapshot().keys.min())
        let copy = pattern.replacingOccurrences(of: "%", with: name.hexText)
        let marker = pattern.replacingOccurrences(of: "%", with: "VAULT")
        var expected = [String(shelf.vault.store.folder.shownPath(of: name).dropLast(64)) + copy]
        expected += ["sealed/" + copy, copy, marker]
        for path in expected {
            try Data([1]).write(to: committee.folder.appendingPathComponent(path))
        }
        for report in [try Vault.verifyNames(at: committee.folder), try found().report] {
            let copies = report.problems.filter { $0.code == .conflictCopy }
            #expect(copies.compactMap(\.file) == expected.sorted())
            #expect(report.ignored == expected.count)
            #expect(report.isWhole)
        }
    }

    @Test func otherNamesAreCountedAndWhatSomebodyPutThereIsNamed() throws {
        let others = [
            ".DS_Store", "README.txt", "sealed/notes", "sealed/ab.orig", "sealed/.VAULT.swp",
            "sealed/VAULT.orig", "vault.orig", "sealed/\(String(repeating: "g", count: 64)).orig",
        ]
        for path in others {
            try Data([1]).write(to: committee.folder.appendingPathComponent(path))
        }
        let report = try Vault.verifyNames(at: committee.folder)
        let visible = others.filter { !($0.split(separator: "/").last ?? "").hasPrefix(".") }
        #expect(report.problems.allSatisfy { $0.code == .inClear })
        #expect(report.problems.compactMap(\.file) == visible.sorted())
        #expect(
            report.problems.first?.text
                == "README.txt lies unencrypted in the shared folder: everybody can read it.")
        #expect(report.ignored == others.count)
    }

    @Test func veryManyConflictCopiesAreCountedAndTheFirstNamed() throws {
        let digits = String(repeating: "ab", count: 32)
        for number in 0..<130 {
            let path = "sealed/\(digits).sync-conflict-\(number)"
            try Data().write(to: committee.folder.appendingPathComponent(path))
        }
        let report = try Vault.verifyNames(at: committee.folder)
        #expect(report.problems.compactMap(\.file).count == 100)
        #expect(report.problems.last?.text == "There are 30 more such copies.")
        #expect(report.ignored == 130)
    }

    // MARK: - What is missing

    @Test func gapsAreNamed() throws {
        let missing = RecordID(raw: Random.bytes32())
        _ = try plant([entry(by: "Sam", behind: [missing])], by: "Sam", for: ["Robin", "Sam"])
        let report = try found().report
        #expect(report.missing.map(\.log) == [shelf.log])
        #expect(report.missing.flatMap(\.records) == [missing.hexText])
    }

    @Test func aLogThatWasPutBackIsNamed() throws {
        let before = Set(try committee.snapshot().keys)
        _ = try shelf.add(.discussion, "Newer.")
        try remove(Set(try committee.snapshot().keys).subtracting(before))
        let report = try found().report
        #expect(report.problems.map(\.code) == [.olderThanSeen])
        #expect(report.problems.first?.codeName == shelf.codeName)
        #expect(report.missing.map(\.log) == [shelf.log])
    }

    @Test func aCaseThatVanishedIsSaidInVerifyAndWaits() throws {
        try remove(filesOfCase)
        let vault = try committee.vault("Robin")
        #expect(vault.cases.isEmpty)
        #expect(vault.waiting.contains { $0.need == .closedOrMissing && $0.codeName == nil })
        let problem = try #require(try problems(.closedOrMissing).first)
        #expect(problem.text.contains("\(shelf.log)"))
        // A person says that this is so: nothing waits any more.
        try vault.acceptGap(in: shelf.log)
        #expect(!vault.waiting.contains { $0.need == .closedOrMissing })
        // Nobody else misses anything.
        #expect(try committee.vault("Kim").waiting.allSatisfy { $0.need != .closedOrMissing })
    }

    @Test func aLogWithoutItsFirstRecordIsNamed() throws {
        let added = try entry(by: "Robin")
        let old = try filesOfCase
        _ = try plant([added], by: "Robin", for: ["Robin", "Sam"])
        try remove(old)
        let new = try Vault(
            at: committee.folder, key: committee.key("Robin"), in: committee.environment("new"))
        let report = try new.verify()
        #expect(report.problems.contains { $0.code == .incomplete })
        #expect(!report.isWhole)
    }

    @Test func attachmentsThatAreGoneAreNamed() throws {
        let before = Set(try committee.snapshot().keys)
        _ = try shelf.add(
            .discussion, "With a file.",
            attaching: [AttachmentSource(name: "a.txt", bytes: [1, 2, 3])])
        let vault = try committee.vault("Robin")
        let new = Set(try committee.snapshot().keys).subtracting(before)
        let bytes = new.subtracting(vault.store.files.keys)
        try remove(bytes)
        let files = try problems(.attachmentMissing).compactMap(\.file)
        #expect(files == bytes.map(vault.store.folder.shownPath))
        #expect(files.count == 1)
        #expect(try !committee.vault("Robin").verify().isWhole)
        #expect(try committee.vault("Sam").verify().isWhole == false)
    }

    // MARK: - Who wrote and who reads

    @Test func lateRecordsAreCounted() throws {
        let late = try entry(by: "Sam")
        _ = try shelf.revokeAccess(of: committee.card("Sam"))
        _ = try plant([late], by: "Sam", for: ["Robin"])
        let problem = try #require(try problems(.lateRecords).first)
        #expect(problem.text == "1 records count for nothing.")
        #expect(problem.codeName == shelf.codeName)
    }

    @Test(arguments: [
        (VerifyReport.Problem.Code.overShared, ["Robin", "Sam", "Kim"]),
        (.underShared, ["Robin"]),
    ])
    func filesForOthersThanTheReadersAreNamed(
        _ code: VerifyReport.Problem.Code, _ readers: [String]
    ) throws {
        let file = try plant([entry(by: "Robin")], by: "Robin", for: readers)
        let report = try found().report
        #expect(report.problems.map(\.code) == [code])
        #expect(report.problems.map(\.file) == [file])
        // Catching up mends it.
        _ = try committee.vault("Robin").catchUp()
        #expect(try found().codes.isEmpty)
    }

    @Test func filesSealedByANonReaderAreNamed() throws {
        let file = try plant([entry(by: "Robin")], by: "Kim", for: ["Robin", "Sam"])
        let report = try found().report
        #expect(report.problems.map(\.code) == [.sealedByNonReader])
        #expect(report.problems.map(\.file) == [file])
    }

    @Test func logsOfStrangersAreNamed() throws {
        let outsider = try writer("Outsider")
        let vault = shelf.vault.store.vault
        let start = Statement.checkStarted(
            CheckStart(readers: [try committee.card("Robin")], withheld: [], tag: .zero))
        try outsider.plant(
            [outsider.start(start, vault: vault)], for: [committee.card("Robin")],
            vault: vault, slots: 8)
        #expect(try found().codes == [.startedByStranger])
    }

    @Test func casesWithTooFewReadersAreNamed() throws {
        let alone = try committee.startCase(by: "Robin", about: "Casey Example")
        let few = try problems(.fewReaders)
        #expect(few.map(\.codeName) == [alone.codeName])
        #expect(few.allSatisfy { $0.text.contains("\(alone.codeName)") })
        #expect(try found(by: "Sam").codes.isEmpty)
    }

    @Test func aCaseThatNobodyReadsIsNamedToWhoLeftLast() throws {
        let name = shelf.codeName
        let copy = committee.root.appendingPathComponent("copy")
        try FileManager.default.copyItem(at: committee.folder, to: copy)
        let away = try Vault(
            at: copy, key: committee.key("Sam"), in: committee.environment("Sam-away"))
        let sams = try away.case(named: name.description)
        _ = try sams.recuse()
        _ = try shelf.recuse()
        let theirs = VaultFolder(path: copy.path, files: FileSystem())
        let ours = VaultFolder(path: committee.folder.path, files: FileSystem())
        _ = try ours.write(
            theirs.list().names.map {
                try FileSystem().readFile(theirs.path(of: $0), limit: 1 << 30)
            })
        let few = try problems(.fewReaders)
        #expect(few.map(\.codeName) == [name])
        #expect(few.first?.text.hasPrefix("Nobody reads") == true)
    }

    // MARK: - Rows

    @Test(arguments: ["Alex Doe", "ADOE", "Charlie  Reporter", "chrep", "dana witness"])
    func rowsThatNameSomebodyAreNamed(_ name: String) throws {
        // The library refuses to write this; another program may not.
        #expect(throws: VaultError.nameInRegister) {
            try shelf.updateRow([.actionsNeeded: "Talk to \(name)."])
        }
        let row = try shelf.view().start.row.log
        let log = try #require(shelf.vault.store.logs[row])
        let change = try writer("Sam").record(
            .rowChanged(RowChange(values: [.resolution: "We met \(name), twice."])), in: row,
            parents: log.history.heads, vault: shelf.vault.store.vault)
        _ = try plant([change], by: "Sam", for: ["Robin", "Sam", "Kim"])
        for reader in ["Robin", "Sam"] {
            let problem = try #require(try problems(.rowNamesPerson, by: reader).first)
            #expect(problem.codeName == shelf.codeName)
            #expect(!TextFolding.containsWord(name, in: problem.text))
        }
        // Who cannot read the names is not told that the row holds one.
        #expect(try problems(.rowNamesPerson, by: "Kim").isEmpty)
        _ = try shelf.updateRow([.resolution: "Talked."])
        #expect(try found().codes.isEmpty)
    }

    @Test func aCodeNameThatIsANameIsNamed() throws {
        let word = try #require(shelf.codeName.description.split(separator: " ").last)
        _ = try shelf.addCheck(about: ReportedPerson(name: String(word)))
        #expect(try problems(.rowNamesPerson).map(\.codeName) == [shelf.codeName])
    }

    @Test func partsOfWordsAreNoNames() throws {
        _ = try shelf.updateRow([.resolution: "adoes, Alexander Doe and Doe"])
        #expect(try found().codes.isEmpty)
    }
}
