// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault lock`: ends what `unlock` began.
enum LockCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "lock", summary: "Ask for the passphrase again from now on",
        notes: ["Ends what casevault unlock began, before its time."], run: run)

    /// Takes what was kept away.
    private static func run(_ session: Session) throws -> Answer {
        let wasUnlocked = try MemberKey.lock(Session.url(session.keyFile()))
        return Answer(
            json: [("wasUnlocked", .flag(wasUnlocked))],
            text: wasUnlocked ? "Your key is locked.\n" : "Your key was not unlocked.\n")
    }
}
