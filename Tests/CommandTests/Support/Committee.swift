// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// A committee that follows a process with the command, each member on a computer of their own.
final class Committee {
    /// Where it happens.
    let scene: Scene
    /// The members of today, the founder first.
    private(set) var members: [String]

    /// Founds a vault with one of the profiles in `Examples/rules`.
    init(_ people: String..., profile: String) throws {
        scene = try Scene()
        members = []
        for person in people { try scene.makeKey(person) }
        let rules = Tool.root.appending(path: "Examples/rules/\(profile).json").path
        try scene.must(people[0], ["create", "Local organizers", "--rules", rules])
        members = [people[0]]
        for person in people.dropFirst() { try admit(person, by: people[0]) }
    }

    // MARK: - Members

    /// Admits somebody; everybody compares.
    func admit(
        _ person: String, by member: String, withholding check: String = "none",
        _ options: String...
    ) throws {
        let card = try scene.must(person, ["card"])
        try scene.write(card.json["card"] as? String ?? "", to: person + ".card")
        let spoken = try #require(card.json["fingerprint"] as? String)
        try scene.must(
            member,
            ["admit", scene.path(person + ".card"), "--fingerprint", spoken]
                + ["--withhold", check] + options)
        // Only the new key's own word makes it another key of the same person.
        if options.contains("--replaces") { try scene.must(person, ["catch-up"]) }
        if !members.contains(person) { members.append(person) }
        for other in members where other != member && other != person {
            try scene.must(other, ["confirm", person, "--fingerprint", spoken])
        }
        for other in members where other != person {
            let card = try scene.must(other, ["card"]).json["fingerprint"] as? String
            try scene.must(person, ["confirm", other, "--fingerprint", card ?? ""])
        }
    }

    /// Makes a key for a newcomer.
    func makeKey(_ person: String) throws { try scene.makeKey(person) }

    /// Takes somebody out.
    @discardableResult
    func remove(_ person: String, by member: String) throws -> Tool.Result {
        members.removeAll { $0 == person }
        return try run(member, "remove", person)
    }

    // MARK: - Cases

    /// Starts a case and gives its code name.
    func report(
        _ member: String, _ text: String, about names: String, file: String = "report.md",
        fields: String? = nil, _ options: String...
    ) throws -> String {
        var arguments = ["report", try scene.write(text, to: file)]
        arguments += ["--about", try scene.write(names + "\n", to: "about")]
        if let fields { arguments += ["--fields", try scene.write(fields, to: "fields.json")] }
        if !options.contains("--withhold") { arguments += ["--withhold", "none"] }
        let result = try scene.must(member, arguments + options)
        return try #require(result.json["case"] as? String)
    }

