// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault
private import CaseVaultBridge

/// Questions on the terminal.
enum Questions {
    /// Whether the questions belong to a session that leads: then one can go back to its list at
    /// each of them, with the words "back" and "quit" or with Control-C.
    @TaskLocal static var canGoBack = false

    /// Asks for a line. An empty answer is asked again: Enter alone never is an answer.
    ///
    /// - Parameters:
    ///   - question: the question.
    ///   - outlivesInterrupt: whether Control-C only throws `cancelled`, and ends nothing.
    ///   - words: answers of the caller's, which never mean to go back.
    /// - Returns: the answer, without space around it.
    /// - Throws: a failure when it is not answered.
    static func line(
        _ question: String, outlivesInterrupt: Bool = false, words: [String] = []
    ) throws -> String {
        while true {
            let answer = try optional(question, outlivesInterrupt: outlivesInterrupt)
            guard let answer else { continue }
            if canGoBack, !words.contains(answer) {
                if answer == Self.back { throw Failure.back }
                if answer == Self.quit { throw Failure.quit }
            }
            return answer
        }
    }

    /// Asks for a line; `nil` for an empty one.
    static func optional(_ question: String, outlivesInterrupt: Bool = false) throws -> String? {
        let answer = try asking { () throws(TerminalError) in
            try Terminal.readLine(
                prompt: question + " ", outlivesInterrupt: outlivesInterrupt || canGoBack)
        }
        let trimmed = trimmed(answer)
        return trimmed.isEmpty ? nil : trimmed
    }

