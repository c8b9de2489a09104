// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault
import Foundation
import Testing

/// What a program must not be able to say: the compiler refuses every line of a list.
@Suite struct NotCompilingTests {
    /// Lines that must compile, so that what is around the others is not what is wrong.
    private static let fine = [
        "_ = try shelf.erase(entry.id, confirming: name)",
        "_ = try shelf.vote(.yes, on: entry.id)",
        "_ = try shelf.add(.outcome, \"x\", correcting: entry.id)",
        "_ = try shelf.addOutcome(\"x\", stating: StatedResponse(\"a\", until: day))",
        "_ = try vault.confirm(card.id, fingerprint: SpokenDigits(typed: typed))",
        "_ = try vault.declare([(check.id, .noConflict)])",
        "_ = try vault.case(id: shelf.id)",
        "try shelf.saveAttachment(entry.attachments[0].id, to: file)",
        "_ = try vault.admit(card, confirming: SpokenDigits(typed: typed), deciding: [check.id: .shown])",
        "_ = try shelf.erase(all: shelf.version, confirming: name)",
        "_ = try vault.acceptGap(vault.missingRecords[0])",
        "switch row.values.keys.first! { \(everyColumn) default: break }",
    ]
    /// Lines that must not.
    private static let wrong = [
        // A position, and a thing of another kind.
        "_ = try shelf.erase(2, confirming: name)",
        "_ = try shelf.erase(shelf.id, confirming: name)",
        "_ = try shelf.vote(.yes, on: 2)",
        "_ = try shelf.vote(.yes, on: \"2\")",
        "_ = try shelf.vote(.yes, on: entry.attachments[0].id)",
        "_ = try shelf.add(.plan, \"x\", correcting: 2)",
        "_ = try shelf.add(.plan, \"x\", correcting: check.id)",
        "_ = try shelf.tally(of: 1)",
        "try shelf.saveAttachment(1, to: file)",
        "try shelf.saveAttachment(entry.id, to: file)",
        "_ = try vault.declare([(shelf.id, .noConflict)])",
        "_ = try vault.declare([(entry.id, .noConflict)])",
        "_ = try vault.decide(check: shelf.id, for: card.id, isShown: true)",
        "_ = try vault.decide(check: check.id, for: check.id, isShown: true)",
        "_ = try vault.case(id: check.id)",
        "_ = try vault.case(id: row.id)",
        "_ = try vault.case(id: vault.id)",
        "_ = try shelf.entry(id: shelf.id)",
        "_ = try shelf.revokeAccess(of: shelf.id)",
        // Digits that the library handed out.
        "_ = try vault.confirm(card.id, fingerprint: card.fingerprint)",
        "_ = try vault.confirm(card.id, code: vault.code!)",
        "_ = try vault.confirm(card.id, fingerprint: SpokenDigits(typed: card.fingerprint))",
        // A decision about a thing of another kind, and none at all.
        "_ = try vault.admit(card, confirming: SpokenDigits(typed: typed), deciding: [shelf.id: .withheld])",
        "_ = try vault.admit(card, confirming: SpokenDigits(typed: typed))",
        "_ = try vault.admit(card, confirming: card.fingerprint, deciding: [:])",
        "_ = try vault.startCase(about: [], report: Report(text: \"x\"))",
        "_ = try vault.startCase(about: [], report: Report(text: \"x\"), deciding: [check.id: .shown])",
        // What cannot be.
        "_ = try shelf.add(.gone, \"x\")",
        "_ = try shelf.add(.report, \"x\")",
        "_ = try shelf.add(.plan, \"x\", until: day)",
        "_ = try shelf.add(.outcome, \"x\", until: day)",
        "_ = try shelf.addOutcome(\"x\", until: day)",
        // All of a case that nobody looked at; what is missing by name alone.
        "_ = try shelf.erase(confirming: name)",
        "_ = try shelf.erase(all: shelf.id, confirming: name)",
        "_ = try vault.acceptGap(shelf.id)",
        // An answer that says who lost or gained access, dropped. No warning of a program's own
        // says so, so the list is compiled with warnings as errors.
        "try vault.catchUp()",
        "try vault.declare([(check.id, .noConflict)])",
        "try vault.decide(check: check.id, for: card.id, isShown: true)",
        "try vault.confirm(card.id, code: SpokenDigits(typed: typed))",
        "try vault.confirm(card.id, fingerprint: SpokenDigits(typed: typed))",
        "try vault.leave()",
        "try vault.remove(card.id)",
        "try vault.remove([card.id])",
        "try vault.changeRules(vault.rules)",
        "try vault.answer(vault.questions[0], .accept)",
        "try vault.acceptGap(vault.missingRecords[0])",
        "try vault.admit(card, confirming: SpokenDigits(typed: typed), deciding: [:])",
        "try vault.startCase(about: [], report: Report(text: \"x\"), deciding: [:])",
        "try shelf.addCheck(about: ReportedPerson(name: \"x\"), deciding: [:])",
        "try shelf.grantAccess(to: card.id)",
        "try shelf.invite(card, confirming: SpokenDigits(typed: typed))",
        "try shelf.revokeAccess(of: card)",
        "try shelf.revokeAccess(of: card.id)",
        "try shelf.recuse()",
        "try shelf.takeFirstLook(.conflict)",
        "try shelf.add(.plan, \"x\")",
        "try shelf.addOutcome(\"x\", stating: StatedResponse(\"a\", until: day))",
        "try shelf.addReport(Report(text: \"x\"))",
        "try shelf.vote(.yes, on: entry.id)",
        "try shelf.updateRow([.status: \"new\"])",
        "try shelf.setHold(true)",
        "try shelf.erase(entry.id, confirming: name)",
        "try shelf.erase(all: shelf.version, confirming: name)",
        // What will grow, taken for all that there is.
        "switch row.values.keys.first! { \(everyColumn) }",
    ]

