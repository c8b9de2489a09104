// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// What two people wrote without knowing of each other is there to see until somebody decides.
@Suite struct SideBySideTests {
    private let committee: TestCommittee
    private let shelf: Case

    init() throws {
        committee = try TestCommittee("Robin", "Sam", "Kim")
        shelf = try committee.sharedCase(of: "Robin", with: ["Sam", "Kim"])
    }

    /// The case on somebody's computer.
    private func item(_ name: String, at copy: URL? = nil) throws -> Case {
        try committee.looking(at: shelf, as: name, at: copy)
    }

    @Test func twoChangesOfOneColumnAreBothThere() throws {
        let copy = try committee.branch("Sam")
        _ = try item("Robin").updateRow([.actionsNeeded: "Ask the venue", .status: "ongoing"])
        _ = try item("Sam", at: copy).updateRow([.actionsNeeded: "Write to security"])
        try committee.merge(copy)
        for name in ["Robin", "Sam", "Kim"] {
            let row = try #require(try item(name).row)
            let both = Set([row[.actionsNeeded]] + (row.sideBySide[.actionsNeeded] ?? []))
            #expect(both == ["Ask the venue", "Write to security"], "\(name)")
            // A column that one of them wrote is no question.
            #expect(row.sideBySide[.status] == nil && row[.status] == "ongoing")
            let listed = try #require(try committee.vault(name).register.first)
            #expect(listed.sideBySide == row.sideBySide)
        }
        // Who knows of both decides.
        _ = try item("Kim").updateRow([.actionsNeeded: "Both"])
        let row = try #require(try item("Robin").row)
        #expect(row[.actionsNeeded] == "Both" && row.sideBySide.isEmpty)
    }

    @Test func theSameWordTwiceIsNoQuestion() throws {
        let copy = try committee.branch("Sam")
        _ = try item("Robin").updateRow([.status: "resolved"])
        _ = try item("Sam", at: copy).updateRow([.status: "resolved"])
        try committee.merge(copy)
        #expect(try item("Kim").row?.sideBySide.isEmpty == true)
    }

    @Test func twoOutcomesAreBothThere() throws {
        _ = try item("Robin").add(.outcome, "An earlier one.")
        let copy = try committee.branch("Sam")
        let ours = try item("Robin").add(.outcome, "A warning.")
        #expect(try item("Robin").outcomesSideBySide.isEmpty)
        let theirs = try item("Sam", at: copy).add(.outcome, "A removal.")
        try committee.merge(copy)
        let found = try item("Kim").outcomesSideBySide
        #expect(Set(found.map(\.id)) == [ours.id, theirs.id])
        _ = try item("Kim").add(.outcome, "A removal, as agreed.", correcting: ours.id)
        #expect(try item("Robin").outcomesSideBySide.isEmpty)
    }

    // MARK: - Rules

    @Test func twoChangesOfTheRulesAreBothThere() throws {
        let json = { (readers: Int) in Array("{\"minimumReaders\":\(readers)}".utf8) }
        let robins = try committee.vault("Robin")
        _ = try robins.changeRules(try Rules(json: json(2)))
        #expect(robins.rulesSideBySide.isEmpty)
        let copy = try committee.branch("Sam")
        _ = try committee.vault("Robin").changeRules(try Rules(json: json(3)))
        let sams = try committee.vault("Sam", at: copy)
        _ = try sams.changeRules(try Rules(json: json(4)))
        #expect(sams.rulesSideBySide.isEmpty)
        try committee.merge(copy)
        for name in ["Robin", "Sam", "Kim"] {
            let vault = try committee.vault(name)
            let all = [vault.rules] + vault.rulesSideBySide
            #expect(Set(all.map(\.minimumReaders)) == [3, 4] && all.count == 2, "\(name)")
        }
        // Who has seen both decides, also for what holds already.
        let kims = try committee.vault("Kim")
        _ = try kims.changeRules(kims.rules)
        for name in ["Robin", "Sam", "Kim"] {
            let vault = try committee.vault(name)
            #expect(vault.rulesSideBySide.isEmpty && vault.rules.json == kims.rules.json)
        }
    }

