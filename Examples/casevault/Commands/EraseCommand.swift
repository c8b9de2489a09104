// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault erase`.
enum EraseCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "erase", summary: "Remove an entry or a whole case for good",
        arguments: [ArgumentSpec(name: "CASE", help: "its code name", value: .caseName)],
        options: [
            OptionSpec(
                name: "--entry", valueName: "ENTRY",
                help: "only this entry, as show calls it: 2, or 2b", value: .entry),
            OptionSpec(
                name: "--confirm", valueName: "CODENAME",
                help: "the code name once more; asked on a terminal"),
            OptionSpec(
                name: "--seen", valueName: "VERSION",
                help: "of a whole case: refuse if it is not what show --json said"),
        ],
        notes: [
            "The text goes on every computer when it catches up. Nobody can bring it back.",
            "Of a whole case the names in its checks go too; risks and status in the register stay.",
            "A case on legal hold is refused: casevault hold.",
        ], run: run)

    /// Erases.
    private static func run(_ session: Session) throws -> Answer {
        let arguments = session.arguments
        let vault = try session.vault()
        let item = try vault.case(named: arguments.required(0))
        let label = CaseLabels(vault).label(item)
        let entry = try arguments["--entry"].map { try item.entry(named: $0) }
        // Before anybody is asked: what arrives meanwhile nobody has decided about.
        let seen = try seen(of: item, arguments)
        let what = entry.map { "Entry \($0.label) of \(label)" } ?? "The case \(label)"
        let name = try confirmed(what, arguments)
        let change =
            if let entry {
                try item.erase(entry.id, confirming: name, progress: session.report)
            } else {
                try item.erase(all: seen, confirming: name, progress: session.report)
            }
        return AccessText(
            change,
            happened: ["\(what) will be erased when a day is over, at the next catching up."],
            readers: [AccessText.readers(of: item, CaseLabels(vault))]
        ).answer(
            [("case", .text(label))]
                + (entry.map {
                    [("entry", .text($0.label)), ("entryID", .text("\($0.id)"))]
                } ?? []))
    }

    /// What the case consisted of when whoever decides looked at it.
    private static func seen(of item: Case, _ arguments: Arguments) throws -> Case.Version {
        guard let text = arguments["--seen"] else { return try item.version }
        guard arguments["--entry"] == nil, let version = Case.Version(text) else {
            throw Failure.usage(
                arguments.command, "VERSION is of a whole case: 32 digits, as show --json says it.")
        }
        return version
    }

    /// The code name as a person typed it.
    private static func confirmed(_ what: String, _ arguments: Arguments) throws -> CodeName {
        let typed: String
        if let given = arguments["--confirm"] {
            typed = given
        } else if Host.canAsk {
            Host.say("\(what) will be erased for good, on every computer.")
            typed = try Questions.line("Type the code name to go on:")
        } else {
            throw Failure.needsAnswer(
                "Nothing is erased without its code name.",
                hint: "Say it once more with --confirm CODENAME.")
        }
        guard let name = CodeName(typed) else {
            throw Failure(
                code: "refused", message: "That is no code name; nothing was erased.",
                hint: "Type the two words of the case that is to be erased for good.", exit: 1)
        }
        return name
    }
}
