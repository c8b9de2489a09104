// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// `casevault show` without a case: what needs doing first.
struct OverviewTests {
    /// The first cells of the list's lines: its cases.
    private func cases(_ text: String) -> [String] {
        text.split(separator: "\n").dropFirst(2)
            .map { $0.prefix { $0 != "|" }.trimmingCharacters(in: .whitespaces) }
    }

    @Test func whatNeedsDoingComesFirst() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        // The first is new, the second resolved, the third long overdue, the fourth not open to Robin.
        let fresh = try scene.startCase("Robin")
        let resolved = try scene.startCase("Robin", about: "Casey Example\n")
        try scene.write(#"{"receivedOn": "2020-01-01"}"#, to: "old.json")
        let older = try scene.startCase(
            "Robin", about: "Chris Placeholder\n", text: "Long ago.", "--fields",
            scene.path("old.json"))
        let others = try scene.startCase("Sam", about: "Jo Sample\n")
        try scene.must("Robin", ["row", resolved, "status=resolved"])
        let list = try scene.run("Robin", ["show"])
        #expect(list.text.hasPrefix("Case"))
        let names = cases(list.text)
        #expect(names.count == 4)
        #expect(names.first == older)
        #expect(names[1] == fresh)
        #expect(Set(names.suffix(2)) == [resolved, others])
        #expect(names.last == resolved, "resolved ones come last")
        let line = list.text.split(separator: "\n").first { $0.hasPrefix(older) }
        #expect(line?.contains("OVERDUE: first answer (+1)") == true)
        #expect(line?.contains(" yes ") == true)
        func shown(_ filters: String...) throws -> Set<String> {
            Set(cases(try scene.run("Robin", ["show"] + filters).text))
        }
        #expect(try shown("--mine") == [fresh, resolved, older])
        #expect(try shown("--open") == [fresh, older, others])
        #expect(try shown("--due") == [fresh, older])
        #expect(try shown("--open", "--mine") == [fresh, older])
        let sams = try scene.run("Sam", ["show", "--mine"])
        #expect(cases(sams.text) == [others])
        #expect(!sams.text.contains("OVERDUE"))
        #expect(try scene.run("Robin", ["show", fresh, "--due"]).exit == 2)
        #expect(try scene.run("Robin", ["show", "--register", "--due"]).exit == 2)
        // The plain command says it too.
        #expect(try scene.run("Robin", []).text.contains("OVERDUE: \(older): answer the reporter"))
    }

    @Test func aScreenAtATime() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        for number in 0..<45 {
            _ = try scene.startCase("Robin", about: "Person \(number)\n")
        }
        // The terminal of the test has 40 lines.
        let first = try scene.type("Robin", ["show"], [("more: Enter goes on", "q")], columns: 80)
        #expect(first.exit == 0)
        let before = first.text.prefix(
            upTo: first.text.range(of: "more: Enter")?.lowerBound
                ?? first.text.endIndex)
        #expect(before.split(separator: "\n").count == 40)
        #expect(first.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
        let all = try scene.type("Robin", ["show"], [("more: Enter goes on", "")], columns: 80)
        #expect(all.text.components(separatedBy: "Last entry").count == 3, "a heading on each page")
    }
}
