// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension VaultError {
    /// No letter in it.
    static let noSealedReport = VaultError(
        .badInput, as: "noSealedReport", "There is no whole sealed report in this.",
        hint: "Save the mail or the text with its first and last line, and try again.")

    /// The letter is not as it was sealed.
    static let changedReport = VaultError(
        .badInput, as: "changedReport", "This sealed report is not as its sender sealed it.",
        hint: "Ask for it again, if you know whom to ask. Nothing was changed.")

    /// Several letters that are mine.
    static let severalReports = VaultError(
        .badInput, as: "severalReports", "There are several sealed reports in this.",
        hint: "Take them in one by one, each from a file of its own.")

    /// The key has no slot.
    static let sealedToOthers = VaultError(
        .notForYou, as: "sealedToOthers", "This sealed report is not for your key.",
        hint: "Do not pass it on: whom it is for has got it from the reporter.")

    /// The same letter again.
    static func takenAlready(_ name: any CustomStringConvertible) -> VaultError {
        VaultError(
            .refused, as: "takenAlready",
            "You have taken in this sealed report already: it is in \(name).",
            hint: "Nothing needs to be done.", with: ["case": "\(name)"])
    }

    /// No reply key.
    static let cannotSealAnswer = VaultError(
        .refused, as: "cannotSealAnswer",
        "This case did not come from a sealed report, so no answer can be sealed.",
        hint: "Answer as the reporter can be reached, and add the text as an ordinary entry.")

    /// An answer has a few sizes only.
    static let answerTooLong = VaultError(
        .badInput, as: "answerTooLong", "A sealed answer can have at most 60,000 bytes.",
        hint: "Shorten it, or answer in several.")

    /// TweetNaCl.js is not there, or another.
    static func noTweetNaCl(_ path: String?, isOther: Bool) -> VaultError {
        VaultError(
            .refused, as: isOther ? "otherTweetNaCl" : "noTweetNaCl",
            isOther
                ? "This is not a TweetNaCl.js that this program knows."
                : "TweetNaCl.js is not on this computer, and the page needs it.",
            hint: "Install it: apt-get install node-tweetnacl (Debian, Ubuntu).", file: path)
    }

    /// Nobody to seal to.
    static let pageNeedsMembers = VaultError(
        .badInput, as: "pageNeedsMembers",
        "A page for reports needs at least two members, and at most 64.",
        hint: "With one member nobody could be left out.")

    /// No page.
    static let notAnIntakePage = VaultError(
        .badInput, as: "notAnIntakePage", "This is no page for reports.",
        hint: "Save the page itself, as it comes from the site, and check that file.")
}
