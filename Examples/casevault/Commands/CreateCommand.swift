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
                name: "--rules", valueName: "FILE",
                help: "the committee's rules: JSON, or a profile by its name", value: .file),
            OptionSpec(
                name: "--member", valueName: "CARDFILE",
                help: "the card of somebody who is a member from the start", value: .file,
                repeats: true),
            OptionSpec(
                name: "--fingerprint", valueName: "DIGITS",
                help: "as the owner of that card reads it aloud; in the order of the cards",
                repeats: true),
        ],
        notes: [
            "The folder is --vault or CASEVAULT_DIR, else the current one. It is made if missing."
        ],
        run: run)

    /// The other first members: each card with the digits that its owner read aloud.
    private static func members(
        _ session: Session
    ) throws -> [(card: MemberCard, spoken: SpokenDigits)] {
        let cards = session.arguments.all("--member")
        let typed = session.arguments.all("--fingerprint")
        guard typed.isEmpty || typed.count == cards.count else {
            throw Failure.usage(
                session.arguments.command, "Give --fingerprint as often as --member, or never.")
        }
        return try cards.enumerated().map { number, path in
            let card = try MemberCard(contentsOf: Session.url(path))
            let digits = typed.isEmpty ? nil : typed[number]
            return (card, try session.fingerprint(of: card.name, typed: digits))
        }
    }

    /// Founds a vault.
    private static func run(_ session: Session) throws -> Answer {
        let rules =
            try session.arguments["--rules"].map { try RulesCommand.read($0, session) } ?? .standard
        let folder = session.newVaultFolder
        let committee = try session.arguments.required(0)
        try session.askAbout(Vault.clockDoubt)
        let others = try members(session)
        let vault = try Vault.create(
            at: Session.url(folder), committee: committee, founder: session.key(), with: others,
            rules: rules)
        let name = vault.committee ?? committee
        let code = vault.code.map { "\($0)" }
        return Answer(
            json: [
                ("vault", .text(folder)), ("committee", .text(name)),
                ("code", .optional(code)),
            ],
            text: """
                Vault of \(Shown.line(name)): \(Shown.line(folder))
                \(others.isEmpty
                    ? "You are its only member, and nobody else can read it."
                    : "members: \(Shown.names(vault.members.map(\.name)))")
                Committee code: \(code ?? "")

                """)
    }
}
