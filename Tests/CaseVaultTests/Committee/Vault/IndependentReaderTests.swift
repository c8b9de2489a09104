// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// A reader in another language, written from Docs/FORMAT.md, sees the same vault.
@Suite(.enabled(if: PythonReader.isAvailable, "needs /usr/bin/python3 with PyNaCl (python3-nacl)"))
struct IndependentReaderTests {
    /// A committee in which much has happened.
    private let committee: TestCommittee

    /// Two cases; a grant, a revocation, a conflict, a removal, a correction and attachments.
    init() throws {
        committee = try TestCommittee(
            "Robin", "Sam", "Kim", "Noor", "Zoë", rules: Rules(recorded: Array(Self.rules.utf8)))
        let shelf = try committee.startCase(by: "Robin", about: "Alex Doe", text: "Ünïcode 🗂")
        _ = try committee.startCase(
            by: "Sam", about: "Noor", text: "About a member.", withholdingFrom: ["Noor"])
        for name in ["Sam", "Robin"] { try committee.declareAll(name) }
        try committee.declareAll("Kim", .conflict)
        _ = try committee.vault("Robin").catchUp()
        _ = try committee.vault("Sam").catchUp()
        let vault = try committee.vault("Robin")
        let same = try vault.case(named: shelf.codeName.description)
        _ = try same.add(
            .discussion, "In scope.",
            attaching: [
                AttachmentSource(name: "empty.txt", bytes: []),
                AttachmentSource(
                    name: "large.bin", bytes: (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }),
            ])
        try same.add(.discussion, "In scope of section 2.", on: Day("2026-09-01"), correcting: 2)
        _ = try same.updateRow([.status: "ongoing", .safetyRisk: "maybe"])
        let sams = try committee.vault("Sam").case(named: shelf.codeName.description)
        _ = try sams.takeFirstLook(.noConflict)
        try sams.vote(.no, on: 1)
        try same.vote(.no, on: 3)
        try same.vault.refresh()
        try same.vote(.yes, on: 3)
        try same.vote(.abstain, on: 1)
        _ = try same.revokeAccess(of: committee.card("Sam"))
        _ = try vault.remove(committee.card("Zoë").id)
    }

    /// Rules of which some fields are usable and some are not.
    private static let rules = """
        {"minimumReaders": 1, "majority": "unanimous", "quorum": 2.0, "recusalLimit": null,
         "deadlines": {"followUpDays": 3, "acknowledgeHours": "1", "appealDays": 99999999999999999999},
         "name": "\\u00e9\\ud83d\\ude00", "later": [null, {"a": -1e9}]}
        """

