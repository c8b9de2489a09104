// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// A case holds several reports of one incident, each with a reporter who waits.
struct SeveralReportsTests {
    /// A committee of one; a case that came in on 2026-09-21, and a second report two days later.
    private final class Scene {
        let committee: TestCommittee
        let item: Case
        /// The first report.
        let first: Entry.ID
        /// The second report.
        let second: Entry.ID

        init() throws {
            committee = try TestCommittee("Robin")
            item = try committee.startCase(by: "Robin")
            first = try #require(try item.entries().first).id
            committee.clock.advance(days: 2)
            var report = Report(text: "I saw it, too.")
            report.reporterName = "Lee Second"
            report.channel = .chat
            second = try item.addReport(
                report, attaching: [AttachmentSource(name: "a.txt", bytes: [1, 2, 3])]
            ).id
        }

        /// What is due, as text.
        var due: [String] {
            item.vault.due.filter { $0.caseID == item.id }.map {
                "\($0.what.rawValue) \($0.report.map(String.init) ?? "-") \($0.by)"
            }
        }
    }

    @Test func eachReporterWaits() throws {
        let scene = try Scene()
        #expect(
            scene.due == [
                "acknowledge 1 2026-09-22", "acknowledge 2 2026-09-24", "followUp 1 2026-09-28",
                "followUp 2 2026-09-30",
            ])
        // An answer to one is none to the other.
        _ = try scene.item.add(.firstResponse, "We have it.", answering: [scene.second])
        #expect(
            scene.due == [
                "acknowledge 1 2026-09-22", "followUp 1 2026-09-28", "followUp 2 2026-09-30",
            ])
        _ = try scene.item.add(.reporter, "How it stands.", answering: [scene.first, scene.second])
        #expect(scene.due == ["followUp 1 2026-09-28"])
        // What names nobody went to the first.
        _ = try scene.item.add(.reporter, "More.")
        #expect(scene.due.isEmpty)
        let entries = try scene.item.entries()
        #expect(entries.map(\.answersLabels) == [[], [], ["2"], ["1", "2"], []])
        #expect(
            entries.filter { $0.kind == .report }.map(\.report?.reporterName).last == "Lee Second")
        #expect(entries[1].attachments.map(\.name) == ["a.txt"])
        #expect(try scene.item.people.contains { $0.name == "Lee Second" && $0.role == .reporter })
    }

    @Test func aCaseOfOneReportSaysNoNumber() throws {
        let committee = try TestCommittee("Robin")
        let item = try committee.startCase(by: "Robin")
        #expect(item.vault.due.allSatisfy { $0.report == nil })
        _ = try item.add(.firstResponse, "We have it.", answering: [item.entries()[0].id])
        #expect(try item.entries().allSatisfy { $0.answers.isEmpty })
        #expect(item.vault.due.map(\.what) == [.followUp])
    }

    @Test func onlyAnswersAnswerAndOnlyReportsAreAnswered() throws {
        let scene = try Scene()
        let before = scene.due
        #expect(throws: VaultError.answersNobody) {
            try scene.item.add(.discussion, "No answer.", answering: [scene.first])
        }
        let talk = try scene.item.add(.discussion, "A talk.").id
        #expect(throws: VaultError.answersNobody) {
            try scene.item.add(.reporter, "To a talk?", answering: [talk])
        }
        let elsewhere = try #require(
            try scene.committee.startCase(by: "Robin").entries().first
        ).id
        #expect(throws: VaultError.unknownEntry) {
            try scene.item.add(.reporter, "To nothing.", answering: [elsewhere])
        }
        #expect(scene.due == before)
        #expect(try scene.item.entries().count == 3)
    }

    @Test func whoHasNotLookedAddsNone() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let item = try committee.startCase(by: "Robin")
        try committee.declareAll("Sam")
        try item.vault.refresh()
        _ = try item.vault.catchUp()
        let sams = try #require(try committee.vault("Sam").cases.first)
        #expect(throws: VaultError.firstLookNeeded) { try sams.addReport(Report(text: "More.")) }
        #expect(try item.entries().count == 1)
    }

    @Test func anExportBringsAllOfThemBack() throws {
        let scene = try Scene()
        _ = try scene.item.add(.firstResponse, "We have it.", answering: [scene.second])
        let folder = ExchangeFolder(scene.committee)
        try scene.item.vault.export(to: folder.url)
        // Into its own vault it changes nothing.
        let same = try scene.item.vault.importCases(from: folder.url)
        #expect(same.map(\.added) == [0] && same.map(\.isNew) == [false])
        // Into another one it is the same case.
        let other = try TestCommittee("Noor")
        let done = try other.vault("Noor").importCases(from: folder.url)
        #expect(done.map(\.added) == [3])
        let copy = try #require(try other.vault("Noor").cases.first)
        #expect(try CaseContents(copy) == CaseContents(scene.item))
        #expect(try copy.entries().map(\.answersLabels) == [[], [], ["2"]])
        #expect(try copy.entries()[1].report?.reporterName == "Lee Second")
    }

    @Test func aFolderCanHoldNumberedReports() throws {
        let committee = try TestCommittee("Robin")
        let folder = ExchangeFolder(committee)
        try folder.write("Alex Doe\n", to: "table/about")
        try folder.write("First, of 2025-03-04.\n", to: "table/report-1.md")
        try folder.write(
            "From: Lee Second <lee@example.org>\nDate: Thu, 6 Mar 2025 10:00:00 +0000\n"
                + "Message-ID: <a@b>\nSubject: Me too\n\nI saw it.\n", to: "table/Report 2.eml")
        try folder.write("A talk.\n", to: "table/2025-03-07 talk.md")
        let vault = try committee.vault("Robin")
        _ = try vault.importCases(from: folder.url)
        let item = try #require(vault.cases.first)
        let entries = try item.entries()
        #expect(entries.filter { $0.kind == .report }.count == 2)
        #expect(
            entries.filter { $0.kind == .report }.map(\.day) == [
                Day("2025-03-04"), Day("2025-03-06"),
            ])
        #expect(entries.filter { $0.kind == .discussion }.count == 1)
        // Running it again adds nothing.
        #expect(try vault.importCases(from: folder.url).map(\.added) == [0])
    }

    @Test func theNumbersCountReportsAndCasesApart() throws {
        let committee = try TestCommittee("Robin")
        var items: [Case] = []
        for _ in 0..<4 { items.append(try committee.startCase(by: "Robin")) }
        try items[0].vault.refresh()
        func shown(_ group: String) -> Int? {
            items.first?.vault.numbers().counts.first { $0.group == group }?.count
        }
        #expect(shown("received") == 4)
        // As many reports as cases, or few more: how many more is a small count.
        #expect(shown("reports") == nil)
        for number in 0..<3 {
            _ = try items[0].addReport(Report(text: "Report \(number)."))
            #expect(shown("reports") == (number < 2 ? nil : 7))
        }
        #expect(shown("received") == 4)
        #expect(shown("people") == nil)
        // The same after everything is erased.
        let before = items[0].vault.numbers().counts
        for item in items {
            try item.vault.refresh()
            try item.erase(confirming: item.codeName)
        }
        try items[0].vault.refresh()
        #expect(items[0].vault.numbers().counts == before)
        try committee.letErase("Robin")
        try items[0].vault.refresh()
        #expect(items[0].vault.numbers().counts == before)
        #expect(items[0].skeleton?.furtherReports.count == 3)
    }
}
