// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// From whom names are kept: as named with `--withhold`, and asked when a name is a member's.
enum Withholding {
    /// The members to keep `people` from.
    ///
    /// A reported person who is called like a member has to be thought about: their own name in a
    /// check would tell them that somebody reported them.
    static func members(
        for people: [ReportedPerson], _ vault: Vault, _ session: Session
    ) throws -> Set<CardID> {
        let named = session.arguments.all("--withhold")
        guard named.count <= 1 || !named.contains("none") else {
            throw Failure.usage(session.arguments.command, "Give either members or none.")
        }
        if named == ["none"] { return [] }
        var hidden = Set(try named.map { try vault.member(named: $0).id })
        for person in people {
            for name in [person.name] + person.aliases {
                guard let member = try member(called: name, vault), !member.isMe,
                    !hidden.contains(member.id)
                else { continue }
                guard Host.canAsk else { throw unclear }
                let shown = Shown.line(member.name)
                let question = "\(shown) is a member. Keep this report from \(shown)?"
                if try Questions.yesOrNo(question) { hidden.insert(member.id) }
            }
        }
        return hidden
    }

    /// The member of a name; several of one name have to be told apart by the caller.
    private static func member(called name: String, _ vault: Vault) throws -> Member? {
        do throws(VaultError) { return try vault.member(named: name) } catch {
            if error.code == .ambiguousName { throw unclear }
            return nil
        }
    }

    /// A question that needs an answer. It names nobody: the name is a reported one.
    private static let unclear = Failure.needsAnswer(
        "A reported person is called like a member of the committee.",
        hint: "Keep it from them with --withhold MEMBER, or say --withhold none.")
}
