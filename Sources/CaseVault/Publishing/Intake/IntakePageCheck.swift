// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What a page for reports that is in use says, compared with the vault.
public struct IntakePageCheck: Sendable {
    /// Whether the page is, byte for byte, what this program writes for its members.
    public let isUnchanged: Bool
    /// Whom the page seals to, in its order.
    public let sealsTo: [Recipient]
    /// Members of today who are not on the page.
    public let missing: [String]
    /// The last day of the page; `nil` if it has none.
    public let until: Day?
    /// Whether the last day is over.
    public let isOver: Bool

    /// Somebody whom the page seals to.
    public struct Recipient: Hashable, Sendable {
        /// The name on the page.
        public let name: String
        /// Where the page says that reports for them go; empty if it does not.
        public let address: String
        /// Who that is in the vault.
        public let state: State
    }

    /// Who somebody on a page is.
    @nonexhaustive public enum State: String, Hashable, Sendable, CaseIterable {
        /// A member of today, under their own name.
        case member
        /// A member of today, under another name.
        case otherName
        /// Somebody who was a member.
        case formerMember
        /// Nobody whom the vault knows.
        case stranger
    }

    /// Whether the page can stay as it is: nobody but members can read what it seals.
    public var isGood: Bool {
        isUnchanged && !isOver && sealsTo.allSatisfy { $0.state == .member }
    }
}
