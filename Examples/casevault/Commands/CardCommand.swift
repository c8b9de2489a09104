// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault card`.
enum CardCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "card", summary: "Show your card, and the fingerprint to read aloud", run: run)

    /// Shows the card.
    private static func run(_ session: Session) throws -> Answer {
        let card = try session.key().card
        if !session.isJSON { Host.say("Fingerprint: \(card.fingerprint)") }
        return Answer(
            json: [
                ("card", .text(card.text)), ("name", .text(card.name)),
                ("fingerprint", .text("\(card.fingerprint)")), ("id", .text("\(card.id)")),
            ], text: card.text + "\n")
    }
}
