// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault check`.
enum CheckCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "check", summary: "Add another reported person to a case",
        arguments: [ArgumentSpec(name: "CASE", help: "its code name", value: .caseName)],
        options: [ReportCommand.about, ReportCommand.withhold],
        notes: ["Everybody is asked again. Present readers stay until they declare a conflict."],
        run: run)

    /// Adds checks.
    private static func run(_ session: Session) throws -> Answer {
        let people = try ReportInput.people(session)
        let vault = try session.vault()
        let item = try vault.case(named: session.arguments.required(0))
        let decisions = try Withholding.members(for: people, vault, session)
        var text = AccessText(AccessChange())
        var added: Set<ConflictCheck.ID> = []
        for person in people {
            let result = try item.addCheck(
                about: person, deciding: decisions, progress: session.report)
            text.join(result.change)
            added.insert(result.id)
        }
        let labels = CaseLabels(vault)
        let checks = vault.checks.filter { added.contains($0.id) }
        text.happened = ["Everybody is asked about the added people."]
        text.readers = [AccessText.readers(of: item, labels)]
        return text.answer([("checks", .list(checks.map { CheckText.json($0) }))])
    }
}