    /// Both readers agree about rules that a hostile member could write.
    @Test(arguments: [
        "", "[]", "{}", "{\"quorum\": 3}", "{\"quorum\": 3, \"quorum\": 3}", "{\"quorum\": 3} x",
        "\u{FEFF}{\"quorum\": 3}", "{\"quorum\": 3, \"x\": NaN}", "{\"quorum\": -0}",
        "{\"quorum\": 3, \"x\": 1\(String(repeating: "0", count: 5000))}",
        "{\"quorum\": 3, \"x\": \(String(repeating: "[", count: 15))1\(String(repeating: "]", count: 15))}",
        "{\"quorum\": 3, \"x\": \(String(repeating: "[", count: 16))\(String(repeating: "]", count: 16))}",
        "{\"quorum\": 3, \"x\": \(String(repeating: "[", count: 5000))}",
        "{\"quorum\": 3, \"x\": \"\\ud800\"}", "{\"quorum\": 3, \"\u{E9}\": 1, \"e\u{301}\": 1}",
        "{\"quorum\": true, \"recusalLimit\": 0, \"majority\": null, \"newcomers\": [\"allCases\"]}",
        "{\"deadlines\": [], \"minimumReaders\": 30}", "{\"quorum\": 3, \"x\": 01}",
    ])
    func readsTheSameRules(_ text: String) throws {
        let vault = try committee.vault("Robin")
        _ = try vault.changeRules(Rules(recorded: Array(text.utf8)))
        let seen = try PythonReader(folder: committee.folder).read(keyFile("Robin"))
        #expect(try seen.rules == PythonReader.Result(vault).rules)
    }

    /// Writes somebody's key file.
    private func keyFile(_ name: String, passphrase: Passphrase? = nil) throws -> URL {
        let file = committee.root.appendingPathComponent("\(name)-\(UUID().uuidString).key")
        try committee.key(name).save(to: file, passphrase: passphrase)
        return file
    }

    @Test(arguments: ["Robin", "Sam", "Kim", "Noor"])
    func seesTheSame(_ name: String) throws {
        // On a new computer: the independent reader remembers nothing either.
        let vault = try Vault(
            at: committee.folder, key: committee.key(name),
            in: committee.environment("new-\(name)"))
        let expected = try PythonReader.Result(vault)
        let seen = try PythonReader(folder: committee.folder).read(keyFile(name))
        #expect(seen == expected)
        #expect(expected.damaged.isEmpty)
        #expect(expected.rules?["majority"] == "unanimous")
        if name == "Robin" {
            let votes = expected.cases.flatMap(\.entries).map(\.votes)
            #expect(votes.contains(["yes": 1, "no": 0, "abstain": 0]))
            // Sam's vote went with Sam's access.
            #expect(votes.contains(["yes": 0, "no": 0, "abstain": 1]))
        }
        #expect(expected.members.map(\.name) == ["Kim", "Noor", "Robin", "Sam"])
        #expect(expected.cases.count == (name == "Robin" ? 2 : name == "Sam" ? 1 : 0))
        #expect(expected.checks.count == (name == "Noor" ? 1 : 2))
    }

    @Test func opensAProtectedKeyFile() throws {
        let secret = Array("correct horse".utf8)
        let words = committee.root.appendingPathComponent("passphrase")
        try Data(secret + [0x0A]).write(to: words)
        let file = try KeyFileCost.$current.withValue(KeyFileCost(passes: 1, memoryKiB: 64)) {
            try keyFile("Robin", passphrase: try Passphrase(secret.span))
        }
        let seen = try PythonReader(folder: committee.folder).read(file, passphraseFile: words)
        #expect(try seen == PythonReader.Result(committee.vault("Robin")))
    }

    @Test func findsTheSameDamagedFiles() throws {
        let names = try committee.snapshot().keys.sorted()
        let place = VaultFolder(path: committee.folder.path, files: FileSystem())
        let file = try keyFile("Robin")
        for (number, name) in names.enumerated() {
            let path = URL(fileURLWithPath: place.path(of: name))
            let right = try Data(contentsOf: path)
            var wrong = right
            wrong[(number * 7919) % wrong.count] ^= 0x10
            try wrong.write(to: path)
            let seen = try PythonReader(folder: committee.folder).read(file)
            #expect(seen.damaged.map(\.file) == [place.shownPath(of: name)])
            #expect(seen.damaged.map(\.why) == ["nameDoesNotMatch"])
            // The case's other files may be what is left: compare with a library that is new.
            let vault = try? Vault(
                at: committee.folder, key: committee.key("Robin"),
                in: committee.environment("new-\(number)"))
            let report = try vault?.verify()
            #expect(report.map { $0.damaged.map(\.file) } ?? [] == seen.damaged.map(\.file))
            try right.write(to: path)
        }
    }

    /// Every part of a sealed file, changed under a name that fits: both refuse it, for the same
    /// reason.
    @Test func refusesForgedFilesForTheSameReason() throws {
        let place = VaultFolder(path: committee.folder.path, files: FileSystem())
        let vault = try committee.vault("Robin")
        let key = try committee.key("Robin")
        let name = try #require(vault.store.files.keys.sorted().first)
        let right = try FileSystem().readFile(place.path(of: name), limit: 1 << 30)
        var forged: [(what: String, bytes: [UInt8])] = []
        for (what, offset) in [
            ("version", 4), ("suite", 5), ("count", 6), ("commitment", 10),
            ("nonce", RawSlots.start + 8 * 48),
            ("body", right.count - 40),
        ] {
            var bytes = right
            bytes[offset] ^= 0x40
            forged.append((what, bytes))
        }
        forged.append(("cut", Array(right.dropLast())))
        forged.append(("magic", [0x43, 0x56, 0x58, 0x46] + right.dropFirst(4)))
        forged += try Forgery(key: key, vault: vault).all(other: committee.card("Kim"))
        var expected: [String: String] = [:]
        for (what, bytes) in forged {
            let made = try #require(try place.write([bytes]).first)
            do {
                _ = try SealedFile.open(bytes, name: made, with: key, vault: vault.store.vault)
                Issue.record("\(what) was not refused")
            } catch { expected[place.shownPath(of: made)] = error.rawValue }
        }
        let seen = try PythonReader(folder: committee.folder).read(keyFile("Robin"))
        let found = Dictionary(uniqueKeysWithValues: seen.damaged.map { ($0.file, $0.why) })
        #expect(found == expected)
        #expect(
            Set(found.values) == [
                "malformed", "newerVersion", "keyNotCommitted", "bodyDamaged", "ghostReader",
                "readerWithoutSlot", "slotsOutOfOrder", "badSealer", "badRecord", "repeatedKey",
            ])
    }

    /// Somebody writes on while they are taken out elsewhere.
    @Test func agreesAboutLateRecords() throws {
        let copy = try committee.branch("sam")
        let name = try name(ofCaseBy: "Sam")
        _ = try committee.vault("Robin").case(named: name).revokeAccess(of: committee.card("Sam"))
        let sams = try Vault(
            at: copy, key: committee.key("Sam"), in: committee.environment("Sam-away"))
        let away = try sams.case(named: name)
        _ = try away.takeFirstLook(.noConflict)
        _ = try away.add(.discussion, "Written too late.")
        try committee.merge(copy)
        let expected = try PythonReader.Result(committee.vault("Robin"))
        let seen = try PythonReader(folder: committee.folder).read(keyFile("Robin"))
        #expect(seen == expected)
        #expect(seen.cases.contains { $0.late == 1 })
        #expect(!seen.cases.flatMap(\.entries).contains { $0.text == "Written too late." })
    }

