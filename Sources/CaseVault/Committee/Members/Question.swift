// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A question about who belongs here that records alone cannot answer, or something that people
/// should know. Nothing else waits for it.
public struct Question: Hashable, Sendable {
    /// What it is about. The raw values are fixed; scripts may rely on them.
    @nonexhaustive public enum Kind: String, Sendable {
        /// Others took you out: accept it, or object.
        case removed
        /// Somebody is out here and in by their own computer: who stays?
        case whoStays
        /// Told only: a colleague's computer counts somebody differently.
        case differs
        /// Told only: no colleague's computer counts you in.
        case unheld
    }

    /// An answer.
    @nonexhaustive public enum Reply: String, Sendable {
        /// You accept that you are out.
        case accept
        /// You object: whoever took you out is out in turn, and whom they took out is back.
        case object
        /// The member stays, and is in again.
        case stays
        /// The member goes.
        case goes
    }

    /// What it is about.
    public let kind: Kind
    /// In which case; `nil` where it is about the committee.
    public var caseID: TypedID<Named.ACase>? { file?.id }
    /// The case's code name.
    public var codeName: CodeName? { file?.codeName }
    /// About whom.
    public let member: MemberCard
    /// Who took them out; or whose computers say something else. By name.
    public let others: [MemberCard]
    /// The case, as answers name it.
    let file: NamedCase?
    /// The log.
    let log: LogID

    /// The answers that it can have; none where people are only told.
    public var replies: [Reply] {
        switch kind {
        case .removed: [.accept, .object]
        case .whoStays: [.stays, .goes]
        case .differs, .unheld: []
        }
    }
}
