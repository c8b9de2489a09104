// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault hold`.
enum HoldCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "hold", summary: "Keep a case from being erased, or lift that",
        arguments: [
            ArgumentSpec(name: "CASE", help: "its code name", value: .caseName),
            ArgumentSpec(
                name: "on|off", help: "on: nothing of the case may be erased",
                value: .choice(["on", "off"])),
        ], run: run)

    /// Sets or lifts the hold.
    private static func run(_ session: Session) throws -> Answer {
        let isOn = try session.arguments.required(1) == "on"
        let vault = try session.vault()
        let item = try vault.case(named: session.arguments.required(0))
        let change = try item.setHold(isOn)
        let labels = CaseLabels(vault)
        let label = labels.label(item)
        let text =
            isOn
            ? "\(label) is on legal hold: nothing of it may be erased."
            : "\(label) is not on legal hold."
        return Answer(
            json: [("case", .text(label)), ("isOnHold", .flag(isOn))] + AccessText(change).json,
            text: "\(text)\nWho can read it now:\n  \(AccessText.readers(of: item, labels))\n"
                + AccessText.besides(change))
    }
}
