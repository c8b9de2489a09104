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
                name: "MEMBER", help: "a name, a part of one, or digits; several in one act",
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
        try confirm(members, in: vault)
        let change = try vault.remove(members.map(\.id), progress: session.report)
        Host.say(IntakeCommand.reminder)
        return AccessText(
            change,
            happened: members.map { "\(Shown.line($0.name)) is no member any more." },
            readers: ["members: \(Shown.names(vault.members.map(\.name)))"]
                + AccessText.readers(after: change, in: vault)
        ).answer()
    }

    /// On a terminal, says what this takes them out of, and asks for a name.
    private static func confirm(_ members: [Member], in vault: Vault) throws {
        guard Host.canAsk else { return }
        let ids = Set(members.map(\.id))
        let cases = vault.cases.filter { $0.readers.contains { ids.contains($0.id) } }.count
        let who = Shown.names(members.map(\.name))
        let places = Shown.count(cases, "case")
        Host.say("This takes \(who) off the committee, and out of \(places) that you read.")
        guard let first = members.first else { return }
        let typed = try Questions.line("Type the name \(Shown.line(first.name)) to go on:")
        guard (try? vault.member(named: typed))?.id == first.id else {
            throw Failure(
                code: "cancelled", message: "This is not the name. Nobody was removed.",
                hint: "Run it again and type the name.")
        }
    }
}
