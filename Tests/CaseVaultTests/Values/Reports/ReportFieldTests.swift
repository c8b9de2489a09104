// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// Every field that the published processes ask for is there, optional, kept and shown.
struct ReportFieldTests {
    /// What the processes ask for, the key that takes it, and a value.
    static let asked: [(what: String, key: String, json: String)] = [
        ("contact of the reporter", "reporterContact", #""jo@example.org""#),
        ("who reports, if not anonymous", "reporterName", #""Charlie Doe""#),
        ("other names of the reporter", "reporterAliases", #"["cdoe"]"#),
        ("whether to stay anonymous", "staysAnonymous", "true"),
        ("whether to be named to the reported person", "consentToBeNamed", "false"),
        ("date of the behaviour", "incidentDate", #""about the 7th""#),
        ("approximate time of the behaviour", "incidentTime", #""around noon""#),
        ("location", "incidentPlace", #""the hallway""#),
        ("day the report was made", "receivedOn", #""2026-07-08""#),
        ("time the report was made", "receivedAt", #""8:30am""#),
        ("personally, by mail, by phone", "channel", #""inPerson""#),
        ("verbatim or recorded as told", "recorded", #""asTold""#),
        ("ongoing or not", "ongoing", "true"),
        ("behaviour, apart from its impact", "behaviour", #""stood in the way""#),
        ("impact", "impact", #""left the event""#),
        ("who: badge, description", "reportedPersonDescription", #""badge 12""#),
        ("circumstances", "circumstances", #""after a talk""#),
        (
            "others involved and witnesses, with contacts", "witnesses",
            #"[{"contact": "sam@example.org", "name": "Sam"}]"#
        ),
        ("fear of retaliation, safety", "retaliationConcern", #""knows the address""#),
        ("immediate danger", "immediateDanger", "true"),
    ]

    @Test(arguments: asked.map(\.key))
    func eachAloneIsKeptAndShown(_ key: String) throws {
        let json = try #require(Self.asked.first { $0.key == key }).json
        var report = Report(text: "It happened.")
        try report.apply(fieldsJSON: Array("{\"\(key)\": \(json)}".utf8))
        #expect(report.fields.map(\.key) == [key])
        #expect(report.fields.map(\.value.json.json) == [json])
        var writer = ByteWriter()
        report.write(to: &writer)
        var reader = ByteReader(writer.bytes)
        #expect(try Report(parsing: &reader) == report)
    }

    @Test func noFieldIsNeededAndNoneIsForgotten() {
        #expect(Report(text: "It happened.").fields.isEmpty)
        let texts = Report.textFields.map(\.name) + Report.flagFields.map(\.name)
        let others = ["receivedOn", "channel", "recorded", "reporterAliases", "witnesses"]
        #expect(Set(Self.asked.map(\.key)) == Set(texts + others))
    }

    @Test func dangerComesFirst() throws {
        var report = Report(text: "It happened.")
        let members = Self.asked.map { "\"\($0.key)\": \($0.json)" }.joined(separator: ",")
        try report.apply(fieldsJSON: Array("{\(members)}".utf8))
        #expect(report.fields.count == Self.asked.count)
        #expect(report.fields.first?.key == "immediateDanger")
        #expect(report.fields.filter(\.isAlarm).count == 1)
        #expect(report.fields.first { $0.key == "recorded" }?.text == "as told")
        #expect(report.fields.first { $0.key == "channel" }?.text == "in person")
        #expect(report.fields.first { $0.key == "witnesses" }?.text == "Sam (sam@example.org)")
        report.immediateDanger = false
        #expect(report.fields.filter(\.isAlarm).isEmpty)
        var shown = "\(report.fields) \(String(reflecting: report.fields))"
        dump(report.fields, to: &shown)
        #expect(!shown.contains("Charlie"))
    }
}
