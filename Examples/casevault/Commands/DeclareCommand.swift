// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

#if canImport(FoundationEssentials)
    private import FoundationEssentials
#else
    private import Foundation
#endif

/// `casevault declare`.
enum DeclareCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "declare", summary: "Answer conflict checks: conflict or no conflict, never why",
        options: [
            OptionSpec(name: "--list", help: "only show them, answered or not"),
            OptionSpec(name: "--change", help: "answer one again that you have answered"),
        ],
        notes: [
            "Off a terminal the answers are read from standard input:",
            "  {\"answers\":[{\"check\":ID,\"answer\":\"conflict\"|\"noConflict\"}]}",
            "The last answer to a check counts.",
        ], reads: { $0.has("--list") }, run: run)

    /// Lists or answers.
    private static func run(_ session: Session) throws -> Answer {
        let vault = try session.vault()
        if session.arguments.has("--list") { return list(vault) }
        if Host.canAsk {
            return try session.arguments.has("--change") ? change(vault) : ask(vault)
        }
        let bytes = try session.input.standardInput(limit: 4 << 20)
        return try record(answers(bytes), in: vault)
    }

    /// Shows all checks.
    private static func list(_ vault: Vault) -> Answer {
        var text = ""
        let checks = CheckText.sorted(vault.checks)
        for check in checks {
            let state =
                switch check.myAnswer {
                case .conflict: "You answered: conflict."
                case .noConflict: "You answered: no conflict."
                case nil: "You have not answered."
                }
            text += "\("\(check.id)".prefix(12))  \(CheckText.question(check)) \(state)\n"
        }
        if text.isEmpty { text = "There are no conflict checks.\n" }
        let json = checks.map { CheckText.json($0, withAnswer: true) }
        return Answer(json: [("checks", .list(json))], text: text)
    }

    /// Asks about every check that waits, and records the answers in one act.
    static func ask(_ vault: Vault) throws -> Answer {
        let waiting = vault.unansweredChecks
        guard !waiting.isEmpty else {
            return Answer(json: [("recorded", .list([]))], text: "No check waits for you.\n")
        }
        var dialog = DeclareDialog(waiting)
        return try record(dialog.run(), in: vault)
    }

    /// Asks again about a check that was answered, and says first what another answer does.
    private static func change(_ vault: Vault) throws -> Answer {
        let answered = CheckText.sorted(vault.checks).compactMap { check in
            check.myAnswer.map { (check: check, answer: $0) }
        }
        guard !answered.isEmpty else {
            return Answer(
                json: [("recorded", .list([]))], text: "You have not answered any check.\n")
        }
        for (number, item) in answered.enumerated() {
            Host.say(CheckText.line(number + 1, item.check, item.answer))
        }
        let word = try Questions.choice(
            "Type the number of the answer to change.", ["none"], or: 1...answered.count)
        guard let number = Int(word) else { throw unchanged }
        let (check, answer) = answered[number - 1]
        let next: ConflictAnswer = answer == .conflict ? .noConflict : .conflict
        Host.say(
            next == .conflict
                ? "You are out of every case with this check at once. What you have read, you have read."
                : "You can be let into the cases with this check again: by a colleague, where you were "
                    + "taken out.")
        let words = next == .conflict ? "conflict" : "no conflict"
        guard try Questions.yesOrNo("\(CheckText.people(check)): change it to \(words)?") else {
            throw unchanged
        }
        return try record([(check.id, next)], in: vault)
    }

    /// That nothing is changed.
    private static let unchanged = Failure(
        code: "cancelled", message: "Nothing was changed.",
        hint: "Run it again to change an answer: casevault declare --change")

    /// Records answers.
    private static func record(
        _ answers: [(check: ConflictCheck.ID, answer: ConflictAnswer)], in vault: Vault
    ) throws -> Answer {
        let change = answers.isEmpty ? AccessChange() : try vault.declare(answers)
        let recorded = answers.map {
            JSONValue.object([
                ("check", .text("\($0.check)")), ("answer", .text($0.answer.rawValue)),
            ])
        }
        let count = Shown.count(answers.count, "answer")
        return AccessText(
            change, happened: ["\(count) recorded."],
            readers: AccessText.readers(after: change, in: vault)
        ).answer([("recorded", .list(recorded))])
    }

    /// Reads answers from JSON: exactly the form of the help, nothing more.
    private static func answers(
        _ bytes: [UInt8]
    ) throws -> [(check: ConflictCheck.ID, answer: ConflictAnswer)] {
        guard bytes.contains(where: { $0 > 0x20 }) else {
            throw Failure.needsAnswer(
                "There are no answers on standard input, and no terminal to ask on.",
                hint: "Give the JSON that casevault help declare shows.")
        }
        guard let tree = try? JSONTree(parsing: bytes), case .object(let object) = tree,
            object.count == 1, case .list(let items)? = object["answers"]
        else { throw malformed }
        var seen: Set<ConflictCheck.ID> = []
        return try items.map { item in
            guard case .object(let item) = item, item.count == 2,
                case .text(let id)? = item["check"], let check = ConflictCheck.ID(id),
                case .text(let word)? = item["answer"], let answer = ConflictAnswer(rawValue: word),
                seen.insert(check).inserted
            else { throw malformed }
            return (check, answer)
        }
    }

    /// Answers that are not as they must be.
    private static let malformed = Failure.badInput(
        "The answers on standard input are not as they must be.",
        hint: "See: casevault help declare. Nothing was recorded.")
}
