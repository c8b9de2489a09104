// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// "A report involves this person. Do you have a conflict of interest?"
///
/// Nothing else about the report is in a check, and nothing leads from it to a case.
public struct ConflictCheck: Identifiable, Sendable {
    /// Names a check.
    public typealias ID = TypedID<Named.ACheck>

    /// Which check.
    public let id: ID
    /// The person that a report involves: one, unless a name was corrected.
    public let people: [ReportedPerson]
    /// Your answer; `nil` as long as you have not answered. Silence is no.
    public let myAnswer: ConflictAnswer?
    /// Members that joined later and of whom nobody has said whether they may see the name.
    public let undecidedNewcomers: [MemberCard]
}