    /// An entry and a whole case are erased; somebody with a conflict tries to erase a name, and
    /// somebody ignores a hold. A day later what is erased is gone, for both.
    @Test(arguments: ["Robin", "Sam", "Kim"])
    func agreesAboutWhatWasErased(_ reader: String) throws {
        let shelf = try #require(
            try committee.vault("Robin").cases.first { $0.row?[.status] == "ongoing" })
        try shelf.erase(entry: 2, confirming: shelf.codeName)
        let name = try name(ofCaseBy: "Sam")
        let sams = try committee.vault("Sam").case(named: name)
        let robins = try committee.vault("Robin").case(named: name)
        _ = try robins.takeFirstLook(.noConflict)
        _ = try robins.add(.witness, "To be erased.")
        try committee.vault("Robin").case(named: name).erase(confirming: robins.codeName)
        for person in ["Robin", "Sam", "Kim"] { _ = try committee.vault(person) }
        try committee.letErase("Robin", "Sam", "Kim")
        try committee.letErase("Robin", "Sam", "Kim")
        try sams.vault.refresh()
        _ = try sams.add(.discussion, "Written after.")
        _ = try sams.setHold(true)
        let check = try shelf.view().checks[0]
        let names = try #require(committee.vault("Kim").store.logs[check]).history.order
            .filter { $0.kind == .named }.map(\.id)
        try committee.hostile("Kim").plant([.erased(Erasure(records: names))], in: check)
        let texts = try sams.view().entryRecords.map(\.id)
        try committee.hostile("Sam").plant([.erased(Erasure(records: texts))], in: sams.log)
        for person in ["Robin", "Sam", "Kim"] { _ = try committee.vault(person) }
        try committee.letErase("Robin", "Sam", "Kim")
        let expected = try PythonReader.Result(committee.vault(reader))
        let seen = try PythonReader(folder: committee.folder).read(keyFile(reader))
        #expect(seen == expected)
        #expect(seen.damaged.isEmpty)
        #expect(seen.checks.flatMap(\.people) == ["Alex Doe"], "the conflicted Kim erased nothing")
        let shown = seen.cases.flatMap(\.entries).map(\.text)
        #expect(!shown.contains("To be erased.") && !shown.contains("In scope."))
        if reader != "Kim" {
            #expect(shown.contains("Written after."))
            #expect(seen.cases.flatMap(\.entries).contains { $0.kind == "gone" })
        }
    }

    /// Somebody writes a first record that names a log that is there as its own.
    @Test func knowsTheTrueFirstRecord() throws {
        let before = try PythonReader(folder: committee.folder).read(keyFile("Robin"))
        let vault = try committee.vault("Robin")
        let view = try #require(vault.readableCases.first)
        let sam = try committee.key("Sam")
        let name = try #require(CodeName("false name"))
        let start = CaseStart(
            codeName: name, starter: sam.card, row: view.start.row, checks: [])
        let other = Record(
            starting: .caseStarted, day: Day(daysSince1970: 0), body: start.encoded,
            vault: vault.store.vault, author: sam)
        #expect(other.log != view.log.id)
        var file = FileForge(
            vault: vault.store.vault, readers: [vault.me], records: [other], sealer: sam,
            authors: [sam.card])
        file.records[0].replaceSubrange(0..<32, with: view.log.id.raw.bytes)
        _ = try VaultFolder(path: committee.folder.path, files: FileSystem()).write([file.bytes()])
        let seen = try PythonReader(folder: committee.folder).read(keyFile("Robin"))
        #expect(seen.cases.map(\.codeName) == before.cases.map(\.codeName))
        #expect(seen.checks == before.checks)
        #expect(seen.damaged.count == before.damaged.count + 1)
        try vault.refresh()
        #expect(try PythonReader.Result(vault) == seen)
    }

    /// A sealed file of which two bits make an attachment's magic is damaged, not overlooked.
    @Test func noticesASealedFileThatLooksLikeAnAttachment() throws {
        let vault = try committee.vault("Robin")
        let name = try #require(vault.store.files.keys.sorted().first)
        let path = URL(fileURLWithPath: vault.store.folder.path(of: name))
        var bytes = try Data(contentsOf: path)
        bytes.replaceSubrange(0..<4, with: Array("CVAF".utf8))
        try bytes.write(to: path)
        let again = try Vault(
            at: committee.folder, key: committee.key("Robin"),
            in: committee.environment("another"))
        #expect(again.store.damaged.keys.sorted() == [name])
        #expect(try again.verify().damaged.count == 1)
    }

    /// The code name of a case that somebody started.
    private func name(ofCaseBy author: String) throws -> String {
        let vault = try committee.vault(author)
        let mine = vault.readableCases.first { $0.start.starter.name == author }
        return try #require(mine).codeName.description
    }
}
