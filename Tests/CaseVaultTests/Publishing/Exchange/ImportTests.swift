// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// Existing documents become cases: all of them or, with anything missing, none.
struct ImportTests {
    @Test func aFolderAsCommitteesHaveIt() throws {
        let committee = try TestCommittee("Mika", "Lou")
        let folder = ExchangeFolder(committee)
        let one = "2023-05-06 Robin and the social"
        try folder.write("Robin Example; rexample\n", to: one + "/about")
        try folder.write("It happened.\r\nTwice.", to: one + "/Report.txt")
        try folder.write(#"{"reporterName":"Charlie Doe"}"#, to: one + "/fields.json")
        try folder.write("We met.", to: one + "/2023-05-08 meeting.md")
        try folder.write("No day.", to: one + "/a note.markdown")
        try folder.write(
            "From: Jo <jo@example.org>\nDate: Mon, 8 May 2023 10:00:00 +0000\n\nI saw it.\n",
            to: one + "/witness.eml")
        try folder.write("\u{0}binary", to: one + "/photo.png")
        try folder.write("", to: one + "/.DS_Store")
        try folder.write("Kim Sample\n", to: "two/about.txt")
        try folder.write("The only text.", to: "two/whatever.md")
        try folder.write("Loose.", to: "2022-01-02 loose.md")
        try folder.write("Alex Doe\n", to: "2022-01-02 loose.about")
        try folder.write(#"{"channel":"form"}"#, to: "2022-01-02 loose.fields.json")
        try folder.write("about this folder", to: "README.md")

        let vault = try committee.vault("Mika")
        let done = try vault.importCases(from: folder.url)
        #expect(done.map(\.number) == [1, 2, 3])
        #expect(done.map(\.isNew) == [true, true, true])
        #expect(done.map(\.added) == [1, 4, 1])
        let first = try CaseContents(vault.case(named: done[1].codeName.description))
        #expect(first.people == [ReportedPerson(name: "Robin Example", aliases: ["rexample"])])
        #expect(first.report.text == "It happened.\nTwice.")
        #expect(first.report.reporterName == "Charlie Doe")
        #expect(first.report.receivedOn == Day("2023-05-06"), "from the folder's name")
        #expect(
            first.entries.map { [$0[0], $0[1], $0[2]] } == [
                ["report", "2023-05-06", "It happened.\nTwice."],
                ["discussion", "2023-05-08", "We met."], ["discussion", "2025-06-15", "No day."],
                ["discussion", "2023-05-08", "I saw it."],
            ])
        #expect(
            first.attachments.map { [$0[0], $0[1]] } == [
                ["1", "photo.png"], ["4", "message.eml"],
            ])
        let loose = try CaseContents(vault.case(named: done[0].codeName.description))
        #expect(loose.report.channel == .form)
        #expect(loose.report.receivedOn == Day("2022-01-02"))
        // The others are asked, as after every report.
        #expect(try committee.vault("Lou").unansweredChecks.count == 3)
    }

