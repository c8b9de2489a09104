// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// Reports are taken from every kind of file, within limits, and show nothing of themselves.
struct ReportTests {
    /// The bytes of a sample report.
    private func sample(_ name: String) throws -> [UInt8] {
        let file = Repository.top.appendingPathComponent("Examples/reports/\(name)")
        return Array(try Data(contentsOf: file))
    }

    @Test func readsTheSampleMail() throws {
        let bytes = try sample("conference-social.eml")
        for name in ["conference-social.eml", nil, "download"] {
            let report = try Report(reading: bytes, fileName: name)
            #expect(
                report.text.hasPrefix("Subject: Behaviour at the social in the café on Friday\n"))
            #expect(report.text.contains("“I can wait until you change your mind.”"))
            #expect(report.text.hasSuffix("Alex Doë"))
            #expect(report.recorded == .verbatim)
            #expect(report.channel == .mail)
            #expect(report.reporterName == "Alex Doë")
            #expect(report.reporterContact == "alex@example.org")
            #expect(report.receivedOn == Day("2026-09-19"))
            #expect(report.receivedAt == "08:42 UTC")
        }
        let mail = try MailMessage(parsing: bytes)
        #expect(mail.attachments.map(\.name) == ["times café.txt"])
        #expect(mail.attachments.first?.bytes.starts(with: "Friday 18".utf8) == true)
        #expect(mail.notes.isEmpty)
    }

    @Test func readsTheSampleTexts() throws {
        let markdown = try Report(
            reading: sample("committee-member.md"), fileName: "committee-member.md")
        #expect(markdown.text.hasPrefix("# Report about a committee member\n"))
        #expect(markdown.channel == nil)
        var phone = try Report(reading: sample("code-review.txt"), fileName: nil)
        try phone.apply(fieldsJSON: sample("code-review.fields.json"))
        #expect(phone.recorded == .asTold)
        #expect(phone.channel == .phone)
        #expect(phone.receivedOn == Day("2026-10-14"))
        #expect(phone.ongoing == true)
        #expect(phone.consentToBeNamed == false)
        #expect(phone.reporterAliases == ["cdoe"])
        #expect(
            phone.witnesses == [Report.Witness(name: "Jo Testperson", contact: "jo@example.org")])
    }

    @Test(arguments: [
        ("conference-social.about", "Robin Example", ["rexample", "Robin E."]),
        ("code-review.about", "Sam Placeholder", ["splaceholder"]),
        ("committee-member.about", "Kim Sample", ["ksample"]),
    ])
    func readsTheSampleNames(_ file: String, _ name: String, _ aliases: [String]) throws {
        #expect(
            try ReportedPerson.list(reading: sample(file)) == [
                ReportedPerson(name: name, aliases: aliases)
            ])
    }

    @Test func aTextThatLooksLikeAMailStaysAText() throws {
        let bytes = Array("From: a@example.org\nDate: today\n\nnotes".utf8)
        #expect(try Report(reading: bytes, fileName: "notes.md").channel == nil)
        #expect(try Report(reading: bytes, fileName: "x.TXT").channel == nil)
        #expect(try Report(reading: bytes, fileName: nil).channel == .mail)
        let letter = Array("Hello,\nFrom: a@example.org\nDate: today\n\nnotes".utf8)
        #expect(try Report(reading: letter, fileName: nil).channel == nil)
    }

    @Test func aByteOrderMarkAndReturnsAreRemoved() throws {
        let bytes: [UInt8] = [0xEF, 0xBB, 0xBF] + Array("one\r\ntwo".utf8)
        #expect(try Report(reading: bytes, fileName: nil).text.utf8.elementsEqual("one\ntwo".utf8))
    }

    @Test(arguments: [
        ([0x63, 0x61, 0x66, 0xE9], "ISO 8859-1"), ([0xFF, 0xFE, 0x61, 0], "UTF-16"),
        ([0xC0, 0x80], "ISO 8859-1"), ([0x61, 0], "not text"), ([], "no text"),
        ([0x20, 0x0A], "no text"),
    ])
    func refusesOtherBytes(_ bytes: [UInt8], _ named: String) {
        let error = #expect(throws: VaultError.self) {
            try Report(reading: bytes, fileName: "a.txt")
        }
        #expect(error?.message.contains(named) == true)
    }

    @Test func limitsAreExact() throws {
        let most = [UInt8](repeating: 0x61, count: 1 << 20)
        #expect(try Report(reading: most, fileName: nil).text.utf8.count == 1 << 20)
        #expect(throws: VaultError.tooLong("text", 1 << 20)) {
            try Report(reading: most + [0x61], fileName: nil)
        }
        for (name, path) in Report.textFields {
            var report = Report(text: "x")
            report[keyPath: path] = String(repeating: "a", count: 16 << 10)
            #expect(throws: Never.self) { try report.checkLimits() }
            report[keyPath: path] = String(repeating: "a", count: (16 << 10) + 1)
            #expect(throws: VaultError.tooLong(name, 16 << 10)) { try report.checkLimits() }
        }
        var report = Report(text: "x")
        report.witnesses = [Report.Witness](repeating: .init(name: "n"), count: 51)
        #expect(throws: VaultError.tooMany("witnesses", 50)) { try report.checkLimits() }
    }

    @Test(arguments: [
        (#"{"nickname": "secretword"}"#, #"there is no report field "nickname""#),
        (#"{"Text": "secretword"}"#, #"there is no report field "Text""#),
        (#"{"behaviour": 5}"#, #"the field "behaviour" must be a text"#),
        (#"{"ongoing": "secretword"}"#, #"the field "ongoing" must be true or false"#),
        (#"{"receivedOn": "secretword"}"#, #"the field "receivedOn" must be a day, YYYY-MM-DD"#),
        (#"{"recorded": "secretword"}"#, #"the field "recorded" must be "verbatim" or "asTold""#),
        (#"{"text": null}"#, #"the field "text" must be a text"#),
        (#"{"text": " "}"#, "the report has no text"),
        (#"["secretword"]"#, "the fields must be one JSON object"),
        (#"{"secretword"#, "the fields must be one JSON object; line 1: this is not JSON"),
        ("{\n\"text\": \"x\",}", "the fields must be one JSON object; line 2: this is not JSON"),
    ])
    func fieldErrorsNameTheFieldOnly(_ json: String, _ message: String) {
        var report = Report(text: "x")
        let error = #expect(throws: VaultError.self) {
            try report.apply(fieldsJSON: Array(json.utf8))
        }
        #expect(error?.clause == message)
        #expect(report == Report(text: "x"))
    }

    @Test(arguments: [
        #"[{"name": 1}]"#, #"[{"contact": "a"}]"#, #"["secretword"]"#, #"{"name": "a"}"#,
        #"[{"name": "a", "secretword": "b"}]"#,
    ])
    func witnessErrorsNameTheFieldOnly(_ json: String) {
        var report = Report(text: "x")
        let error = #expect(throws: VaultError.self) {
            try report.apply(fieldsJSON: Array("{\"impact\": \"a\", \"witnesses\": \(json)}".utf8))
        }
        #expect(error?.clause.hasPrefix("the field \"witnesses\" must be") == true)
        #expect(error?.message.contains("secretword") == false)
        // The good field in front of the bad one was not set either.
        #expect(report.impact == nil)
    }

    @Test func nullClearsAField() throws {
        var report = Report(text: "x")
        report.impact = "old"
        report.ongoing = true
        report.witnesses = [.init(name: "n")]
        try report.apply(
            fieldsJSON: Array(#"{"impact":null,"ongoing":null,"witnesses":null}"#.utf8))
        #expect(report == Report(text: "x"))
    }

    @Test func deepOrLargeFieldsAreRefused() {
        var report = Report(text: "x")
        let deep = Array(("{\"impact\":" + String(repeating: "[", count: 100_000)).utf8)
        #expect(throws: VaultError.self) { try report.apply(fieldsJSON: deep) }
        let large = [UInt8](repeating: 0x20, count: (2 << 20) + 1)
        #expect(throws: VaultError.fieldsTooLarge) { try report.apply(fieldsJSON: large) }
    }

    @Test(arguments: [
        ("", "the file names nobody"), ("# only\n\n", "the file names nobody"),
        ("Robin Example\n; secretword", "line 2: there is no name before the semicolon"),
        ("a\n\u{202E}secretword", "line 2: there is an invisible character in the name"),
        ("secretword\n\nSecretWord", "line 3: this name stands in an earlier line"),
        ("a\n" + String(repeating: "s", count: 401), "line 2: a name is longer than 400 bytes"),
        ("a" + String(repeating: ";b", count: 21), "line 1: there are more than 20 aliases"),
    ])
    func aboutErrorsNameTheLineOnly(_ text: String, _ message: String) {
        let error = #expect(throws: VaultError.self) {
            try ReportedPerson.list(reading: Array(text.utf8))
        }
        #expect(error?.clause == message)
    }

    @Test func readsNames() throws {
        let text = "# names\r\n\r\n  Robin Example ;rex; ; Re\u{301}x \r\nSam Doe"
        let people = try ReportedPerson.list(reading: Array(text.utf8))
        #expect(people.map(\.name) == ["Robin Example", "Sam Doe"])
        #expect(
            people[0].aliases.map { Array($0.utf8) } == [Array("rex".utf8), Array("R\u{E9}x".utf8)])
    }

    @Test func nothingIsShown() throws {
        var report = Report(text: "secretword")
        report.behaviour = "secretword"
        report.witnesses = [.init(name: "secretword")]
        let person = ReportedPerson(name: "secretword", aliases: ["secretword"])
        var shown =
            "\(report) \(person) \(String(reflecting: report)) \(String(reflecting: person))"
        dump(report, to: &shown)
        dump(person, to: &shown)
        dump(report.witnesses, to: &shown)
        #expect(!shown.contains("secretword"))
        #expect(report.description == "Report(redacted)")
    }
}
