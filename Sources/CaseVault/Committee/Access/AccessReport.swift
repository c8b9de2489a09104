// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Who can read a case, since when and by whose act; and everybody else, and why not.
public struct AccessReport: Sendable {
    /// Somebody who reads the case.
    public struct Reader: Sendable {
        /// Who.
        public let member: MemberCard
        /// The day of the act that let them in, as its author's computer had it.
        public let since: Day
        /// Whose act it was.
        public let grantedBy: MemberCard
        /// Whether this is a guest: not on the roster, reads this case only.
        public let isGuest: Bool
    }

    /// Why a member does not read the case. The raw values are fixed.
    @nonexhaustive public enum State: String, Sendable {
        /// Declared a conflict.
        case conflict
        /// Has not answered every check. Silence is no.
        case noAnswer
        /// Declared no conflict; you have not compared the card.
        case unconfirmed
        /// Was taken out.
        case revoked
        /// Left by themselves.
        case recused
        /// A check of the case is not shown to them.
        case withheld
        /// Declared no conflict and is let in by the next catching up.
        case ready
    }

    /// Somebody who does not read the case.
    public struct Other: Sendable {
        /// Who.
        public let member: MemberCard
        /// Why not.
        public let state: State
    }

    /// The readers, by name.
    public let readers: [Reader]
    /// Everybody else, by name.
    public let others: [Other]
    /// Whether more members are recused than the rules allow, and no guest was asked in: another
    /// organizer should step in.
    public let needsAnotherOrganizer: Bool
}
