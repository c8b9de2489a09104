// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// What entries are called, and that nobody's writing changes what another entry is called.
@Suite struct EntryNameTests {
    /// A case that three people read.
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

    /// What each entry is called, by its text.
    private func labels(_ item: Case) throws -> [String: String] {
        Dictionary(uniqueKeysWithValues: try item.entries().map { ($0.text, $0.label) })
    }

    /// An entry that Sam writes with parents of their choice.
    private func planted(_ text: String, behind parents: [RecordID]) throws {
        let store = try committee.vault("Sam").store
        let log = try #require(store.logs[shelf.log])
        let sam = HostileWriter(committee: committee, key: try committee.key("Sam"))
        let record = try sam.record(
            .entered(EntryStatement(kind: .plan, happened: nil, text: text)), in: shelf.log,
            parents: parents, vault: store.vault)
        try sam.plant([record], for: log.history.readerCards, vault: store.vault, slots: 8)
    }

    @Test func countsWhatTheAuthorKnewOf() throws {
        let added = try item("Robin").add(.discussion, "one")
        #expect(added.label == "2")
        _ = try item("Sam").vote(.yes, on: added.id)
        #expect(try item("Sam").add(.plan, "two").label == "3")
        #expect(try item("Kim").entries().map(\.label) == ["1", "2", "3"])
        #expect(try item("Kim").entries().map(\.number) == [1, 2, 3])
        #expect(try item("Kim").entry(id: added.id).text == "one")
    }

