// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// What was erased is in no file any more that any key ever opened; everything else is.
struct EraseTests {
    /// What is erased.
    private static let secret = "ERASE-ME what nobody may read again"
    /// The contents of an attachment that is erased.
    private static let bytes = Array("ERASE-ME attached".utf8)

    /// Robin's case with Sam and Kim as readers; the second entry is what will be erased.
    private func scene() throws -> (TestCommittee, LogID, CodeName) {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try committee.startCase(by: "Robin", about: "Alex ERASE-ME")
        for name in ["Sam", "Kim"] { try committee.declareAll(name) }
        _ = try committee.vault("Robin").catchUp()
        for name in ["Sam", "Kim"] {
            _ = try open(shelf.log, as: name, in: committee).takeFirstLook(.noConflict)
        }
        _ = try open(shelf.log, as: "Sam", in: committee).add(
            .witness, Self.secret,
            attaching: [AttachmentSource(name: "ERASE-ME.txt", bytes: Self.bytes)])
        _ = try open(shelf.log, as: "Kim", in: committee).add(
            .discussion, "This stays.",
            attaching: [AttachmentSource(name: "stays.txt", bytes: [1, 2, 3])])
        return (committee, shelf.log, shelf.codeName)
    }

    /// The case as somebody's computer has it now.
    private func open(
        _ id: LogID, as name: String, in committee: TestCommittee
    ) throws -> Case {
        Case(vault: try committee.vault(name), id: id)
    }

    /// Everybody catches up, twice, some days apart.
    private func settle(_ committee: TestCommittee, _ names: [String]) throws {
        for _ in 0..<2 {
            for name in names { _ = try committee.vault(name).catchUp() }
            committee.clock.advance(days: 2)
        }
    }

    /// How many attachments the folder holds.
    private func attachments(_ committee: TestCommittee) throws -> Int {
        try committee.snapshot().values.count { $0.starts(with: AttachmentHeader.magic) }
    }

    // MARK: - One entry

