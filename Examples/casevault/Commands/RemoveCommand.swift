// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault remove`.
enum RemoveCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "remove", summary: "Remove a member from the roster and all that you can open",
        arguments: [ArgumentSpec(name: "MEMBER", help: "name or card id", value: .member)],
        notes: ["Remove first, then tell the person. What you cannot open waits for colleagues."],
        run: run)

    /// Removes a member.
    private static func run(_ session: Session) throws -> Answer {
        let vault = try session.vault()
        let member = try vault.member(named: session.arguments.required(0))
        let change = try vault.remove(member.id, progress: session.report)
        Host.say(IntakeCommand.reminder)
        return AccessText(
            change,
            happened: ["\(Shown.line(member.name)) is no member any more."],
            readers: ["members: \(Shown.names(vault.members.map(\.name)))"]
                + AccessText.readers(after: change, in: vault)
        ).answer()
    }
}
