// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A member of the committee, as the roster has it.
public struct Member: Identifiable, Hashable, Sendable {
    /// The member's card.
    public let card: MemberCard
    /// Whether you compared the card with its owner; of yourself it is true.
    public let isConfirmedByMe: Bool
    /// Whether the member may change who is in: two people who may have compared their card.
    public let hasPower: Bool
    /// Whether this is you.
    public let isMe: Bool
    /// The day of admission, as the admitting member's computer had it.
    public let since: Day

    /// Whether a second colleague has to compare the card before the member may change who is in.
    public var needsComparison: Bool { !hasPower }
    /// The display name.
    public var name: String { card.name }
    /// The card's identifier.
    public var id: CardID { card.id }
    /// Forty digits to compare by voice.
    public var fingerprint: Fingerprint { card.fingerprint }
}
