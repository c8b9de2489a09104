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
    }

    /// The day the report was received, or else written down.
    let received: Day
    /// How the report came.
    let channel: Report.Channel?
    /// The entries besides the report, in order.
    let steps: [Step]
    /// The day on which the register began to say "resolved"; `nil` if it does not, or if the
    /// row is not open to me.
    let resolvedOn: Day?
    /// How many people stepped back from the case.
    let recusals: Int
    /// Whether the whole case was erased: then the skeleton stands for what is gone.
    let isErased: Bool
    /// Whether a legal hold keeps it from being erased.
    let isOnHold: Bool

    /// Collects the facts of a case.
    init(_ view: CaseView, row: RowView?) {
        let history = view.log.history
        var received = history.root?.record.day ?? Day(daysSince1970: 0)
        var channel: Report.Channel?
        var days: [RecordID: Day] = [:]
        var steps: [(id: RecordID, step: Step)] = []
        var superseded: Set<RecordID> = []
        var recused: Set<CardID> = []
        for record in history.counting {
            switch record.statement {
            case .reported(let statement):
                received = statement.report.receivedOn ?? record.record.day
                channel = statement.report.channel
                days[record.id] = received
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
                            until: entry.until)
                    ))
            case .recused: recused.insert(record.author.id)
            default: break
            }
        }
        let skeleton = view.skeleton
        self.received = skeleton?.receivedOn ?? received
        self.channel = skeleton?.channel ?? channel
        self.steps =
            Self.steps(of: skeleton)
            + steps.filter { !superseded.contains($0.id) }.map(\.step)
        // What the row said was erased as well, and was said anew on the day of erasing.
        resolvedOn = row?.resolvedOn.map { skeleton?.resolvedOn ?? $0 }
        recusals = recused.count
        isErased = view.isErased
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

    /// The day of the first answer to the reporter.
    var acknowledgedOn: Day? {
        steps.filter { $0.kind == .firstResponse || $0.kind == .reporter }.map(\.day).min()
    }

    /// The outcome that holds: the last one.
    var outcome: Step? { steps.last { $0.kind == .outcome } }

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
        CaseFacts(view, row: RowView(row(of: view)))
    }
}
