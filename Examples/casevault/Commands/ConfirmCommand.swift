// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault confirm`.
enum ConfirmCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "confirm", summary: "Say that you compared a member's card with its owner",
        arguments: [
            ArgumentSpec(
                name: "MEMBER", help: "a name, a part of one, or first digits", value: .member,
                isRequired: false)
        ],
        options: [
            OptionSpec(
                name: "--digits", valueName: "DIGITS",
                help: "the fingerprint or the committee code, as they read it"),
            OptionSpec(
                name: "--fingerprint", valueName: "DIGITS", help: "as the member reads it aloud"),
            OptionSpec(
                name: "--code", valueName: "DIGITS", help: "the committee code, as they read it"),
            OptionSpec(
                name: "--all", help: "all members, who read the committee code with you"),
        ],
        notes: [
            "Each of you runs casevault members and reads aloud what it shows. On a terminal",
            "the digits are asked if they are not given.",
        ], run: run)

    /// What is compared.
    private enum Compared {
        case fingerprint
        case code
        case either

        /// The question for it.
        func question(_ name: String?) -> String {
            guard let name else { return "Committee code that the others read aloud:" }
            let who = Shown.line(name)
            return switch self {
            case .fingerprint: "Fingerprint that \(who) reads aloud:"
            case .code: "Committee code that \(who) reads aloud:"
            case .either: "Fingerprint or committee code that \(who) reads aloud:"
            }
        }
    }

    /// Compares and confirms.
    private static func run(_ session: Session) throws -> Answer {
        let arguments = session.arguments
        let options = ["--digits", "--fingerprint", "--code"].filter(arguments.has)
        guard options.count < 2 else {
            throw Failure.usage(
                arguments.command, "Give one of --digits, --fingerprint and --code.")
        }
        guard arguments.has("--all") != (arguments.positional(0) != nil) else {
            throw Failure.usage(arguments.command, "Name a member, or give --all.")
        }
        guard !arguments.has("--all") || options != ["--fingerprint"] else {
            throw Failure.usage(
                arguments.command, "--all takes the committee code: a fingerprint is of one card.")
        }
        let typed = options.first.flatMap { arguments[$0] }
        let vault = try session.vault()
        if arguments.has("--all") { return try all(typed, in: vault) }
        let member = try vault.member(named: arguments.required(0))
        let compared: Compared =
            switch options.first {
            case "--fingerprint": .fingerprint
            case "--code": .code
            default: .either
            }
        var change = AccessChange()
        let failed = try compare(typed, compared, with: member, in: vault) { spoken in
            change =
                switch compared {
                case .fingerprint: try vault.confirm(member.id, fingerprint: spoken)
                case .code: try vault.confirm(member.id, code: spoken)
                case .either: try vault.confirm(member.id, digits: spoken)
                }
        }
        if let failed { return failed }
        let waiting = vault.waiting.filter { $0.member?.id == member.id }
        var text = "You have compared the card of \(Shown.line(member.name)).\n"
        for item in waiting { text += "Waiting: \(AccessText.sentence(item))\n" }
        text += AccessText.besides(change)
        return Answer(
            json: [
                ("member", .text(member.name)), ("waiting", .list(waiting.map(AccessText.item))),
            ] + AccessText(change).jsonOfMoves, text: text)
    }

    /// Confirms everybody by one committee code.
    private static func all(_ typed: String?, in vault: Vault) throws -> Answer {
        let open = vault.members.filter { !$0.isMe && !$0.isConfirmedByMe }
        if open.isEmpty {
            return Answer(
                json: [("members", .list([]))], text: "You have compared everybody's card.\n")
        }
        var change = AccessChange()
        let failed = try compare(typed, .code, with: nil, in: vault) { spoken in
            change = try vault.confirmAll(code: spoken)
        }
        if let failed { return failed }
        return Answer(
            json: [("members", .texts(open.map(\.name)))] + AccessText(change).json,
            text: "You have compared the cards of \(Shown.names(open.map(\.name))).\n"
                + AccessText.besides(change))
    }

    /// Compares what was read aloud. On a terminal a slip is shown, and it is asked again.
    ///
    /// - Parameters:
    ///   - typed: The digits, if they were given.
    ///   - compared: What they are of.
    ///   - member: Who read them; `nil` for all.
    ///   - vault: The vault.
    ///   - confirm: Confirms.
    /// - Returns: The answer if they are others; `nil` if all is done.
    /// - Throws: Whatever stops the act, or the question.
    private static func compare(
        _ typed: String?, _ compared: Compared, with member: Member?, in vault: Vault,
        _ confirm: (SpokenDigits) throws -> Void
    ) throws -> Answer? {
        guard typed != nil || Host.canAsk else {
            throw Failure.needsAnswer(
                "The digits that were read aloud are missing.",
                hint: "Give them with: --digits \"DIGITS\"")
        }
        while true {
            let spoken = try SpokenDigits(
                typed: try typed ?? Questions.line(compared.question(member?.name)))
            do {
                try confirm(spoken)
                return nil
            } catch let error as VaultError where error.code == .fingerprintMismatch {
                let differs = groups(of: spoken, unlike: compared, of: member, in: vault)
                // Where most are others, these are other digits, and no slip.
                guard typed == nil, differs.count <= 2 else {
                    let json = JSONValue.list(differs.map { .number($0) })
                    return Answer(json: [("differs", json)], text: "", failure: Failure(error))
                }
                let which = differs.map { "\($0)" }.joined(separator: " and ")
                Host.say(
                    "Group \(which) of the eight differs. Read and type them once more. If the same "
                        + "group differs again, the cards are not the same: stop.")
            }
        }
    }

    /// Which groups of digits differ; of the two that can be meant, from the nearer one.
    private static func groups(
        of spoken: SpokenDigits, unlike compared: Compared, of member: Member?, in vault: Vault
    ) -> [Int] {
        var found: [[Int]] = []
        if compared != .code, let member {
            found.append(spoken.groups(unlike: member.fingerprint))
        }
        if compared != .fingerprint, let code = vault.code {
            found.append(spoken.groups(unlike: code))
        }
        return found.min { $0.count < $1.count } ?? []
    }
}

extension Session {
    /// The fingerprint that somebody read aloud: from the option, or asked on the terminal.
    func fingerprint(of name: String, typed: String? = nil) throws -> SpokenDigits {
        if let typed = typed ?? arguments["--fingerprint"] {
            return try SpokenDigits(typed: typed)
        }
        guard Host.canAsk else {
            throw Failure.needsAnswer(
                "The fingerprint that the owner of the card reads aloud is missing.",
                hint: "Give it with: --fingerprint \"DIGITS\"")
        }
        return try SpokenDigits(
            typed: Questions.line("Fingerprint that \(Shown.line(name)) reads aloud:"))
    }
}
