// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// `casevault search` and `casevault due`.
struct SearchTests {
    /// What a search finds: cases, entries and texts.
    private func found(
        _ scene: Scene, _ person: String, _ words: [String], input: String? = nil
    ) throws -> [[String]] {
        let result = try scene.run(person, ["search", "--json"] + words, input: input)
        #expect(result.exit == 0)
        return (result.json["found"] as? [[String: Any]] ?? []).map {
            ["\($0["case"] ?? "")", "\($0["entry"] ?? "")", "\($0["text"] ?? "")"]
        }
    }

    @Test func wordsAreFoundInWhatOneMayRead() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let first = try scene.startCase("Robin")
        let text = try scene.write(
            "At lunch (O'Brien's table) somebody said it.\nThe \u{1B}[31m ROOM was full.\n",
            to: "text")
        try scene.must("Robin", ["add", first, "discussion", text])
        let line = "At lunch (O'Brien's table) somebody said it."
        for words in [["lunch"], ["LUN"], ["o'brien"], ["table", "room"], ["brien room"]] {
            #expect(try found(scene, "Robin", words) == [[first, "2", line]], "\(words)")
        }
        #expect(try found(scene, "Robin", ["room"]).first?.last?.contains("ROOM was full.") == true)
        for words in [["unch"], ["lunch", "nowhere"], ["roomy"]] {
            #expect(try found(scene, "Robin", words).isEmpty, "\(words)")
        }
        #expect(try found(scene, "Robin", ["happened"]).map { $0[1] } == ["1"])
        // A name stays out of the arguments.
        #expect(try found(scene, "Robin", [], input: "lunch\n").count == 1)
        let typed = try scene.type("Robin", ["search"], [("Words to look for:", "lunch")])
        #expect(typed.text.contains("\(first) 2, discussion of "))
        // Whoever has no access finds nothing, and is not told of the case.
        let other = try scene.run("Sam", ["search", "lunch", "--json"])
        #expect(other.json["found"] as? [String] == [])
        #expect(other.json["notSearched"] as? [String] == [])
        let shown = try scene.run("Robin", ["search", "room"])
        #expect(!shown.text.contains("\u{1B}"))
        let none = try scene.run("Robin", ["search", "...", "--json"])
        #expect(none.errorCode == "badInput")
    }

    @Test func casesThatWereNotLookedAtAreNamed() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let name = try scene.startCase("Robin")
        try scene.declare("Sam", "noConflict")
        try scene.must("Robin", ["catch-up"])
        let before = try scene.must("Sam", ["search", "happened"])
        #expect(before.json["notSearched"] as? [String] == [name])
        #expect((before.json["found"] as? [Any])?.isEmpty == true)
        try scene.must("Sam", ["show", name, "--first-look", "noConflict"])
        #expect(try found(scene, "Sam", ["happened"]).map { $0[0] } == [name])
    }

    @Test func aCalendarHasCodeNamesOnly() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        let name = try scene.startCase("Robin")
        let due = try scene.must("Robin", ["due"]).json["due"] as? [[String: String]]
        #expect(due?.first?["case"] == name)
        let said = try scene.run("Robin", ["due"])
        #expect(said.text.hasPrefix("Due: \(name): answer the reporter by "))
        let calendar = try scene.run("Robin", ["due", "--ics"])
        #expect(calendar.exit == 0)
        let lines = calendar.text.components(separatedBy: "\r\n")
        #expect(lines.first == "BEGIN:VCALENDAR")
        #expect(lines.suffix(2) == ["END:VCALENDAR", ""])
        #expect(lines.allSatisfy { $0.utf8.count <= 75 && !$0.contains("\n") })
        #expect(lines.filter { $0 == "BEGIN:VEVENT" }.count == due?.count)
        #expect(lines.contains("SUMMARY:\(name): answer the reporter"))
        #expect(!calendar.text.contains("Alex"))
        let identifiers = lines.filter { $0.hasPrefix("UID:") }
        #expect(Set(identifiers).count == due?.count)
        #expect(calendar.errors.contains("not encrypted"))
        let file = scene.path("due.ics")
        try scene.must("Robin", ["due", "--ics", "--output", file])
        #expect(try String(contentsOfFile: file, encoding: .utf8) == calendar.text)
        #expect(try scene.run("Robin", ["due", "--output", file]).exit == 2)
        #expect(try scene.run("Robin", ["due", "--ics", "--json"]).exit == 2)
    }
}
