// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension AccessChange.Sentence.Code {
    /// The member can read and copy everything from now on.
    public static let grantedCanRead = Self("grantedCanRead")
    /// What the member could read until now may have been read or copied.
    public static let couldRead = Self("couldRead")
    /// The member may have left a file that only they can open.
    public static let ownFirstFile = Self("ownFirstFile")
    /// Old versions that others keep still open with the keys of that time.
    public static let historyKept = Self("historyKept")
    /// What colleagues write before they have synced can still reach the member.
    public static let unsyncedColleagues = Self("unsyncedColleagues")
    /// This computer has to stay on until the folder has synced.
    public static let keepComputerOn = Self("keepComputerOn")
    /// Your key still opens what you could open, until a colleague catches up.
    public static let newKeyNeedsColleague = Self("newKeyNeedsColleague")
    /// A case that only the member could read is lost unless it was handed over.
    public static let loneReader = Self("loneReader")
    /// Nobody who may change who is in is left; the next by your word alone may.
    public static let lastWithPower = Self("lastWithPower")
    /// An attachment keeps its old key until its bytes have arrived.
    public static let attachmentsWait = Self("attachmentsWait")
    /// Some old files could not be deleted.
    public static let oldFilesRemain = Self("oldFilesRemain")
    /// A name that was shown cannot be unseen.
    public static let namesShown = Self("namesShown")
    /// On other computers the text goes when they catch up.
    public static let erasedElsewhere = Self("erasedElsewhere")
    /// What was erased may have been read or copied before.
    public static let wasReadable = Self("wasReadable")
    /// An attachment that has not arrived stays as a file that nothing opens.
    public static let attachmentStays = Self("attachmentStays")
    /// The name or the row stays, because another case has it too.
    public static let sharedStays = Self("sharedStays")
    /// Author, day and order stay; the text does not.
    public static let headersStay = Self("headersStay")
}