    @Test func theSameRulesTwiceAreNoQuestion() throws {
        let rules = try Rules(json: Array(#"{"minimumReaders":3}"#.utf8))
        let copy = try committee.branch("Sam")
        _ = try committee.vault("Robin").changeRules(rules)
        _ = try committee.vault("Sam", at: copy).changeRules(rules)
        try committee.merge(copy)
        #expect(try committee.vault("Kim").rulesSideBySide.isEmpty)
    }

    // MARK: - What was shown

    @Test func aCaseIsErasedOnlyAsItWasShown() throws {
        let robins = try item("Robin")
        let shown = try robins.version
        // Votes, and files that are written anew, are not what somebody looked at.
        _ = try item("Sam").vote(.yes, on: 1)
        _ = try committee.vault("Sam").catchUp()
        let added = try item("Sam").add(.discussion, "Something else.")
        let before = try committee.snapshot().keys.sorted()
        #expect(throws: VaultError.caseChanged) {
            _ = try robins.erase(all: shown, confirming: shelf.codeName)
        }
        #expect(try committee.snapshot().keys.sorted() == before)
        let now = try item("Robin").version
        #expect(now != shown && Case.Version(now.description) == now)
        // Another name in the case is something else, too; so is a text less.
        _ = try item("Sam").addCheck(about: ReportedPerson(name: "Lee Example"), deciding: [:])
        let named = try item("Robin").version
        #expect(named != now)
        _ = try item("Sam").erase(added.id, confirming: shelf.codeName)
        #expect(try item("Robin").version != named)
        #expect(try item("Robin").version == item("Kim").version)
        let last = try item("Robin")
        _ = try last.erase(all: try last.version, confirming: shelf.codeName)
        #expect(try item("Robin").isBeingErased)
    }

    @Test func aVersionIsReadFromItsDigitsOnly() {
        for text in [
            "", "12", String(repeating: "g", count: 32), String(repeating: "a", count: 33),
        ] {
            #expect(Case.Version(text) == nil)
        }
        #expect(Case.Version(String(repeating: "A", count: 32)) != nil)
    }

    // MARK: - Values

    @Test func whatCannotBeUndoneIsAValue() throws {
        let sam = try committee.card("Sam")
        let change = try item("Robin").revokeAccess(of: sam.id)
        let sentence = try #require(change.cannotUndo.first { $0.code == .couldRead })
        #expect(sentence.member == sam && sentence.text.hasPrefix("What Sam could read"))
        #expect("\(sentence)" == sentence.text)
        #expect(change.cannotUndo.contains { $0.code == .historyKept && $0.member == nil })
        #expect(Set(change.cannotUndo.map(\.code)).count == change.cannotUndo.count)
    }

    @Test(arguments: [
        "", " ", "\u{A0}\u{3000}", "\n\t", "\u{200B}", "\u{2800}", "\u{3164}", "\u{202E} ",
    ])
    func aBlankNameStartsNothing(name: String) throws {
        let before = try committee.snapshot().keys.sorted()
        let person = ReportedPerson(name: name)
        let robins = try item("Robin")
        #expect(throws: VaultError.nobodyReported) {
            _ = try robins.vault.startCase(
                about: [ReportedPerson(name: "Alex Doe"), person], report: Report(text: "x"),
                deciding: [:])
        }
        #expect(throws: VaultError.nobodyReported) {
            _ = try robins.addCheck(about: person, deciding: [:])
        }
        // Nor does a blank name beside the name, or in the report.
        var reports = [Report(text: "x"), Report(text: "x"), Report(text: "x")]
        reports[0].reporterName = name
        reports[1].reporterAliases = ["Lee", name]
        reports[2].witnesses = [Report.Witness(name: name)]
        let fields = ["reporterName", "reporterAliases", "witnesses"]
        for (report, field) in zip(reports, fields) {
            #expect(throws: VaultError.blankName(field)) {
                _ = try robins.vault.startCase(
                    about: [ReportedPerson(name: "Alex Doe")], report: report, deciding: [:])
            }
            #expect(throws: VaultError.blankName(field)) { _ = try robins.addReport(report) }
        }
        #expect(throws: VaultError.nobodyReported) {
            _ = try robins.addCheck(
                about: ReportedPerson(name: "Alex Doe", aliases: [name]), deciding: [:])
        }
        #expect(try committee.snapshot().keys.sorted() == before)
    }

    @Test func spaceAroundANameIsLeftOut() throws {
        let person = ReportedPerson(name: " Kai  Doe\n", aliases: ["\tkaid "])
        let check = try item("Robin").addCheck(about: person, deciding: [:])
        let shown = try #require(
            committee.vault("Robin").checks.first { $0.id == check.id }?.people.first)
        #expect(shown.name == "Kai Doe" && shown.aliases == ["kaid"])
        #expect(try MemberKey.generate(name: " Kai\u{A0} Doe ").card.name == "Kai Doe")
    }
}
