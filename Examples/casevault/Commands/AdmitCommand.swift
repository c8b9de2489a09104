// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault admit`.
enum AdmitCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "admit", summary: "Add a member, with the fingerprint that they read aloud",
        arguments: [ArgumentSpec(name: "CARDFILE", help: "the card they sent", value: .file)],
        options: [
            OptionSpec(
                name: "--fingerprint", valueName: "DIGITS", help: "as the newcomer reads it aloud"),
            OptionSpec(
                name: "--replaces", valueName: "MEMBER", help: "whose lost card this one replaces",
                value: .member),
            OptionSpec(
                name: "--withhold", valueName: "ID",
                help: "a check to keep from the newcomer, or none", repeats: true),
            OptionSpec(
                name: "--show", valueName: "ID",
                help: "a check to show; those not named wait for an answer", repeats: true),
        ],
        notes: [
            "If you can read a check, you are shown the names and asked which must be kept from",
            "the newcomer. Off a terminal --withhold is required then. Scripts that listed the",
            "checks before name each: --show for some, --withhold for others; what has arrived",
            "since stays closed and waits.",
        ], run: run)

    /// Admits a member.
    private static func run(_ session: Session) throws -> Answer {
        let arguments = session.arguments
        let card = try MemberCard(contentsOf: Session.url(arguments.required(0)))
        let vault = try session.vault()
        let old = try arguments["--replaces"].map { try CardID($0) ?? vault.member(named: $0).id }
        let spoken = try session.fingerprint(of: card.name)
        let decisions = try decisions(about: card, vault, session)
        let change = try vault.admit(
            card, confirming: spoken, deciding: decisions, replacing: old,
            progress: session.report)
        Host.say(IntakeCommand.reminder)
        return AccessText(
            change, happened: ["\(Shown.line(card.name)) is a member now."],
            readers: ["members: \(Shown.names(vault.members.map(\.name)))"]
        ).answer([("member", .text(card.name))])
    }

    /// What is decided about each check that is shown here, as named or as asked. What arrives
    /// after this is asked about later.
    private static func decisions(
        about card: MemberCard, _ vault: Vault, _ session: Session
    ) throws -> [ConflictCheck.ID: Visibility] {
        let arguments = session.arguments
        let named = arguments.all("--withhold")
        let checks = vault.checks
        guard named == ["none"] || !named.contains("none") else {
            throw Failure.usage(arguments.command, "Give either ids or none.")
        }
        let kept = named.filter { $0 != "none" }
        if arguments.has("--show") {
            var decisions: [ConflictCheck.ID: Visibility] = [:]
            for id in arguments.all("--show") {
                decisions[try CheckText.find(id, in: vault).id] = .shown
            }
            for id in kept { decisions[try CheckText.find(id, in: vault).id] = .withheld }
            return decisions
        }
        if !named.isEmpty {
            let ids = try kept.map { try CheckText.find($0, in: vault).id }
            return checks.decisions(withholding: Set(ids))
        }
        guard !checks.isEmpty else { return [:] }
        guard Host.canAsk else {
            throw Failure.needsAnswer(
                "Say which checks must be kept from the newcomer.",
                hint: "Give --withhold ID for each of them, or --withhold none.")
        }
        let near = Set(vault.checksThatShareAName(with: card).map(\.id))
        return checks.decisions(withholding: try hidden(from: card, checks, near: near))
    }

    /// Asks which checks are kept, those first with a name that shares a word with the newcomer's;
    /// says what follows, and asks whether that is right.
    private static func hidden(
        from card: MemberCard, _ checks: [ConflictCheck], near: Set<ConflictCheck.ID>
    ) throws -> Set<ConflictCheck.ID> {
        let name = Shown.line(card.name)
        Host.say("These people are named in conflict checks:")
        let listed = Questions.list(
            CheckText.sorted(checks), near: { near.contains($0.id) }, as: CheckText.people)
        while true {
            let kept = try Questions.some(
                of: listed, "Numbers that must be kept from \(name), or none:", none: ["none"])
            let shown = listed.filter { check in !kept.contains { $0.id == check.id } }
            Host.say(summary(name, kept: kept, shown: shown))
            if try Questions.yesOrNo("Is this right?") { return Set(kept.map(\.id)) }
        }
    }

    /// What the newcomer will see, and what not.
    private static func summary(
        _ name: String, kept: [ConflictCheck], shown: [ConflictCheck]
    ) -> String {
        var text = "\(name) will be asked about \(Shown.count(shown.count, "name"))."
        for check in kept {
            text += "\n\(name) will NOT see: \(CheckText.people(check))."
            let same = shown.filter { other in
                other.people.contains { one in check.people.contains { $0.name == one.name } }
            }
            if !same.isEmpty {
                let others = same.count == 1 ? "1 other entry has" : "\(same.count) others have"
                text += " But \(others) the same name, and will be seen."
            }
        }
        return text
    }
}
