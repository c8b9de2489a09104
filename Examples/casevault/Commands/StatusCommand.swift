// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault` without a verb: what waits for me.
enum StatusCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "", summary: "Show what waits for you; on a terminal offer to do it, and lead",
        notes: [
            "On a terminal it asks about everything that waits, one question after another, and then",
            "what you want to do. back at a question, or Control-C, goes back to that list; quit ends.",
        ],
        reads: { _ in true }, run: run)

    /// Shows what waits, and offers to do it.
    private static func run(_ session: Session) throws -> Answer {
        // The warning is part of the answer.
        let vault = try session.vault(warns: false)
        let status = answer(vault)
        guard Host.canAsk, !session.isJSON else { return status }
        try Host.write(status.text)
        try LeadingSession(session: session, vault: vault).run()
        return Answer(json: status.json, text: "")
    }

    /// What waits.
    static func answer(_ vault: Vault) -> Answer {
        let checks = vault.unansweredChecks
        let offers = vault.offers
        let waiting = vault.waiting
        let due = DueText(vault)
        let warnings = warnings(vault, waiting)
        var lines = ["\(Shown.line(vault.committee ?? "Guest")): \(Shown.line(vault.me.name))"]
        lines += warnings.map { "Warning: " + $0 }
        lines += due.lines(atMost: 10)
        // Last, so that they are in sight on a full screen.
        lines += checks.map { CheckText.question($0) }
        lines += offers.map { "To do: " + sentence($0) }
        if checks.isEmpty, offers.isEmpty, due.lines.isEmpty {
            lines.append("Nothing waits for you.")
        }
        return Answer(
            json: [
                ("checks", .list(checks.map { CheckText.json($0) })),
                ("offers", .list(offers.map(json))), ("due", due.json),
                ("warnings", .texts(warnings)), ("waiting", .list(waiting.map(AccessText.item))),
            ], text: lines.joined(separator: "\n") + "\n")
    }

    /// What people should know.
    private static func warnings(_ vault: Vault, _ waiting: [Waiting]) -> [String] {
        var warnings: [String] = []
        if vault.isNewOnThisComputer { warnings.append(Session.newHere(vault)) }
        warnings += vault.folderWarnings
        if !vault.rulesSideBySide.isEmpty {
            warnings.append(
                "Members changed the rules without knowing of each other: see casevault rules.")
        }
        let needs: Set<Waiting.Need> = [
            .moreReaders, .question, .anotherOrganizer, .arrival, .closedOrMissing,
        ]
        for item in waiting where needs.contains(item.need) {
            warnings.append(AccessText.sentence(item))
        }
        return warnings
    }

    /// An offer as JSON.
    private static func json(_ offer: Offer) -> JSONValue {
        var members: [(String, JSONValue)] = [("act", .text(offer.act.rawValue))]
        if let name = offer.codeName { members.append(("case", .text("\(name)"))) }
        if let member = offer.member { members.append(("member", .text(member.name))) }
        return .object(members)
    }

    /// An offer in a sentence.
    private static func sentence(_ offer: Offer) -> String {
        let who = offer.member.map { Shown.line($0.name) } ?? "somebody"
        let place = offer.codeName.map { "\($0)" } ?? "a case"
        return switch offer.act {
        case .declare: "answer the conflict checks (casevault declare)"
        case .confirm: "compare the card of \(who) (casevault confirm)"
        case .decideOpening: "say whether \(who) may be shown a name (casevault open)"
        case .grant: "let \(who) into \(place) (casevault catch-up)"
        case .openRow: "show a row of the register to \(who) (casevault catch-up)"
        case .erase: "erase what is still there of \(place) (casevault erase)"
        case .reseal: "bring the folder up to date; there is nothing to decide (casevault catch-up)"
        }
    }
}
