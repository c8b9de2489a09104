// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Every failing call: no secret in its error, and nothing changed.
struct ErrorTests {
    /// What must never stand in an error.
    static let markers = [
        "MARKTEXT", "MARKREPORTER", "MARKWITNESS", "MARKPERSON", "MARKALIAS", "MARKNOTE",
        "MARKPHRASE", "MARKROW", "MARKBYTES",
    ]

    /// Asserts that an error says nothing secret in any form.
    private func expectClean(
        _ error: any Error, _ more: [String] = [], at location: SourceLocation = #_sourceLocation
    ) {
        var dumped = ""
        dump(error, to: &dumped)
        for text in [String(describing: error), String(reflecting: error), dumped] {
            for marker in Self.markers + more {
                #expect(!text.contains(marker), "\(marker) in an error", sourceLocation: location)
            }
        }
    }

    /// Asserts that a call fails with a clean error and returns its code.
    @discardableResult
    private func expectFailure(
        at location: SourceLocation = #_sourceLocation, _ body: () throws -> Void
    ) -> VaultError.Code? {
        do {
            try body()
            Issue.record("did not fail", sourceLocation: location)
            return nil
        } catch {
            expectClean(error, at: location)
            #expect(error is VaultError, sourceLocation: location)
            return (error as? VaultError)?.code
        }
    }

    /// A report full of markers.
    private var report: Report {
        var report = Report(text: "MARKTEXT happened.")
        report.reporterName = "MARKREPORTER"
        report.witnesses = [Report.Witness(name: "MARKWITNESS")]
        return report
    }

    /// The reported person.
    private let person = ReportedPerson(name: "MARKPERSON", aliases: ["MARKALIAS"])

    /// A vault with a case that Robin and Sam read; Kim has a conflict, Noor is silent.
    private func scene() throws -> (TestCommittee, LogID) {
        let committee = try TestCommittee("Robin", "Sam", "Kim", "Noor")
        let id = try committee.vault("Robin").startCase(
            about: [person], report: report,
            attachments: [AttachmentSource(name: "a", bytes: Array("MARKBYTES".utf8))]
        ).log
        try committee.declareAll("Sam")
        try committee.declareAll("Kim", .conflict)
        _ = try committee.vault("Robin").catchUp()
        return (committee, id)
    }

    /// What a vault looks like to everybody; equal before and after a failed act.
    private func look(at committee: TestCommittee, _ names: [String]) throws -> [String] {
        try names.flatMap { name -> [String] in
            guard let vault = try? committee.vault(name) else { return [name + " closed"] }
            var lines = [name, vault.code?.description ?? "guest"]
            lines += vault.members.map { "\($0.id) \($0.isConfirmedByMe)" }
            lines += vault.checks.map {
                "\($0.id) \(String(describing: $0.myAnswer)) \($0.undecidedNewcomers.count)"
            }
            lines += vault.register.map { row in
                "\(row.codeName) "
                    + RegisterRow.Column.allCases.map { row[$0] }.joined(separator: "|")
            }
            for found in vault.cases {
                lines.append("\(found.id) " + found.readers.map(\.name).joined(separator: ","))
                let history = try found.view().log.history
                lines.append(history.counting.filter(\.isEntry).map(\.id.hexText).joined())
            }
            let report = try vault.verify()
            lines.append("whole \(report.isWhole)")
            return lines
        }
    }

