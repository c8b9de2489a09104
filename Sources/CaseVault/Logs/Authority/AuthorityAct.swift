// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// What a record does, as far as the rules about people are concerned.
enum AuthorityAct: Sendable {
    /// It starts its log.
    case starts(AuthorityRoot)
    /// It lets somebody in.
    case letsIn(LetIn)
    /// The author compared fingerprints with somebody.
    case confirms(CardID)
    /// It takes people out; naming its author has no effect.
    case removes([CardID])
    /// The author goes; these acts on the author's list stay.
    case leaves(keeping: [RecordID])
    /// These acts of others count on the author's computer.
    case counts([RecordID])
    /// The author once had this key.
    case wasKey(CardID)
    /// It adds a check to a case.
    case links(Link)
    /// Nothing of the case may be erased.
    case holds
    /// Links and holds are over: those named, and those of the named people who are out.
    case ends(records: [RecordID], people: [CardID])
    /// Texts go, the holds that are over being named, or their authors who are out.
    case erases(texts: [RecordID], over: [RecordID], overPeople: [CardID])
    /// The author has a conflict, or none, and takes earlier declarations back.
    case declares(check: LogID, conflict: Bool, replacing: [RecordID])
    /// An entry, a vote, a name in a check, a change of a row or of the committee's rules.
    case text

    /// What a record says that lets somebody in.
    struct LetIn: Sendable {
        /// Whom.
        var card: CardID
        /// Which removals and leaves of the card it lifts; the log's first record, to open what
        /// that withholds.
        var lifts: [RecordID] = []
        /// The checks on which the card itself declared, in this record, that it has no conflict.
        var answers: [LogID] = []
        /// Whether the roster need not know the card.
        var isGuest = false
        /// Whether the card is the one whom a lone founder makes a second.
        var isSecond = false
        /// The older key that the card replaces.
        var replaces: CardID?
    }

    /// What a record says that links a check.
    struct Link: Sendable {
        /// The check.
        var check: LogID
        /// The tag of a first record that was made for this link; see `AuthorityRoot.tag`.
        var tag: Bytes32
        /// Who reads the case already and is not asked.
        var readers: [CardID] = []
    }
}
