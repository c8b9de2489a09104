// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Due.What {
    /// When something is due in a case, for which of its reports, from 0; nothing if it is not. An
    /// erased case waits for nothing.
    func days(_ facts: CaseFacts, _ rules: Rules, today: Day) -> [(report: Int?, by: Day)] {
        switch self {
        case .acknowledge, .followUp:
            // Each reporter waits.
            facts.reports.indices.compactMap { report in
                day(facts, rules, report: report, today: today).map { (report, $0) }
            }
        default: day(facts, rules, report: 0, today: today).map { [(nil, $0)] } ?? []
        }
    }

    /// When something is due in a case; `nil` if it is not.
    private func day(_ facts: CaseFacts, _ rules: Rules, report: Int, today: Day) -> Day? {
        guard !facts.isErased else { return nil }
        let received = facts.reports[report].received
        let limits = rules.deadlines
        let isResolved = facts.resolvedOn != nil
        switch self {
        case .acknowledge:
            guard !isResolved, let hours = limits.acknowledgeHours,
                facts.answers(to: report).isEmpty
            else { return nil }
            return received.adding(days: (hours + 23) / 24)
        case .followUp:
            let answers = facts.answers(to: report)
            let toReporter = answers.count { $0.kind == .reporter }
            let isAnswered = answers.contains { $0.kind == .firstResponse }
            guard !isResolved, let days = limits.followUpDays, toReporter < (isAnswered ? 1 : 2)
            else { return nil }
            return received.adding(days: days)
        case .moderators:
            guard !isResolved, let days = limits.moderatorsDays,
                let first = facts.steps.firstIndex(where: { $0.kind == .moderators })
            else { return nil }
            let answered = facts.steps[(first + 1)...].contains {
                $0.kind == .moderators || $0.kind == .outcome
            }
            return answered ? nil : facts.steps[first].day.adding(days: days)
        case .appealAnswer:
            guard !isResolved, let days = limits.appealAnswerDays,
                let (appeal, after) = facts.last(.appeal),
                !after.contains(where: { $0.kind == .outcome })
            else { return nil }
            return appeal.day.adding(days: days)
        case .appealWindow:
            guard let days = limits.appealDays, let (outcome, after) = facts.last(.outcome),
                !after.contains(where: { $0.kind == .appeal })
            else { return nil }
            let last = outcome.day.adding(days: days)
            return today <= last ? last : nil
        case .outcomeEnds:
            guard let (outcome, after) = facts.last(.outcome), let end = outcome.until,
                end <= today
            else { return nil }
            let kinds: [EntryKind] = [.discussion, .reportedPerson]
            return after.contains { kinds.contains($0.kind) && $0.day >= end } ? nil : end
        case .review:
            guard isResolved, let day = facts.reviewOn, day <= today else { return nil }
            return day
        case .retention:
            guard !facts.isOnHold, let resolved = facts.resolvedOn,
                let months = rules.retentionMonths(
                    after: facts.response.flatMap { $0.isEmpty ? nil : $0 })
            else { return nil }
            let end = resolved.adding(months: months)
            return end <= today ? end : nil
        }
    }
}

extension Day {
    /// The same day of the month so many months later; the month's last day where it is shorter.
    func adding(months: Int) -> Day {
        let (year, month, day) = parts
        let count = year * 12 + (month - 1) + months
        for shorter in 0...3 {
            let date = Day(year: count / 12, month: count % 12 + 1, day: day - shorter)
            if let date { return date }
        }
        return Day(daysSince1970: .max)
    }
}
