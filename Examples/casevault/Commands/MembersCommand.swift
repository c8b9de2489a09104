// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault members`.
enum MembersCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "members", summary: "Show the members and whom you have compared",
        reads: { _ in true }, run: run)

    /// Lists the members.
    private static func run(_ session: Session) throws -> Answer {
        let vault = try session.vault()
        let code = vault.code.map { "\($0)" }
        let json = vault.members.map { member in
            JSONValue.object([
                ("name", .text(member.name)), ("id", .text("\(member.id)")),
                ("fingerprint", .text("\(member.fingerprint)")),
                ("confirmedByMe", .flag(member.isConfirmedByMe)),
                ("hasPower", .flag(member.hasPower)),
                ("needsComparison", .flag(member.needsComparison)),
                ("since", .text("\(member.since)")),
            ])
        }
        let rows = vault.members.map { member in
            let state = member.isMe ? "you" : member.isConfirmedByMe ? "compared" : "not compared"
            return [
                Shown.name(member.name), "\(member.since)", state,
                member.hasPower ? "decides" : "needs comparison", "\(member.fingerprint)",
                String("\(member.id)".prefix(8)),
            ]
        }
        let table = Shown.table(["NAME", "SINCE", "STATE", "WHO IS IN", "FINGERPRINT", "ID"], rows)
        return Answer(
            json: [("members", .list(json)), ("code", .optional(code))],
            text: table + (code.map { "Committee code: \($0)\n" } ?? ""))
    }
}
