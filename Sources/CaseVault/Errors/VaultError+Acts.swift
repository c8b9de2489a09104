// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension VaultError {
    /// Not yours, or not there. One text, so that nobody learns which.
    static let notForYou = VaultError(
        .notForYou, as: "notForYou", "Your key does not open this, or it does not exist.",
        hint: "Check the name, let your sync tool finish, or ask a colleague.")

    /// An entry cannot be an answer to what was named.
    static let answersNobody = VaultError(
        .badInput, as: "answersNobody", "This is no answer to a report.",
        hint: "Only entries first-response and reporter answer, and only reports are answered.")

    /// No such member.
    static let unknownMember = VaultError(
        .unknownName, as: "unknownMember", "There is no such member.",
        hint: "Look at the list of members.")

    /// Several members of that name.
    static let ambiguousMember = VaultError(
        .ambiguousName, as: "ambiguousMember", "Several members have that name.",
        hint: "Name the member by the first digits of their id.")

    /// Several cases of that code name.
    static let ambiguousCase = VaultError(
        .ambiguousName, as: "ambiguousCase", "Several cases have that code name.",
        hint: "Add the four digits that are shown behind the code name.")

    /// No such entry.
    static let unknownEntry = VaultError(
        .unknownName, as: "unknownEntry", "The case has no such entry.",
        hint: "Show the case to see what its entries are called.")

    /// A name fits several entries.
    static func ambiguousEntry(_ name: String, _ labels: [String]) -> VaultError {
        VaultError(
            .ambiguousEntry, as: "ambiguousEntry",
            "Several entries can be meant: \(labels.joined(separator: ", ")).",
            hint: "Look at each, then use its name with the letters.",
            with: ["name": name, "labels": labels.joined(separator: ", ")])
    }

    /// No such check in the case.
    static let unknownCheck = VaultError(
        .unknownName, as: "unknownCheck", "The case has no such conflict check.",
        hint: "Show the case, or list the checks, to see which there are.")

    /// The case began with this check.
    static let firstCheckStays = VaultError(
        .refused, as: "firstCheckStays", "The case began with this conflict check, so it stays.",
        hint: "Only a check that was added later can be taken off. A name can be erased.")

    /// No such attachment.
    static let unknownAttachment = VaultError(
        .unknownName, as: "unknownAttachment", "The entry has no such attachment.",
        hint: "Show the entry to see its attachments.")

    /// The act needs an active member.
    static let notAMember = VaultError(
        .refused, as: "notAMember", "Only an active member of the committee can do this.",
        hint: "Ask a member of the committee.")

    /// The card is on the roster already.
    static let alreadyAMember = VaultError(
        .refused, as: "alreadyAMember",
        "This card, or one with the same key, is on the roster already.",
        hint: "A lost key is replaced by a new card, not by the old one.")

    /// Nobody can remove themselves.
    static let cannotRemoveYourself = VaultError(
        .refused, as: "cannotRemoveYourself",
        "You cannot remove yourself: who leaves never makes the new keys.",
        hint: "Ask a colleague to remove you.")

    /// The case would have no reader.
    static let lastReader = VaultError(
        .lastReader, as: "lastReader", "This would leave the case without any reader.",
        hint: "Let somebody else in first, then try again.")

    /// The grantee has not declared.
    static let noDeclaration = VaultError(
        .noDeclaration, as: "noDeclaration",
        "That member has not declared \u{201C}no conflict\u{201D} on every check of this case.",
        hint: "Ask them to answer the conflict checks. Silence is no.")

    /// The caller has not compared the grantee's card.
    static let notConfirmed = VaultError(
        .refused, as: "notConfirmed", "You have not compared that member's card yet.",
        hint: "Compare the fingerprint or the committee code with them, then confirm.")

    /// The check is withheld from the grantee.
    static let checkWithheld = VaultError(
        .refused, as: "checkWithheld", "A check of this case is not shown to that member.",
        hint: "Open the check to them first, if that is really meant.")

    /// The caller has not looked at the people yet.
    static let firstLookNeeded = VaultError(
        .firstLookNeeded, as: "firstLookNeeded", "Look at the people named in this case first.",
        hint: "Answer whether you have a conflict with any of them.")

    /// Somebody has access already.
    static let alreadyAReader = VaultError(
        .refused, as: "alreadyAReader", "That member reads this case already.",
        hint: "Nothing needs to be done.")

    /// Somebody has no access.
    static let notAReader = VaultError(
        .refused, as: "notAReader", "That member does not read this case.",
        hint: "Nothing needs to be done.")

    /// Nothing may be erased.
    static let onHold = VaultError(
        .onHold, as: "onHold", "This case is on legal hold: nothing of it may be erased.",
        hint: "Lift the hold first, if that is right.")

    /// What was typed is not the code name.
    static let wrongCodeName = VaultError(
        .refused, as: "wrongCodeName",
        "That is not the code name of this case; nothing was erased.",
        hint: "Type the two words of the case that is to be erased for good.")

    /// There is no text left.
    static let alreadyErased = VaultError(
        .refused, as: "alreadyErased", "This was erased already.", hint: "Nothing needs to be done."
    )

    /// Nothing to accept.
    static let nothingMissing = VaultError(
        .unknownName, as: "nothingMissing", "Nothing is missing from that log.",
        hint: "Verify the vault, and use a log that is listed as missing.")

    /// No slot left.
    static let noFreeSlot = VaultError(
        .refused, as: "noFreeSlot", "This case has no room for another guest.",
        hint: "Admit the person as a member instead.")

    /// No code name left.
    static let noCodeNameLeft = VaultError(
        .refused, as: "noCodeNameLeft", "Every code name is in use.", hint: "Start a new vault.")

    /// The rules' file is not usable.
    static func badRules(_ why: String) -> VaultError {
        VaultError(
            .badInput, as: "badRules", "The rules cannot be used: \(why).",
            hint: "Mend the rules file.",
            with: ["why": why])
    }

    /// A report has to be about somebody.
    static let nobodyReported = VaultError(
        .badInput, as: "nobodyReported", "A case needs reported people whose names can be seen.",
        hint: "Give a name or, if it is unknown, a neutral description.")

    /// A name in a report has nothing to see.
    static func blankName(_ field: String) -> VaultError {
        VaultError(
            .badInput, as: "blankName", "A name in the report has nothing to see (\(field)).",
            hint: "Write the name, or leave it out.", with: ["field": field])
    }

    /// Input over its limit or with no meaning.
    static func badInput(
        _ reason: String, _ message: String, hint: String, with arguments: [String: String] = [:]
    ) -> VaultError {
        VaultError(.badInput, as: reason, message, hint: hint, with: arguments)
    }

    /// A name from the case in a text that everybody sees.
    static let nameInRegister = VaultError(
        .refused, as: "nameInRegister", "The register must not hold a name from the case.",
        hint: "Write it without names; the whole committee sees the register.")

    /// The row is not open to the caller, or has not arrived.
    static let rowNotOpen = VaultError(
        .incomplete, as: "rowNotOpen",
        "The register row of this case has not arrived or is not open to you.",
        hint: "Let your sync tool finish, or ask another reader of the case.")
}

