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
        try item("Robin").updateRow([.actionsNeeded: "Ask the venue", .status: "ongoing"])
        try item("Sam", at: copy).updateRow([.actionsNeeded: "Write to security"])
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
        try item("Kim").updateRow([.actionsNeeded: "Both"])
        let row = try #require(try item("Robin").row)
        #expect(row[.actionsNeeded] == "Both" && row.sideBySide.isEmpty)
    }

    @Test func theSameWordTwiceIsNoQuestion() throws {
        let copy = try committee.branch("Sam")
        try item("Robin").updateRow([.status: "resolved"])
        try item("Sam", at: copy).updateRow([.status: "resolved"])
        try committee.merge(copy)
        #expect(try item("Kim").row?.sideBySide.isEmpty == true)
    }

    @Test func twoOutcomesAreBothThere() throws {
        try item("Robin").add(.outcome, "An earlier one.")
        let copy = try committee.branch("Sam")
        let ours = try item("Robin").add(.outcome, "A warning.")
        #expect(try item("Robin").outcomesSideBySide.isEmpty)
        let theirs = try item("Sam", at: copy).add(.outcome, "A removal.")
        try committee.merge(copy)
        let found = try item("Kim").outcomesSideBySide
        #expect(Set(found.map(\.id)) == [ours.id, theirs.id])
        try item("Kim").add(.outcome, "A removal, as agreed.", correcting: ours.id)
        #expect(try item("Robin").outcomesSideBySide.isEmpty)
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
        #expect(try committee.snapshot().keys.sorted() == before)
    }
}
