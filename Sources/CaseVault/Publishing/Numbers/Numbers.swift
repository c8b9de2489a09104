// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Counts for a transparency report about one year. Small ones are hidden; see `Suppression`.
public struct Numbers: Sendable {
    /// One count.
    public struct Count: Hashable, Sendable {
        /// What is counted: `received`, `channel`, `outcome`, `status`, `acknowledged`,
        /// `recusals`.
        public let group: String
        /// Which of them: a fixed word, or the name of a response.
        public let name: String
        /// How many; `nil` where it is hidden because it, or one beside it, is under three.
        public let count: Int?
    }

    /// The year in which the reports were received.
    public let year: Int
    /// The counts. Those of channel, outcome, status and acknowledged add up to those received.
    public let counts: [Count]
    /// The days until the first answer, in the middle case; `nil` where the number of these
    /// cases is hidden. Of two middle ones, the longer.
    public let daysToAcknowledge: Int?
    /// The days until the register said "resolved", in the middle case; see above.
    public let daysToResolve: Int?

    /// What the numbers cover, for the report.
    public static let covers =
        "Covers the cases you may see; counts under three are not shown."

    /// Counts the cases of one year.
    init(year: Int, _ facts: [CaseFacts], rules: Rules) {
        self.year = year
        let cases = facts.filter { $0.received.parts.year == year }
        var counts: [Count] = []
        /// Adds a group whose counts add up to the cases.
        func add(_ group: String, _ cells: [(name: String, count: Int)]) -> [Int?] {
            let shown = Suppression.table(cells.map(\.count)).counts
            for (cell, count) in zip(cells, shown) {
                counts.append(Count(group: group, name: cell.name, count: count))
            }
            return shown
        }
        counts.append(
            Count(group: "received", name: "total", count: Suppression.shown(cases.count)))
        _ = add(
            "channel",
            Self.channels.map { name, channel in
                (name, cases.count { $0.channel == channel })
            })
        _ = add("outcome", Self.outcomes(cases, rules))
        let resolved = cases.filter { $0.resolvedOn != nil }
        let status = add(
            "status", [("open", cases.count - resolved.count), ("resolved", resolved.count)])
        let answered = cases.filter { $0.acknowledgedOn != nil }
        let acknowledged = add(
            "acknowledged", [("yes", answered.count), ("no", cases.count - answered.count)])
        counts.append(
            Count(
                group: "recusals", name: "total",
                count: Suppression.shown(cases.reduce(0) { $0 + $1.recusals })))
        self.counts = counts
        // Shown for a hidden count, a middle value would tell that it is at least three.
        daysToAcknowledge =
            acknowledged[0] == nil
            ? nil : Self.middle(answered.map { Self.days($0.received, $0.acknowledgedOn) })
        daysToResolve =
            status[1] == nil
            ? nil : Self.middle(resolved.map { Self.days($0.received, $0.resolvedOn) })
    }

    /// The channels by name.
    private static let channels: [(String, Report.Channel?)] = [
        ("mail", .mail), ("chat", .chat), ("phone", .phone), ("inPerson", .inPerson),
        ("form", .form), ("other", .other), ("notRecorded", nil),
    ]

    /// The cases by the response of their outcome: always the whole list of the rules, so that a
    /// name that is missing says nothing.
    private static func outcomes(
        _ cases: [CaseFacts], _ rules: Rules
    ) -> [(name: String, count: Int)] {
        var byName: [String: Int] = [:]
        var others = 0
        var none = 0
        for facts in cases {
            guard let outcome = facts.outcome else {
                none += 1
                continue
            }
            if let name = outcome.response.flatMap({ rules.response(named: $0) })?.name {
                byName[name, default: 0] += 1
            } else {
                others += 1
            }
        }
        return rules.responses.map { ($0.name, byName[$0.name] ?? 0) }
            + [("otherResponse", others), ("noOutcome", none)]
    }

    /// The days from one day to another, never fewer than none.
    private static func days(_ from: Day, _ to: Day?) -> Int {
        max(0, Int((to ?? from).daysSince1970) - Int(from.daysSince1970))
    }

    /// The middle of some values.
    private static func middle(_ values: [Int]) -> Int? {
        values.isEmpty ? nil : values.sorted()[values.count / 2]
    }
}

extension Vault {
    /// Counts for a transparency report: of the cases that you read, those received in a year.
    ///
    /// There is no count over all years: from it and the single years the hidden ones could be
    /// computed.
    ///
    /// - Parameter year: The year; `nil` is this year.
    /// - Returns: The counts, with small ones hidden.
    public func numbers(year: Int? = nil) -> Numbers {
        // Erased cases are among them, as their skeletons have them.
        let facts = caseFacts.map(\.facts)
        return Numbers(year: year ?? store.clock.today.parts.year, facts, rules: rules)
    }
}
