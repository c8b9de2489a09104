// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// Rules, votes, outcomes, deadlines and numbers through the command.
struct CommitteeWorkTests {
    /// A profile of the examples.
    private func profile(_ name: String) -> String {
        Tool.root.appending(path: "Examples/rules/\(name).json").path
    }

    /// What is due, as text.
    private func due(_ scene: Scene, _ person: String) throws -> [String] {
        let items = try scene.must(person, []).json["due"] as? [[String: String]] ?? []
        for item in items { #expect(Set(item.keys) == ["case", "what", "by"]) }
        return items.compactMap { $0["what"] }
    }

    @Test func rulesAreGivenShownAndChanged() throws {
        let scene = try Scene()
        try scene.makeKey("Robin")
        try scene.must("Robin", ["create", "Us", "--rules", "pydistrict"])
        let shown = try scene.must("Robin", ["rules"])
        #expect(shown.keys == ["rules"])
        let rules = try #require(shown.json["rules"] as? [String: Any])
        #expect(rules["majority"] as? String == "twoThirds")
        #expect((rules["responses"] as? [Any])?.count == 6)
        let names = (rules["columns"] as? [[String: String]])?.map { $0["label"] }
        #expect(names?.first == "Safety risk?")
        // What is shown can be given back, and means the same.
        let file = try scene.write(try scene.run("Robin", ["rules"]).text, to: "rules.json")
        try scene.must("Robin", ["rules", profile("all-systems-go")])
        let other = try scene.must("Robin", ["rules"]).json["rules"] as? [String: Any]
        #expect((other?["responses"] as? [Any])?.count == 11)
        let back = try scene.must("Robin", ["rules", file])
        #expect(back.json["rules"] as? NSDictionary == rules as NSDictionary)
    }

    @Test func everyProfileCanFoundAVault() throws {
        for name in ["devops-msp", "openinfra", "all-systems-go", "pydistrict", "socal-python"] {
            let scene = try Scene()
            try scene.makeKey("Robin")
            try scene.must("Robin", ["create", "Us", "--rules", profile(name)])
            let rules = try scene.must("Robin", ["rules"]).json["rules"] as? [String: Any]
            #expect((rules?["name"] as? String)?.hasPrefix("After ") == true)
            // The one in the program is the one in the repository.
            for word in [name, name + ".json"] {
                let own = try scene.must("Robin", ["rules", word]).json["rules"] as? NSDictionary
                #expect(own == rules as NSDictionary?)
            }
        }
    }

    @Test func severalPeopleFoundAVault() throws {
        let scene = try Scene()
        let names = ["Robin", "Sam", "Kim"]
        var digits: [String: String] = [:]
        for name in names { digits[name] = try scene.makeKey(name) }
        func create(_ people: String..., typed: [String]) throws -> Tool.Result {
            var words = ["create", "Us"]
            for name in people { words += ["--member", scene.path(name + ".card")] }
            for name in typed { words += ["--fingerprint", digits[name] ?? ""] }
            return try scene.run("Robin", words + ["--json"])
        }
        // Card and digits belong together by their order.
        let swapped = try create("Sam", "Kim", typed: ["Kim", "Sam"])
        #expect(swapped.errorCode == "fingerprintMismatch" && swapped.exit == 1)
        #expect(!FileManager.default.fileExists(atPath: scene.vault.path))
        #expect(try create("Sam", "Kim", typed: []).errorCode == "needsAnswer")
        #expect(try create("Sam", "Kim", typed: ["Sam", "Kim"]).exit == 0)
        for name in names {
            let members = try scene.must(name, ["members"]).json["members"] as? [[String: Any]]
            #expect(Set(members?.compactMap { $0["name"] as? String } ?? []) == Set(names))
        }
    }

    @Test func everyProfileIsInTheProgram() throws {
        let folder = Tool.root.appending(path: "Examples/rules").path
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        let result = try Scene().run("anybody", ["create", "Us", "--rules", "nonsense"])
        let names = files.map { $0.dropLast(5) }.joined(separator: ", ")
        #expect(
            result.errors == """
                casevault: error: There is no such file, and no profile of that name. (nonsense)
                casevault: hint: Name a file, or one of: \(names).

                """)
    }

