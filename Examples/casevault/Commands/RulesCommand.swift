// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault rules`.
enum RulesCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "rules", summary: "Show the committee's rules, or change them",
        arguments: [
            ArgumentSpec(
                name: "FILE", help: "the new rules, JSON or a profile; else show them",
                value: .file, isRequired: false)
        ],
        notes: [
            "What is shown can be saved, changed and given back: every field is in it.",
            "Docs/RULES.md lists the fields. Profiles, after published processes:",
        ] + RuleProfiles.names.map { "  " + $0 },
        reads: { $0.positional(0) == nil }, run: run)

    /// Shows or changes.
    private static func run(_ session: Session) throws -> Answer {
        guard let path = session.arguments.positional(0) else {
            return answer(try session.vault())
        }
        let rules = try read(path, session)
        let vault = try session.vault()
        let change = try vault.changeRules(rules)
        // Beside the rules, which can be saved as they are shown.
        let besides = AccessText.besides(change)
        if !besides.isEmpty { Host.say(besides) }
        var changed = answer(vault)
        changed.json += AccessText(change).json
        return changed
    }

    /// Reads a rules file, or a profile by its name where there is no such file; everything in it
    /// must be right.
    static func read(_ path: String, _ session: Session) throws -> Rules {
        if path != "-", !Input.exists(path) {
            if let profile = RuleProfiles.named(path) {
                return try Rules(json: Array(profile.utf8))
            }
            throw Failure(
                code: "fileSystem", message: "There is no such file, and no profile of that name.",
                hint: "Name a file, or one of: \(RuleProfiles.names.joined(separator: ", ")).",
                file: path)
        }
        let bytes = try session.input.read(path, limit: 1 << 20)
        do throws(VaultError) { return try Rules(json: bytes) } catch {
            var failure = Failure(error)
            failure.file = path
            throw failure
        }
    }

    /// The rules with every field, and what was set beside them.
    private static func answer(_ vault: Vault) -> Answer {
        let json = RulesText.json(vault.rules)
        var keys = [("rules", json)]
        let others = vault.rulesSideBySide.map(RulesText.json)
        if !others.isEmpty {
            keys.append(("sideBySide", .list(others)))
            // Beside the rules, which can be saved as they are shown.
            Host.say(RulesText.sideBySide)
            for other in others { Host.say(other.indented) }
        }
        return Answer(json: keys, text: json.indented + "\n")
    }
}
