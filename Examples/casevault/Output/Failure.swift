// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// Why a command did not do what it was asked to, with its exit code.
///
/// Message and hint never hold a reported name, a text of a case or a secret.
struct Failure: Error {
    /// The fixed name for scripts.
    let code: String
    /// What happened, in one sentence.
    let message: String
    /// What to do, in one sentence.
    let hint: String
    /// The file it is about.
    var file: String?
    /// The exit code.
    var exit: Int32 = 1

    /// The value of the key `error`.
    var json: JSONValue {
        var members: [(String, JSONValue)] = [
            ("code", .text(code)), ("message", .text(message)), ("hint", .text(hint)),
        ]
        if let file { members.append(("file", .text(file))) }
        return .object(members)
    }

    /// Wrong usage of a command.
    ///
    /// - Parameters:
    ///   - command: the command.
    ///   - message: what is wrong.
    ///   - suggestion: what may have been meant, as ``Suggestion`` words it.
    /// - Returns: the failure.
    static func usage(
        _ command: CommandSpec, _ message: String, suggestion: String = ""
    ) -> Failure {
        let name = command.name.isEmpty ? "casevault help" : "casevault help \(command.name)"
        return Failure(code: "usage", message: message, hint: "\(suggestion)Run: \(name)", exit: 2)
    }

    /// A verb that there is not.
    static func noSuchCommand(_ word: String) -> Failure {
        let names = CommandTable.all.map(\.name)
        return Failure(
            code: "usage", message: "There is no such command.",
            hint: "\(Suggestion.text(for: word, among: names))Run: casevault help", exit: 2)
    }

    /// A question that cannot be asked here.
    static func needsAnswer(_ message: String, hint: String) -> Failure {
        Failure(code: "needsAnswer", message: message, hint: hint, exit: 2)
    }

    /// Somebody goes back to the list of a session.
    static let back = Failure(
        code: "cancelled", message: "You went back.", hint: "Nothing was changed by it.")

    /// Somebody ends a session.
    static let quit = Failure(
        code: "quit", message: "You ended the session.", hint: "Go on with: casevault")

    /// Input that cannot be used.
    static func badInput(_ message: String, hint: String, file: String? = nil) -> Failure {
        Failure(code: "badInput", message: message, hint: hint, file: file)
    }
}

// MARK: - From the library's errors

extension Failure {
    /// Whatever was thrown, with the exit code that belongs to it.
    init(_ error: any Error) {
        if let failure = error as? Failure {
            self = failure
        } else if let error = error as? VaultError {
            self.init(error)
        } else {
            // Not described: an unknown error's text may quote its input.
            self.init(
                code: "failed", message: "Something failed that should not.",
                hint: "Report this as a bug, without any text of a case.")
        }
    }

    /// An error of the vault.
    private init(_ error: VaultError) {
        let exit: Int32 =
            switch error.code {
            case .damaged, .incomplete: 3
            case .notForYou: 4
            default: 1
            }
        self.init(
            code: error.code.description, message: error.message,
            hint: Self.hints[error.reason.name] ?? error.hint, file: error.file, exit: exit)
    }

    /// What to do with this program, where the library cannot say it.
    private static let hints = [
        "firstLookNeeded": "Run: casevault show CASE",
        "ambiguousMember":
            "Use the member's id, of which casevault members shows the first digits.",
        "onHold": "Lift the hold first, if that is right: casevault hold CASE off.",
        "nothingMissing": "Run: casevault verify, and use a log that it lists as missing.",
        "cannotSealAnswer":
            "Answer as the reporter can be reached; add the text without --sealed.",
    ]

    /// An error in something that came from a file, which the library does not know.
    init(_ error: VaultError, file: String?) {
        self.init(error)
        self.file = self.file ?? file
    }
}
