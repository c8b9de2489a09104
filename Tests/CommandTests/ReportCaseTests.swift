// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// `report --case` and `add --to`: a case with several reporters, each of whom is answered.
struct ReportCaseTests {
    @Test func aFurtherReportAndWhomAnAnswerWentTo() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        let name = try scene.startCase("Robin")
        let mail = try scene.write(
            "From: Lee Second <lee@example.org>\nSubject: Me too\n\nI saw it.\n", to: "second.eml")
        let added = try scene.must("Robin", ["report", mail, "--case", name])
        #expect(added.json["case"] as? String == name && added.json["entry"] as? String == "2")
        #expect(added.json["readers"] as? [String] == ["Robin"])
        let shown = try scene.must("Robin", ["show", name])
        let people = shown.json["people"] as? [[String: Any]] ?? []
        #expect(people.contains { $0["name"] as? String == "Lee Second" })

        // With several, whose reporter it went to has no safe answer: nothing is written.
        let before = scene.listing
        let open = try scene.run(
            "Robin", ["add", name, "first-response", "--json"], input: "We have it.")
        #expect(open.exit == 2 && open.errorCode == "needsAnswer")
        #expect(scene.listing == before)
        for words in [["--to", "9"], ["--to", "nobody"]] {
            let wrong = try scene.run(
                "Robin", ["add", name, "first-response"] + words, input: "We have it.")
            #expect(wrong.exit != 0, "\(words)")
        }
        #expect(scene.listing == before)
        try scene.must(
            "Robin", ["add", name, "first-response", "--to", "2"], input: "We have it.")
        func waiting() throws -> [Int] {
            let due = try scene.must("Robin", ["due"]).json["due"] as? [[String: Any]] ?? []
            return due.filter { $0["what"] as? String == "acknowledge" }
                .compactMap { $0["report"] as? Int }
        }
        #expect(try waiting() == [1])
        try scene.must("Robin", ["add", name, "reporter", "--to", "all"], input: "How it stands.")
        #expect(try waiting().isEmpty)
        let entries = try scene.must("Robin", ["show", name]).json["entries"] as? [[String: Any]]
        #expect(entries?.last?["answers"] as? [String] == ["1", "2"])

        // A case that is decided is opened again first.
        try scene.must("Robin", ["row", name, "status=flagged"])
        let closed = try scene.run("Robin", ["report", mail, "--case", name, "--json"])
        #expect(closed.exit == 1 && closed.errorCode == "refused")
    }
}
