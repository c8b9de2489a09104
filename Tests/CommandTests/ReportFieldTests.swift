// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// Every field of a report is taken, and shown as text, JSON, page and export.
struct ReportFieldTests {
    /// All fields with values that can be told apart.
    private let fields: [String: Any] = [
        "immediateDanger": true, "recorded": "asTold", "receivedOn": "2026-07-08",
        "receivedAt": "v-receivedAt", "channel": "inPerson", "reporterName": "v-reporterName",
        "reporterAliases": ["v-alias"], "staysAnonymous": true, "consentToBeNamed": false,
        "reporterContact": "v-contact", "incidentDate": "v-date", "incidentTime": "v-time",
        "incidentPlace": "v-place", "ongoing": true, "behaviour": "v-behaviour\nsecond line",
        "impact": "v-impact", "reportedPersonDescription": "v-description",
        "circumstances": "v-circumstances",
        "witnesses": [["name": "v-witness", "contact": "v-reach"]],
        "retaliationConcern": "v-fear",
    ]

    @Test func allFields() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        let json = try JSONSerialization.data(withJSONObject: fields)
        try scene.write(String(decoding: json, as: UTF8.self), to: "fields")
        let name = try scene.startCase("Robin", "--fields", scene.path("fields"))
        let shown = try scene.must("Robin", ["show", name])
        let entry = try #require((shown.json["entries"] as? [[String: Any]])?.first)
        let report = try #require(entry["report"] as? [String: Any])
        #expect(NSDictionary(dictionary: report).isEqual(to: fields))
        #expect(entry["day"] as? String == "2026-07-08")

        let text = try scene.run("Robin", ["show", name]).text
        let page = try scene.run("Robin", ["show", name, "--html"]).text
        for value in [
            "2026-07-08", "v-receivedAt", "in person", "as told", "v-reporterName", "v-alias",
            "v-contact", "v-date", "v-time", "v-place", "v-behaviour", "second line", "v-impact",
            "v-description", "v-circumstances", "v-witness (v-reach)", "v-fear",
        ] {
            #expect(text.contains(value), "\(value)")
            #expect(page.contains(value), "\(value)")
        }
        // Danger before everything else of the report.
        let lines = text.components(separatedBy: "\n")
        #expect(lines[1] == "!!! Immediate danger was reported.")
        let first = try #require(lines.firstIndex { $0.hasPrefix("1  report") })
        #expect(lines[first + 1] == "    !!! immediate danger: yes")
        let alarm = try #require(page.range(of: "Immediate danger was reported"))
        let heading = try #require(page.range(of: "<h2>"))
        #expect(alarm.lowerBound < heading.lowerBound)
    }

    @Test func noneIsNeeded() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        let name = try scene.startCase("Robin", text: "Only this.")
        let shown = try scene.must("Robin", ["show", name])
        let entry = try #require((shown.json["entries"] as? [[String: Any]])?.first)
        #expect((entry["report"] as? [String: Any])?.isEmpty == true)
        let page = try scene.run("Robin", ["show", name, "--html"]).text
        #expect(page.contains("Only this."))
        #expect(!page.contains("Immediate danger"))
    }
}
