// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault leave`.
enum LeaveCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "leave", summary: "Leave the committee, and every case that you read",
        options: [
            OptionSpec(
                name: "--confirm", valueName: "NAME",
                help: "your name as the members list has it; else you are asked")
        ],
        notes: [
            "What you wrote stays. Cases that only you read are lost unless you let somebody in",
            "first. A removal by you that nobody counted yet has to be repeated by a colleague.",
        ], run: run)

    /// Leaves.
    private static func run(_ session: Session) throws -> Answer {
        let vault = try session.vault()
        try confirm(session, vault)
        let change = try vault.leave(progress: session.report)
        return AccessText(change, happened: ["You are no member any more."]).answer()
    }

    /// Says what it takes its caller out of, and takes their name.
    private static func confirm(_ session: Session, _ vault: Vault) throws {
        guard let me = vault.members.first(where: \.isMe) else { return }
        let alone = vault.cases.filter { $0.readers.count == 1 }.count
        let typed: String
        if let given = session.arguments["--confirm"] {
            typed = given
        } else if Host.canAsk {
            let places = Shown.count(vault.cases.count, "case")
            Host.say("This takes you off the committee, and out of \(places).")
            if alone > 0 {
                Host.warn("Only you read \(alone) of them; nobody will be able to read these.")
            }
            typed = try Questions.line("Type your name, \(Shown.line(me.name)), to go on:")
        } else {
            throw Failure.needsAnswer(
                "Nobody leaves without saying so twice.",
                hint: "Say it once more with --confirm NAME.")
        }
        guard (try? vault.member(named: typed))?.isMe ?? false else {
            throw Failure(
                code: "cancelled", message: "This is not your name. You did not leave.",
                hint: "Run it again and type your name.")
        }
    }
}