    @Test func badRulesChangeNothing() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        let before = scene.listing
        let bad = try scene.write(
            #"{"responses": [{"name": "a"}, {"name": "b"}, {"nmae": "c"}]}"#, to: "bad.json")
        let message = "The rules cannot be used: there is no field responses[2].nmae."
        let result = try scene.run("Robin", ["rules", bad])
        #expect(
            result.errors
                == "casevault: error: \(message) (\(bad))\ncasevault: hint: Mend the rules file.\n")
        #expect(result.exit == 1)
        #expect(try scene.run("Robin", ["rules", bad, "--json"]).errorCode == "badInput")
        #expect(scene.listing == before)
        let empty = scene.path("other")
        let refused = try scene.run("Robin", ["create", "Us", "--vault", empty, "--rules", bad])
        #expect(refused.exit == 1)
        #expect(!FileManager.default.fileExists(atPath: empty))
    }

    @Test func votes() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam", "Kim", "Noor")
        let name = try scene.startCase("Robin")
        try scene.declare("Sam", "noConflict")
        try scene.declare("Kim", "conflict")
        try scene.must("Robin", ["catch-up"])
        try scene.must("Robin", ["add", name, "plan"], input: "A talk.")
        let mine = try scene.must("Robin", ["vote", name, "2", "yes"])
        let keys: Set<String> = [
            "yes", "no", "abstain", "open", "denominator", "needed", "carried", "notCounted",
        ]
        #expect(mine.keys.isSuperset(of: keys))
        #expect(mine.json["open"] as? Int == 1)
        #expect(mine.json["denominator"] as? Int == 2)
        #expect(mine.json["needed"] as? Int == 2)
        #expect(mine.json["carried"] as? Bool == false)
        #expect(
            mine.json["notCounted"] as? [[String: String]] == [
                ["member": "Kim", "reason": "conflict"], ["member": "Noor", "reason": "noAnswer"],
            ])
        try scene.must("Sam", ["show", name, "--first-look", "noConflict"])
        try scene.must("Sam", ["vote", name, "2", "yes"])
        let tally = try scene.must("Robin", ["vote", name, "2"])
        #expect(tally.json["yes"] as? Int == 2)
        #expect(tally.json["carried"] as? Bool == true)
        #expect(tally.json["stale"] as? Bool == false)
        #expect(
            try scene.run("Robin", ["vote", name, "2"]).text == """
                \(name), entry 2
                Carried: 2 yes of 2, needed 2; 0 no, 0 abstain
                Not counted: Kim, conflict
                Not counted: Noor, no answer

                """)
        try scene.must("Robin", ["add", name, "plan", "--corrects", "2"], input: "Two talks.")
        let stale = try scene.run("Robin", ["vote", name, "2"])
        #expect(stale.errors.contains("the votes are on the older text"))
        let refused = try scene.run("Robin", ["vote", name, "2", "no"])
        #expect(refused.exit == 1)
        #expect(
            refused.errors == """
                casevault: error: Entry 2 was corrected by 3.
                casevault: hint: Look at what is there now, then decide.

                """)
        #expect(try scene.run("Kim", ["vote", name, "2", "yes"]).exit == 4)
    }

    @Test func outcomesAndWhatIsDue() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let name = try scene.startCase("Robin")
        #expect(try due(scene, "Robin") == ["acknowledge", "followUp"])
        #expect(try due(scene, "Sam").isEmpty)
        let status = try scene.run("Robin", [])
        #expect(status.text.contains("Due: \(name): answer the reporter by "))
        #expect(!status.text.contains("Alex"))
        try scene.must("Robin", ["add", name, "first-response"], input: "We have it.")
        try scene.must("Robin", ["add", name, "reporter"], input: "We are at it.")
        #expect(try due(scene, "Robin").isEmpty)
        let before = scene.listing
        let wrong = try scene.run(
            "Robin", ["add", name, "outcome", "--response", "exile"], input: "x")
        #expect(
            wrong.errors == """
                casevault: error: The rules have no such response.
                casevault: hint: Use one of: no consequence, warning, final warning, \
                temporary removal, permanent removal, public account.

                """)
        for arguments in [
            ["--response", "warning", "--until", "2099-01-01"],
            ["--response", "temporary removal", "--until", "2020-01-01"],
        ] {
            let result = try scene.run(
                "Robin", ["add", name, "outcome", "--json"] + arguments, input: "x")
            #expect(result.errorCode == "badInput")
        }
        #expect(scene.listing == before)
        let added = try scene.must(
            "Robin",
            ["add", name, "outcome", "--response", "TEMPORARY removal", "--until", "2099-01-01"],
            input: "Agreed.")
        #expect((added.json["hints"] as? [String])?.first?.contains("status=resolved") == true)
        let entries = try scene.must("Robin", ["show", name, "4"]).json["entries"]
        let entry = try #require((entries as? [[String: Any]])?.first)
        #expect(entry["response"] as? String == "temporary removal")
        #expect(entry["until"] as? String == "2099-01-01")
        let text = try scene.run("Robin", ["show", name, "4"]).text
        #expect(text.contains("    response: temporary removal, until 2099-01-01\n"))
        let row = try scene.must("Robin", ["show"]).json["register"] as? [[String: Any]]
        #expect(row?.first?["status"] as? String == "new")
    }

    @Test func whoHandsOverIsToldHow() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let about = try scene.write("Alex Doe\n", to: "about")
        let said = try scene.run(
            "Robin", ["report", "--about", about, "--handing-over", "--withhold", "none"],
            input: "Told at the desk.")
        #expect(said.text.contains("You hand it over: "))
        let kept = try scene.run(
            "Robin", ["report", "--about", about, "--withhold", "none"], input: "Another.")
        #expect(kept.exit == 0 && !kept.text.contains("You hand it over"))
    }

    @Test func relatedCasesAndAnotherOrganizer() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam", "Kim", "Noor")
        let rules = try scene.write(#"{"recusalLimit": 1}"#, to: "rules.json")
        try scene.must("Robin", ["rules", rules])
        let first = try scene.startCase("Robin")
        let second = try scene.startCase("Robin", about: "ADOE\n")
        let shown = try scene.must("Robin", ["show", first])
        #expect(shown.json["related"] as? [String] == [second])
        #expect(shown.json["needsAnotherOrganizer"] as? Bool == false)
        #expect(try scene.run("Robin", ["show", first]).text.contains("same person: \(second)\n"))
        try scene.declare("Sam", "conflict")
        try scene.declare("Kim", "conflict")
        let access = try scene.must("Robin", ["access", first])
        #expect(access.json["needsAnotherOrganizer"] as? Bool == true)
        let hint = "access \(first.replacing(" ", with: "-")) grant CARDFILE --fingerprint"
        for arguments in [["access", first], ["show", first], []] {
            #expect(try scene.run("Robin", arguments).text.contains(hint))
        }
        let waiting = try scene.must("Robin", []).json["waiting"] as? [[String: String]]
        #expect(waiting?.contains { $0["needs"] == "anotherOrganizer" } == true)
    }

    @Test func numbers() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        let fields = try scene.write(
            #"{"channel": "mail", "receivedOn": "2025-05-05"}"#, to: "fields.json")
        for _ in 0..<3 { _ = try scene.startCase("Robin", "--fields", fields) }
        let numbers = try scene.must("Robin", ["numbers", "2025"])
        #expect(numbers.keys.isSuperset(of: ["year", "counts", "covers"]))
        #expect(numbers.json["year"] as? Int == 2025)
        #expect(
            numbers.json["covers"] as? String
                == "Covers the cases you may see; counts under three are not shown.")
        let counts = try #require(numbers.json["counts"] as? [[String: Any]])
        for count in counts { #expect(Set(count.keys) == ["group", "name", "count"]) }
        #expect(counts.first?["group"] as? String == "received")
        #expect(counts.first?["count"] as? Int == 3)
        let small = try #require(counts.first { $0["name"] as? String == "chat" })
        #expect(small["count"] is NSNull)
        let text = try scene.run("Robin", ["numbers", "2024"]).text
        #expect(text.contains("hidden") && !text.contains(" 0\n"))
        let thisYear = Calendar(identifier: .gregorian).component(.year, from: Date())
        #expect(try scene.must("Robin", ["numbers"]).json["year"] as? Int == thisYear)
    }
}
