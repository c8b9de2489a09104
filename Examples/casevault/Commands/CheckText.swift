// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// How conflict checks are shown and named.
enum CheckText {
    /// The question about a check.
    static func question(_ check: ConflictCheck) -> String {
        "A report involves \(people(check)). Do you have a conflict of interest?"
    }

    /// The people of a check, with aliases.
    static func people(_ check: ConflictCheck) -> String {
        if check.people.isEmpty { return "somebody whose name has not arrived" }
        return check.people.map { person in
            let name = Shown.name(person.name)
            return person.aliases.isEmpty
                ? name : "\(name) (also: \(Shown.names(person.aliases)))"
        }.joined(separator: ", ")
    }

    /// One line of a numbered list of checks with answers.
    static func line(_ number: Int, _ check: ConflictCheck, _ answer: ConflictAnswer) -> String {
        "\(number)  \(answer == .conflict ? "CONFLICT" : "no conflict"): \(people(check))"
    }

    /// Checks by the names in them.
    static func sorted(_ checks: [ConflictCheck]) -> [ConflictCheck] {
        checks.map { (name: ($0.people.first?.name ?? "").lowercased(), check: $0) }
            .sorted { ($0.name, "\($0.check.id)") < ($1.name, "\($1.check.id)") }.map(\.check)
    }

    /// A check as JSON; the answer only where it is asked for.
    static func json(_ check: ConflictCheck, withAnswer: Bool = false) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("id", .text("\(check.id)")), ("people", .list(check.people.map(json))),
        ]
        if withAnswer { members.append(("answer", .optional(check.myAnswer?.rawValue))) }
        return .object(members)
    }

    /// A person as JSON.
    private static func json(_ person: ReportedPerson) -> JSONValue {
        .object([("name", .text(person.name)), ("aliases", .texts(person.aliases))])
    }

    /// The check of an identifier, or of at least eight digits of one.
    static func find(_ text: String, in vault: Vault) throws -> ConflictCheck {
        let isPrefix =
            (8...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        guard isPrefix else {
            throw Failure.badInput(
                "This is not the id of a check.",
                hint: "Give 64 digits, or at least the first 8; see: casevault declare --list")
        }
        let found = vault.checks.filter { "\($0.id)".hasPrefix(text) }
        guard let check = found.first else {
            throw Failure(
                code: "notForYou", message: "Your key does not open this, or it does not exist.",
                hint: "Check the name, let your sync tool finish, or ask a colleague.", exit: 4)
        }
        guard found.count == 1 else {
            throw Failure(
                code: "ambiguousName", message: "Several checks begin with these digits.",
                hint: "Give more digits of the id.")
        }
        return check
    }
}
