// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault confirm`.
enum ConfirmCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "confirm", summary: "Say that you compared a member's card with its owner",
        arguments: [ArgumentSpec(name: "MEMBER", help: "name or card id", value: .member)],
        options: [
            OptionSpec(
                name: "--fingerprint", valueName: "DIGITS", help: "as the member reads it aloud"),
            OptionSpec(
                name: "--code", valueName: "DIGITS", help: "the committee code, as they read it"),
        ], run: run)

    /// Compares and confirms.
    private static func run(_ session: Session) throws -> Answer {
        let arguments = session.arguments
        guard !arguments.has("--fingerprint") || !arguments.has("--code") else {
            throw Failure.usage(arguments.command, "Give either --fingerprint or --code.")
        }
        let vault = try session.vault()
        let member = try vault.member(named: arguments.required(0))
        if let code = arguments["--code"] {
            try vault.confirm(member.id, code: SpokenDigits(typed: code))
        } else {
            let spoken = try session.fingerprint(of: member.name)
            try vault.confirm(member.id, fingerprint: spoken)
        }
        let waiting = vault.waiting.filter { $0.member?.id == member.id }
        var text = "You have compared the card of \(Shown.line(member.name)).\n"
        for item in waiting { text += "Waiting: \(AccessText.sentence(item))\n" }
        return Answer(
            json: [
                ("member", .text(member.name)), ("waiting", .list(waiting.map(AccessText.item))),
            ], text: text)
    }
}

extension Session {
    /// The fingerprint that somebody read aloud: from the option, or asked on the terminal.
    func fingerprint(of name: String, typed: String? = nil) throws -> SpokenDigits {
        if let typed = typed ?? arguments["--fingerprint"] {
            return try SpokenDigits(typed: typed)
        }
        guard Host.canAsk else {
            throw Failure.needsAnswer(
                "The fingerprint that the owner of the card reads aloud is missing.",
                hint: "Give it with: --fingerprint \"DIGITS\"")
        }
        return try SpokenDigits(
            typed: Questions.line("Fingerprint that \(Shown.line(name)) reads aloud:"))
    }
}
