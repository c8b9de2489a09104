// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// The profiles are usable, and have what is specific to each community.
struct RulesProfileTests {
    /// Where they are.
    private static let folder = Repository.top.appendingPathComponent("Examples/rules")

    /// Reads one strictly.
    private func profile(_ name: String) throws -> Rules {
        let file = Self.folder.appendingPathComponent(name + ".json")
        return try Rules(json: Array(Data(contentsOf: file)))
    }

    /// Whether some response has a word in its name.
    private func has(_ rules: Rules, _ word: String) -> Bool {
        rules.responses.contains { $0.name.contains(word) }
    }

    @Test func thereAreSix() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
        #expect(
            names == [
                "all-systems-go.json", "devops-msp.json", "newer-practice.json", "openinfra.json",
                "pydistrict.json", "socal-python.json",
            ])
        for name in names {
            let rules = try profile(String(name.dropLast(5)))
            #expect(rules.name != nil)
            #expect(!rules.contacts.isEmpty)
            #expect(Rules(recorded: rules.json) == rules)
        }
    }

    /// A committee sees in its profile what it can change, also where it is the standard value.
    @Test(arguments: ["all-systems-go", "devops-msp", "openinfra", "pydistrict", "socal-python"])
    func statesEveryPart(_ name: String) throws {
        let rules = try profile(name)
        guard case .object(let fields) = try JSONTree(parsing: rules.json) else {
            Issue.record("no object")
            return
        }
        #expect(
            fields.keys.sorted() == [
                "appeals", "columns", "contacts", "deadlines", "majority", "minimumReaders", "name",
                "newcomers", "numbersBy", "quorum", "recusalLimit", "responses", "retention",
            ])
        guard case .object(let deadlines)? = fields["deadlines"] else {
            Issue.record("no deadlines")
            return
        }
        #expect(
            deadlines.keys.sorted() == [
                "acknowledgeHours", "appealAnswerDays", "appealDays", "followUpDays",
                "moderatorsDays",
            ])
        #expect(rules.columns == Rules.standardColumns)
        #expect(rules.retention == Rules.standard.retention)
        #expect(rules.deadlines == Rules.standard.deadlines)
    }

    @Test func devopsMSP() throws {
        let rules = try profile("devops-msp")
        #expect(rules.responses.count == 2)
        #expect(rules.responses.first?.name == "warning")
        #expect(has(rules, "expulsion"))
        for role in ["security", "police", "support", "escort"] {
            #expect(rules.contacts.contains { $0.role.contains(role) }, "\(role)")
        }
    }

    @Test func openInfra() throws {
        let rules = try profile("openinfra")
        #expect(rules.responses.count == 7)
        #expect(rules.responses.filter(\.isTimed).map(\.name) == ["ban from future events"])
        for word in ["cease", "proximity", "channels", "volunteer", "leaving", "membership"] {
            #expect(has(rules, word), "\(word)")
        }
        #expect(rules.contacts.contains { $0.role == "executive director" })
        #expect(rules.contacts.contains { $0.role == "neutral third party" })
    }

    @Test func allSystemsGo() throws {
        let rules = try profile("all-systems-go")
        #expect(rules.responses.count == 11)
        #expect(rules.responses.first?.name == "warning")
        #expect(rules.responses.last?.name == "call for resignation")
        #expect(rules.responses.filter(\.isTimed).map(\.name) == ["ban from events"])
        #expect(rules.responses.filter { $0.name.contains("talk") }.count == 3)
        #expect(rules.responses.filter { $0.name.contains("volunteer") }.count == 2)
        #expect(rules.appeals?.outcomeStands == true)
    }

    @Test func pyDistrict() throws {
        let rules = try profile("pydistrict")
        #expect(rules.responses.count == 6)
        #expect(rules.responses.filter(\.isTimed).map(\.name) == ["temporary removal"])
        #expect(rules.majority == .twoThirds)
        #expect(rules.recusalLimit == 2)
        #expect(rules.newcomers == .allCases)
        #expect(rules.deadlines.acknowledgeHours == 24)
        #expect(rules.deadlines.followUpDays == 7)
        #expect(rules.deadlines.moderatorsDays == 7)
        #expect(
            rules.columns.map(\.column) == [
                .safetyRisk, .repeatRisk, .status, .dateTime, .actionsNeeded, .resolution,
            ])
        #expect(rules.columns.first?.label == "Safety risk?")
    }

    /// What two large committees published later: who decided, days, steps, half years.
    @Test func newerPractice() throws {
        let rules = try profile("newer-practice")
        #expect(
            rules.responses.map(\.name) == [
                "no violation", "out of scope", "no action", "warning", "first suspension",
                "second suspension", "ban",
            ])
        #expect(rules.numbersBy == .halfYear && rules.quorum == 3)
        #expect(Set(rules.columns.map(\.column)) == Set(RegisterRow.Column.allCases))
        #expect(RegisterTable(rows: [], columns: rules.columns).nameColumn == 4)
    }

    @Test func soCalPython() throws {
        let rules = try profile("socal-python")
        #expect(rules.responses.count == 4)
        #expect(rules.responses.first?.name == "warning")
        for word in ["event", "chats", "group"] { #expect(has(rules, word), "\(word)") }
        #expect(rules.contacts.count == 3)
    }
}
