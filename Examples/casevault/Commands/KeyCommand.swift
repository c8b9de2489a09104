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
        ],
        notes: [
            "The printed backup is shown once. It is the key: lock it away.",
            "An existing key file is never replaced.",
        ], run: run)

    /// Makes or restores a key.
    private static func run(_ session: Session) throws -> Answer {
        let arguments = session.arguments
        let file = session.keyFile
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
        let passphrase = try passphrase(session)
        let key = try made ?? restored(session)
        try key.save(to: Session.url(file), passphrase: passphrase)
        let backup = made.map { PrintedBackup(of: $0).text }
        return answer(key.card, file: file, backup: backup)
    }

    /// The passphrase of the new file; `nil` for none.
    private static func passphrase(_ session: Session) throws -> Passphrase? {
        let descriptor = session.arguments.number("--passphrase-fd")
        if session.arguments.has("--no-passphrase") {
            guard descriptor == nil else {
                throw Failure.usage(
                    session.arguments.command, "Give either a passphrase or --no-passphrase.")
            }
            Host.warn("Whoever gets this key file can use it: it has no passphrase.")
            return nil
        }
        if let descriptor { return try session.input.passphrase(fromDescriptor: descriptor) }
        guard Host.canAsk else {
            throw Failure.needsAnswer(
                "The key file needs a passphrase, and there is no terminal to ask on.",
                hint: "Give it with --passphrase-fd N, or use --no-passphrase.")
        }
        return try Questions.newPassphrase()
    }

    /// The key of a printed backup.
    private static func restored(_ session: Session) throws -> MemberKey {
        guard Host.canAsk else {
            let bytes = try session.input.standardInput(limit: 16 << 10)
            return try PrintedBackup.restore(String(decoding: bytes, as: UTF8.self))
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
                Printed backup, shown only now. Print it or write it down, and lock it away:
                \(Shown.block(backup))

                """
        }
        return Answer(json: json, text: text)
    }
}
