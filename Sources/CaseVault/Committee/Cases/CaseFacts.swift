// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What deadlines and numbers need to know of a case: days and kinds, no text and no name.
struct CaseFacts {
    /// An entry that no other supersedes.
    struct Step {
        /// What it is about.
        let kind: EntryKind
        /// When it happened. A correction without a day of its own has that of what it corrects.
        let day: Day
        /// The response that an outcome states.
        let response: String?
        /// The last day of an outcome.
        let until: Day?
        /// Which reports, from 0 in the order of the log, it was written to the reporters of. What
        /// names none is for the first report.
        var answers: Set<Int> = []

        /// Whether it was written to the reporter of a report.
        func isFor(_ report: Int) -> Bool {
            answers.isEmpty ? report == 0 : answers.contains(report)
        }
    }

    /// One of the reports.
    struct ReportFact {
        /// The day it was received, or else written down.
        let received: Day
        /// How it came.
        let channel: Report.Channel?
    }

    /// The reports in the order of the log: one, and what else came about the same incident.
    let reports: [ReportFact]
    /// The entries besides the report, in order.
    let steps: [Step]
    /// The day on which the register began to say "resolved"; `nil` if it does not, or if the
    /// row is not open to me.
    let resolvedOn: Day?
    /// The day on which the resolution is looked at again, as the row says it.
    let reviewOn: Day?
    /// The status, who decided and the response, as the row says them; empty where it does not.
    let row: RegisterRow?
    /// How many people it is about.
    let people: Int
    /// On how many entries somebody voted.
    let votes: Int
    /// On how many of these so many voted as the rules ask for.
    let votesWithQuorum: Int
    /// How many people stepped back from the case.
    let recusals: Int
    /// Whether the whole case was erased, or will be when a day is over: then the skeleton stands for
    /// what is gone.
    let isErased: Bool
    /// Whether a legal hold keeps it from being erased.
    let isOnHold: Bool

    /// Collects the facts of a case.
    init(_ view: CaseView, row: RowView?, quorum: Int?) {
        let history = view.log.history
        var reports: [ReportFact] = []
        var places: [RecordID: Int] = [:]
        var voters: [RecordID: Set<CardID>] = [:]
        var days: [RecordID: Day] = [:]
        var steps: [(id: RecordID, step: Step)] = []
        var superseded: Set<RecordID> = []
        var recused: Set<CardID> = []
        for record in history.counting {
            switch record.statement {
            case .reported(let statement):
                let received = statement.report.receivedOn ?? record.record.day
                days[record.id] = received
                places[record.id] = reports.count
                reports.append(
                    ReportFact(received: received, channel: statement.report.channel))
            case .entered(let entry):
                let day =
                    entry.happened ?? entry.corrects.flatMap { days[$0] } ?? record.record.day
                days[record.id] = day
                if let old = entry.corrects { superseded.insert(old) }
                steps.append(
                    (
                        record.id,
                        Step(
                            kind: entry.kind, day: day, response: entry.response,
                            until: entry.until,
                            answers: Set(entry.answers.compactMap { places[$0] }))
                    ))
            case .voted(let vote): voters[vote.entry, default: []].insert(record.author.id)
            case .left: recused.insert(record.author.id)
            case nil where record.kind == .reported:
                // Its text is erased: that it came is still known.
                places[record.id] = reports.count
                reports.append(ReportFact(received: record.record.day, channel: nil))
            default: break
            }
        }
        let skeleton = view.skeleton
        if let skeleton {
            let first = skeleton.receivedOn ?? reports.first?.received
            reports =
                [first.map { ReportFact(received: $0, channel: skeleton.channel) }]
                .compactMap(\.self)
                + skeleton.furtherReports.map { ReportFact(received: $0, channel: nil) }
        }
        if reports.isEmpty {
            let day = history.root?.record.day ?? Day(daysSince1970: 0)
            reports = [ReportFact(received: day, channel: nil)]
        }
        self.reports = reports
        self.row = row?.row
        reviewOn = row.flatMap { Day($0.row[.reviewOn]) }
        people = view.checks.count
        let reached = voters.values.count { $0.count >= quorum ?? 0 }
        votes = skeleton.map { max($0.votes, voters.count) } ?? voters.count
        votesWithQuorum = skeleton.map { max($0.votesWithQuorum, reached) } ?? reached
        self.steps =
            Self.steps(of: skeleton)
            + steps.filter { !superseded.contains($0.id) }.map(\.step)
        // What the row said was erased as well, and was said anew on the day of erasing.
        resolvedOn = row?.resolvedOn.map { skeleton?.resolvedOn ?? $0 }
        recusals = recused.count
        isErased = view.isErased || view.isBeingErased
        isOnHold = view.isOnHold
    }

    /// What the skeleton of an erased case tells, as the steps that it was taken from.
    private static func steps(of skeleton: CaseSkeleton?) -> [Step] {
        var steps: [Step] = []
        if let day = skeleton?.acknowledgedOn {
            steps.append(Step(kind: .firstResponse, day: day, response: nil, until: nil))
        }
        if let skeleton, let response = skeleton.response {
            let day = skeleton.resolvedOn ?? skeleton.receivedOn ?? Day(daysSince1970: 0)
            let stated = response.isEmpty ? nil : response
            steps.append(Step(kind: .outcome, day: day, response: stated, until: nil))
        }
        return steps
    }

    /// The day on which the first of the reports was received.
    var received: Day { reports.map(\.received).min() ?? Day(daysSince1970: 0) }

    /// How the first report came.
    var channel: Report.Channel? { reports.first?.channel }

    /// All answers to the reporter of a report.
    func answers(to report: Int) -> [Step] {
        steps.filter {
            ($0.kind == .firstResponse || $0.kind == .reporter) && $0.isFor(report)
        }
    }

    /// The day of the first answer to the first reporter; `nil` until every reporter has one.
    var acknowledgedOn: Day? {
        guard !isErased else { return answers(to: 0).map(\.day).min() }
        guard reports.indices.allSatisfy({ !answers(to: $0).isEmpty }) else { return nil }
        return answers(to: 0).map(\.day).min()
    }

    /// The outcome that holds: the last one.
    var outcome: Step? { steps.last { $0.kind == .outcome } }

    /// The response that was decided: of the outcome, or else as the row says it; empty if an
    /// outcome states none, `nil` without an outcome.
    var response: String? {
        if let outcome, let response = outcome.response { return response }
        if let stated = row?[.response], !stated.isEmpty { return stated }
        return outcome.map { _ in "" }
    }

    /// The last step of a kind, and the steps behind it.
    func last(_ kind: EntryKind) -> (step: Step, after: ArraySlice<Step>)? {
        steps.lastIndex { $0.kind == kind }.map { (steps[$0], steps[($0 + 1)...]) }
    }
}

extension Vault {
    /// The facts of every case that I read, and of nothing else.
    var caseFacts: [(view: CaseView, facts: CaseFacts)] {
        readableCases.map { ($0, facts(of: $0)) }
    }

    /// The facts of one case.
    func facts(of view: CaseView) -> CaseFacts {
        CaseFacts(view, row: RowView(row(of: view)), quorum: rules.quorum)
    }
}