    @Test func anErasedEntryIsInNoFileAnyMore() throws {
        let (committee, id, name) = try scene()
        let search = OpenableText(committee)
        #expect(try search.holds("ERASE-ME what") && search.holds("This stays."))
        let attached = try attachments(committee)
        let change = try open(id, as: "Robin", in: committee).erase(entry: 2, confirming: name)
        #expect(change.cannotUndo.contains { $0.text.contains("git") })
        #expect(change.cannotUndo.contains { $0.text.contains("Keep this computer on") })
        // A hold or a removal of Robin could still arrive.
        #expect(change.waiting.contains { $0.need == .erasureDay })
        #expect(try search.holds("ERASE-ME what"))
        for reader in ["Robin", "Sam", "Kim"] { _ = try committee.vault(reader) }
        // All are in one folder and Robin reads everything: it is gone when the day is over.
        try committee.letErase("Robin")
        #expect(try !search.holds("ERASE-ME what") && !search.holds("ERASE-ME.txt"))
        #expect(try attachments(committee) == attached - 1)
        try settle(committee, ["Robin", "Sam", "Kim"])
        #expect(try !search.holds("ERASE-ME what") && search.holds("This stays."))
        for reader in ["Robin", "Sam", "Kim"] {
            let item = try open(id, as: reader, in: committee)
            let entries = try item.entries()
            #expect(entries.map(\.number) == [1, 2, 3])
            #expect(entries.map(\.isErased) == [false, true, false])
            #expect(entries.map(\.isTextMissing) == [false, false, false])
            #expect(entries[1].text.isEmpty && entries[1].attachments.isEmpty)
            #expect(entries[1].author.name == "Sam" && entries[1].kind == .gone)
            #expect(entries[2].text == "This stays.")
            var size = 0
            try item.readAttachment(1, ofEntry: 3) { size += $0.count }
            #expect(size == 3)
            #expect(throws: VaultError.unknownAttachment) {
                try item.readAttachment(1, ofEntry: 2) { _ in }
            }
            let report = try committee.vault(reader).verify()
            #expect(report.isWhole)
            #expect(report.problems.isEmpty, "\(report.problems)")
            #expect(!item.isErased)
        }
        #expect(throws: VaultError.alreadyErased) {
            try open(id, as: "Kim", in: committee).erase(entry: 2, confirming: name)
        }
    }

    @Test func aRefusalErasesNothing() throws {
        let (committee, id, name) = try scene()
        let item = try open(id, as: "Robin", in: committee)
        let before = try committee.snapshot()
        let other = try #require(CodeName("closed case"))
        #expect(throws: VaultError.wrongCodeName) { try item.erase(entry: 2, confirming: other) }
        #expect(throws: VaultError.wrongCodeName) { try item.erase(confirming: other) }
        for number in [0, -1, 4, .max] {
            #expect(throws: VaultError.unknownEntry) {
                try item.erase(entry: number, confirming: name)
            }
        }
        #expect(try committee.snapshot() == before)
    }

    @Test func aFileThatComesBackGoesAgain() throws {
        let (committee, id, name) = try scene()
        let before = try committee.snapshot()
        try open(id, as: "Robin", in: committee).erase(entry: 2, confirming: name)
        _ = try committee.vault("Kim")
        try committee.letErase("Robin")
        let place = VaultFolder(path: committee.folder.path, files: FileSystem())
        let left = try committee.snapshot()
        _ = try place.write(before.filter { left[$0.key] == nil }.map(\.value))
        let search = OpenableText(committee)
        #expect(try search.holds("ERASE-ME what"))
        let kims = try committee.vault("Kim")
        // Nobody sees it meanwhile, and it is said.
        #expect(try open(id, as: "Kim", in: committee).entries()[1].isErased)
        #expect(try kims.verify().problems.contains { $0.code == .erasedText })
        _ = try kims.catchUp()
        #expect(try !search.holds("ERASE-ME what"))
        #expect(try !kims.verify().problems.contains { $0.code == .erasedText })
        try settle(committee, ["Robin", "Sam", "Kim"])
        #expect(try !search.holds("ERASE-ME what") && search.holds("This stays."))
    }

    @Test func aLogTooLargeForOneFileIsErasedFileByFile() throws {
        let committee = try TestCommittee("Robin")
        let shelf = try committee.startCase(by: "Robin")
        let padding = String(repeating: "x", count: EntryStatement.textLimit - 20)
        for number in 1...9 { _ = try shelf.add(.discussion, "large \(number) " + padding) }
        #expect(shelf.vault.store.logs[shelf.id].map { $0.files.count > 1 } == true)
        try shelf.erase(entry: 5, confirming: shelf.codeName)
        try committee.letErase("Robin")
        for _ in 0..<2 {
            let search = OpenableText(committee)
            for number in 1...9 {
                #expect(try search.holds("large \(number) ") == (number != 4))
            }
            committee.clock.advance(days: 2)
            _ = try committee.vault("Robin").catchUp()
        }
        let vault = try committee.vault("Robin")
        #expect(try vault.verify().problems.map(\.code) == [.fewReaders])
        #expect(try Case(vault: vault, id: shelf.id).entries().map(\.isErased).count { $0 } == 1)
    }

    // MARK: - The whole case

    @Test func anErasedCaseKeepsItsLineAndASkeleton() throws {
        let (committee, id, name) = try scene()
        let robins = try open(id, as: "Robin", in: committee)
        _ = try robins.updateRow([
            .status: "resolved", .safetyRisk: "no", .actionsNeeded: "ERASE-ME action",
        ])
        _ = try robins.updateRow([.resolution: "ERASE-ME resolution"])
        _ = try robins.add(.reporter, "ERASE-ME thanks", on: Day("2026-09-02"))
        _ = try robins.add(.outcome, "ERASE-ME outcome", on: Day("2026-09-20"))
        let search = OpenableText(committee)
        let change = try open(id, as: "Kim", in: committee).erase(confirming: name)
        #expect(change.waiting.map(\.need) == [.erasureDay], "\(change.waiting)")
        try committee.letErase("Kim")
        #expect(try !search.holds("ERASE-ME") && !search.holds("This stays."))
        try settle(committee, ["Robin", "Sam", "Kim"])
        #expect(try !search.holds("ERASE-ME") && !search.holds("It happened."))
        #expect(try attachments(committee) == 0)
        for reader in ["Robin", "Sam", "Kim"] {
            let vault = try committee.vault(reader)
            let item = Case(vault: vault, id: id)
            #expect(item.isErased)
            #expect(item.skeleton?.acknowledgedOn == Day("2026-09-02"))
            #expect(item.skeleton?.resolvedOn == Day("2026-09-21"))
            #expect(item.skeleton?.receivedOn != nil)
            #expect(try item.entries().allSatisfy(\.isErased))
            #expect(try item.people.isEmpty)
            let row = try #require(vault.register.first)
            #expect(row[.status] == "resolved" && row[.safetyRisk] == "no")
            #expect(row[.actionsNeeded].isEmpty && row[.resolution].isEmpty)
            // Nobody is asked about a name that is gone.
            #expect(vault.checks.isEmpty)
            #expect(vault.waiting.isEmpty, "\(vault.waiting)")
            #expect(vault.offers.isEmpty)
            let report = try vault.verify()
            #expect(report.isWhole && report.problems.isEmpty, "\(report.problems)")
            #expect(throws: VaultError.alreadyErased) { try item.erase(confirming: name) }
        }
    }

    /// How many votes have a body in any file that somebody opens.
    private func votes(_ committee: TestCommittee) throws -> Int {
        var count = 0
        for name in ["Robin", "Sam", "Kim"] {
            let vault = try committee.vault(name)
            for (file, bytes) in try committee.snapshot() {
                guard
                    case .opened(let opened)? = try? SealedFile.open(
                        bytes, name: file, with: committee.key(name), vault: vault.store.vault)
                else { continue }
                count += opened.records.values.joined().count {
                    $0.kind == .voted && $0.record.body != nil
                }
            }
        }
        return count
    }

    @Test func anErasedCaseHasNoVotes() throws {
        let (committee, id, name) = try scene()
        for reader in ["Robin", "Sam", "Kim"] {
            try open(id, as: reader, in: committee).vote(.no, on: 3)
        }
        #expect(try votes(committee) >= 3)
        let log = try #require(try committee.vault("Robin").store.logs[id])
        let voted = log.history.order.filter { $0.kind == .voted }.map(\.id)
        try open(id, as: "Kim", in: committee).erase(confirming: name)
        _ = try committee.vault("Robin")
        try committee.letErase("Kim")
        #expect(try votes(committee) == 0)
        let erased = try #require(try committee.vault("Robin").store.logs[id]).history.erased
        #expect(voted.count == 3 && voted.allSatisfy(erased.contains))
        try settle(committee, ["Robin", "Sam", "Kim"])
        #expect(try votes(committee) == 0)
        let robins = try open(id, as: "Robin", in: committee)
        #expect(try robins.tally(of: 3).no == 0)
        #expect(try committee.vault("Robin").verify().problems.isEmpty)
    }

    @Test func aVoteOfSomebodyWhoDidNotKnowIsErasedLater() throws {
        let (committee, id, name) = try scene()
        let before = try committee.snapshot()
        try open(id, as: "Kim", in: committee).erase(confirming: name)
        let erased = try committee.snapshot()
        // Sam's computer still has the folder of before.
        let place = VaultFolder(path: committee.folder.path, files: FileSystem())
        for file in erased.keys where before[file] == nil { try place.remove(file) }
        _ = try place.write(before.filter { erased[$0.key] == nil }.map(\.value))
        try open(id, as: "Sam", in: committee).vote(.yes, on: 3)
        _ = try place.write(erased.filter { before[$0.key] == nil }.map(\.value))
        try settle(committee, ["Robin", "Sam", "Kim"])
        #expect(try votes(committee) > 0)
        #expect(
            try committee.vault("Robin").verify().problems.contains {
                $0.code == .leftAfterErasing
            })
        try open(id, as: "Robin", in: committee).erase(confirming: name)
        try settle(committee, ["Robin", "Sam", "Kim"])
        #expect(try votes(committee) == 0)
        #expect(try committee.vault("Robin").verify().problems.isEmpty)
    }

    // MARK: - Logs that share a file

    @Test func aNameInASharedFileGoesAndTheOthersStay() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        var items: [Case] = []
        for number in 0..<6 {
            items.append(try committee.startCase(by: "Robin", about: "Person-\(number) Doe"))
            _ = try items[number].updateRow([.resolution: "Words-\(number) of the row"])
        }
        for name in ["Sam", "Kim"] { try committee.declareAll(name) }
        for _ in 0..<3 {
            committee.clock.advance(days: 1)
            for name in ["Robin", "Sam", "Kim"] { _ = try committee.vault(name).catchUp() }
        }
        // All checks are in one file, and all rows in another.
        let store = try committee.vault("Robin").store
        for kind in [LogKind.check, .row] {
            let files = store.files.values.filter { file in
                file.records.keys.contains { store.logs[$0]?.kind == kind }
            }
            #expect(files.count == 1 && files.first?.records.count == 6)
        }
        let search = OpenableText(committee)
        for number in 0..<6 {
            #expect(try search.holds("Person-\(number) Doe") && search.holds("Words-\(number) of"))
        }
        let item = try open(items[2].log, as: "Robin", in: committee)
        try item.erase(confirming: item.codeName)
        try committee.letErase("Robin")
        for _ in 0..<3 {
            for number in 0..<6 {
                #expect(try search.holds("Person-\(number) Doe") == (number != 2), "\(number)")
                #expect(try search.holds("Words-\(number) of") == (number != 2), "\(number)")
            }
            committee.clock.advance(days: 2)
            for name in ["Robin", "Sam", "Kim"] { _ = try committee.vault(name).catchUp() }
        }
        for name in ["Robin", "Sam", "Kim"] {
            let vault = try committee.vault(name)
            #expect(vault.checks.count == 5 && vault.cases.count == 6)
            #expect(vault.register.count { $0[.resolution].hasPrefix("Words-") } == 5)
            let report = try vault.verify()
            #expect(report.isWhole && report.problems.isEmpty, "\(report.problems)")
        }
    }

    @Test func aNewcomerIsNotAskedAboutAnErasedName() throws {
        let (committee, id, name) = try scene()
        try open(id, as: "Robin", in: committee).erase(confirming: name)
        for reader in ["Sam", "Kim"] { _ = try committee.vault(reader) }
        try committee.letErase("Robin", "Sam", "Kim")
        let noor = try committee.card("Noor")
        try committee.vault("Robin").admit(noor, confirming: noor.spoken)
        let noors = try committee.vault("Noor")
        #expect(noors.checks.isEmpty && noors.unansweredChecks.isEmpty)
        #expect(noors.store.logs.values.allSatisfy { $0.kind != .check })
        try committee.confirmAll(["Robin", "Sam", "Kim", "Noor"])
        for reader in ["Robin", "Sam", "Kim"] {
            let vault = try committee.vault(reader)
            _ = try vault.catchUp()
            #expect(vault.waiting.isEmpty, "\(vault.waiting)")
        }
        #expect(try open(id, as: "Robin", in: committee).readers.count == 3)
    }

    @Test func anotherCasesNameStays() throws {
        let (committee, id, name) = try scene()
        let other = try committee.startCase(by: "Robin", about: "Somebody Else")
        try open(id, as: "Robin", in: committee).erase(confirming: name)
        try settle(committee, ["Robin", "Sam", "Kim"])
        #expect(
            try committee.vault("Robin").checks.flatMap(\.people).map(\.name) == ["Somebody Else"])
        #expect(
            try open(other.log, as: "Robin", in: committee).entries().map(\.text) == [
                "It happened."
            ]
        )
    }

    // MARK: - Legal hold

    @Test func aHoldRefuses() throws {
        let (committee, id, name) = try scene()
        _ = try open(id, as: "Sam", in: committee).setHold(true)
        let robins = try open(id, as: "Robin", in: committee)
        #expect(robins.isOnHold)
        let before = try committee.snapshot()
        #expect(throws: VaultError.onHold) { try robins.erase(confirming: name) }
        #expect(throws: VaultError.onHold) { try robins.erase(entry: 2, confirming: name) }
        #expect(try committee.snapshot() == before)
        // Nor does another program's erasure count, by somebody who knows of the hold, whatever was
        // written since.
        for text in ["Since.", "And since."] {
            _ = try open(id, as: "Sam", in: committee).add(.discussion, text)
        }
        let records = try robins.view().entryRecords.map(\.id)
        try committee.hostile("Kim").plant([.erased(Erasure(records: records))], in: id)
        try settle(committee, ["Robin", "Sam", "Kim"])
        #expect(try OpenableText(committee).holds("ERASE-ME what"))
        #expect(try open(id, as: "Robin", in: committee).entries()[1].text == Self.secret)
        _ = try open(id, as: "Kim", in: committee).setHold(false)
        #expect(try !open(id, as: "Robin", in: committee).isOnHold)
        try open(id, as: "Robin", in: committee).erase(entry: 2, confirming: name)
        try committee.letErase("Robin")
        #expect(try !OpenableText(committee).holds("ERASE-ME what"))
    }

    // MARK: - Who may erase a name

    /// The check of Robin's case, and the names in it.
    private func check(
        _ committee: TestCommittee, _ id: LogID
    ) throws -> (log: LogID, names: [RecordID]) {
        let view = try #require(try open(id, as: "Robin", in: committee).view().checks.first)
        let log = try #require(try committee.vault("Robin").store.logs[view])
        return (view, log.history.order.filter { $0.kind == .named }.map(\.id))
    }

    @Test func whoHasAConflictCannotEraseTheName() throws {
        let committee = try TestCommittee("Robin", "Sam", "Noor", "Lee")
        let shelf = try committee.startCase(by: "Robin", about: "Alex Doe")
        try committee.declareAll("Sam")
        try committee.declareAll("Noor", .conflict)
        let (log, names) = try check(committee, shelf.log)
        // A newcomer of Noor's own making, and a member who is silent.
        let twin = try committee.card("Twin")
        let noors = try committee.vault("Noor")
        try noors.admit(twin, confirming: twin.spoken)
        // Who has a conflict opens the check to nobody.
        #expect(try committee.vault("Twin").checks.isEmpty)
        try committee.hostile("Noor").plant([.erased(Erasure(records: names))], in: log)
        try settle(committee, ["Robin", "Sam", "Noor", "Lee", "Twin"])
        for name in ["Robin", "Sam", "Lee"] {
            let vault = try committee.vault(name)
            #expect(vault.checks.flatMap(\.people).map(\.name) == ["Alex Doe"], "\(name)")
            #expect(vault.store.logs[log]?.history.erased.isEmpty == true)
        }
        // Sam, without a conflict, may.
        try committee.hostile("Sam").plant([.erased(Erasure(records: names))], in: log)
        #expect(try !committee.vault("Robin").checks.isEmpty)
        try settle(committee, ["Robin", "Sam", "Lee"])
        try settle(committee, ["Robin", "Sam", "Lee"])
        #expect(try committee.vault("Robin").checks.isEmpty)
        #expect(try !OpenableText(committee).holds("Alex Doe"))
    }

    // Within the day the erasure goes with its author; a hand repeats it.
    @Test(arguments: [true, false]) func whoDeclaresAConflict(withinTheDay isSoon: Bool) throws {
        let (committee, id, _) = try scene()
        let (log, names) = try check(committee, id)
        try committee.hostile("Sam").plant([.erased(Erasure(records: names))], in: log)
        for name in ["Robin", "Kim", "Sam"] { _ = try committee.vault(name) }
        if !isSoon { try committee.letErase("Robin", "Kim", "Sam") }
        _ = try committee.vault("Sam").declare([(ConflictCheck.ID(log), .conflict)])
        try settle(committee, ["Robin", "Sam", "Kim"])
        let robins = try committee.vault("Robin")
        #expect(robins.checks.isEmpty == !isSoon)
        #expect(try !robins.verify().problems.contains { $0.code == .textMissing })
        // The case goes on for those who answered before.
        #expect(try open(id, as: "Robin", in: committee).readers.map(\.name) == ["Kim", "Robin"])
    }

    @Test func whatAccessRestsOnCannotBeErased() throws {
        let (committee, id, _) = try scene()
        let log = try #require(try committee.vault("Robin").store.logs[id])
        let all = log.history.order.map(\.id)
        try committee.hostile("Kim").plant(
            [.erased(Erasure(records: all, isWholeCase: true))], in: id)
        try settle(committee, ["Robin", "Sam", "Kim"])
        let robins = try open(id, as: "Robin", in: committee)
        #expect(robins.readers.map(\.name) == ["Kim", "Robin", "Sam"])
        #expect(try robins.entries().allSatisfy(\.isErased))
        #expect(try committee.vault("Robin").verify().isWhole)
    }

    @Test func aStrangerErasesNothing() throws {
        let (committee, id, _) = try scene()
        let store = try committee.vault("Robin").store
        let log = try #require(store.logs[id])
        let writer = HostileWriter(
            committee: committee, key: try MemberKey.generate(name: "Stranger"))
        let record = try writer.record(
            .erased(Erasure(records: log.history.order.map(\.id), isWholeCase: true)), in: id,
            parents: log.history.heads, vault: store.vault)
        try writer.plant([record], for: log.history.readerCards, vault: store.vault)
        try settle(committee, ["Robin", "Sam", "Kim"])
        #expect(try open(id, as: "Robin", in: committee).entries()[1].text == Self.secret)
    }
}
