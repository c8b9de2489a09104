// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault numbers`.
enum NumbersCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "numbers", summary: "Count the cases of a period for a transparency report",
        arguments: [
            ArgumentSpec(
                name: "PERIOD", help: "YYYY, YYYY-H1 or YYYY-H2, when reports came; else this year",
                isRequired: false)
        ],
        options: [
            OptionSpec(
                name: "--from", valueName: "D", help: "instead: the first day, YYYY-MM-DD",
                value: .day),
            OptionSpec(
                name: "--until", valueName: "D", help: "and the last day", value: .day),
        ],
        notes: [
            "Counts under three are hidden, and so many others that nobody can compute them.",
            "Years or half years can be published, as the rules say (numbersBy), and what these add",
            "up to. Any other period is not for publication: it would tell what is hidden.",
            "Do not publish two members' numbers of one period: their difference says more.",
        ], reads: { _ in true }, run: run)

    /// Counts.
    private static func run(_ session: Session) throws -> Answer {
        let period = try period(session.arguments)
        let vault = try session.vault()
        let numbers = period.map { vault.numbers(in: $0) } ?? vault.numbers()
        if !numbers.isForPublication { Host.warn(Numbers.notForPublication) }
        let counts = numbers.counts.map {
            JSONValue.object([
                ("group", .text($0.group)), ("name", .text($0.name)),
                ("count", .optional($0.count)),
            ])
        }
        return Answer(
            json: [
                ("year", .number(numbers.year)), ("counts", .list(counts)),
                ("period", .text("\(numbers.period)")), ("from", .text("\(numbers.period.from)")),
                ("until", .text("\(numbers.period.until)")),
                ("forPublication", .flag(numbers.isForPublication)),
                ("daysToAcknowledge", .optional(numbers.daysToAcknowledge)),
                ("daysToResolve", .optional(numbers.daysToResolve)),
                ("covers", .text(Numbers.covers)),
            ], text: text(numbers))
    }

    /// The period; `nil` is this year.
    private static func period(_ arguments: Arguments) throws -> NumbersPeriod? {
        let from = arguments["--from"].flatMap { Day(written: $0) }
        let until = arguments["--until"].flatMap { Day(written: $0) }
        guard let text = arguments.positional(0) else {
            guard from != nil || until != nil else { return nil }
            guard let from, let until, let period = NumbersPeriod(from: from, until: until) else {
                throw Failure.usage(
                    arguments.command, "Give both --from and --until, the earlier day first.")
            }
            return period
        }
        guard from == nil, until == nil, let period = NumbersPeriod(text) else {
            throw Failure.usage(
                arguments.command, "PERIOD must be YYYY, YYYY-H1 or YYYY-H2; else --from, --until.")
        }
        return period
    }

    /// The text for people.
    private static func text(_ numbers: Numbers) -> String {
        var rows = numbers.counts.map { count in
            [
                groups[count.group] ?? count.group, words[count.name] ?? count.name,
                count.count.map { "\($0)" } ?? "hidden",
            ]
        }
        rows.append(days("until acknowledged", numbers.daysToAcknowledge))
        rows.append(days("until resolved", numbers.daysToResolve))
        return "\(numbers.period). \(Numbers.covers)\n"
            + Shown.table(["WHAT", "WHICH", "COUNT"], rows)
    }

    /// What people call the fixed words of a script. The names of responses stay as they are.
    private static let words = [
        "inPerson": "in person", "notRecorded": "not recorded", "withQuorum": "reached the quorum",
        "otherResponse": "another response, or none stated", "noOutcome": "no outcome yet",
    ]

    /// What people call the groups that do not speak for themselves.
    private static let groups = [
        "received": "cases received", "reports": "reports received", "people": "people named",
        "decidedBy": "decided by",
    ]

    /// The row of a middle value.
    private static func days(_ name: String, _ days: Int?) -> [String] {
        ["days in the middle case", name, days.map { "\($0)" } ?? "hidden"]
    }
}
