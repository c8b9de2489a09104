// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What an entry can be about that somebody adds: every kind but the report, with which a case
/// starts, and what is not known any more.
@nonexhaustive public enum NewEntryKind: String, Sendable, CaseIterable {
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
    /// The outcome; what it states, and until when, is said with `Case.addOutcome`.
    case outcome
    /// An appeal.
    case appeal
    /// A statement to the public.
    case publicStatement = "public"

    /// The same among all kinds.
    public var kind: EntryKind {
        switch self {
        case .discussion: .discussion
        case .plan: .plan
        case .consequences: .consequences
        case .moderators: .moderators
        case .reportedPerson: .reportedPerson
        case .reporter: .reporter
        case .firstResponse: .firstResponse
        case .witness: .witness
        case .outcome: .outcome
        case .appeal: .appeal
        case .publicStatement: .publicStatement
        }
    }
}

/// What an outcome states.
public struct StatedResponse: Hashable, Sendable {
    /// The response, from the rules' list, in any case and spacing. A guest, who does not see the
    /// rules, may state anything.
    public var name: String
    /// Its last day, where the rules give the response an end; `nil` is for good.
    public var until: Day?

    /// A response, and its end if it has one.
    public init(_ name: String, until: Day? = nil) {
        self.name = name
        self.until = until
    }
}

/// What became of adding an entry.
public struct AddedEntry: Identifiable, Sendable {
    /// The new entry.
    public let id: Entry.ID
    /// What people call it.
    public let label: String
    /// What else became of the act: whoever must not read the case any more is taken out first.
    public let change: AccessChange
}
