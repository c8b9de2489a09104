// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// A decision is about what somebody was shown, whatever has arrived when the act is done.
@Suite struct DecisionTests {
    private let committee: TestCommittee

    init() throws { committee = try TestCommittee("Robin", "Sam") }

    // MARK: - admit

    /// The race of the trial: the newcomer's own name arrives after the list was shown.
    @Test func aCheckThatArrivedMeanwhileStaysClosedToTheNewcomer() throws {
        _ = try committee.startCase(by: "Robin", about: "Alex Doe")
        let kim = try committee.card("Kim")
        let robins = try committee.vault("Robin")
        let shown = robins.checks
        #expect(shown.count == 1)
        // A colleague, on another computer, starts a case about the newcomer.
        let other = try committee.startCase(by: "Sam", about: "Kim")
        let change = try robins.admit(kim, confirming: kim.spoken, deciding: shown.decisions())
        #expect(change.waiting.contains { $0.need == .openDecision && $0.member == kim })
        let kims = try committee.vault("Kim")
        #expect(kims.checks.flatMap(\.people).map(\.name) == ["Alex Doe"])
        #expect(!kims.register.map(\.codeName).contains(other.codeName))
        // It is asked about, and nothing happens by itself.
        for name in ["Robin", "Sam"] {
            let vault = try committee.vault(name)
            #expect(try vault.catchUp().waiting.contains { $0.need == .openDecision })
            #expect(vault.checks.contains { $0.undecidedNewcomers == [kim] })
        }
        #expect(try committee.vault("Kim").checks.count == 1)
        let check = try #require(
            try committee.vault("Sam").checks.first { $0.people.first?.name == "Kim" })
        _ = try committee.vault("Sam").decide(check: check.id, for: kim.id, isShown: false)
        #expect(
            try committee.vault("Sam").catchUp().waiting.allSatisfy { $0.need != .openDecision })
        #expect(try committee.vault("Kim").checks.count == 1)
    }

    /// The same with a colleague's computer at work all the time.
    @Test func aNewcomerSeesOnlyWhatWasDecidedWhileOthersWrite() async throws {
        let key = try committee.key("Sam")
        let environment = committee.environment("Sam")
        let folder = committee.folder
        let writing = Task.detached { () throws -> Void in
            let vault = try Vault(at: folder, key: key, in: environment)
            for number in 0..<8 {
                _ = try vault.startCase(
                    about: [ReportedPerson(name: "Late \(number)")],
                    report: Report(text: "It happened."), deciding: vault.members.decisions())
            }
        }
        for number in 0..<4 {
            let robins = try committee.vault("Robin")
            let shown = Set(robins.checks.map(\.id.log))
            let card = try committee.card("Newcomer \(number)")
            _ = try robins.admit(
                card, confirming: card.spoken, deciding: robins.checks.decisions())
            for view in robins.readableChecks
            where view.isReader(card.id) && !shown.contains(view.log.id) {
                // Sam, who saw them as a member, asked them; Robin opened no more.
                guard case .checkStarted(let start)? = view.log.history.root?.statement else {
                    continue
                }
                #expect(start.readers.contains { $0.id == card.id })
            }
        }
        try await writing.value
    }

    @Test func aDecisionAboutNothingIsRefused() throws {
        let shelf = try committee.startCase(by: "Robin")
        let kim = try committee.card("Kim")
        let robins = try committee.vault("Robin")
        let before = try committee.snapshot().keys.sorted()
        let nowhere = try #require(ConflictCheck.ID(shelf.id.description))
        #expect(throws: VaultError.notForYou) {
            _ = try robins.admit(
                kim, confirming: kim.spoken,
                deciding: robins.checks.decisions(withholding: [nowhere]))
        }
        #expect(try committee.snapshot().keys.sorted() == before)
        #expect(robins.members.count == 2)
    }

    @Test func admittingGoesOnWithMoreDecisions() throws {
        _ = try committee.startCase(by: "Robin", about: "Alex Doe")
        let kim = try committee.card("Kim")
        let robins = try committee.vault("Robin")
        _ = try robins.admit(kim, confirming: kim.spoken, deciding: [:])
        #expect(try committee.vault("Kim").checks.isEmpty)
        let change = try robins.admit(
            kim, confirming: kim.spoken, deciding: robins.checks.decisions())
        #expect(!change.waiting.contains { $0.need == .openDecision })
        #expect(try committee.vault("Kim").checks.count == 1)
        #expect(throws: VaultError.alreadyAMember) {
            _ = try robins.admit(kim, confirming: kim.spoken, deciding: robins.checks.decisions())
        }
    }

    // MARK: - startCase

    /// The mirror: who became a member after the question was asked.
    @Test func aMemberWhoArrivedMeanwhileIsNotAsked() throws {
        let robins = try committee.vault("Robin")
        let shown = robins.members
        let kim = try committee.card("Kim")
        let sams = try committee.vault("Sam")
        _ = try sams.admit(kim, confirming: kim.spoken, deciding: [:])
        let started = try robins.startCase(
            about: [ReportedPerson(name: "Kim")], report: Report(text: "It happened."),
            deciding: shown.decisions())
        #expect(started.change.waiting.contains { $0.need == .openDecision && $0.member == kim })
        let kims = try committee.vault("Kim")
        #expect(kims.checks.isEmpty && kims.register.isEmpty)
        #expect(try committee.vault("Sam").checks.map(\.undecidedNewcomers) == [[kim]])
        // The same for another person in a case that is there.
        let added = try started.item.addCheck(
            about: ReportedPerson(name: "Kim Again"), deciding: shown.decisions())
        #expect(added.change.waiting.contains { $0.need == .openDecision && $0.member == kim })
        #expect(try committee.vault("Kim").checks.isEmpty)
    }

    @Test func aDecisionAboutNobodyIsRefused() throws {
        let robins = try committee.vault("Robin")
        let before = try committee.snapshot().keys.sorted()
        let stranger = try committee.card("Stranger").id
        for decisions in [[stranger: Visibility.shown], [robins.me.id: .withheld]] {
            #expect(throws: VaultError.unknownMember) {
                _ = try robins.startCase(
                    about: [ReportedPerson(name: "Alex Doe")], report: Report(text: "x"),
                    deciding: decisions)
            }
        }
        #expect(try committee.snapshot().keys.sorted() == before)
    }

    @Test func anImportAnswersWithWhatWaits() throws {
        let source = committee.root.appendingPathComponent("in/one")
        try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
        try Data("Alex Doe\n".utf8).write(to: source.appendingPathComponent("about.txt"))
        try Data("It happened on 2026-09-01.\n".utf8)
            .write(to: source.appendingPathComponent("report.md"))
        let robins = try committee.vault("Robin")
        let plan = try robins.importPlan(of: source.deletingLastPathComponent())
        let kim = try committee.card("Kim")
        let sams = try committee.vault("Sam")
        _ = try sams.admit(kim, confirming: kim.spoken, deciding: [:])
        let done = try robins.importCases(plan)
        #expect(done.map(\.isNew) == [true])
        #expect(done.change.waiting.contains { $0.need == .openDecision })
    }
}
