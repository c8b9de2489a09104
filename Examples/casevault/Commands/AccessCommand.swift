// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault access`: who reads a case, and changes by hand.
enum AccessCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "access", summary: "Show who reads a case and why, or change it by hand",
        arguments: [
            ArgumentSpec(name: "CASE", help: "its code name", value: .caseName),
            ArgumentSpec(
                name: "ACTION", help: "grant, revoke, recuse or unlink",
                value: .choice(["grant", "revoke", "recuse", "unlink"]), isRequired: false),
            ArgumentSpec(
                name: "MEMBER",
                help: "a name or digits; grant: or a guest's card file; unlink: a check's id",
                value: .member, isRequired: false),
        ],
        options: [
            OptionSpec(
                name: "--fingerprint", valueName: "DIGITS",
                help: "of a guest's card, as the guest reads it aloud")
        ],
        notes: [
            "recuse takes you out. grant lifts an earlier removal. A guest reads this case only",
            "and is asked the conflict checks first. unlink takes a check off that was added to",
            "the case: give at least 8 digits of its id.",
        ], reads: { $0.positional(1) == nil }, run: run)

    /// Shows or changes.
    private static func run(_ session: Session) throws -> Answer {
        let arguments = session.arguments
        let action = arguments.positional(1)
        let who = arguments.positional(2)
        guard (who != nil) == (action.map { $0 != "recuse" } ?? false) else {
            throw Failure.usage(
                arguments.command,
                who == nil ? "The argument MEMBER is missing." : "There are too many arguments.")
        }
        let vault = try session.vault()
        let item = try vault.case(named: arguments.required(0))
        guard let action else { return try show(item, vault) }
        let change: AccessChange
        switch (action, who) {
        case ("grant", let who?): change = try grant(who, item, vault, session)
        case ("revoke", let who?):
            change = try item.revokeAccess(
                of: reader(who, item, vault), progress: session.report)
        case ("unlink", let id?):
            change = try item.removeCheck(
                CheckText.find(id, in: vault).id, progress: session.report)
        default: change = try item.recuse()
        }
        // A guest is asked first, like everybody; nobody was let in or out.
        let asked = change.waiting.first { $0.need == .declaration }?.member
        let isAsked = (change.granted + change.revoked).allSatisfy { $0.codeName == nil }
        let guest = isAsked ? asked.map { "\(Shown.line($0.name)) is a guest and is asked." } : nil
        return AccessText(
            change, happened: guest.map { [$0] } ?? [],
            readers: AccessText.readers(after: change, in: vault)
        ).answer()
    }

    /// Lets a member in, or asks a guest in if the word is a file and no member.
    private static func grant(
        _ who: String, _ item: Case, _ vault: Vault, _ session: Session
    ) throws -> AccessChange {
        let path = Session.absolute(who)
        let member: Member?
        do throws(VaultError) {
            member = session.arguments.has("--fingerprint") ? nil : try vault.member(named: who)
        } catch {
            guard error.code == .unknownName, Input.exists(path) else { throw error }
            member = nil
        }
        if let member { return try item.grantAccess(to: member.id, progress: session.report) }
        let card = try MemberCard(contentsOf: Session.url(path))
        let spoken = try session.fingerprint(of: card.name)
        return try item.invite(card, confirming: spoken, progress: session.report)
    }

    /// A reader by name, or a guest who is asked: also one who is not, or no longer, on the roster.
    private static func reader(_ who: String, _ item: Case, _ vault: Vault) throws -> CardID {
        func named(_ cards: [MemberCard]) -> CardID? {
            let named = cards.filter { $0.name == who || "\($0.id)" == who }
            return named.count == 1 ? named[0].id : nil
        }
        if let id = try named(item.readers) ?? named(item.access().others.map(\.member)) {
            return id
        }
        return try vault.member(named: who).id
    }

    /// Shows who reads a case and why the others do not.
    private static func show(_ item: Case, _ vault: Vault) throws -> Answer {
        let access = try item.access()
        let readers = access.readers.map { reader in
            var members: [(String, JSONValue)] = [
                ("member", .text(reader.member.name)), ("since", .text("\(reader.since)")),
                ("grantedBy", .text(reader.grantedBy.name)),
            ]
            if reader.isGuest { members.append(("guest", .flag(true))) }
            return JSONValue.object(members)
        }
        let others = access.others.map {
            JSONValue.object([
                ("member", .text($0.member.name)), ("state", .text($0.state.rawValue)),
            ])
        }
        var text = "\(CaseLabels(vault).label(item))\n"
        for reader in access.readers {
            text += "  \(Shown.name(reader.member.name)) reads since \(reader.since), "
            text += "let in by \(Shown.name(reader.grantedBy.name))"
            text += reader.isGuest ? " (guest)\n" : "\n"
        }
        for other in access.others {
            text += "  \(Shown.name(other.member.name)) does not: \(sentence(other.state))\n"
        }
        if access.needsAnotherOrganizer {
            text += AccessText.sentence(anotherOrganizerIn: CaseLabels(vault).label(item)) + "\n"
        }
        return Answer(
            json: [
                ("case", .text(CaseLabels(vault).label(item))), ("readers", .list(readers)),
                ("others", .list(others)),
                ("needsAnotherOrganizer", .flag(access.needsAnotherOrganizer)),
            ], text: text)
    }

    /// Why somebody does not read a case.
    private static func sentence(_ state: AccessReport.State) -> String {
        switch state {
        case .conflict: "declared a conflict"
        case .noAnswer: "has not answered every check"
        case .unconfirmed: "declared no conflict; you have not compared the card"
        case .revoked: "was taken out"
        case .recused: "stepped back"
        case .withheld: "a check is not shown to them"
        case .ready: "is let in by the next catching up"
        }
    }
}
