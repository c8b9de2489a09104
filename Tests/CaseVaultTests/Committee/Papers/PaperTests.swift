// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// What comes is the evidence: it is kept as it came, and what is not certain is said.
struct PaperTests {
    /// A mail with two forms of its text and a photo.
    private static let mail = Array(
        """
        From: Kim <kim@example.org>\r
        To: Committee <c@example.org>\r
        Cc: Boss <boss@example.org>\r
        Date: Mon, 5 Oct 2026 09:00:00 +0000\r
        Subject: Please help\r
        Content-Type: multipart/mixed; boundary=B\r
        \r
        --B\r
        Content-Type: text/html\r
        \r
        <p>She came back.</p>\r
        --B\r
        Content-Type: image/png; name=a.png\r
        Content-Transfer-Encoding: base64\r
        \r
        AAEC\r
        --B--\r

        """.utf8)

    /// The bytes of an attachment.
    private func bytes(_ item: Case, _ number: Int, of entry: Int) throws -> [UInt8] {
        var all: [UInt8] = []
        try item.readAttachment(number, ofEntry: entry) { span in
            for index in span.indices { all.append(span[index]) }
        }
        return all
    }

    @Test func aMailIsKeptByteForByte() throws {
        let committee = try TestCommittee("Robin")
        let vault = try committee.vault("Robin")
        let paper = try Paper(reading: Self.mail, fileName: "mail.eml")
        let item = try vault.startCase(
            about: [ReportedPerson(name: "Alex")], report: paper.report,
            attachments: paper.attachments, intake: paper.intake)
        _ = try item.add(.witness, paper.text, attaching: paper.attachments, intake: paper.intake)
        for (number, entry) in try item.entries().enumerated() {
            #expect(entry.attachments.map(\.name) == ["a.png", "message.html", "message.eml"])
            #expect(entry.attachments.map(\.isOriginal) == [false, true, true])
            #expect(entry.intake.sentTo == "Committee <c@example.org>")
            #expect(entry.intake.copiedTo == "Boss <boss@example.org>")
            #expect(try bytes(item, 3, of: number + 1) == Self.mail)
            #expect(try bytes(item, 2, of: number + 1) == Array("<p>She came back.</p>".utf8))
            #expect(try bytes(item, 1, of: number + 1) == [0, 1, 2])
        }
        #expect(try item.entries()[0].text == "Subject: Please help\n\nShe came back.")
        #expect(
            try item.entries()[1].text == """
                From: Kim <kim@example.org>
                To: Committee <c@example.org>
                Cc: Boss <boss@example.org>
                Date: Mon, 5 Oct 2026 09:00:00 +0000
                Subject: Please help

                She came back.
                """)
    }

    @Test func theOriginalCanBeLeftOut() throws {
        let paper = try Paper(reading: Self.mail, fileName: "mail.eml", keepsOriginal: false)
        #expect(paper.attachments.map(\.name) == ["a.png"])
        #expect(paper.intake.originals == 0)
        // Not where something would be lost.
        let parts = (0..<120).map { "--B\n\nx\($0)\n" }.joined()
        let many = Array("From: a\nContent-Type: multipart/mixed; boundary=B\n\n\(parts)--B--".utf8)
        #expect(throws: VaultError.needsOriginal) {
            try Paper(reading: many, fileName: "a.eml", keepsOriginal: false)
        }
        #expect(try Paper(reading: many, fileName: "a.eml").remarks.count == 1)
    }

    @Test(arguments: [
        "a.docx", "a.ODT", "a.pdf", "a.rtf", "a.msg", "a.png", "a.ics", "folder/a.zip",
    ])
    func filesOfOtherProgramsAreAttached(_ name: String) throws {
        let paper = try Paper(reading: [0x50, 0x4B, 3, 4], fileName: name)
        #expect(paper.attachments.map(\.name) == [String(name.split(separator: "/").last ?? "")])
        #expect(paper.text.split(separator: "\n").count == 1)
        #expect(paper.remarks.count == 1)
        #expect(paper.intake.originals == 0)
    }

    @Test(arguments: [
        Array("%PDF-1.7".utf8), Array("{\\rtf1 a}".utf8), [0xD0, 0xCF, 0x11, 0xE0, 1],
        [0x41, 0, 1],
    ])
    func theyAreKnownByTheirBytes(_ bytes: [UInt8]) throws {
        let paper = try Paper(reading: bytes, fileName: nil)
        #expect(paper.attachments.map(\.name) == ["report"])
        #expect(paper.attachments.first?.size == UInt64(bytes.count))
    }

    @Test func aPageIsMarkdown() throws {
        let page = Array("<!DOCTYPE html><title>x</title><h1>One</h1><p>a <b>b</b></p>".utf8)
        for name in ["a.html", "a.HTM", "a.txt", nil] {
            let paper = try Paper(reading: page, fileName: name)
            #expect(paper.text == "# One\n\na **b**")
            #expect(paper.intake.originals == 1)
            #expect(paper.attachments.last?.size == UInt64(page.count))
            #expect(paper.remarks.isEmpty)
        }
    }

    @Test(arguments: [
        ([0x66, 0xFC, 0x72], "für"), ([0xFF, 0xFE, 0x41, 0, 0xE9, 0], "Aé"),
        ([0xFE, 0xFF, 0, 0x41], "A"),
    ])
    func otherEncodingsAreReadAndSaid(_ bytes: [UInt8], _ text: String) throws {
        let paper = try Paper(reading: bytes, fileName: "a.txt")
        #expect(paper.text == text)
        #expect(paper.remarks.count == 1)
        #expect(paper.attachments.map(\.name) == ["a.txt"])
        #expect(paper.intake.originals == 1)
    }

    @Test func aTextIsATextAlone() throws {
        let paper = try Paper(reading: Array("\u{FEFF}One\r\ntwo".utf8), fileName: "a.md")
        #expect(paper.text == "One\ntwo")
        #expect(paper.attachments.isEmpty)
        #expect(paper.intake == Intake())
        #expect(throws: VaultError.emptyReport) { try Paper(reading: [], fileName: "a.txt") }
        #expect(throws: VaultError.emptyReport) { try Paper(reading: [0x20], fileName: "a.txt") }
    }

    @Test func whatIsKeptOfAnIntakeFits() throws {
        var intake = Intake()
        intake.sentTo = String(repeating: "é", count: 20_000)
        intake.remarks = [String](repeating: "x", count: 100)
        intake.originals = 9
        let fitting = intake.fitting([1, 2])
        #expect(fitting.originals == 2)
        #expect(try Intake(wholly: fitting.encoded) == fitting)
        #expect(throws: FormatError.self) { try Intake(wholly: Intake().encoded) }
    }

    @Test(arguments: [
        ("2026-10-05 notes", "2026-10-05"), ("notes 05.10.2026", "2026-10-05"),
        ("5.1.2026", "2026-01-05"), ("IMG_20261005_1", "2026-10-05"), ("2026_10_05", "2026-10-05"),
        ("05/10/2026", nil), ("99.99.2026", nil), ("20269999", nil), ("12345678901", nil),
        ("", nil),
        ("1.2.3 at 10:30 on 4.5.2026", "2026-05-04"),
    ])
    func daysInNames(_ name: String, _ day: String?) {
        #expect(DayInText.first(name)?.description == day)
    }

    @Test func aStatusSpreadsheet() throws {
        let text = #"""
            Safety risk?;Risk of repeating?;Status;Code Name;Date & Time;Actions needed;Resolution
            Yes;Maybe;Ongoing;home shelf;07/07 8:30am;"Look out; ask ""again""";-
            No;-;Gone;Stunned-Bulb;;;Verbal warning

            """#
        for separator in [";", ",", "\t"] {
            let other = separator == ";" ? text : text.replacing(";", with: separator)
            let sheet = try #require(StatusSheet(other))
            let quoted = separator == ";" ? "Look out; ask \"again\"" : nil
            let row = try #require(sheet.rows["home shelf"])
            #expect(row[.safetyRisk] == "yes" && row[.repeatRisk] == "maybe")
            #expect(row[.status] == "ongoing" && row[.dateTime] == "07/07 8:30am")
            if let quoted { #expect(row[.actionsNeeded] == quoted) }
            #expect(row[.resolution] == nil)
            #expect(
                sheet.rows["stunned bulb"] == [.safetyRisk: "no", .resolution: "Verbal warning"])
            #expect(sheet.unknownValues == 1)
        }
        #expect(StatusSheet("a,b,c\n1,2,3\n") == nil)
        #expect(StatusSheet("") == nil)
    }
}
