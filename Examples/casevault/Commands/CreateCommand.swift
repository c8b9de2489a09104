// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault create`.
enum CreateCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "create", summary: "Found a vault in an empty folder",
        arguments: [ArgumentSpec(name: "COMMITTEE", help: "the committee's name")],
        options: [
            OptionSpec(
                name: "--rules", valueName: "FILE", help: "the committee's rules, JSON",
                value: .file)
        ],
        notes: [
            "The folder is --vault or CASEVAULT_DIR, else the current one. It is made if missing."
        ],
        run: run)

    /// Founds a vault.
    private static func run(_ session: Session) throws -> Answer {
        let rules =
            try session.arguments["--rules"].map { try RulesCommand.read($0, session) } ?? .standard
        let folder = session.newVaultFolder
        let committee = try session.arguments.required(0)
        try session.askAbout(Vault.clockDoubt)
        let vault = try Vault.create(
            at: Session.url(folder), committee: committee, founder: session.key(), rules: rules)
        let name = vault.committee ?? committee
        let code = vault.code.map { "\($0)" }
        return Answer(
            json: [
                ("vault", .text(folder)), ("committee", .text(name)),
                ("code", .optional(code)),
            ],
            text: """
                Vault of \(Shown.line(name)): \(Shown.line(folder))
                You are its only member, and nobody else can read it.
                Committee code: \(code ?? "")

                """)
    }
}
