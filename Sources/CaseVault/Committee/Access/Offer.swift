// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Something that waits for you: an act of catching up, or a question.
public struct Offer: Hashable, Sendable {
    /// What to do. The raw values are fixed; scripts may rely on them.
    @nonexhaustive public enum Act: String, Sendable {
        /// Answer conflict checks.
        case declare
        /// Compare a member's card.
        case confirm
        /// Say whether a newcomer may see a check's name.
        case decideOpening = "open"
        /// Let a member into a case.
        case grant
        /// Show a row to a member.
        case openRow
        /// Rewrite files.
        case reseal
        /// Erase what is still there of an erased case.
        case erase
    }

    /// What to do.
    public let act: Act
    /// In which case.
    public let caseID: TypedID<Named.ACase>?
    /// The case's code name.
    public let codeName: CodeName?
    /// With which member.
    public let member: MemberCard?

    /// Something that waits for you.
    init(_ act: Act, in file: NamedCase? = nil, with member: MemberCard? = nil) {
        self.act = act
        caseID = file?.id
        codeName = file?.codeName
        self.member = member
    }

    /// Whether catching up does it without a question.
    public var needsNoQuestion: Bool {
        switch act {
        case .declare, .confirm, .decideOpening, .erase: false
        case .grant, .openRow, .reseal: true
        }
    }
}