    /// A text without space around it.
    static func trimmed(_ text: some StringProtocol) -> String {
        String(
            text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    /// What leads back to the list, and what ends the session.
    static let (back, quit) = ("back", "quit")

    /// Asks for lines until an empty one; at least one.
    static func lines(_ question: String) throws -> [String] {
        Host.say(question)
        var lines: [String] = []
        while true {
            let line = try asking { () throws(TerminalError) in
                try Terminal.readLine(prompt: "> ", outlivesInterrupt: canGoBack)
            }
            if !line.isEmpty {
                lines.append(line)
            } else if !lines.isEmpty {
                return lines
            }
        }
    }

    /// Reads a text, up to Control-D on a line of its own.
    ///
    /// - Parameter limit: the most bytes that are taken.
    /// - Returns: the text, as far as it was typed; and why it is not all, at Control-C for example.
    static func text(limit: Int) -> (text: String, failure: Failure?) {
        var bytes: [UInt8] = []
        defer { Wipe.zero(&bytes) }
        var failure: Failure?
        do throws(TerminalError) {
            try Terminal.readText(into: &bytes, limit: limit)
        } catch {
            failure =
                if case .tooLong = error {
                    .badInput(
                        "The text is too long to be typed.",
                        hint: "Save it as a file, and name that.")
                } else {
                    Self.failure(error)
                }
        }
        return (String(decoding: bytes, as: UTF8.self), failure)
    }

    /// Asks yes or no, in words.
    static func yesOrNo(_ question: String) throws -> Bool {
        try choice(question, ["yes", "no"]) == "yes"
    }

    /// Asks for one of some words; their first letters will do where they are different.
    ///
    /// - Parameters:
    ///   - question: the question, without the words.
    ///   - words: what can be answered, in small letters.
    ///   - numbers: numbers that can be answered too.
    ///   - outlivesInterrupt: whether Control-C only throws `cancelled`, and ends nothing.
    /// - Returns: one of the words, or a number.
    /// - Throws: a failure when it is not answered.
    static func choice(
        _ question: String, _ words: [String], or numbers: ClosedRange<Int>? = nil,
        outlivesInterrupt: Bool = false
    ) throws -> String {
        let most = words.dropLast().joined(separator: ", ")
        let all = (most.isEmpty ? "" : most + " or ") + (words.last ?? "")
        while true {
            let typed = try line(
                "\(question) (\(all))", outlivesInterrupt: outlivesInterrupt, words: words
            ).lowercased()
            let found = words.filter { $0 == typed || $0.prefix(1) == typed }
            if found.count == 1 { return found[0] }
            if let number = Int(typed), numbers?.contains(number) ?? false { return "\(number)" }
            Host.say("Type \(all).")
        }
    }

    /// Lists people or names with numbers, those first and marked that share a word of a name.
    ///
    /// - Parameters:
    ///   - items: what is listed.
    ///   - isNear: which of them share a word.
    ///   - text: how one is shown.
    /// - Returns: all of them, in the order of the list.
    static func list<Item>(
        _ items: [Item], near isNear: (Item) -> Bool, as text: (Item) -> String
    ) -> [Item] {
        let order = items.filter(isNear) + items.filter { !isNear($0) }
        for (index, item) in order.enumerated() {
            Host.say("  \(index + 1)  \(text(item))\(isNear(item) ? "  (shares a name)" : "")")
        }
        return order
    }

    /// Asks for the numbers of some that were listed.
    ///
    /// - Parameters:
    ///   - listed: what was listed, in that order.
    ///   - question: the question.
    ///   - none: the words for none of them, in small letters; the first is offered.
    /// - Returns: those that were named, each once, in the order of the list.
    /// - Throws: a failure when it is not answered.
    static func some<Item>(
        of listed: [Item], _ question: String, none: [String]
    ) throws -> [Item] {
        while true {
            let answer = try line(question).lowercased()
            if none.contains(answer) { return [] }
            let numbers = Set(answer.split { $0 == " " || $0 == "," }.map { Int($0) ?? 0 })
            if numbers.allSatisfy({ (1...listed.count).contains($0) }) {
                return numbers.sorted().map { listed[$0 - 1] }
            }
            Host.say("Type the numbers in front of the names, or \(none[0]).")
        }
    }

    /// Asks for a passphrase without echo.
    static func passphrase(_ prompt: String) throws -> Passphrase {
        while true {
            let secret = try asking { () throws(TerminalError) in
                try Terminal.readSecret(prompt: prompt + " ")
            }
            if secret.count > 0 { return try Passphrase(secret) }
            Host.say("The passphrase was empty.")
        }
    }

    /// Asks for a new passphrase, twice; one that is easily guessed only stays if that is wanted.
    ///
    /// - Parameter name: the name of its owner, which others would try.
    /// - Returns: the passphrase.
    /// - Throws: a failure when it is not answered.
    static func newPassphrase(for name: String?) throws -> Passphrase {
        while true {
            let first = try asking { () throws(TerminalError) in
                try Terminal.readSecret(prompt: "Passphrase for the new key file: ")
            }
            guard first.count > 0 else {
                Host.say("The passphrase was empty.")
                continue
            }
            let passphrase = try Passphrase(first)
            if let weakness = passphrase.weakness(for: name), try !keepsWeak(weakness) { continue }
            let second = try asking { () throws(TerminalError) in
                try Terminal.readSecret(prompt: "The same again: ")
            }
            let areSame = first.withBytes { one in
                second.withBytes { ConstantTime.equal(one, $0) }
            }
            if areSame { return passphrase }
            Host.say("The two were not the same.")
        }
    }

    /// Says why a passphrase is weak, offers words, and asks whether it stays all the same.
    private static func keepsWeak(_ weakness: Passphrase.Weakness) throws -> Bool {
        Host.warn(Shown.why(weakness))
        Host.say("Five words that were drawn by chance just now; write them down if you take them:")
        Host.say("    " + PassphraseWords.five())
        return try yesOrNo("Keep the passphrase that you typed?")
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
        do throws(TerminalError) { return try ask() } catch { throw failure(error) }
    }

    /// Why a question was not answered.
    private static func failure(_ error: TerminalError) -> Failure {
        switch error {
        case .tooLong: .badInput("The answer is too long.", hint: "Answer in one short line.")
        case .noTerminal, .interrupted, .endOfInput, .failed:
            Failure(
                code: "cancelled", message: "The question was not answered.",
                hint: "Run it again to answer; nothing was changed.")
        }
    }
}
