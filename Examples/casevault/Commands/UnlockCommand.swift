// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault unlock`: the passphrase once, for a while.
enum UnlockCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "unlock", summary: "Do not ask for the passphrase again for a while",
        options: [
            OptionSpec(
                name: "--minutes", valueName: "N", help: "how long; 15 if not given",
                value: .number(atLeast: 1))
        ],
        notes: [
            "What opens your key file is kept in the kernel's key store, for this login session",
            "only (without one, for your user), never on a disk, and for N minutes at most.",
            "Until then every program that you run in the session could open your key, so lock",
            "the screen when you go, or run: casevault lock. Switching the computer off locks",
            "it too. Only Linux has such a store; elsewhere the passphrase is asked each time.",
        ], run: run)

    /// How long a key stays unlocked if nobody says otherwise.
    private static let usualMinutes = 15

    /// Asks for the passphrase, and keeps what it leads to.
    private static func run(_ session: Session) throws -> Answer {
        let minutes = session.arguments.number("--minutes") ?? usualMinutes
        try session.unlock(minutes: minutes)
        let time = minutes == 1 ? "1 minute" : "\(minutes) minutes"
        return Answer(
            json: [("minutes", .number(minutes))],
            text: """
                Your key is unlocked for \(time), in this session.
                Lock it before that with: casevault lock

                """)
    }
}
