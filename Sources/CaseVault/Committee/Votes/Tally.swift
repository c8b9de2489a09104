// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// How the votes on an entry stand.
public struct Tally: Sendable {
    /// Why a member is not counted. There are no other reasons, and none behind these.
    @nonexhaustive public enum Reason: String, Sendable, CaseIterable {
        /// Declared a conflict.
        case conflict
        /// Has not answered, or was not let in.
        case noAnswer
        /// Stepped back, or was taken out.
        case recused
    }

    /// A member who is not counted.
    public struct NotCounted: Hashable, Sendable {
        /// Who.
        public let member: MemberCard
        /// Why not.
        public let reason: Reason
    }

    /// The entry.
    public let entry: Entry.ID
    /// What people call it.
    public let label: String
    /// How many are for it.
    public let yes: Int
    /// How many are against it.
    public let no: Int
    /// How many abstain.
    public let abstain: Int
    /// The readers who have not voted, by name.
    public let open: [MemberCard]
    /// How many have to say yes, by the majority of the rules.
    public let needed: Int
    /// How many have to vote at all; `nil` is any number.
    public let quorum: Int?
    /// The members who are not counted, by name.
    public let notCounted: [NotCounted]
    /// Whether the entry was corrected since: the votes are on the older text.
    public let isStale: Bool

    /// How many could vote: the readers of today without a conflict. Who abstains or has not
    /// voted is among them; who is recused is not, and is never a no.
    public var denominator: Int { yes + no + abstain + open.count }

    /// Whether enough readers voted.
    public var isQuorate: Bool { yes + no + abstain >= (quorum ?? 0) }

    /// Whether it is carried: enough voted, and enough of all who could said yes.
    public var isCarried: Bool { isQuorate && yes >= needed }
}

/// What became of a vote.
public struct CastVote: Sendable {
    /// How the votes stand now.
    public let tally: Tally
    /// What else became of the act.
    public let change: AccessChange
}
