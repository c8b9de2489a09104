// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Something that a case waits for, by its code name only.
public struct Due: Hashable, Sendable {
    /// What is due. The raw values are fixed; scripts may rely on them.
    ///
    /// Records carry days in UTC, so a deadline of hours ends with the day on which it would.
    /// The first four are over once the register says "resolved".
    @nonexhaustive public enum What: String, Sendable, CaseIterable {
        /// The reporter waits for a first answer: an entry `first-response` or `reporter`.
        case acknowledge
        /// The reporter waits to hear an outcome or how things stand: an entry `reporter` besides
        /// the first answer.
        case followUp
        /// Moderators were told a recommendation: a second entry `moderators`, or an outcome.
        case moderators
        /// An appeal waits for its answer: an outcome behind it.
        case appealAnswer
        /// Until then the outcome can be appealed. Nobody has to do anything; listed until the
        /// day is over, or an appeal is there.
        case appealWindow
        /// The outcome's last day has come: an entry `outcome`, `discussion` or
        /// `reported-person` of that day or later.
        case outcomeEnds
        /// The day of review that the register has for the resolution has come: a later one, or none,
        /// in the register.
        case review
        /// The time for which the rules keep the case is over. It is erased by a person, by its
        /// code name, and never by itself. Not listed while the case is on legal hold.
        case retention
    }

    /// In which case.
    public let caseID: Case.ID
    /// The case's code name.
    public let codeName: CodeName
    /// What is due.
    public let what: What
    /// The last day on which it is in time; for `outcomeEnds`, `review` and `retention` the first
    /// day on which it is due.
    public let by: Day
    /// Which report it counts from, from 1 in the order of the case; `nil` where the case has one,
    /// or where it is due in the case as a whole.
    public let report: Int?
}

extension Vault {
    /// Today, in UTC, as deadlines count.
    public var today: Day { store.clock.today }

    /// What is due in the cases that you read, looked at or not, earliest first; nothing is in a
    /// case that was erased.
    ///
    /// It tells code names and days, and nothing of what is in a case.
    public var due: [Due] {
        let rules = rules
        let today = store.clock.today
        return caseFacts.flatMap { view, facts in
            let hasSeveral = facts.reports.count > 1
            return Due.What.allCases.flatMap { what in
                what.days(facts, rules, today: today).map { (report, day) in
                    Due(
                        caseID: Case.ID(view.log.id), codeName: view.codeName, what: what, by: day,
                        report: hasSeveral ? report.map { $0 + 1 } : nil)
                }
            }
        }.sorted {
            ($0.by, $0.codeName, $0.caseID, $0.what.rawValue, $0.report ?? 0)
                < ($1.by, $1.codeName, $1.caseID, $1.what.rawValue, $1.report ?? 0)
        }
    }
}
