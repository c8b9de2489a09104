// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// The articles of the DocC catalogue show only code that is compiled and run.
struct ArticleTests {
    /// The catalogue.
    private static let catalogue = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Sources/CaseVault/CaseVault.docc")

    /// The lines of a text without their indentation, and without empty ones.
    private static func lines(_ text: some StringProtocol) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
    }

    @Test func showsOnlyCodeThatIsCompiled() throws {
        let programs = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("ArticlePrograms.swift")
        let compiled = Self.lines(try String(contentsOf: programs, encoding: .utf8))
        var found = 0
        for path in try FileManager.default.subpathsOfDirectory(atPath: Self.catalogue.path)
        where path.hasSuffix(".md") {
            let text = try String(
                contentsOf: Self.catalogue.appendingPathComponent(path), encoding: .utf8)
            for match in text.matches(of: /```swift\n((?s).*?)```/) {
                let block = Self.lines(match.1)
                found += 1
                let isThere = compiled.indices.contains {
                    compiled[$0...].starts(with: block)
                }
                #expect(isThere, "\(path) shows code that is not compiled: \(block[0])")
            }
        }
        #expect(found >= 15)
    }

    @Test func programsRun() throws {
        _ = try OwnProcess.run("ArticleTests/child")
    }

    /// Runs the programs, if this is the process that should.
    @Test(.enabled(if: OwnProcess.root != nil, "programsRun runs this"))
    func child() async throws {
        let root = try #require(OwnProcess.root)
        try await KeyFileCost.$current.withValue(KeyFileCost(passes: 1, memoryKiB: 64)) {
            try runAll(in: root)
            try await runActor(in: root)
        }
    }
}

/// Runs the programs as one story.
private func runAll(in root: URL) throws {
    let programs = ArticlePrograms()
    let folder = root.appendingPathComponent("vault")
    let words = Array("plain words for a test".utf8)
    let robin = try programs.makeKey(
        keyFile: root.appendingPathComponent("key"), passphrase: try Passphrase(words.span))
    let vault = try programs.found(folder: folder, robin: robin)
    let sam = try MemberKey.generate(name: "Sam")
    let card = root.appendingPathComponent("sam.card")
    try Data(sam.card.text.utf8).write(to: card)
    try programs.admit(
        samsCardFile: card, spokenBySam: sam.card.fingerprint.description, to: vault)
    let code = try #require(vault.code)
    try programs.compare(folder: folder, sam: sam, spokenByRobin: code.description)
    #expect(programs.shown.last == code.description)

    let shelf = try vault.startCase(
        about: [ReportedPerson(name: "Alex Doe")], report: Report(text: "It happened."))
    let own = try vault.startCase(
        about: [ReportedPerson(name: "Noor Example")], report: Report(text: "Another."))
    let noor = try MemberKey.generate(name: "Noor Example")
    let admission = try programs.onboard(
        noor.card, spoken: noor.card.spoken, to: vault)
    #expect(admission.granted.map(\.member) == [noor.card])
    try programs.answer(folder: folder, newcomersKey: noor)
    try programs.letIn(vault)
    #expect(shelf.readers.contains(noor.card))
    #expect(!own.readers.contains(noor.card))
    #expect(programs.shown.contains("\(shelf.codeName): Noor Example"))

    try programs.answer(folder: folder, newcomersKey: sam)
    try programs.letIn(vault)
    try programs.revoke(sam.card.id, in: shelf)
    #expect(programs.shown.contains { $0.hasPrefix("What Sam could read until now") })
    let change = try programs.grant(sam.card.id, typed: "\(shelf.codeName)", in: vault)
    #expect(change.granted.map(\.member) == [sam.card])

    let recording = root.appendingPathComponent("call.ogg")
    try Data(repeating: 7, count: 100_000).write(to: recording)
    let entry = try programs.attach(recording, to: shelf)
    let copy = root.appendingPathComponent("copy.ogg")
    try programs.save(entry, of: shelf, to: copy)
    #expect(try Data(contentsOf: copy) == Data(contentsOf: recording))
    #expect(try programs.send(entry.attachments[0].id, of: shelf) == 100_000)

    _ = try programs.catchUpSlowly(vault, show: { _ in }, wantsToStop: { false })
    programs.showErrors { () throws(VaultError) in throw VaultError.notForYou }
    #expect(programs.shown.last?.hasPrefix(VaultError.notForYou.message) == true)

    try programs.landing(
        folder: root.appendingPathComponent("other"), robin: robin, sam: sam,
        fingerprintSpokenBySam: sam.card.spoken, mail: "It happened.")
    #expect(programs.shown.last?.hasSuffix(": 2") == true)

    var report = Report(text: "It happened at the door.")
    report.reporterName = "Casey Writer"
    let door = try vault.startCase(about: [ReportedPerson(name: "Kim Example")], report: report)
    try programs.read(door)
    #expect(programs.shown.contains("1 Report: It happened at the door."))
    try programs.write("Casey Writer asks for help.", to: door)
    #expect(programs.shown.last == "names the reporter")
    let summer = try #require(Day("2027-07-31"))
    try programs.decide(door, nextSummer: summer)
    #expect(door.row?[.status] == "resolved")
    programs.count(vault)
    try programs.erase(door, typedByAPerson: "\(door.codeName)")
    #expect(door.isBeingErased)

    // So that something waits when the actor looks.
    try vault.startCase(
        about: [ReportedPerson(name: "Lee Example")], report: Report(text: "A third."))
}

/// Runs the actor.
private func runActor(in root: URL) async throws {
    let key = try MemberKey(
        contentsOf: root.appendingPathComponent("key"),
        passphrase: try Passphrase(Array("plain words for a test".utf8).span))
    let keeper = try VaultKeeper(
        folder: root.appendingPathComponent("vault"), key: key,
        state: root.appendingPathComponent("actor"))
    #expect(try await !keeper.whatWaits().isEmpty)
}