    /// A case for every column that there is today.
    private static var everyColumn: String {
        RegisterRow.Column.allCases.map { "case .\($0.name): break;" }.joined(separator: " ")
    }

    /// Each line in a function of its own.
    private static func program(_ lines: [String]) -> String {
        var text = """
            import CaseVault
            import Foundation

            """
        for (number, line) in lines.enumerated() {
            text += """
                func say\(number)(_ vault: Vault, _ shelf: Case, _ entry: Entry, \
                _ check: ConflictCheck, _ row: RegisterRow, _ card: MemberCard, \
                _ name: CodeName, _ day: Day, _ typed: String, _ file: URL) throws { \(line) }

                """
        }
        return text
    }

    /// Where the build put the modules: beside the test bundle, or in the default folder.
    private static let products: URL? = {
        let beside = [CommandLine.arguments[0], "/proc/self/exe", Bundle.main.bundlePath]
            .map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().deletingLastPathComponent() }
        let folders = beside + [Repository.top.appendingPathComponent(".build/debug")]
        return folders.first {
            FileManager.default.fileExists(
                atPath: $0.appendingPathComponent("Modules/CaseVault.swiftmodule").path)
        }
    }()

    /// The lines of a program that the compiler refuses, from 0.
    private static func refused(_ lines: [String]) throws -> Set<Int> {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("casevault-lines-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appendingPathComponent("lines.swift")
        try program(lines).write(to: source, atomically: true, encoding: .utf8)
        let products = try #require(Self.products)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "swiftc", "-typecheck", "-warnings-as-errors", "-swift-version", "6", "-package-name",
            "outside",
            "-I", products.appendingPathComponent("Modules").path,
            "-I", Repository.top.appendingPathComponent("Sources/CSodium").path, source.path,
        ]
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        var found: Set<Int> = []
        for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: ":")
            guard parts.count > 3, parts[0].hasSuffix("lines.swift"), parts[3] == " error",
                let number = Int(parts[1])
            else { continue }
            found.insert(number - 3)
        }
        try #require(process.terminationStatus == (found.isEmpty ? 0 : 1))
        return found
    }

    @Test func whatMustBeSaidCanBe() throws {
        #expect(try Self.refused(Self.fine).map { Self.fine[$0] } == [])
    }

    @Test func nobodyCanNameAnotherThing() throws {
        let refused = try Self.refused(Self.wrong)
        for (number, line) in Self.wrong.enumerated() {
            #expect(refused.contains(number), "it compiles: \(line)")
        }
    }
}