    @Test func theSampleReportsAreAFolderToImport() throws {
        let committee = try TestCommittee("Mika")
        let samples = Repository.top.appendingPathComponent("Examples/reports")
        let vault = try committee.vault("Mika")
        let done = try vault.importCases(from: samples)
        #expect(done.count == 3)
        let mail = try #require(
            try vault.cases.first { try $0.entries()[0].report?.channel == .mail })
        #expect(try mail.entries()[0].attachments.map(\.name) == ["times café.txt", "message.eml"])
    }

    @Test func allProblemsAreListedAndNothingIsChanged() throws {
        let committee = try TestCommittee("Mika")
        let folder = ExchangeFolder(committee)
        try folder.write("fine", to: "0-good/report.md")
        try folder.write("Robin Example\n", to: "0-good/about")
        try folder.write("x", to: "1-Secretname/report.md")
        try folder.write("Secretname\nsecretname\n", to: "2-twice/about")
        try folder.write("x", to: "2-twice/report.md")
        try folder.write("Kim\n", to: "3-none/about")
        try folder.write("pdf", to: "3-none/report.pdf")
        try folder.write("Kim\n", to: "4-bad/about")
        try folder.write("\u{0}", to: "4-bad/report.md")
        try folder.write("{\"Secretname\":1}", to: "5-fields/fields.json")
        try folder.write("x", to: "5-fields/report.md")
        try folder.write("Kim\n", to: "5-fields/about")
        try folder.write("Kim\n", to: "6-many/about")
        try folder.write("x", to: "6-many/report.md")
        try folder.write("y", to: "6-many/report.txt")
        try folder.write("z", to: "6-many/deep/file")
        try folder.write("  \n", to: "6-many/empty.md")
        try folder.write("x", to: "7-Secretname.pdf")
        try folder.write("x", to: "8-loose.md")
        try folder.write("Mika\n", to: "9-me/about")
        try folder.write("x", to: "9-me/report.md")
        let vault = try committee.vault("Mika")
        let before = try committee.snapshot()
        let plan = try vault.importPlan(of: folder.url)
        #expect(plan.caseCount == 10)
        #expect(
            plan.problems.map(\.description) == [
                "Case 2: it is not said whom it is about: a file called about, one person a line",
                "Case 3, document 1: line 2: this name stands in an earlier line",
                "Case 6, document 2: there is no report field \"Secretname\"",
                "Case 7: there are several reports: number them, report-1 and report-2, or call "
                    + "others not report",
                "Case 9: it is not said whom it is about: a file beside it called the same with "
                    + ".about at the end, one person a line",
                "Case 10: a reported person is called like you: let a colleague import this case",
            ])
        #expect(
            plan.warnings.map(\.description).sorted() == [
                "Case 4, document 2: The file was attached and not read: open it with its own program.",
                "Case 5, document 2: The file was attached and not read: open it with its own program.",
                "Case 7, document 3: the document is empty and is left out",
                "Case 7: the files of a folder in the case's folder are attached",
                "Case 8: this belongs to no case and is left out: put it into a case's folder",
            ])
        let error = #expect(throws: VaultError.cannotImport(6)) {
            try vault.importCases(from: folder.url)
        }
        #expect(error?.message == "6 things in the folder cannot be imported.")
        #expect(throws: VaultError.cannotImport(6)) { try vault.importCases(plan) }
        #expect(try committee.snapshot() == before)
        #expect(vault.cases.isEmpty)
    }

    @Test func papersOfManyKindsAndWhatProgramsLeave() throws {
        let committee = try TestCommittee("Mika", "Robin Other", "Lou")
        let folder = ExchangeFolder(committee)
        let one = "2024/home shelf"
        try folder.write("- **Example, Robin** (they/them)\n", to: one + "/ABOUT.TXT")
        try folder.write(
            "From: Jo <jo@example.org>\nDate: Fri, 5 Apr 2024 10:00:00 +0000\nMIME-Version: 1.0\n\nx",
            to: one + "/Report.EML")
        try folder.write("From: L\nMessage-ID: <a>\nDate: soon\n\nI saw.", to: one + "/mails/m.txt")
        try folder.write("log", to: one + "/Attachments/log.txt")
        try folder.write("She called on 06.04.2024.", to: one + "/call.md")
        let left = [
            "Thumbs.db", "desktop.ini", "~$report.docx", "report.md~", "Icon\r", "#report.md#",
            "report.md.bak", "report (Robin's conflicted copy 2024-04-05).md",
            "report (In Konflikt stehende Kopie von Lou 2024-04-05).md",
            "report.sync-conflict-20240405-101010-ABCDEFG.md", "call.md.part",
        ]
        for name in left { try folder.write("x", to: one + "/" + name) }
        for name in ["__MACOSX/._a", "2024/@eaDir/a", one + "/__MACOSX/._a", "#recycle/a/b"] {
            try folder.write("x", to: name)
        }
        try folder.write("x", to: one + "/.second.md.icloud")
        try folder.write("x", to: one + "/.DS_Store")
        try folder.write("", to: "2024/empty/notes.md")
        try folder.write("x", to: "2023/20230502 photos/a.jpg")
        try folder.write("Kim Sample", to: "2023/20230502 photos/about")
        try folder.write("PK", to: "2023/paper/letter.docx")
        try folder.write("Kim Sample", to: "2023/paper/about.md")
        try folder.write(
            "Safety risk?,Risk of repeating?,Status,Code Name,Date & Time,Actions needed,Resolution\n"
                + "Yes,No,Resolved,Home Shelf,07/07,Ask Robin Example,Verbal warning\nNo,No,New,lost case,,,\n",
            to: "status.csv")
        let vault = try committee.vault("Mika")
        let plan = try vault.importPlan(of: folder.url)
        #expect(plan.problems.isEmpty)
        let done = try vault.importCases(plan)
        #expect(done.count == 3)
        // Whoever shares a word of the name may be the one: it is kept from them.
        #expect(done.map { $0.withheldFrom.map(\.name) } == [[], [], ["Robin Other"]])
        let items = try done.map { try vault.case(named: $0.codeName.description) }
        let photos = try CaseContents(items[0])
        #expect(photos.report.receivedOn == Day("2023-05-02"))
        #expect(photos.attachments.map { $0[1] } == ["a.jpg"])
        #expect(try CaseContents(items[1]).attachments.map { $0[1] } == ["letter.docx"])
        let shelf = try CaseContents(items[2])
        #expect(
            shelf.people == [ReportedPerson(name: "Robin Example", aliases: ["Example, Robin"])])
        #expect(shelf.report.receivedOn == Day("2024-04-05"))
        #expect(shelf.report.reporterName == "Jo")
        #expect(shelf.row[.status] == "resolved" && shelf.row[.resolution] == "Verbal warning")
        #expect(shelf.row[.actionsNeeded] == nil, "a name from the case")
        let texts = try items[2].entries()
        #expect(texts.map(\.day.description).contains("2024-04-06"))
        #expect(texts[0].attachments.map(\.name) == ["log.txt", "message.eml"])
        #expect(texts[0].attachments.map(\.isOriginal) == [false, true])
        #expect(texts.contains { $0.text == "I saw." && $0.attachments.last?.isOriginal == true })
        let said = plan.warnings.map(\.reason)
        #expect(plan.linesWithoutCase == ["lost case"])
        #expect(said.filter { $0.contains("tool left it there") }.count == left.count + 4)
        #expect(said.filter { $0.contains("let your sync tool fetch") }.count == 1)
        for part in ["is empty", "nothing in it", "has a name from"] {
            #expect(said.contains { $0.contains(part) }, "\(part)")
        }
        // Running it again adds nothing.
        #expect(try vault.importCases(from: folder.url).map(\.added) == [0, 0, 0])
    }

    @Test func theReportIsFoundByItsDay() throws {
        let committee = try TestCommittee("Mika")
        let folder = ExchangeFolder(committee)
        func mail(_ day: Int, _ text: String) -> String {
            "From: Kim <kim@example.org>\nDate: Mon, \(day) Oct 2020 09:00:00 +0000\n"
                + "Message-ID: <a@b>\n\n\(text)\n"
        }
        for name in ["a", "b", "c"] { try folder.write("Lou\n", to: name + "/about") }
        try folder.write("Talked.", to: "a/2020-10-04 talk.md")
        try folder.write("He came.", to: "a/05.10.2020 Report.md")
        try folder.write(mail(6, "Came back."), to: "b/mails/1.eml")
        try folder.write(mail(5, "He came."), to: "b/mails/2.eml")
        try folder.write("One.", to: "c/one.md")
        try folder.write("Two.", to: "c/2020-10-05 two.md")
        try folder.write("Lou\n", to: "d/about")
        try folder.write("jpg", to: "d/photos/IMG_20201005_090000.jpg")
        let vault = try committee.vault("Mika")
        let plan = try vault.importPlan(of: folder.url)
        #expect(plan.warnings.map(\.description).filter { $0.contains("earliest") }.count == 1)
        #expect(plan.problems.map(\.description).filter { $0.contains("no report") }.count == 1)
        #expect(plan.problems.count == 1)
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent("c"))
        let done = try vault.importCases(from: folder.url)
        #expect(done.count == 3)
        for item in vault.cases {
            let first = try #require(try item.entries().first)
            #expect(
                ["He came.", "(The report has no text: see what is attached.)"].contains(first.text)
                    && first.report?.receivedOn?.description == "2020-10-05")
        }
    }

    @Test func anEmptyFolderIsSaid() throws {
        let committee = try TestCommittee("Mika")
        let folder = ExchangeFolder(committee)
        try folder.write("x", to: "README.md")
        let vault = try committee.vault("Mika")
        #expect(throws: VaultError.nothingToImport("")) { try vault.importPlan(of: folder.url) }
        let missing = #expect(throws: VaultError.self) {
            try vault.importPlan(of: folder.url.appendingPathComponent("none"))
        }
        #expect(missing?.code == .fileSystem)
    }

    @Test func whoIsCalledLikeAReportedPersonIsNotAsked() throws {
        let committee = try TestCommittee("Mika", "Lou", "Kim")
        let folder = ExchangeFolder(committee)
        try folder.write("somebody; ＫＩＭ \n", to: "a/about")
        try folder.write("x", to: "a/report.md")
        let done = try committee.vault("Mika").importCases(from: folder.url)
        #expect(done[0].withheldFrom.map(\.name) == ["Kim"])
        #expect(try committee.vault("Kim").checks.isEmpty)
        #expect(try committee.vault("Kim").register.isEmpty)
        #expect(try committee.vault("Lou").checks.count == 1)
    }

    /// Stops at every report of progress, and runs again.
    @Test func anImportThatStoppedIsFinishedWithoutDoubles() throws {
        let source = try TestCommittee("Mika")
        let item = try source.startCase(by: "Mika", about: "Robin Example")
        _ = try item.add(.discussion, "one", on: Day("2024-01-01"))
        _ = try item.add(.discussion, "one", on: Day("2024-01-01"))
        _ = try item.add(
            .plan, "two", correcting: item.id(at: 2),
            attaching: [AttachmentSource(name: "a", bytes: [1, 2])])
        _ = try item.updateRow([.status: "resolved"])
        _ = try source.startCase(by: "Mika", about: "Alex Doe", text: "Other.")
        let folder = ExchangeFolder(source, "out")
        try source.vault("Mika").export(to: folder.url)
        let expected = try source.vault("Mika").cases.map(CaseContents.init)

        var stop = 1
        while true {
            let committee = try TestCommittee("Lou")
            var count = 0
            let lou = try committee.vault("Lou")
            do throws(VaultError) {
                _ = try lou.importCases(from: folder.url) { _ in
                    count += 1
                    return count == stop ? .stop : .proceed
                }
                break
            } catch {
                #expect(error.code == .cancelled)
            }
            _ = try committee.vault("Lou").importCases(from: folder.url)
            let cases = try committee.vault("Lou").cases
            #expect(cases.count == 2, "stop \(stop)")
            for contents in try cases.map(CaseContents.init) {
                #expect(expected.contains(contents), "stop \(stop)")
            }
            stop += 1
        }
        #expect(stop > 8, "there were places to stop")
    }

    @Test func whatWasAddedSinceStays() throws {
        let committee = try TestCommittee("Mika")
        let folder = ExchangeFolder(committee)
        try folder.write("Robin Example\n", to: "a/about")
        try folder.write("x", to: "a/report.md")
        try folder.write("one", to: "a/2024-01-01.md")
        let vault = try committee.vault("Mika")
        _ = try vault.importCases(from: folder.url)
        let item = try #require(vault.cases.first)
        _ = try item.add(.discussion, "since")
        _ = try item.updateRow([.status: "resolved"])
        try folder.write("two", to: "a/2024-01-02.md")
        let again = try vault.importCases(from: folder.url)
        #expect(again.map(\.added) == [1])
        #expect(again.map(\.alreadyThere) == [2])
        #expect(try item.entries().map(\.text) == ["x", "one", "since", "two"])
        #expect(item.row?[.status] == "resolved")
    }

    @Test func twoCasesOfOneTextAreTwo() throws {
        let committee = try TestCommittee("Mika")
        let folder = ExchangeFolder(committee)
        for name in ["a", "b"] {
            try folder.write("Robin Example\n", to: name + "/about")
            try folder.write("x", to: name + "/report.md")
        }
        let vault = try committee.vault("Mika")
        #expect(try vault.importCases(from: folder.url).map(\.isNew) == [true, true])
        #expect(try vault.importCases(from: folder.url).map(\.isNew) == [false, false])
    }

    @Test func aDamagedExportIsRefused() throws {
        let committee = try TestCommittee("Mika")
        let item = try committee.startCase(by: "Mika")
        _ = try item.add(.witness, "x", attaching: [AttachmentSource(name: "a", bytes: [1])])
        let folder = ExchangeFolder(committee, "out")
        try committee.vault("Mika").export(to: folder.url)
        let place = item.codeName.description.replacing(" ", with: "-")
        let name = try #require(folder.listing.first { $0.hasSuffix("-witness.md") })
        let file = folder.url.appendingPathComponent(name)
        let whole = try String(contentsOf: file, encoding: .utf8)
        let vault = try committee.vault("Mika")
        for (old, new) in [
            ("kind: \"witness\"", "kind: \"gossip\""), ("kind: \"witness\"", "kind"),
            ("day: \"", "day: \"x"), ("002-1-a", "../001-1-a"),
        ] {
            try Data(whole.replacing(old, with: new).utf8).write(to: file)
            #expect(try vault.importPlan(of: folder.url).problems.count >= 1, "\(new)")
        }
        try Data(whole.utf8).write(to: file)
        #expect(try vault.importPlan(of: folder.url).problems.isEmpty)
        try FileManager.default.removeItem(
            at: folder.url.appendingPathComponent(place + "/attachments/002-1-a"))
        #expect(
            try vault.importPlan(of: folder.url).problems.map(\.reason)
                == ["an attachment is not in the folder"])
    }

    @Test func whatCannotBeReadOfAMailIsSaid() throws {
        let committee = try TestCommittee("Mika")
        let folder = ExchangeFolder(committee)
        let mail = """
            From: Jo <jo@example.org>
            Content-Type: text/plain; charset=x-unheard-of

            caf\u{E9}
            """
        try folder.write("Robin Example\n", to: "a/about")
        try folder.write(mail, to: "a/report.eml")
        try folder.write("Robin Example\n", to: "b.about")
        try folder.write(mail, to: "b.eml")
        let plan = try committee.vault("Mika").importPlan(of: folder.url)
        #expect(plan.problems.isEmpty)
        #expect(plan.warnings.map(\.caseNumber) == [1, 2])
        #expect(plan.warnings.map(\.document) == [2, nil])
    }

    @Test func aNameInTheRowIsFoundBeforeAnythingIsWritten() throws {
        let committee = try TestCommittee("Mika")
        let folder = ExchangeFolder(committee)
        let frame = """
            ---
            casevault: "entry"
            kind: "report"
            people: [{"name": "Robin Example"}]
            row: {"resolution": "told robin example"}
            ---

            text
            """
        try folder.write(frame, to: "a/001.md")
        let plan = try committee.vault("Mika").importPlan(of: folder.url)
        #expect(
            plan.problems.map(\.reason) == ["the line in the register has a name from the case"])
    }
}
