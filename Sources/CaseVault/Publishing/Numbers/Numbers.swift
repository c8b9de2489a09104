// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Counts for a transparency report about a period. Small ones are hidden; see `Suppression`.
///
/// Two periods that overlap would tell what is hidden, by their difference. So a committee publishes
/// by years or by half years, as its rules say: a longer period is the sum of these and shows no more
/// than they do, and any other one is not for publication.
public struct Numbers: Sendable {
    /// One count.
    public struct Count: Hashable, Sendable {
        /// What is counted: `received` (cases), `reports`, `people`, `channel`, `outcome`, `status`,
        /// `decidedBy`, `acknowledged`, `votes`, `recusals`.
        public let group: String
        /// Which of them: a fixed word, or the name of a response.
        public let name: String
        /// How many; `nil` where it is hidden because it, or one beside it, is under three.
        public let count: Int?
    }

    /// When the reports were received.
    public let period: NumbersPeriod
    /// The year in which the period begins.
    public var year: Int { period.from.parts.year }
    /// Whether these numbers can be published beside those of other periods.
    public let isForPublication: Bool
    /// The counts. Those of channel, outcome, status, decided by and acknowledged add up to those
    /// received. Reports and people are hidden where there are fewer than three more than cases.
    public let counts: [Count]
    /// The days until the first answer, in the middle case; `nil` where the number of these
    /// cases is hidden. Of two middle ones, the longer.
    public let daysToAcknowledge: Int?
    /// The days until the register said "resolved", in the middle case; see above.
    public let daysToResolve: Int?

    /// What the numbers cover, for the report.
    public static let covers =
        "Covers the cases you may see; counts under three are not shown."

    /// Why numbers are not for publication.
    public static let notForPublication =
        "Not for publication: beside the numbers of the periods that your rules publish (numbersBy) "
        + "they would tell what is hidden."

    /// Counts the cases of a period.
    init(_ period: NumbersPeriod, _ facts: [CaseFacts], rules: Rules) {
        guard let parts = period.parts(by: rules.numbersBy), parts.count > 1 else {
            self.init(one: period, facts, rules: rules)
            return
        }
        self.init(sum: period, of: parts.map { Numbers(one: $0, facts, rules: rules) })
    }

    /// Adds up the numbers of the parts of a period; at least one.
    private init(sum period: NumbersPeriod, of all: [Numbers]) {
        self.period = period
        isForPublication = true
        // What is hidden in one part is hidden in the sum: so the sum tells nothing new.
        counts = all[0].counts.enumerated().map { place, count in
            let sum = all.reduce(Int?.some(0)) { sum, part in
                sum.flatMap { sum in part.counts[place].count.map { sum + $0 } }
            }
            return Count(group: count.group, name: count.name, count: sum)
        }
        daysToAcknowledge = nil
        daysToResolve = nil
    }

    /// Counts the cases of one period as if it were the only one.
    private init(one period: NumbersPeriod, _ facts: [CaseFacts], rules: Rules) {
        self.period = period
        isForPublication = period.parts(by: rules.numbersBy) != nil
        let isNewer = rules.columns.contains { $0.column == .resolutionSource }
        let cases = facts.filter { period.contains($0.received) }
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
        let reports = facts.flatMap(\.reports).count { period.contains($0.received) }
        let people = cases.reduce(0) { $0 + $1.people }
        for (group, count) in [("reports", reports), ("people", people)] {
            // How many more there are than cases is a small count as well.
            let further = Suppression.shown(count - cases.count)
            let shown = cases.count < Suppression.limit ? nil : further.map { $0 + cases.count }
            counts.append(Count(group: group, name: "total", count: shown))
        }
        _ = add(
            "channel",
            Self.channels.map { name, channel in
                (name, cases.count { $0.channel == channel })
            })
        _ = add("outcome", Self.outcomes(cases, rules))
        let resolved = cases.filter { $0.resolvedOn != nil }
        let flagged = isNewer ? resolved.count { $0.row?[.status] == "flagged" } : 0
        let banned = isNewer ? resolved.count { $0.row?[.status] == "banned" } : 0
        let status = add(
            "status",
            [
                ("open", cases.count - resolved.count),
                ("resolved", resolved.count - flagged - banned),
            ] + (isNewer ? [("flagged", flagged), ("banned", banned)] : []))
        if isNewer {
            let words = RegisterRow.Column.resolutionSource.words ?? []
            let stated = words.map { word in
                (word, resolved.count { $0.row?[.resolutionSource] == word })
            }
            let rest = cases.count - stated.reduce(0) { $0 + $1.1 }
            _ = add("decidedBy", stated + [("notRecorded", rest)])
        }
        let answered = cases.filter { $0.acknowledgedOn != nil }
        let acknowledged = add(
            "acknowledged", [("yes", answered.count), ("no", cases.count - answered.count)])
        let votes = cases.reduce(0) { $0 + $1.votes }
        let reached = cases.reduce(0) { $0 + $1.votesWithQuorum }
        counts.append(Count(group: "votes", name: "total", count: Suppression.shown(votes)))
        if rules.quorum != nil {
            let shown = Suppression.table([reached, votes - reached]).counts
            counts.append(Count(group: "votes", name: "withQuorum", count: shown[0]))
        }
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
            status[0] == nil || resolved.count < Suppression.limit
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
            guard let response = facts.response else {
                none += 1
                continue
            }
            if let name = rules.response(named: response)?.name {
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
    /// - Parameter year: The year; `nil` is this year.
    /// - Returns: The counts, with small ones hidden.
    public func numbers(year: Int? = nil) -> Numbers {
        numbers(in: NumbersPeriod(year: year ?? store.clock.today.parts.year))
    }

    /// Counts of the cases that you read and that were received in a period.
    ///
    /// - Parameter period: Any period; which can be published the rules say (`numbersBy`).
    /// - Returns: The counts, with small ones hidden.
    public func numbers(in period: NumbersPeriod) -> Numbers {
        // Erased cases are among them, as their skeletons have them.
        Numbers(period, caseFacts.map(\.facts), rules: rules)
    }
}
