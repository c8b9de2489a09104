// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// Rules that people give are read strictly; rules in records never stand in the way.
struct RulesTests {
    /// Reads rules as somebody gives them.
    private func strict(_ text: String) throws -> Rules { try Rules(json: Array(text.utf8)) }

    /// Reads rules as they stand in a record.
    private func recorded(_ text: String) -> Rules { Rules(recorded: Array(text.utf8)) }

    /// A rules file with everything in it.
    private let full = """
        {"name": "Ours", "minimumReaders": 3, "newcomers": "newCasesOnly",
         "responses": [{"name": "Talk", "timed": false}, {"name": "Ban", "timed": true}],
         "majority": "unanimous", "quorum": 4, "recusalLimit": null,
         "deadlines": {"acknowledgeHours": 48, "followUpDays": null, "moderatorsDays": 3,
                       "appealDays": 30, "appealAnswerDays": 14},
         "columns": [{"name": "status"}, {"name": "resolution", "label": "What came of it"}],
         "contacts": [{"role": "chair", "task": "speaks for us"}, {"role": "security"}],
         "retention": {"months": 36, "responses": {" talk ": 12, "Ban": null}},
         "appeals": {"to": "the board", "outcomeStands": false}}
        """

    @Test func readsEveryField() throws {
        let rules = try strict(full)
        #expect(rules.name == "Ours")
        #expect(rules.minimumReaders == 3)
        #expect(rules.newcomers == .newCasesOnly)
        #expect(rules.responses.map(\.name) == ["Talk", "Ban"])
        #expect(rules.responses.map(\.isTimed) == [false, true])
        #expect(rules.response(named: " BAN")?.name == "Ban")
        #expect(rules.response(named: "warning") == nil)
        #expect(rules.majority == .unanimous)
        #expect(rules.quorum == 4)
        #expect(rules.recusalLimit == nil)
        #expect(rules.deadlines.acknowledgeHours == 48)
        #expect(rules.deadlines.followUpDays == nil)
        #expect(rules.deadlines.moderatorsDays == 3)
        #expect(rules.deadlines.appealDays == 30)
        #expect(rules.deadlines.appealAnswerDays == 14)
        #expect(rules.columns.map(\.column) == [.status, .resolution])
        #expect(rules.columns.map(\.label) == ["Status", "What came of it"])
        #expect(rules.contacts.map(\.role) == ["chair", "security"])
        #expect(rules.contacts.map(\.task) == ["speaks for us", nil])
        #expect(rules.retentionMonths(after: "talk") == 12)
        #expect(rules.retentionMonths(after: "Ban") == nil)
        #expect(rules.retentionMonths(after: "other") == 36)
        #expect(rules.retentionMonths(after: nil) == 36)
        #expect(rules.appeals == Rules.Appeals(to: "the board", outcomeStands: false))
        #expect(rules.json == Array(full.utf8))
        #expect(recorded(full) == rules)
    }

    @Test func whatIsLeftOutIsStandard() throws {
        for text in ["{}", "{\"minimumReaders\": 2}"] {
            var rules = try strict(text)
            #expect(rules.json == Array(text.utf8))
            rules.json = []
            #expect(rules == .standard)
        }
        #expect(Rules(recorded: []) == .standard)
        let standard = Rules.standard
        #expect(standard.minimumReaders == 2)
        #expect(standard.majority == .twoThirds)
        #expect(standard.recusalLimit == 2)
        #expect(standard.deadlines.acknowledgeHours == 24)
        #expect(standard.responses.contains { $0.isTimed })
        #expect(standard.columns.count == 6)
    }