    /// A program that says an error in its own language needs one name for each sentence.
    @Test func everyErrorHasAReasonOfItsOwn() throws {
        var seen: [String: String] = [:]
        for (name, text) in try Self.librarySources {
            for match in text.matches(of: /as: "(\w+)",\s+("[^\n]*)/) {
                let (reason, sentence) = (String(match.1), String(match.2))
                #expect(seen[reason] == nil, "\(reason) in \(name) is there twice")
                seen[reason] = sentence
            }
        }
        #expect(seen.count > 90)
        let error = VaultError.entrySuperseded("2", by: ["3", "4"])
        #expect(error.reason.name == "entrySuperseded")
        #expect(error.reason.arguments == ["label": "2", "newer": "3, 4"])
        #expect(error != .entrySuperseded("3", by: ["4"]) && error != .entryErasedMeanwhile("2"))
        #expect(error.localizedDescription == error.message)
        #expect((error as any LocalizedError).recoverySuggestion == error.hint)
    }

    /// What to type is for the program to say that people type into.
    @Test func noTextOfTheLibraryNamesACommand() throws {
        for (name, text) in try Self.librarySources {
            for line in text.split(separator: "\n") where !line.contains("///") {
                let isSaid = line.contains("\"") && line.contains(/casevault [a-z]|[ "]--[a-z]/)
                #expect(!isSaid, "\(name): \(line)")
            }
        }
    }

    /// The sources of the library.
    private static var librarySources: [(name: String, text: String)] {
        get throws {
            let folder = Repository.top.appendingPathComponent("Sources/CaseVault")
            let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            return try names.filter { $0.hasSuffix(".swift") }.map {
                ($0, try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8))
            }
        }
    }

    @Test func wrongCallsSayNothingSecret() throws {
        let (committee, id) = try scene()
        let robins = try committee.vault("Robin")
        let found = try #require(robins.cases.first)
        let kims = try committee.vault("Kim")
        let sams = try committee.vault("Sam")
        let sams1 = try #require(sams.cases.first)
        let stranger = try committee.card("Stranger")
        let check = try #require(robins.checks.first)
        let noor = try committee.card("Noor")
        let nowhere = LogID(raw: Random.bytes32())
        let before = try committee.snapshot()
        let kimsHandle = Case(vault: kims, id: id)

        let failures: [(VaultError.Code, () throws -> Void)] = [
            (.notForYou, { _ = try kims.case(named: found.codeName.description) }),
            (.notForYou, { _ = try kims.case(named: "no case") }),
            (.notForYou, { _ = try kimsHandle.entries() }),
            (.notForYou, { _ = try kimsHandle.add(.discussion, "MARKNOTE") }),
            (.notForYou, { _ = try kimsHandle.people }),
            (.notForYou, { _ = try kimsHandle.access() }),
            (.notForYou, { _ = try kimsHandle.grantAccess(to: noor.id) }),
            (.notForYou, { _ = try kimsHandle.revokeAccess(of: noor) }),
            (.notForYou, { _ = try kimsHandle.recuse() }),
            (.notForYou, { _ = try kimsHandle.takeFirstLook(.noConflict) }),
            (.notForYou, { try kimsHandle.addCheck(about: person) }),
            (.notForYou, { _ = try kimsHandle.updateRow([.resolution: "MARKROW"]) }),
            (.notForYou, { _ = try kimsHandle.invite(stranger, confirming: stranger.spoken) }),
            (.firstLookNeeded, { _ = try sams1.entries() }),
            (.firstLookNeeded, { _ = try sams1.add(.discussion, "MARKNOTE") }),
            (.firstLookNeeded, { try sams1.addCheck(about: person) }),
            (.firstLookNeeded, { _ = try sams1.updateRow([.status: "ongoing"]) }),
            (
                .firstLookNeeded,
                {
                    try sams1.readAttachment(1, ofEntry: 1) { (_) throws(VaultError) in }
                }
            ),
            (.noDeclaration, { _ = try found.grantAccess(to: noor.id) }),
            (.noDeclaration, { _ = try found.grantAccess(to: committee.card("Kim").id) }),
            (.unknownName, { _ = try found.grantAccess(to: stranger.id) }),
            (.refused, { _ = try found.grantAccess(to: committee.card("Sam").id) }),
            (.refused, { _ = try found.revokeAccess(of: noor) }),
            (.unknownName, { try found.add(.plan, "MARKNOTE", correcting: 99) }),
            (
                .badInput,
                {
                    _ = try found.add(.plan, String(repeating: "MARKNOTE", count: 1 << 19))
                }
            ),
            (.badInput, { _ = try found.updateRow([.status: "MARKROW"]) }),
            (
                .badInput,
                {
                    _ = try found.updateRow([.resolution: String(repeating: "MARKROW", count: 1000)]
                    )
                }
            ),
            (.refused, { _ = try found.updateRow([.resolution: "Talk to MARKPERSON."]) }),
            (.refused, { _ = try found.updateRow([.actionsNeeded: "markalias left"]) }),
            (.refused, { _ = try found.updateRow([.dateTime: "MARKWITNESS saw it"]) }),
            (.refused, { _ = try found.updateRow([.dateTime: "as MARKREPORTER said"]) }),
            (
                .fingerprintMismatch,
                {
                    _ = try found.invite(stranger, confirming: noor.spoken)
                }
            ),
            (
                .fingerprintMismatch,
                {
                    try robins.admit(stranger, confirming: noor.spoken)
                }
            ),
            (.refused, { try robins.admit(noor, confirming: noor.spoken) }),
            (
                .unknownName,
                {
                    try robins.admit(
                        stranger, confirming: stranger.spoken,
                        replacing: CardID(raw: Random.bytes32()))
                }
            ),
            (
                .fingerprintMismatch,
                {
                    _ = try robins.confirm(noor.id, fingerprint: stranger.spoken)
                }
            ),
            (
                .unknownName,
                {
                    _ = try robins.confirm(stranger.id, fingerprint: stranger.spoken)
                }
            ),
            (
                .fingerprintMismatch,
                {
                    _ = try robins.confirm(
                        noor.id, code: SpokenDigits(typed: String(repeating: "1", count: 40)))
                }
            ),
            (.unknownName, { _ = try robins.remove(stranger.id) }),
            (.refused, { _ = try robins.remove(robins.me.id) }),
            (.unknownName, { _ = try robins.member(named: "MARKPERSON") }),
            (.badInput, { try robins.startCase(about: [], report: report) }),
            (
                .badInput,
                {
                    try robins.startCase(
                        about: Array(repeating: person, count: 300), report: report)
                }
            ),
            (
                .unknownName,
                {
                    try robins.startCase(
                        about: [person], report: report, withholdingFrom: [stranger.id])
                }
            ),
            (
                .unknownName,
                {
                    try robins.startCase(
                        about: [person], report: report, withholdingFrom: [robins.me.id])
                }
            ),
            (
                .notForYou,
                {
                    _ = try robins.declare([
                        (check.id, .noConflict), (ConflictCheck.ID(nowhere), .conflict),
                    ])
                }
            ),
            (
                .notForYou,
                {
                    _ = try robins.decide(
                        check: ConflictCheck.ID(nowhere), for: noor.id, isShown: true)
                }
            ),
            (.refused, { _ = try robins.decide(check: check.id, for: noor.id, isShown: true) }),
            (
                .unknownName,
                {
                    _ = try robins.decide(check: check.id, for: stranger.id, isShown: true)
                }
            ),
            (.notForYou, { _ = try committee.vault("Stranger") }),
            (.badInput, { _ = try SpokenDigits(typed: "MARKPHRASE") }),
            (.notACard, { _ = try MemberCard(text: "MARKPHRASE") }),
            (.notABackup, { _ = try PrintedBackup.restore("MARKPHRASE\nMARKPHRASE") }),
            (.badInput, { _ = try Rules(json: Array("{\"minimumReaders\": \"MARKPHRASE\"".utf8)) }),
        ]
        for (number, (code, body)) in failures.enumerated() {
            let got = expectFailure(body)
            #expect(got == code, "call \(number)")
        }
        #expect(try committee.snapshot() == before, "a failed call changed the folder")
        // The same for a case whose last reader would go.
        let alone = try committee.vault("Noor").startCase(about: [person], report: report)
        #expect(expectFailure { _ = try alone.recuse() } == .lastReader)
        let noors = try committee.vault("Noor")
        #expect(
            expectFailure { _ = try noors.declare([(ConflictCheck.ID(nowhere), .conflict)]) }
                == .notForYou)
    }

    @Test func inputsThatAreTooLongChangeNothing() throws {
        let (committee, _) = try scene()
        let before = try committee.snapshot()
        let robins = try committee.vault("Robin")
        let long = String(repeating: "MARKTEXT", count: 1 << 20)
        let inputs: [() throws -> Void] = [
            { try robins.startCase(about: [person], report: Report(text: long)) },
            {
                try robins.startCase(
                    about: [ReportedPerson(name: long)], report: Report(text: "x"))
            },
            {
                try robins.startCase(
                    about: [ReportedPerson(name: "x", aliases: Array(repeating: "y", count: 99))],
                    report: Report(text: "x"))
            },
        ]
        for body in inputs { #expect(expectFailure(body) == .badInput) }
        #expect(try committee.snapshot() == before)
    }

    /// One act of the façade, by name, by whom it is done.
    struct ActCase: Sendable, CustomTestStringConvertible {
        /// The act's name.
        let testDescription: String
        /// Who acts.
        let actor: String
        /// The act.
        let act: @Sendable (Vault, TestCommittee) throws -> Void
    }

    /// Every act that writes.
    static let acts: [ActCase] = [
        ActCase(testDescription: "admit", actor: "Robin") { vault, committee in
            let card = try committee.card("New")
            try vault.admit(card, confirming: card.spoken)
        },
        ActCase(testDescription: "start a case", actor: "Robin") { vault, _ in
            _ = try vault.startCase(
                about: [ReportedPerson(name: "MARKPERSON")], report: Report(text: "MARKTEXT"),
                attachments: [AttachmentSource(name: "a", bytes: Array("MARKBYTES".utf8))])
        },
        ActCase(testDescription: "declare", actor: "Noor") { vault, _ in
            _ = try vault.declare(vault.unansweredChecks.map { ($0.id, .noConflict) })
        },
        ActCase(testDescription: "declare a conflict", actor: "Sam") { vault, _ in
            _ = try vault.declare(vault.checks.map { ($0.id, .conflict) })
        },
        ActCase(testDescription: "add an entry", actor: "Robin") { vault, _ in
            _ = try vault.cases.first?.add(
                .plan, "MARKNOTE",
                attaching: [AttachmentSource(name: "b", bytes: Array("MARKBYTES".utf8))])
        },
        ActCase(testDescription: "update the row", actor: "Robin") { vault, _ in
            _ = try vault.cases.first?.updateRow([.actionsNeeded: "MARKROW"])
        },
        ActCase(testDescription: "revoke", actor: "Robin") { vault, committee in
            _ = try vault.cases.first?.revokeAccess(of: committee.card("Sam"))
        },
        ActCase(testDescription: "recuse", actor: "Sam") { vault, _ in
            _ = try vault.cases.first?.recuse()
        },
        ActCase(testDescription: "add a check", actor: "Robin") { vault, committee in
            try vault.cases.first?.addCheck(
                about: ReportedPerson(name: "MARKPERSON 2"),
                withholdingFrom: [committee.card("Sam").id])
        },
        ActCase(testDescription: "invite", actor: "Robin") { vault, committee in
            let card = try committee.card("Guest")
            _ = try vault.cases.first?.invite(card, confirming: card.spoken)
        },
        ActCase(testDescription: "remove", actor: "Robin") { vault, committee in
            _ = try vault.remove(committee.card("Sam").id)
        },
        ActCase(testDescription: "catch up", actor: "Robin") { vault, _ in _ = try vault.catchUp()
        },
    ]

    @Test(arguments: acts)
    func aFailedFileOperationChangesNothing(act: ActCase) throws {
        let names = ["Robin", "Sam", "Kim", "Noor"]
        let (committee, _) = try scene()
        if act.testDescription == "catch up" {
            _ = try committee.declareAll("Noor")
            _ = try committee.vault("Sam").cases.first?.recuse()
        }
        let before = try look(at: committee, names)
        let manager = FileManager.default
        let safe = committee.root.appendingPathComponent("safe")
        try manager.createDirectory(at: safe, withIntermediateDirectories: true)
        let parts = ["vault"] + names.map { "state-\($0)" }
        /// Copies everything from one place to another.
        func copy(from source: URL, to target: URL) throws {
            for part in parts {
                try? manager.removeItem(at: target.appendingPathComponent(part))
                try manager.copyItem(
                    at: source.appendingPathComponent(part),
                    to: target.appendingPathComponent(part))
            }
        }
        try copy(from: committee.root, to: safe)
        /// Runs the act with one failing operation; the error, and what happened.
        func run(_ failing: Int?, _ code: Int32) throws -> ((any Error)?, Int, FileOperation?) {
            let injector = FaultInjector()
            let vault = try committee.vault(act.actor, files: injector.files)
            injector.arm(below: committee.root.path, failing: failing, code: code)
            var thrown: (any Error)?
            do { try act.act(vault, committee) } catch { thrown = error }
            let (count, failed) = injector.disarm()
            return (thrown, count, failed)
        }
        let (error, count, _) = try run(nil, 0)
        #expect(error == nil)
        _ = try committee.vault(act.actor).catchUp()
        let after = try look(at: committee, names)
        if act.testDescription != "catch up" || count > 0 { #expect(count > 10) }
        var failed = 0
        // A sample, from a different start each time: all of them take minutes.
        var random = SeededRandom()
        let step = max(1, count / 8)
        for number in stride(from: Int.random(in: 0..<step, using: &random), to: count, by: step) {
            try copy(from: safe, to: committee.root)
            let code = number.isMultiple(of: 2) ? EIO : ENOSPC
            let (error, _, operation) = try run(number, code)
            let name = "\(operation?.rawValue ?? "no") number \(number)"
            if let error {
                failed += 1
                expectClean(error)
                #expect(error is VaultError, "\(name)")
                #expect(
                    try look(at: committee, names) == before, "\(name): \(error), \(random.hint)")
            } else if act.testDescription != "start a case", act.testDescription != "add a check",
                act.testDescription != "add an entry"
            {
                // Not told of a failure: then the act was done. A file that could not be read or
                // deleted this once is dealt with by catching up.
                _ = try committee.vault(act.actor).catchUp()
                let now = try look(at: committee, names)
                #expect(now.count == after.count, "\(name), \(random.hint)")
            }
        }
        #expect(failed >= 2, "faults must reach the act")
    }

    @Test func keyFilesNameNoSecret() throws {
        let committee = try TestCommittee()
        let bytes = Array("MARKPHRASE".utf8)
        let phrase = try Passphrase(bytes.span)
        let key = try MemberKey.generate(name: "Robin")
        let file = committee.root.appendingPathComponent("k")
        try KeyFileCost.$current.withValue(KeyFileCost(passes: 1, memoryKiB: 8)) {
            try key.save(to: file, passphrase: phrase)
            let other = Array("MARKPHRASE2".utf8)
            let wrong = try Passphrase(other.span)
            for body: () throws -> Void in [
                { try key.save(to: file, passphrase: phrase) },
                { _ = try MemberKey(contentsOf: file, passphrase: wrong) },
                { _ = try MemberKey(contentsOf: committee.root, passphrase: wrong) },
                {
                    _ = try MemberKey(
                        contentsOf: committee.root.appendingPathComponent("none"),
                        passphrase: wrong)
                },
            ] { expectFailure(body) }
        }
    }
}
