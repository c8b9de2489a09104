// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault remove`.
enum RemoveCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "remove", summary: "Remove members from the roster, and so from everything",
        arguments: [
            ArgumentSpec(
                name: "MEMBER", help: "name or card id; several are removed in one act",
                value: .member, repeats: true)
        ],
        notes: ["Remove first, then tell the person. What you cannot open waits for colleagues."],
        run: run)

    /// Removes a member.
    private static func run(_ session: Session) throws -> Answer {
        let vault = try session.vault()
        _ = try session.arguments.required(0)
        let members = try session.arguments.positionals.map { (name) throws(VaultError) in
            try vault.member(named: name)
        }
        let change = try vault.remove(members.map(\.id), progress: session.report)
        Host.say(IntakeCommand.reminder)
        return AccessText(
            change,
            happened: members.map { "\(Shown.line($0.name)) is no member any more." },
            readers: ["members: \(Shown.names(vault.members.map(\.name)))"]
                + AccessText.readers(after: change, in: vault)
        ).answer()
    }
}
