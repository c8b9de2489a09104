// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// The errors of wrong usage, word for word. Exit code 2, and nothing on standard output.
struct UsageErrorTests {
    /// One wrong command line.
    struct Wrong: Sendable, CustomTestStringConvertible {
        /// The words.
        let words: [String]
        /// The error.
        let message: String
        /// The command whose help is named; `nil` for the overview.
        let command: String?

        var testDescription: String { words.joined(separator: " ") }
    }

    /// Wrong command lines, one for each thing that can be wrong.
    static let all = [
        Wrong(words: ["frobnicate"], message: "There is no such command.", command: nil),
        Wrong(words: ["help", "frobnicate"], message: "There is no such command.", command: nil),
        Wrong(words: ["vote", "a"], message: "The argument ENTRY is missing.", command: "vote"),
        Wrong(
            words: ["vote", "home shelf", "0"],
            message: "ENTRY must be what show calls the entry, such as 2 or 2b.",
            command: "vote"),
        Wrong(
            words: ["vote", "home shelf", "2", "perhaps"],
            message: "VOTE must be one of: yes, no, abstain.", command: "vote"),
        Wrong(
            words: ["numbers", "all"],
            message: "PERIOD must be YYYY, YYYY-H1 or YYYY-H2; else --from, --until.",
            command: "numbers"),
        Wrong(
            words: ["numbers", "20266"],
            message: "PERIOD must be YYYY, YYYY-H1 or YYYY-H2; else --from, --until.",
            command: "numbers"),
        Wrong(
            words: ["numbers", "--from", "2026-02-01"],
            message: "Give both --from and --until, the earlier day first.", command: "numbers"),
        Wrong(
            words: ["report", "--case", "home shelf", "--about", "x"],
            message: "--about is for a new case: people are added with casevault check.",
            command: "report"),
        Wrong(
            words: ["rules", "a", "b"], message: "There are too many arguments.", command: "rules"),
        Wrong(
            words: ["show", "--nonsense"],
            message: "There is no such option for this command.", command: "show"),
        Wrong(
            words: ["--nonsense"], message: "There is no such option for this command.",
            command: nil),
        Wrong(words: ["show", "-x"], message: "Options begin with two hyphens.", command: "show"),
        Wrong(
            words: ["show", "--json=1"], message: "The option --json takes no value.",
            command: "show"),
        Wrong(
            words: ["show", "--vault"], message: "The option --vault needs a value.",
            command: "show"),
        Wrong(
            words: ["show", "--vault="], message: "The option --vault needs a value.",
            command: "show"),
        Wrong(
            words: ["report", "--about", "--fields"],
            message: "The option --about needs a value.", command: "report"),
        Wrong(
            words: ["show", "--vault", "a", "--vault=b"],
            message: "The option --vault was given twice.", command: "show"),
        Wrong(
            words: ["card", "--passphrase-fd", "x"],
            message: "--passphrase-fd must be a whole number from 0.", command: "card"),
        Wrong(
            words: ["create"], message: "The argument COMMITTEE is missing.", command: "create"),
        Wrong(words: ["card", "a"], message: "There are too many arguments.", command: "card"),
        Wrong(
            words: ["show", "home shelf", "first"],
            message: "ENTRY must be what show calls the entry, such as 2 or 2b.", command: "show"),
        Wrong(
            words: ["show", "home shelf", "0"],
            message: "ENTRY must be what show calls the entry, such as 2 or 2b.",
            command: "show"),
        Wrong(
            words: ["show", "home shelf", "--attachment", "1"],
            message: "--attachment needs CASE and ENTRY.", command: "show"),
        Wrong(
            words: ["show", "home shelf", "1", "--output", "x"],
            message: "--output needs --attachment, --html or --csv.", command: "show"),
        Wrong(
            words: ["show", "--first-look", "maybe"],
            message: "--first-look must be one of: noConflict, conflict.", command: "show"),
        Wrong(
            words: ["add", "home shelf", "report"],
            message:
                "KIND must be one of: discussion, plan, consequences, moderators, reported-person, "
                + "reporter, first-response, witness, outcome, appeal, public.", command: "add"),
        Wrong(
            words: ["add", "home shelf", "plan", "--day", "2026-02-30"],
            message: "--day must be a day: 2026-11-30, 30.11.2026 or 30 November 2026.",
            command: "add"),
        Wrong(
            words: ["add", "home shelf", "outcome", "--until", "2026-02-03"],
            message: "--until needs --response.", command: "add"),
        Wrong(
            words: ["add", "home shelf", "plan", "--response", "warning"],
            message: "--response needs the KIND outcome.", command: "add"),
        Wrong(
            words: ["add", "home shelf", "outcome", "--response", "a", "--until", "soon"],
            message: "--until must be a day: 2026-11-30, 30.11.2026 or 30 November 2026.",
            command: "add"),
        Wrong(words: ["key"], message: "Give either NAME or --from-backup.", command: "key"),
        Wrong(
            words: ["key", "Robin", "--from-backup"],
            message: "Give either NAME or --from-backup.", command: "key"),
        Wrong(
            words: ["key", "Robin", "--no-passphrase", "--passphrase-fd", "0"],
            message: "Give either a passphrase or --no-passphrase.", command: "key"),
        Wrong(
            words: ["create", "Us", "--member", "a", "--member", "b", "--fingerprint", "1"],
            message: "Give --fingerprint as often as --member, or never.", command: "create"),
        Wrong(
            words: ["confirm", "Sam", "--code", "1", "--fingerprint", "1"],
            message: "Give one of --digits, --fingerprint and --code.", command: "confirm"),
        Wrong(
            words: ["confirm"], message: "Name a member, or give --all.", command: "confirm"),
        Wrong(
            words: ["confirm", "Sam", "--all"], message: "Name a member, or give --all.",
            command: "confirm"),
        Wrong(
            words: ["confirm", "--all", "--fingerprint", "1"],
            message: "--all takes the committee code: a fingerprint is of one card.",
            command: "confirm"),
        Wrong(
            words: ["open", "a"],
            message: "Give the check, the member and yes or no; or nothing of it.",
            command: "open"),
        Wrong(
            words: ["access", "home shelf", "grant"], message: "The argument MEMBER is missing.",
            command: "access"),
        Wrong(
            words: ["access", "home shelf", "recuse", "Sam"],
            message: "There are too many arguments.", command: "access"),
        Wrong(
            words: ["access", "home shelf", "show"],
            message: "ACTION must be one of: grant, revoke, recuse, unlink.", command: "access"),
        Wrong(
            words: ["open", "0", "Sam", "perhaps"],
            message: "yes|no must be one of: yes, no.", command: "open"),
        Wrong(
            words: ["row", "home shelf", "colour=red"],
            message:
                "Give KEY=VALUE, KEY being one of: safetyRisk, repeatRisk, status, dateTime, "
                + "actionsNeeded, resolution, resolutionSource, resolvedOn, reviewOn, response.",
            command: "row"),
        Wrong(
            words: ["row", "home shelf", "status=new", "status=new"],
            message: "A column was given twice.", command: "row"),
        Wrong(
            words: ["erase"], message: "The argument CASE is missing.", command: "erase"),
        Wrong(
            words: ["erase", "home shelf", "--entry", "0"],
            message: "--entry must be what show calls the entry, such as 2 or 2b.",
            command: "erase"),
        Wrong(
            words: ["hold", "home shelf", "yes"], message: "on|off must be one of: on, off.",
            command: "hold"),
        Wrong(
            words: ["hold", "home shelf"], message: "The argument on|off is missing.",
            command: "hold"),
        Wrong(
            words: ["verify", "Sam"], message: "There are too many arguments.", command: "verify"),
        Wrong(
            words: ["verify", "--side", "0"],
            message: "There is no such option for this command.", command: "verify"),
    ]