    @Test func sideBySideGetLettersAndEveryNameStays() throws {
        let copy = try committee.branch("Sam")
        let ours = try item("Robin").add(.plan, "ours")
        let theirs = try item("Sam", at: copy).add(.plan, "theirs")
        #expect(ours.label == "2" && theirs.label == "2")
        // Each is found by the form with the letter before the other has arrived.
        try committee.merge(copy)
        let both = try item("Kim")
        let labels = try labels(both)
        let (a, b) = (try #require(labels["ours"]), try #require(labels["theirs"]))
        #expect(a != b && a.hasPrefix("2") && b.hasPrefix("2") && a.count >= 2 && b.count >= 2)
        #expect(try item("Sam", at: copy).entry(named: b).text == "theirs")
        #expect(try both.entry(named: a.uppercased()).id == ours.id)
        #expect(try both.entry(named: "\(theirs.id)").id == theirs.id)
        #expect(try both.entry(named: "\("\(theirs.id)".prefix(8))").id == theirs.id)
        #expect(throws: VaultError.self) { try both.entry(named: "\("\(theirs.id)".prefix(7))") }
        do {
            _ = try both.entry(named: "2")
            Issue.record("a bare number chose one of two")
        } catch {
            #expect(error.code == .ambiguousEntry)
            #expect(error.message.contains(a) && error.message.contains(b))
        }
        // Who knew of both goes on behind them; what was there keeps its name.
        #expect(try item("Kim").add(.discussion, "after").label == "4")
        let now = try self.labels(item("Robin"))
        #expect(now["ours"] == a && now["theirs"] == b && now["after"] == "4")
    }

    @Test func noRecordOfAnotherChangesANumber() throws {
        for text in ["one", "two", "three"] { _ = try item("Robin").add(.discussion, text) }
        let before = Dictionary(
            uniqueKeysWithValues: try item("Kim").entries().map { ($0.id, $0.number) })
        let log = try #require(try committee.vault("Sam").store.logs[shelf.log])
        let root = try #require(log.history.root).id
        let grant = try #require(log.history.readers[committee.card("Sam").id]?.grants.last).id
        // No past, the least that counts, everything, and something that nobody has.
        try planted("none", behind: [root])
        try planted("least", behind: [grant])
        try planted("huge", behind: log.history.order.map(\.id).suffix(8))
        try planted("gap", behind: [grant, RecordID(raw: .zero)])
        let kims = try item("Kim")
        for entry in try kims.entries() where before[entry.id] != nil {
            #expect(entry.number == before[entry.id])
            // By its full name it is found as before.
            #expect(try kims.entry(named: "\(entry.id)").id == entry.id)
        }
        // A name that fits one of them and a planted one is refused; it never leads to the other.
        for entry in try kims.entries() {
            let found = try? kims.entry(named: entry.label)
            #expect(found?.id == entry.id)
        }
        // Whose past is not here has no number, and is called by its digits.
        let gap = try kims.entries().first { $0.text == "gap" }
        #expect(gap?.number == nil)
        #expect(gap?.label == gap.map { String("\($0.id)".prefix(8)) })
        // Honest entries go on with one more than is known.
        #expect(try item("Robin").add(.discussion, "four").label.first?.isNumber == true)
    }

    @Test func acceptingAGapNeverChangesANumber() throws {
        let sams = try committee.vault("Sam").store
        let log = try #require(sams.logs[shelf.log])
        let sam = HostileWriter(committee: committee, key: try committee.key("Sam"))
        let lost = try sam.record(
            .entered(EntryStatement(kind: .plan, happened: nil, text: "lost")), in: shelf.log,
            parents: log.history.heads, vault: sams.vault)
        try planted("child", behind: [lost.id])
        _ = try committee.vault("Robin").acceptGap(in: shelf.log)
        let added = try item("Robin").add(.discussion, "later")
        let number = try item("Kim").entry(id: added.id).number
        #expect(number != nil)
        try sam.plant([lost], for: log.history.readerCards, vault: sams.vault, slots: 8)
        #expect(try item("Kim").entries().contains { $0.text == "lost" })
        #expect(try item("Kim").entry(id: added.id).number == number)
    }

    @Test func anErasedEntryKeepsItsName() throws {
        let one = try item("Robin").add(.discussion, "one")
        _ = try item("Robin").add(.discussion, "two")
        _ = try item("Robin").erase(one.id, confirming: shelf.codeName)
        #expect(try item("Robin").entry(named: "2").isBeingErased)
        try committee.letErase("Robin")
        #expect(try item("Robin").entries().map(\.label) == ["1", "2", "3"])
        #expect(try item("Robin").entry(named: "2").isErased)
    }

    // MARK: - What was shown

    @Test func whatWasChangedMeanwhileIsNotAnswered() throws {
        let plan = try item("Robin").add(.plan, "A talk.")
        let copy = try committee.branch("Sam")
        _ = try item("Kim").add(.plan, "Two talks.", correcting: plan.id)
        // Sam has not seen it, and it arrives between looking and acting.
        let sams = try item("Sam", at: copy)
        let seen = try sams.entry(named: "2")
        let fresh = try committee.snapshot()
        let theirs = VaultFolder(path: copy.path, files: .init())
        _ = try theirs.write(Array(fresh.values))
        for act in [
            { _ = try sams.vote(.yes, on: seen.id) },
            { _ = try sams.add(.plan, "Three talks.", correcting: seen.id) },
        ] {
            do {
                try act()
                Issue.record("an answer to what was corrected meanwhile was taken")
            } catch {
                #expect((error as? VaultError)?.code == .changedMeanwhile)
            }
        }
        _ = try item("Robin").erase(item("Robin").entry(named: "3").id, confirming: shelf.codeName)
        #expect(throws: VaultError.entryErasedMeanwhile("3")) {
            let kims = try item("Kim")
            _ = try kims.vote(.yes, on: try kims.entry(named: "3").id)
        }
    }

    /// The race of the trial: a colleague's entry arrives between looking and erasing.
    @Test func erasesWhatWasSeenAndNothingElse() throws {
        for _ in 0..<6 {
            let copy = try committee.branch("\(UUID())")
            _ = try item("Robin").add(.discussion, "theirs")
            let sams = try item("Sam", at: copy)
            let mine = try sams.add(.discussion, "mine \(UUID())")
            try committee.merge(copy)
            let here = try item("Sam")
            _ = try here.erase(mine.id, confirming: shelf.codeName)
            #expect(
                try here.entries().allSatisfy { $0.text != "theirs" || !$0.isBeingErased })
            #expect(try here.entry(id: mine.id).isBeingErased)
        }
        #expect(try item("Kim").entries().count { $0.text == "theirs" } == 6)
    }
}
