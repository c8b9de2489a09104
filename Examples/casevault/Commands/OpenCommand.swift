// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault open`.
enum OpenCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "open", summary: "Say whether newcomers may be shown the names in checks",
        arguments: [
            ArgumentSpec(
                name: "ID", help: "the check, or at least 8 digits of its id", isRequired: false),
            ArgumentSpec(
                name: "MEMBER", help: "a name, a part of one, or first digits", value: .member,
                isRequired: false),
            ArgumentSpec(
                name: "yes|no", help: "no keeps the name from them", value: .choice(["yes", "no"]),
                isRequired: false),
        ],
        options: [OptionSpec(name: "--list", help: "only show the open questions")],
        notes: [
            "Without arguments every open question is asked on a terminal, and elsewhere",
            "they are listed.",
        ], reads: isList, run: run)

    /// One open question.
    private typealias Open = (check: ConflictCheck, member: MemberCard)

    /// Whether it only lists.
    private static func isList(_ arguments: Arguments) -> Bool {
        arguments.has("--list") || (arguments.positionals.isEmpty && !Host.canAsk)
    }

    /// Lists, asks, or decides one.
    private static func run(_ session: Session) throws -> Answer {
        let arguments = session.arguments
        guard arguments.positionals.isEmpty || !arguments.has("--list") else {
            throw Failure.usage(arguments.command, "--list takes no arguments.")
        }
        guard [0, 3].contains(arguments.positionals.count) else {
            throw Failure.usage(
                arguments.command, "Give the check, the member and yes or no; or nothing of it.")
        }
        let vault = try session.vault()
        if isList(arguments) { return list(questions(in: vault)) }
        if arguments.positionals.isEmpty { return try ask(vault) }
        let check = try CheckText.find(arguments.required(0), in: vault)
        let member = try vault.member(named: arguments.required(1))
        let isShown = try arguments.required(2) == "yes"
        let change = try vault.decide(check: check.id, for: member.id, isShown: isShown)
        return AccessText(
            change, happened: [sentence(check, member.name, isShown: isShown)]
        ).answer()
    }

    /// What is open, by the names in the checks.
    private static func questions(in vault: Vault) -> [Open] {
        CheckText.sorted(vault.checks).flatMap { check in
            check.undecidedNewcomers.sorted { $0.name < $1.name }.map { (check, $0) }
        }
    }

    /// Shows what is open.
    private static func list(_ open: [Open]) -> Answer {
        var text = ""
        for (check, member) in open {
            text += "\("\(check.id)".prefix(12))  May \(Shown.line(member.name)) be shown "
            text += "\(CheckText.people(check))?\n"
        }
        if text.isEmpty { text = "No question is open.\n" }
        let json = open.map { check, member in
            JSONValue.object([
                ("check", CheckText.json(check)), ("member", .text(member.name)),
                ("memberID", .text("\(member.id)")),
            ])
        }
        return Answer(json: [("questions", .list(json))], text: text)
    }

    /// Asks what is open, one after the other, and decides all of it in one act.
    private static func ask(_ vault: Vault) throws -> Answer {
        let open = questions(in: vault)
        if open.isEmpty { return list(open) }
        Host.say("Say no if they are that person or stand close to them.")
        var decided: [(open: Open, isShown: Bool)] = []
        for one in open {
            let question =
                "May \(Shown.line(one.member.name)) be shown \(CheckText.people(one.check))?"
            switch try Questions.choice(question, ["yes", "no", "later"]) {
            case "yes": decided.append((one, true))
            case "no": decided.append((one, false))
            default: continue
            }
        }
        if decided.isEmpty { return list(open) }
        let change = try vault.decide(
            decided.map { ($0.open.check.id, $0.open.member.id, $0.isShown) })
        return AccessText(
            change,
            happened: decided.map {
                sentence($0.open.check, $0.open.member.name, isShown: $0.isShown)
            }
        ).answer()
    }

    /// What was decided.
    private static func sentence(
        _ check: ConflictCheck, _ name: String, isShown: Bool
    ) -> String {
        let name = Shown.line(name)
        return isShown
            ? "\(name) is asked about \(CheckText.people(check))."
            : "\(name) is not shown \(CheckText.people(check))."
    }
}