// MARK: - Export and import

extension VaultError {
    /// An export goes to a new folder.
    static func exportFolderNotEmpty(_ path: String) -> VaultError {
        VaultError(
            .alreadyExists, as: "exportFolderNotEmpty", "The folder is not empty.",
            hint: "Choose a new folder for the export.", file: path)
    }

    /// Plaintext must not get into the shared folder.
    static func insideVault(_ path: String) -> VaultError {
        VaultError(
            .refused, as: "insideVault", "This place is inside of a vault, whose folder is shared.",
            hint: "Choose a place that only you can read.", file: path)
    }

    /// Something in the folder to import is missing or cannot be used.
    static func cannotImport(_ count: Int) -> VaultError {
        VaultError(
            .badInput, as: "cannotImport",
            count == 1
                ? "One thing in the folder cannot be imported."
                : "\(count) things in the folder cannot be imported.",
            hint: "Mend all that is listed and try again; nothing was changed.",
            with: ["count": "\(count)"])
    }

    /// There is nothing to import.
    static func nothingToImport(_ path: String) -> VaultError {
        VaultError(
            .badInput, as: "nothingToImport", "There is no case in the folder.",
            hint: "Make a folder for each case, with the report and a file named about.",
            file: path)
    }

    /// Old reports would get the day of today.
    static func daysNotSaid(_ count: Int) -> VaultError {
        .badInput(
            "daysNotSaid",
            "Nothing says when \(count == 1 ? "a report was" : "\(count) reports were") received.",
            hint: "Say it: with a day in the name of each, or for the plan.",
            with: ["count": "\(count)"])
    }

    /// A file is not what it was when it was looked at.
    static let changedDuringImport = VaultError(
        .badInput, as: "changedDuringImport", "A file was changed while it was imported.",
        hint: "Run it again to finish what is left.")
}
