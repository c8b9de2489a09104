// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault intake`.
enum IntakeCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "intake", summary: "Write or check the page on which reports are sealed",
        arguments: [
            ArgumentSpec(name: "ACT", help: "page or check", value: .choice(["page", "check"])),
            ArgumentSpec(
                name: "FILE", help: "with check: the page as it comes from the site", value: .file,
                isRequired: false),
        ],
        options: [
            OptionSpec(
                name: "--output", valueName: "FILE", help: "with page: the new file", value: .file),
            OptionSpec(
                name: "--members", valueName: "MEMBER",
                help: "with page: who takes in reports; else everybody", value: .member,
                repeats: true),
            OptionSpec(
                name: "--contacts", valueName: "FILE",
                help: "with page: a line for each member: name; address; a word", value: .file),
            OptionSpec(
                name: "--until", valueName: "D", help: "with page: its last day, YYYY-MM-DD",
                value: .day),
            OptionSpec(
                name: "--tweetnacl", valueName: "FILE",
                help: "nacl-fast.js; else as the package node-tweetnacl has it", value: .file),
        ],
        notes: [
            "Put the page on your site, or hand it out. It names its members and has their public",
            "keys, and nothing else of the vault. Write it again when members come or go. Check",
            "from time to time, from another computer, what the site really gives out.",
        ], run: run)

    /// Writes or checks.
    private static func run(_ session: Session) throws -> Answer {
        let isPage = try session.arguments.required(0) == "page"
        let arguments = session.arguments
        let pageOptions = ["--output", "--members", "--contacts", "--until"]
        func require(_ isFine: Bool, _ message: String) throws {
            if !isFine { throw Failure.usage(arguments.command, message) }
        }
        if isPage {
            try require(arguments.positional(1) == nil, "page takes no FILE, but --output FILE.")
            return try page(session)
        }
        for option in pageOptions { try require(!arguments.has(option), "\(option) is for page.") }
        try require(arguments.positional(1) != nil, "check needs a FILE.")
        return try check(session)
    }

    // MARK: - Writing

    /// Writes a page.
    private static func page(_ session: Session) throws -> Answer {
        let arguments = session.arguments
        guard arguments.has("--output") else {
            throw Failure.usage(arguments.command, "page needs --output FILE.")
        }
        let vault = try session.vault()
        let named = try arguments.all("--members").map { try vault.member(named: $0).id }
        let contacts = try contacts(vault, session)
        let page = try vault.intakePage(
            for: named.isEmpty ? nil : Set(named), contacts: contacts,
            until: arguments["--until"].flatMap { Day($0) },
            tweetNaCl: arguments["--tweetnacl"].map(Session.url))
        guard let path = session.outputFile else {
            try Host.write(page.html)
            return Answer(json: [], text: "")
        }
        let file = Session.absolute(path)
        try PlainFile.save(page.html, to: Session.url(file))
        let known = Set(contacts.filter { !$0.address.isEmpty }.map(\.member))
        let chosen = vault.members.filter { named.isEmpty || named.contains($0.id) }
        let silent = chosen.filter { !known.contains($0.id) }.map(\.name)
        if !silent.isEmpty {
            Host.warn(
                "The page has no address for \(Shown.names(silent)). Give them with --contacts.")
        }
        return Answer(
            json: [
                ("file", .text(file)), ("members", .texts(page.members)),
                ("withoutAddress", .texts(silent)),
            ],
            text: "Saved: \(Shown.line(file))\nReports can be sealed to: "
                + "\(Shown.names(page.members))\n")
    }

    /// The members' addresses, one member a line.
    private static func contacts(
        _ vault: Vault, _ session: Session
    ) throws -> [IntakePage.Contact] {
        guard let path = session.arguments["--contacts"] else { return [] }
        let text = try ReportInput.text(
            session.input.read(path, limit: 1 << 20), from: path)
        var contacts: [IntakePage.Contact] = []
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ";", maxSplits: 2, omittingEmptySubsequences: false)
                .map { part in
                    String(
                        part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace)
                            .reversed())
                }
            guard let name = parts.first, !name.isEmpty, !name.hasPrefix("#") else { continue }
            contacts.append(
                IntakePage.Contact(
                    member: try vault.member(named: name).id,
                    address: parts.count > 1 ? parts[1] : "", word: parts.count > 2 ? parts[2] : "")
            )
        }
        return contacts
    }

    // MARK: - Checking

    /// Checks a page.
    private static func check(_ session: Session) throws -> Answer {
        let path = try session.arguments.required(1)
        let bytes = try session.input.read(path, limit: 4 << 20)
        let vault = try session.vault()
        let check = try vault.checkIntakePage(
            bytes, tweetNaCl: session.arguments["--tweetnacl"].map(Session.url))
        var text =
            check.isUnchanged
            ? "The page is as this program writes it.\n"
            : "The page is not as this program writes it: it was changed, or another release "
                + "wrote it. What it says it does cannot be relied on.\n"
        text += "It seals to:\n"
        for item in check.sealsTo {
            let address = item.address.isEmpty ? "no address" : Shown.line(item.address)
            text += "  \(Shown.name(item.name)) (\(address)): \(sentence(item.state))\n"
        }
        if !check.missing.isEmpty {
            text += "Members who are not on it: \(Shown.names(check.missing))\n"
        }
        if let until = check.until {
            text += check.isOver ? "Its last day is over: \(until)\n" : "Its last day: \(until)\n"
        }
        var answer = Answer(
            json: [
                ("isUnchanged", .flag(check.isUnchanged)),
                (
                    "sealsTo",
                    .list(
                        check.sealsTo.map {
                            .object([
                                ("name", .text($0.name)), ("address", .text($0.address)),
                                ("state", .text($0.state.rawValue)),
                            ])
                        })
                ),
                ("missing", .texts(check.missing)),
                ("until", .optional(check.until.map { "\($0)" })),
            ], text: text)
        if !check.isGood {
            answer.failure = Failure(
                code: "pageDiffers", message: "The page should not stay as it is.",
                hint: "Write a new one with casevault intake page, and put it in its place.")
        }
        return answer
    }

    /// Who somebody on the page is.
    private static func sentence(_ state: IntakePageCheck.State) -> String {
        switch state {
        case .member: "a member"
        case .otherName: "a member, under another name"
        case .formerMember: "is no member any more"
        case .stranger: "is unknown to this vault"
        }
    }

    /// What to say when members come or go.
    static let reminder =
        "If you have a page for sealed reports, write it again: casevault intake page"
}