    @Test(arguments: all)
    func text(_ wrong: Wrong) throws {
        let scene = try Scene()
        let result = try scene.run("anybody", wrong.words)
        let help = wrong.command.map { "casevault help \($0)" } ?? "casevault help"
        #expect(
            result.errors == "casevault: error: \(wrong.message)\ncasevault: hint: Run: \(help)\n")
        #expect(result.text.isEmpty)
        #expect(result.exit == 2)
        // Before `--`, which ends the options.
        let json = try scene.run("anybody", ["--json"] + wrong.words)
        #expect(json.exit == 2)
        #expect(json.errorCode == "usage")
        #expect(json.json["ok"] as? Bool == false)
        #expect(json.json["v"] as? Int == 1)
    }

    @Test(arguments: [
        ("sow", "Did you mean show or row? Run: casevault help"),
        ("shwo", "Did you mean show? Run: casevault help"),
        ("exp", "Did you mean export? Run: casevault help"),
        ("Members", "Did you mean members? Run: casevault help"),
        ("catchup", "Did you mean catch-up? Run: casevault help"),
        ("x", "Run: casevault help"), ("Alex Doe", "Run: casevault help"),
    ])
    func aSlipIsUnderstood(word: String, hint: String) throws {
        for words in [[word], ["help", word]] {
            let result = try Scene().run("anybody", words)
            #expect(result.exit == 2)
            #expect(
                result.errors == """
                    casevault: error: There is no such command.
                    casevault: hint: \(hint)

                    """)
        }
    }

    @Test(arguments: [
        ("--htm", "Did you mean --html? Run: casevault help show"),
        ("--ouptut=x", "Did you mean --output? Run: casevault help show"),
        ("--attach", "Did you mean --attachment? Run: casevault help show"),
        ("--alexdoe", "Run: casevault help show"),
    ])
    func aSlipInAnOptionIsUnderstood(option: String, hint: String) throws {
        let result = try Scene().run("anybody", ["show", option])
        #expect(result.exit == 2)
        #expect(result.errors.hasSuffix("casevault: hint: \(hint)\n"))
    }

    @Test func twoHyphensEndTheOptions() throws {
        let result = try Scene().run("anybody", ["help", "--", "--json"])
        #expect(result.exit == 2)
        #expect(result.errors.hasPrefix("casevault: error: There is no such command.\n"))
    }
}
