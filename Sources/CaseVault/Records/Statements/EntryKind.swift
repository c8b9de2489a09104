// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What an entry of a case file is about.
@nonexhaustive public enum EntryKind: String, Sendable {
    /// The report, with which every case starts.
    case report
    /// A discussion of the committee: scope, jurisdiction, impact, risk.
    case discussion
    /// The proposed behavioural modification plan.
    case plan
    /// The proposed consequences.
    case consequences
    /// A discussion with moderators, administrators or other organizers.
    case moderators
    /// A discussion with the reported person.
    case reportedPerson = "reported-person"
    /// The text sent to the reporter.
    case reporter
    /// The first response to the reporter: safe person, safe place, security, services.
    case firstResponse = "first-response"
    /// What a witness said.
    case witness
    /// The outcome.
    case outcome
    /// An appeal.
    case appeal
    /// A statement to the public.
    case publicStatement = "public"
    /// Not known any more: the entry's text was erased, or has not arrived.
    case gone

    /// The number that the format has for it, never reused.
    var number: UInt8 {
        switch self {
        case .report: 0
        case .discussion: 1
        case .plan: 2
        case .consequences: 3
        case .moderators: 4
        case .reportedPerson: 5
        case .reporter: 6
        case .firstResponse: 7
        case .witness: 8
        case .outcome: 9
        case .appeal: 10
        case .publicStatement: 11
        case .gone: 255
        }
    }

    /// What people call it, with a capital.
    public var label: String {
        switch self {
        case .report: "Report"
        case .discussion: "Discussion"
        case .plan: "Proposed plan"
        case .consequences: "Proposed consequences"
        case .moderators: "With moderators or organizers"
        case .reportedPerson: "With the reported person"
        case .reporter: "To the reporter"
        case .firstResponse: "First response"
        case .witness: "Witness"
        case .outcome: "Outcome"
        case .appeal: "Appeal"
        case .publicStatement: "Statement to the public"
        case .gone: "No text"
        }
    }

    /// Whether the text goes to people outside of the committee.
    public var goesOutside: Bool {
        self == .moderators || self == .reportedPerson || self == .publicStatement
    }
}

// MARK: - CaseIterable

extension EntryKind: CaseIterable {
    /// The kinds that an entry can be written as: all but `gone`.
    public static let allCases: [EntryKind] = [
        .report, .discussion, .plan, .consequences, .moderators, .reportedPerson, .reporter,
        .firstResponse, .witness, .outcome, .appeal, .publicStatement,
    ]
}
