// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What an act on access cannot undo: one plain sentence each.
enum CannotUndo: Hashable {
    /// Somebody was let in.
    case grantedCanRead(MemberCard)
    /// Somebody was taken out who could read before.
    case couldRead(MemberCard)
    /// Who started the case may have left a file that nobody else can open.
    case ownFirstFile(MemberCard)
    /// The history that others keep.
    case historyKept
    /// What unsynced colleagues still write.
    case unsyncedColleagues(MemberCard)
    /// Old files were deleted at once.
    case keepComputerOn
    /// I still hold the key until a colleague makes a new one.
    case newKeyNeedsColleague
    /// A case that only the removed member could read.
    case loneReader(MemberCard)
    /// Nobody who may change who is in is left.
    case lastWithPower
    /// Old copies of attachments stay until the bytes arrive.
    case attachmentsWait
    /// The new files are there, and some old ones too.
    case oldFilesRemain
    /// Names that were shown cannot be unseen.
    case namesShown
    /// A text is erased on other computers when they catch up.
    case erasedElsewhere
    /// What was read before it was erased.
    case wasReadable
    /// An attachment that could not be deleted because it is not here.
    case attachmentStays
    /// What two cases share stays when one of them is erased.
    case sharedStays
    /// Only this stays of what was erased.
    case headersStay

    /// The fixed name, which scripts may rely on.
    private var name: String {
        switch self {
        case .grantedCanRead: "grantedCanRead"
        case .couldRead: "couldRead"
        case .ownFirstFile: "ownFirstFile"
        case .historyKept: "historyKept"
        case .unsyncedColleagues: "unsyncedColleagues"
        case .keepComputerOn: "keepComputerOn"
        case .newKeyNeedsColleague: "newKeyNeedsColleague"
        case .loneReader: "loneReader"
        case .lastWithPower: "lastWithPower"
        case .attachmentsWait: "attachmentsWait"
        case .oldFilesRemain: "oldFilesRemain"
        case .namesShown: "namesShown"
        case .erasedElsewhere: "erasedElsewhere"
        case .wasReadable: "wasReadable"
        case .attachmentStays: "attachmentStays"
        case .sharedStays: "sharedStays"
        case .headersStay: "headersStay"
        }
    }

    /// Whom it is about.
    private var member: MemberCard? {
        switch self {
        case .grantedCanRead(let card), .couldRead(let card), .ownFirstFile(let card),
            .unsyncedColleagues(let card), .loneReader(let card):
            card
        default: nil
        }
    }

    /// What a program gets of it.
    var sentence: AccessChange.Sentence {
        AccessChange.Sentence(code: .init(name), member: member, text: text(member?.name ?? ""))
    }

    /// The sentence, with the member's name.
    private func text(_ name: String) -> String {
        switch self {
        case .grantedCanRead:
            "\(name) can read and copy everything in this case from now on."
        case .couldRead:
            "What \(name) could read until now may have been read or copied."
        case .ownFirstFile:
            "\(name) started the case: what \(name) wrote before letting anybody in may stay in "
                + "a file that only \(name) can open, until their computer catches up."
        case .historyKept:
            "Old versions that git, a sync service or a backup keeps can still be opened with "
                + "the keys of that time."
        case .unsyncedColleagues:
            "What colleagues write before their computers have synced can still reach \(name)."
        case .keepComputerOn:
            "Keep this computer on until the folder has synced: the old files are deleted here."
        case .newKeyNeedsColleague:
            "Until a colleague catches up, your key still opens what you could open."
        case .loneReader:
            "A case that only \(name) could read is lost unless it was handed over first."
        case .lastWithPower:
            "Nobody is left whom two people compared: now whom you vouched for decides who is in."
        case .attachmentsWait:
            "An attachment whose bytes have not arrived keeps its old key until they have."
        case .oldFilesRemain:
            "Some old files could not be deleted; catch up again to delete them."
        case .namesShown:
            "A name that was shown to a member cannot be unseen."
        case .erasedElsewhere:
            "On your colleagues' computers the text goes when they catch up."
        case .wasReadable:
            "What was erased may have been read or copied before."
        case .attachmentStays:
            "An attachment that has not arrived stays as a file that nothing in the folder opens."
        case .sharedStays:
            "The name or the line in the register stays: whoever started the case gave it to another "
                + "case too. Verifying the vault shows which."
        case .headersStay:
            "Who wrote something, on which day and after what, stays signed; the text does not."
        }
    }
}
