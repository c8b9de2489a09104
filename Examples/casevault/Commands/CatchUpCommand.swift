// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault catch-up`.
enum CatchUpCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "catch-up", summary: "Do what waits for you and needs no judgement",
        notes: [
            "Lets in members who declared no conflict and whom you compared, takes out those",
            "with a conflict, carries out removals, and brings the folder up to date.",
        ], run: run)

    /// Catches up.
    private static func run(_ session: Session) throws -> Answer {
        try answer(session.vault(), session)
    }

    /// Catches up in an open vault.
    static func answer(_ vault: Vault, _ session: Session) throws -> Answer {
        let change = try vault.catchUp(progress: session.report)
        let isQuiet = change.granted.isEmpty && change.revoked.isEmpty
        return AccessText(
            change, happened: isQuiet ? ["Nobody had to be let in or taken out."] : [],
            readers: AccessText.readers(after: change, in: vault)
        ).answer()
    }
}
