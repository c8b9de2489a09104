// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// From whom names are kept: as named with `--withhold`, else always asked.
enum Withholding {
    /// What is decided about each member: whether `people` are kept from them.
    ///
    /// A reported person can be a member, or close to one, and nobody but a person knows: their
    /// own name in a check would tell them that somebody reported them.
    static func members(
        for people: [ReportedPerson], _ vault: Vault, _ session: Session
    ) throws -> [CardID: Visibility] {
        // Whoever becomes a member after this is decided about later.
        let shown = vault.members
        return shown.decisions(withholding: try hidden(for: people, shown, vault, session))
    }

    /// From whom it is kept.
    private static func hidden(
        for people: [ReportedPerson], _ shown: [Member], _ vault: Vault, _ session: Session
    ) throws -> Set<CardID> {
        let named = session.arguments.all("--withhold")
        guard named.count <= 1 || !named.contains("none") else {
            throw Failure.usage(session.arguments.command, "Give either members or none.")
        }
        if named == ["none"] { return [] }
        if !named.isEmpty { return Set(try named.map { try vault.member(named: $0).id }) }
        let others = shown.filter { !$0.isMe }
        // Alone there is nobody to keep it from.
        guard !others.isEmpty else { return [] }
        guard Host.canAsk else { throw unclear }
        return try asked(others, near: Set(vault.membersWhoShareAName(with: people).map(\.id)))
    }

    /// Asks, with those first whose name shares a word with a reported one.
    static func asked(_ others: [Member], near: Set<CardID>) throws -> Set<CardID> {
        Host.say("Is one of these people on the committee, or close to a member?")
        let listed = Questions.list(
            others, near: { near.contains($0.id) }, as: { Shown.line($0.name) })
        let kept = try Questions.some(
            of: listed, "Keep it from (numbers, or nobody):", none: ["nobody", "none", "no"])
        return Set(kept.map(\.id))
    }

    /// A question that needs an answer. It names nobody: the name is a reported one.
    static let unclear = Failure.needsAnswer(
        "It is not said whether a reported person is on the committee, or close to a member.",
        hint: "Keep it from them with --withhold MEMBER, or say --withhold none.")
}
