// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault key`: a new key file, or one from the printed backup.
enum KeyCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "key", summary: "Make your key file and card, or restore them",
        arguments: [
            ArgumentSpec(
                name: "NAME", help: "your name, as colleagues will see it", isRequired: false)
        ],
        options: [
            OptionSpec(name: "--no-passphrase", help: "leave the key file unprotected"),
            OptionSpec(
                name: "--from-backup", help: "restore from the printed backup, on standard input"),
            OptionSpec(
                name: "--change-passphrase",
                help: "seal your key file anew under another passphrase"),
            OptionSpec(
                name: "--new-passphrase-fd", valueName: "N",
                help: "with --change-passphrase: read the new one from a descriptor",
                value: .number(atLeast: 0)),
            OptionSpec(name: "--show-backup", help: "show the printed backup of your key again"),
        ],
        notes: [
            "The printed backup is the key: lock it away. --show-backup shows it again.",
            "An existing key file is never replaced. After --change-passphrase the old passphrase",
            "still opens copies of the old file.",
        ], run: run)

    /// Makes or restores a key.
    private static func run(_ session: Session) throws -> Answer {
        let arguments = session.arguments
        let file = try session.keyFile()
        let changes = arguments.has("--change-passphrase")
        if changes || arguments.has("--show-backup") {
            guard arguments.positional(0) == nil, !arguments.has("--from-backup"),
                changes != arguments.has("--show-backup")
            else {
                throw Failure.usage(
                    arguments.command,
                    "Give one of NAME, --from-backup, --change-passphrase and --show-backup.")
            }
            return changes ? try changePassphrase(session, file) : try showBackup(session, file)
        }
        guard !arguments.has("--new-passphrase-fd") else {
            throw Failure.usage(
                arguments.command, "--new-passphrase-fd needs --change-passphrase.")
        }
        guard (arguments.positional(0) != nil) != arguments.has("--from-backup") else {
            throw Failure.usage(arguments.command, "Give either NAME or --from-backup.")
        }
        guard !Input.exists(file) else {
            throw Failure(
                code: "alreadyExists", message: "The file is there already.",
                hint: "Choose another name, or move the old file away first.", file: file)
        }
        // The name is checked before a passphrase is asked for.
        let made = try arguments.positional(0).map { try MemberKey.generate(name: $0) }
        let passphrase = try passphrase(session, for: arguments.positional(0))
        let key = try made ?? restored(session)
        try key.save(to: Session.url(file), passphrase: passphrase)
        let backup = made.map { PrintedBackup(of: $0).text }
        var answer = answer(key.card, file: file, backup: backup)
        if backup != nil {
            answer.unshown = Failure(
                code: "backupNotShown",
                message: "The key was made, and its printed backup was not shown.",
                hint: "Show it with: casevault key --show-backup", file: file)
        }
        return answer
    }

    /// Shows the backup of a key that is there.
    private static func showBackup(_ session: Session, _ file: String) throws -> Answer {
        let key = try session.key()
        return answer(key.card, file: file, backup: PrintedBackup(of: key).text)
    }

    /// Seals the key file anew.
    private static func changePassphrase(_ session: Session, _ file: String) throws -> Answer {
        let arguments = session.arguments
        var old: Passphrase?
        let key = try MemberKey(contentsOf: Session.url(file)) {
            let given = try session.passphrase()
            old = given
            return given
        }
        let new = try newPassphrase(session, arguments, for: key.card.name)
        try key.changePassphrase(of: Session.url(file), from: old, to: new)
        return answer(key.card, file: file, backup: nil)
    }

    /// The passphrase that the key file gets; `nil` for none.
    private static func newPassphrase(
        _ session: Session, _ arguments: Arguments, for name: String
    ) throws -> Passphrase? {
        let descriptor = arguments.number("--new-passphrase-fd")
        if arguments.has("--no-passphrase") {
            guard descriptor == nil else {
                throw Failure.usage(
                    arguments.command, "Give either a new passphrase or --no-passphrase.")
            }
            Host.warn("Whoever gets this key file can use it: it has no passphrase.")
            return nil
        }
        if let descriptor {
            let passphrase = try session.input.passphrase(fromDescriptor: descriptor)
            if let weakness = passphrase.weakness(for: name) { Host.warn(Shown.why(weakness)) }
            return passphrase
        }
        guard Host.canAsk else {
            throw Failure.needsAnswer(
                "A new passphrase is needed, and there is no terminal to ask on.",
                hint: "Give it with --new-passphrase-fd N, or use --no-passphrase.")
        }
        return try Questions.newPassphrase(for: name)
    }

    /// The passphrase of the new file; `nil` for none.
    private static func passphrase(_ session: Session, for name: String?) throws -> Passphrase? {
        let descriptor = session.arguments.number("--passphrase-fd")
        if session.arguments.has("--no-passphrase") {
            guard descriptor == nil else {
                throw Failure.usage(
                    session.arguments.command, "Give either a passphrase or --no-passphrase.")
            }
            Host.warn("Whoever gets this key file can use it: it has no passphrase.")
            return nil
        }
        if let descriptor {
            let passphrase = try session.input.passphrase(fromDescriptor: descriptor)
            if let weakness = passphrase.weakness(for: name) { Host.warn(Shown.why(weakness)) }
            return passphrase
        }
        guard Host.canAsk else {
            throw Failure.needsAnswer(
                "The key file needs a passphrase, and there is no terminal to ask on.",
                hint: "Give it with --passphrase-fd N, or use --no-passphrase.")
        }
        return try Questions.newPassphrase(for: name)
    }

    /// The key of a printed backup.
    private static func restored(_ session: Session) throws -> MemberKey {
        guard Host.canAsk else {
            let bytes = try session.input.standardInput(limit: 16 << 10)
            return try PrintedBackup.restore(contents: bytes)
        }
        let name = try Questions.line("Name on the printed backup:")
        return try PrintedBackup.restore(
            name + "\n" + Questions.secretLine("Code on the printed backup:"))
    }

    /// What a new key file is answered with.
    private static func answer(_ card: MemberCard, file: String, backup: String?) -> Answer {
        var json: [(String, JSONValue)] = [
            ("key", .text(file)), ("card", .text(card.text)),
            ("fingerprint", .text("\(card.fingerprint)")),
        ]
        var text = """
            Key file: \(Shown.line(file))
            Card, to send to a colleague:
            \(card.text)
            Fingerprint, to read aloud to them: \(card.fingerprint)

            """
        if let backup {
            json.append(("backup", .text(backup)))
            text += """
                Printed backup. Print it or write it down, and lock it away:
                \(Shown.block(backup))

                """
        }
        return Answer(json: json, text: text)
    }
}