    @Test(arguments: [
        ("", "line 1: this is not JSON"), ("[]", "they are not a JSON object"),
        ("{\n\"name\": x}", "line 2: this is not JSON"),
        ("{\"name\": 1, \"name\": 2}", "line 1: a field stands there twice"),
        ("{\"minimumreaders\": 2}", "there is no field minimumreaders"),
        ("{\"a\\u202eb\": 2}", "there is no field a\\u{202E}b"),
        ("{\"minimumReaders\": 0}", "the field minimumReaders must be 1 to 30"),
        ("{\"minimumReaders\": 2.5}", "the field minimumReaders must be 1 to 30"),
        ("{\"minimumReaders\": \"2\"}", "the field minimumReaders must be 1 to 30"),
        ("{\"minimumReaders\": null}", "the field minimumReaders must be 1 to 30"),
        ("{\"newcomers\": \"all\"}", "the field newcomers must be one of: allCases, newCasesOnly"),
        ("{\"majority\": 2}", "the field majority must be one of: twoThirds, simple, unanimous"),
        ("{\"quorum\": 31}", "the field quorum must be 1 to 30, or null"),
        ("{\"recusalLimit\": -1}", "the field recusalLimit must be 0 to 30, or null"),
        ("{\"name\": \"\"}", "the field name must be one line of 1 to 100 ordinary characters"),
        ("{\"responses\": []}", "the field responses must be a list of 1 to 64 items"),
        ("{\"responses\": [{\"name\": \"a\"}, 1]}", "the field responses[1] must be an object"),
        (
            "{\"responses\": [{\"name\": \"a\"}, {\"name\": \"b\"}, {\"timed\": true}]}",
            "the field responses[2].name is missing"
        ),
        (
            "{\"responses\": [{\"name\": \"a\", \"time\": true}]}",
            "there is no field responses[0].time"
        ),
        (
            "{\"responses\": [{\"name\": \"a\", \"timed\": 1}]}",
            "the field responses[0].timed must be true or false"
        ),
        (
            "{\"responses\": [{\"name\": \"Ban\"}, {\"name\": \"b\\u200Ban\"}]}",
            "the field responses[1].name must be one line of 1 to 100 ordinary characters"
        ),
        (
            "{\"responses\": [{\"name\": \"Ban\"}, {\"name\": \" ban\"}]}",
            "the field responses[1].name stands there twice"
        ),
        (
            "{\"responses\": [{\"name\": \"Ban\"}, {\"name\": \"bAN\"}]}",
            "the field responses[1].name stands there twice"
        ),
        ("{\"deadlines\": 7}", "the field deadlines must be an object"),
        ("{\"deadlines\": {\"days\": 7}}", "there is no field deadlines.days"),
        (
            "{\"deadlines\": {\"followUpDays\": 0}}",
            "the field deadlines.followUpDays must be 1 to 3650, or null"
        ),
        (
            "{\"columns\": [{\"name\": \"colour\"}]}",
            "the field columns[0].name must be one of: safetyRisk, repeatRisk, status, dateTime, "
                + "actionsNeeded, resolution, resolutionSource, resolvedOn, reviewOn, response"
        ),
        (
            "{\"columns\": [{\"name\": \"status\"}, {\"name\": \"status\"}]}",
            "the field columns[1].name stands there twice"
        ),
        (
            "{\"contacts\": [{\"role\": \"chair@example.org\"}]}",
            "the field contacts[0].role must be a role, not a person's address or number"
        ),
        (
            "{\"contacts\": [{\"role\": \"chair\", \"task\": \"is at 555 0199\"}]}",
            "the field contacts[0].task must be a role, not a person's address or number"
        ),
        ("{\"contacts\": [{\"name\": \"x\"}]}", "there is no field contacts[0].name"),
        (
            "{\"retention\": {\"responses\": {\"ban\": 12}}}",
            "the field retention.responses.ban is not the name of a response"
        ),
        (
            "{\"retention\": {\"responses\": {\"warning\": 0}}}",
            "the field retention.responses.warning must be 1 to 1200, or null"
        ),
        ("{\"appeals\": {}}", "the field appeals.to is missing"),
    ])
    func everyProblemIsAnErrorThatNamesTheField(_ text: String, _ why: String) {
        do {
            _ = try strict(text)
            Issue.record("\(text) was taken")
        } catch let error as VaultError {
            #expect(error.code == .badInput)
            #expect(error.message == "The rules cannot be used: \(why).")
        } catch { Issue.record("\(error)") }
        // In a record it is kept, and standard values stand in for what is not usable.
        let rules = recorded(text)
        #expect(rules.json == Array(text.utf8))
        #expect((1...30).contains(rules.minimumReaders))
    }

    @Test func tooLargeIsAnError() {
        let text = "{}" + String(repeating: " ", count: Rules.sizeLimit)
        let refused1 = #expect(throws: VaultError.self) { try strict(text) }
        #expect(refused1?.reason.name == "badRules")
    }

    @Test func inARecordOneBadFieldLeavesTheOthers() {
        let rules = recorded(
            """
            {"minimumReaders": 5, "majority": "threeQuarters", "future": {"a": 1},
             "deadlines": {"followUpDays": 3, "moderatorsDays": "soon", "new": 1},
             "responses": [{"name": "a", "colour": "red"}], "newcomers": "newCasesOnly",
             "retention": {"months": 6, "responses": {"gone": 1, "a": "x"}}}
            """)
        #expect(rules.minimumReaders == 5)
        #expect(rules.majority == .twoThirds)
        #expect(rules.deadlines.followUpDays == 3)
        #expect(rules.deadlines.moderatorsDays == 7)
        #expect(rules.responses.map(\.name) == ["a"])
        #expect(rules.newcomers == .newCasesOnly)
        #expect(rules.retention.months == 6)
        #expect(Array(rules.retention.byResponse.keys) == ["a"])
    }

    @Test func hostileRulesInARecordNeverThrowOutTheRoster() throws {
        let hostile = [
            String(repeating: "[", count: 100_000), "{\"minimumReaders\": 1e999}", "\u{0}",
            "{\"responses\": [\(String(repeating: "{},", count: 5000)){}]}",
            "{\"minimumReaders\": \(String(repeating: "9", count: 100_000))}",
        ]
        for text in hostile {
            let committee = try TestCommittee("Robin", "Sam")
            let robins = try committee.vault("Robin")
            _ = try robins.transact { (transaction) throws(VaultError) in
                try transaction.add(
                    .rulesChanged(Rules(recorded: Array(text.utf8))),
                    to: .roster(of: robins.store.vault))
            }
            let sams = try committee.vault("Sam")
            #expect(sams.members.map(\.name) == ["Robin", "Sam"])
            #expect(sams.rules.json == Array(text.utf8))
            #expect(sams.rules.minimumReaders == 2)
            #expect(try sams.verify().isWhole)
        }
    }

    @Test func majoritiesNeedWhatTheySay() {
        for readers in 1...60 {
            let twoThirds = Rules.Majority.twoThirds.needed(of: readers)
            #expect(3 * twoThirds >= 2 * readers && 3 * (twoThirds - 1) < 2 * readers)
            let simple = Rules.Majority.simple.needed(of: readers)
            #expect(2 * simple > readers && 2 * (simple - 1) <= readers)
            #expect(Rules.Majority.unanimous.needed(of: readers) == readers)
        }
        for majority in Rules.Majority.allCases { #expect(majority.needed(of: 0) == 1) }
    }
}