    /// Answers every open check: a conflict with those who are named, none with the others.
    func declare(_ member: String, conflictWith names: String...) throws {
        let listed = try scene.must(member, ["declare", "--list"]).json["checks"]
        let open = (listed as? [[String: Any]] ?? []).filter { $0["answer"] as? String == nil }
        let answers = open.map { check in
            let people = (check["people"] as? [[String: Any]] ?? []).compactMap {
                $0["name"] as? String
            }
            let answer = people.contains(where: names.contains) ? "conflict" : "noConflict"
            return #"{"check":"\#(check["id"] ?? "")","answer":"\#(answer)"}"#
        }
        guard !answers.isEmpty else { return }
        try scene.must(
            member, ["declare"], input: #"{"answers":[\#(answers.joined(separator: ","))]}"#)
    }

    /// Everybody's computer catches up, twice: what one does can let the next do more.
    func catchUp() throws {
        for member in members + members { try run(member, "catch-up") }
    }

    /// Looks at a case for the first time.
    @discardableResult
    func look(_ member: String, _ name: String) throws -> Tool.Result {
        try run(member, "show", name, "--first-look", "noConflict")
    }

    /// Adds an entry and gives what it is called.
    @discardableResult
    func add(
        _ member: String, _ name: String, _ kind: String, _ text: String, _ options: String...
    ) throws -> String {
        let result = try scene.must(
            member, ["add", name, kind] + options, input: text)
        return try #require(result.json["entry"] as? String)
    }

    /// Everybody of these votes on an entry; gives the tally.
    func vote(
        _ answers: [(member: String, vote: String)], on entry: String, of name: String
    ) throws -> [String: Any] {
        for (member, vote) in answers { try run(member, "vote", name, "\(entry)", vote) }
        let first = try #require(answers.first).member
        return try run(first, "vote", name, "\(entry)").json
    }

    /// Whether a member can open a case.
    func reads(_ member: String, _ name: String) throws -> Bool {
        let exit = try scene.run(member, ["show", name]).exit
        try #require([0, 2, 4].contains(exit), "exit \(exit)")
        return exit != 4
    }

    /// The names in the checks that somebody can see.
    func namesShown(to member: String) throws -> Set<String> {
        let checks = try run(member, "declare", "--list").json["checks"] as? [[String: Any]] ?? []
        return Set(
            checks.flatMap { $0["people"] as? [[String: Any]] ?? [] }
                .compactMap { $0["name"] as? String })
    }

    /// Runs a command that must succeed.
    @discardableResult
    func run(_ member: String, _ arguments: String...) throws -> Tool.Result {
        try scene.must(member, arguments)
    }

    /// Runs a command that must fail, and gives the error's code.
    func refused(_ member: String, _ arguments: String...) throws -> String? {
        let result = try scene.run(member, arguments + ["--json"])
        #expect(result.exit != 0, "\(arguments) should be refused")
        return result.errorCode
    }
}

// MARK: - What must be true at the end of a process

extension Committee {
    /// The outcome is recorded, both sides were informed, and register and numbers are right.
    func expectResolved(
        _ name: String, for member: String, response: String,
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let entries = try run(member, "show", name).json["entries"] as? [[String: Any]] ?? []
        let kinds = Set(entries.compactMap { $0["kind"] as? String })
        #expect(
            kinds.isSuperset(of: ["report", "reporter", "reported-person", "outcome"]),
            sourceLocation: location)
        let outcome = entries.last { $0["kind"] as? String == "outcome" }
        #expect(outcome?["response"] as? String == response, sourceLocation: location)

        let rows = try run(member, "show").json["register"] as? [[String: Any]] ?? []
        let row = rows.first { $0["case"] as? String == name }
        #expect(row?["status"] as? String == "resolved", sourceLocation: location)

        let year = try #require(try self.year(of: name, for: member))
        var received = 0
        for row in rows {
            let other = try #require(row["case"] as? String)
            if try self.year(of: other, for: member) == year { received += 1 }
        }
        let numbers = try run(member, "numbers", "\(year)").json
        #expect(numbers["year"] as? Int == year, sourceLocation: location)
        #expect((numbers["covers"] as? String)?.isEmpty == false, sourceLocation: location)
        // Of fewer than three nothing is told, and then no part is, either.
        let counts = numbers["counts"] as? [[String: Any]] ?? []
        #expect(
            counts.first?["count"] as? Int == (received < 3 ? nil : received),
            sourceLocation: location)
        let shown = counts.compactMap { $0["count"] as? Int }
        #expect(!counts.isEmpty && (received >= 3 || shown.isEmpty), sourceLocation: location)
        #expect(shown.allSatisfy { $0 >= 3 && $0 <= received }, sourceLocation: location)
    }

    /// The year in which the report of a case was received; `nil` for who does not read it.
    private func year(of name: String, for member: String) throws -> Int? {
        let entries = try scene.run(member, ["show", name, "--json"]).json["entries"]
        let day = (entries as? [[String: Any]])?.first?["day"] as? String
        return day.flatMap { Int($0.prefix(4)) }
    }
}

// MARK: - Names that wait

extension Committee {
    /// The check about a person, as a member sees it.
    func check(of name: String, seenBy member: String) throws -> String? {
        let checks = try run(member, "declare", "--list").json["checks"] as? [[String: Any]] ?? []
        let check = checks.first {
            ($0["people"] as? [[String: Any]] ?? []).contains { $0["name"] as? String == name }
        }
        return check?["id"] as? String
    }

    /// A member says of every name that waits that it may be shown to a newcomer.
    func openAll(to newcomer: String, by member: String, except kept: Set<String>) throws {
        let checks = try run(member, "declare", "--list").json["checks"] as? [[String: Any]] ?? []
        let known = try Set(
            (run(newcomer, "declare", "--list").json["checks"] as? [[String: Any]] ?? [])
                .compactMap { $0["id"] as? String })
        for check in checks {
            guard let id = check["id"] as? String, !known.contains(id) else { continue }
            try run(member, "open", id, newcomer, kept.contains(id) ? "no" : "yes")
        }
    }
}
