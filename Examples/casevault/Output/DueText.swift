// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// What is due, by code names only.
struct DueText {
    /// What is due.
    private let due: [Due]
    /// How the cases are called.
    private let labels: [Case.ID: String]

    /// Today.
    private let today: Day

    /// Looks at a vault.
    init(_ vault: Vault) {
        due = vault.due
        today = vault.today
        let names = CaseLabels(vault)
        labels = Dictionary(vault.cases.map { ($0.id, names.label($0)) }) { first, _ in first }
    }

    /// The key `due`.
    var json: JSONValue {
        .list(
            due.map {
                .object(
                    [
                        ("case", .text(label($0))), ("what", .text($0.what.rawValue)),
                        ("by", .text("\($0.by)")),
                    ] + ($0.report.map { [("report", .number($0))] } ?? []))
            })
    }

    /// A line for each; what is late is said first.
    var lines: [String] {
        due.map { "\(isOverdue($0) ? "OVERDUE" : "Due"): \(label($0)): \(sentence($0))" }
    }

    /// So many lines, and how many more there are.
    func lines(atMost count: Int) -> [String] {
        let lines = lines
        guard lines.count > count else { return lines }
        return lines.prefix(count) + ["\(lines.count - count) more: casevault due"]
    }

    /// One item in so few words that a list of cases fits a narrow terminal.
    func brief(_ due: Due) -> String {
        let task =
            switch due.what {
            case .acknowledge: "first answer"
            case .followUp: "follow up"
            case .moderators: "moderators"
            case .appealAnswer: "appeal"
            case .appealWindow: "appeal ends"
            case .outcomeEnds: "outcome ends"
            case .review: "review"
            case .retention: "keep or erase"
            }
        return (isOverdue(due) ? "OVERDUE: " : "\(due.by): ") + task
    }

    /// Whether its last day is over and somebody should have acted.
    private func isOverdue(_ due: Due) -> Bool {
        switch due.what {
        case .acknowledge, .followUp, .moderators, .appealAnswer: due.by < today
        case .appealWindow, .outcomeEnds, .review, .retention: false
        }
    }

    /// As a calendar of whole days (RFC 5545). The same item keeps its name, so that taking it in
    /// again changes nothing.
    var calendar: String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//CaseVault//casevault//EN",
        ]
        for item in due {
            let day = "\(item.by)".filter { $0 != "-" }
            let name = label(item).replacing(" ", with: "-")
            lines += [
                "BEGIN:VEVENT",
                "UID:\(item.what.rawValue)-\(name)\(item.report.map { "-\($0)" } ?? "")@casevault",
                "DTSTAMP:\("\(today)".filter { $0 != "-" })T000000Z",
                "DTSTART;VALUE=DATE:\(day)", "SUMMARY:\(label(item)): \(task(item))",
                "TRANSP:TRANSPARENT", "END:VEVENT",
            ]
        }
        lines.append("END:VCALENDAR")
        return lines.map(Self.folded).joined()
    }

    /// A line of a calendar with its end, broken after 75 bytes. Code names are ASCII.
    private static func folded(_ line: String) -> String {
        var rest = line[...]
        var parts: [Substring] = []
        while rest.count > 74 {
            parts.append(rest.prefix(74))
            rest = rest.dropFirst(74)
        }
        return (parts + [rest]).joined(separator: "\r\n ") + "\r\n"
    }

    /// What to do, in a few words without a comma or a semicolon.
    private func task(_ due: Due) -> String {
        switch due.what {
        case .acknowledge: "answer \(reporter(due))"
        case .followUp: "tell \(reporter(due)) how things stand"
        case .moderators: "the moderators' answer"
        case .appealAnswer: "answer the appeal"
        case .appealWindow: "last day for an appeal"
        case .outcomeEnds: "the outcome ends"
        case .review: "look at the resolution again"
        case .retention: "kept long enough"
        }
    }

    /// Who waits: the reporter, or one of several.
    private func reporter(_ due: Due) -> String {
        due.report.map { "the reporter of report \($0)" } ?? "the reporter"
    }

    /// How a case is called.
    private func label(_ due: Due) -> String { labels[due.caseID] ?? "\(due.codeName)" }

    /// What to do, in a sentence.
    private func sentence(_ due: Due) -> String {
        switch due.what {
        case .acknowledge: "answer \(reporter(due)) by \(due.by) (add first-response)"
        case .followUp: "tell \(reporter(due)) how things stand by \(due.by) (add reporter)"
        case .moderators: "the moderators' answer by \(due.by) (add moderators)"
        case .appealAnswer: "answer the appeal by \(due.by) (add outcome)"
        case .appealWindow: "can be appealed until \(due.by)"
        case .outcomeEnds: "the outcome ended on \(due.by); note what follows (add discussion)"
        case .review: "look at the resolution again since \(due.by) (row reviewOn=...)"
        case .retention: "kept long enough since \(due.by); erase it, or keep it knowingly"
        }
    }
}
