// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault
private import CaseVaultBridge

/// Questions on the terminal.
enum Questions {
    /// Asks for a line. An empty answer is asked again: Enter alone never is an answer.
    static func line(_ question: String) throws -> String {
        while true {
            let answer = try asking { () throws(TerminalError) in
                try Terminal.readLine(prompt: question + " ")
            }
            let trimmed = answer.drop(while: \.isWhitespace).reversed()
                .drop(while: \.isWhitespace).reversed()
            if !trimmed.isEmpty { return String(trimmed) }
        }
    }

    /// Asks for lines until an empty one; at least one.
    static func lines(_ question: String) throws -> [String] {
        Host.say(question)
        var lines: [String] = []
        while true {
            let line = try asking { () throws(TerminalError) in try Terminal.readLine(prompt: "> ")
            }
            if !line.isEmpty {
                lines.append(line)
            } else if !lines.isEmpty {
                return lines
            }
        }
    }

    /// Asks yes or no, in words.
    static func yesOrNo(_ question: String) throws -> Bool {
        while true {
            switch try line(question + " (yes or no)").lowercased() {
            case "yes", "y": return true
            case "no", "n": return false
            default: Host.say("Type yes or no.")
            }
        }
    }

    /// Asks for a passphrase without echo.
    static func passphrase(_ prompt: String) throws -> Passphrase {
        let secret = try asking { () throws(TerminalError) in
            try Terminal.readSecret(prompt: prompt + " ")
        }
        return try Passphrase(secret)
    }

    /// Asks for a new passphrase, twice.
    static func newPassphrase() throws -> Passphrase {
        while true {
            let (first, second) = try asking { () throws(TerminalError) in
                (
                    try Terminal.readSecret(prompt: "Passphrase for the new key file: "),
                    try Terminal.readSecret(prompt: "The same again: ")
                )
            }
            let areSame = first.withBytes { one in
                second.withBytes { ConstantTime.equal(one, $0) }
            }
            if areSame { return try Passphrase(first) }
            Host.say("The two were not the same.")
        }
    }

    /// Asks for a secret line without echo.
    static func secretLine(_ prompt: String) throws -> String {
        let secret = try asking { () throws(TerminalError) in
            try Terminal.readSecret(prompt: prompt + " ")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(secret.count)
        secret.withBytes { for index in $0.indices { bytes.append($0[index]) } }
        defer { Wipe.zero(&bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Asks, and turns what can go wrong into a failure.
    private static func asking<T>(_ ask: () throws(TerminalError) -> T) throws -> T {
        do throws(TerminalError) { return try ask() } catch {
            switch error {
            case .tooLong:
                throw Failure.badInput("The answer is too long.", hint: "Answer in one short line.")
            case .noTerminal, .interrupted, .endOfInput, .failed:
                throw Failure(
                    code: "cancelled", message: "The question was not answered.",
                    hint: "Run it again to answer; nothing was changed.")
            }
        }
    }
}
