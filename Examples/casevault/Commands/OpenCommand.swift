// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault open`.
enum OpenCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "open", summary: "Say whether a newcomer may be shown the name in a check",
        arguments: [
            ArgumentSpec(name: "ID", help: "the check, or at least 8 digits of its id"),
            ArgumentSpec(name: "MEMBER", help: "name or card id", value: .member),
            ArgumentSpec(
                name: "yes|no", help: "no keeps the name from them", value: .choice(["yes", "no"])),
        ], run: run)

    /// Decides.
    private static func run(_ session: Session) throws -> Answer {
        let arguments = session.arguments
        let vault = try session.vault()
        let check = try CheckText.find(arguments.required(0), in: vault)
        let member = try vault.member(named: arguments.required(1))
        let isShown = try arguments.required(2) == "yes"
        let change = try vault.decide(check: check.id, for: member.id, isShown: isShown)
        let name = Shown.line(member.name)
        return AccessText(
            change,
            happened: [
                isShown
                    ? "\(name) is asked about \(CheckText.people(check))."
                    : "\(name) is not shown \(CheckText.people(check))."
            ]
        ).answer()
    }
}
