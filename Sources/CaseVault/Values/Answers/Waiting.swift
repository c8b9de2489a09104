// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Something that is not finished, and what it needs.
public struct Waiting: Hashable, Sendable {
    /// What has to happen. The raw values are fixed; scripts may rely on them.
    @nonexhaustive public enum Need: String, Sendable {
        /// The member has to answer the conflict checks. Silence is no.
        case declaration
        /// You have to compare the member's card before your computer lets them in.
        case confirmation
        /// A colleague who reads the case has to catch up.
        case catchUpByReader
        /// Another member has to catch up: what you cannot open waits for those who can.
        case catchUpByOthers
        /// Somebody who can read the check has to say whether the member may see the name.
        case openDecision
        /// An attachment's bytes have not arrived; it is encrypted again when they have.
        case attachmentBytes
        /// The folder holds less than this computer has seen: the rest has to arrive.
        case arrival
        /// Nothing opens any more of something that you could read: it was closed to you, or is
        /// missing. Ask a colleague.
        case closedOrMissing
        /// A question is open about who belongs here: see `Vault.questions`.
        case question
        /// A second colleague has to compare your card before you can let anybody in.
        case comparedByTwo
        /// The text goes when a day is over.
        case erasureDay
        /// The case has fewer readers than the rules want.
        case moreReaders
        /// More members are recused than the rules allow: another organizer steps in as a guest.
        case anotherOrganizer
        /// The case was erased, and something is still there, such as what somebody wrote
        /// meanwhile: erase it again.
        case erasure
        /// Another reader has to erase the case too: what you cannot open or may not erase, such
        /// as the name in a check that you did not answer, is still there.
        case erasureByOthers
        /// The member read the case under a card that was replaced, and the old card was taken out of
        /// it. A reader has to let the new one in by name, if that is what is meant.
        case grantByHand
        /// Your computer would let the member in by itself, and no colleague's would count it: answer
        /// the checks that you are asked about, or ask a colleague to let them in.
        case noEffect
        /// The member has to install their key and open the vault.
        case firstOpening
        /// You have to look at the people named in the case before it is given out.
        case firstLook
    }

    /// The case; `nil` where it is about something else, or must not be told.
    public let caseID: TypedID<Named.ACase>?
    /// The case's code name.
    public let codeName: CodeName?
    /// The member.
    public let member: MemberCard?
    /// What has to happen.
    public let need: Need

    /// The case, as other answers name it.
    var file: NamedCase? {
        guard let caseID, let codeName else { return nil }
        return NamedCase(id: caseID, codeName: codeName)
    }

    /// Something that waits.
    init(_ need: Need, in file: NamedCase? = nil, for member: MemberCard? = nil) {
        caseID = file?.id
        codeName = file?.codeName
        self.member = member
        self.need = need
    }
}
