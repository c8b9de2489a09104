// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault numbers`.
enum NumbersCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "numbers", summary: "Count the cases of a year for a transparency report",
        arguments: [
            ArgumentSpec(
                name: "YEAR", help: "when the reports were received; else this year",
                value: .number(atLeast: 1), isRequired: false)
        ],
        notes: [
            "Counts under three are hidden, and so many others that nobody can compute them.",
            "Do not publish two members' numbers of one year: their difference says more.",
        ], reads: { _ in true }, run: run)

    /// Counts.
    private static func run(_ session: Session) throws -> Answer {
        let year = session.arguments.positional(0).flatMap { Int($0) }
        if let year, year > 9999 {
            throw Failure.usage(session.arguments.command, "YEAR must be a year, YYYY.")
        }
        let numbers = try session.vault().numbers(year: year)
        let counts = numbers.counts.map {
            JSONValue.object([
                ("group", .text($0.group)), ("name", .text($0.name)),
                ("count", .optional($0.count)),
            ])
        }
        return Answer(
            json: [
                ("year", .number(numbers.year)), ("counts", .list(counts)),
                ("daysToAcknowledge", .optional(numbers.daysToAcknowledge)),
                ("daysToResolve", .optional(numbers.daysToResolve)),
                ("covers", .text(Numbers.covers)),
            ], text: text(numbers))
    }

    /// The text for people.
    private static func text(_ numbers: Numbers) -> String {
        var rows = numbers.counts.map { count in
            [count.group, words[count.name] ?? count.name, count.count.map { "\($0)" } ?? "hidden"]
        }
        rows.append(days("until acknowledged", numbers.daysToAcknowledge))
        rows.append(days("until resolved", numbers.daysToResolve))
        return "\(numbers.year). \(Numbers.covers)\n"
            + Shown.table(["WHAT", "WHICH", "COUNT"], rows)
    }

    /// What people call the fixed words of a script. The names of responses stay as they are.
    private static let words = [
        "inPerson": "in person", "notRecorded": "not recorded",
        "otherResponse": "another response, or none stated", "noOutcome": "no outcome yet",
    ]

    /// The row of a middle value.
    private static func days(_ name: String, _ days: Int?) -> [String] {
        ["days in the middle case", name, days.map { "\($0)" } ?? "hidden"]
    }
}
