// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension VaultError {
    /// Only who was compared by two people may do this.
    static let needsComparison = VaultError(
        .refused, as: "needsComparison",
        "This changes who is in, and that needs two people who compared your card.",
        hint: "Ask a second colleague to compare fingerprints with you; then their computer and "
            + "yours catch up.")

    /// What was to be done would count for nobody.
    static let withoutEffect = VaultError(
        .refused, as: "withoutEffect", "This would have no effect, so nothing was written.",
        hint: "Catch up and look at the members and the questions first.")

    /// The question cannot be answered like that.
    static let notAsked = VaultError(
        .refused, as: "notAsked", "This question has no such answer.",
        hint: "Look at the questions that are open now.")

    /// The rules do not have this response.
    static func unknownResponse(_ names: [String]) -> VaultError {
        VaultError(
            .badInput, as: "unknownResponse", "The rules have no such response.",
            hint: "Use one of: " + names.joined(separator: ", ") + ".",
            with: ["names": names.joined(separator: ", ")])
    }

    /// The response is for good.
    static let responseNotTimed = VaultError(
        .badInput, as: "responseNotTimed", "This response cannot have an end.",
        hint: "Leave the end out, or use a response that the rules give an end.")

    /// The outcome would end before it begins.
    static let endsTooEarly = VaultError(
        .badInput, as: "endsTooEarly", "The outcome would end before its own day.",
        hint: "Give a later day, YYYY-MM-DD.")

    /// The day of an entry is far ahead.
    static let dayTooFarAhead = VaultError(
        .badInput, as: "dayTooFarAhead", "This day is more than a year ahead.",
        hint: "Give the day on which it happened, YYYY-MM-DD, and look at your computer's clock.")

    /// The entry was corrected.
    static func entrySuperseded(_ label: String, by newer: [String]) -> VaultError {
        VaultError(
            .changedMeanwhile, as: "entrySuperseded",
            "Entry \(label) was corrected by \(newer.joined(separator: ", ")).",
            hint: "Look at what is there now, then decide.",
            with: ["label": label, "newer": newer.joined(separator: ", ")])
    }

    /// The entry was erased.
    static func entryErasedMeanwhile(_ label: String) -> VaultError {
        VaultError(
            .changedMeanwhile, as: "entryErasedMeanwhile", "Entry \(label) was erased.",
            hint: "Look at what is there now, then decide.", with: ["label": label])
    }

    /// Something was added to the case, or erased in it.
    static let caseChanged = VaultError(
        .changedMeanwhile, as: "caseChanged", "This case is not any more what you were shown.",
        hint: "Look at what is there now, then decide.")

    /// More is missing than what was shown, or less.
    static let gapChanged = VaultError(
        .changedMeanwhile, as: "gapChanged", "What is missing is not any more what you were shown.",
        hint: "Look at what is missing now, then decide.")

    /// The question was answered, or is another one by now.
    static let questionChanged = VaultError(
        .changedMeanwhile, as: "questionChanged", "This question is not open any more.",
        hint: "Look at the questions that are open now.")

    /// The voter has a conflict.
    static let conflictedVote = VaultError(
        .refused, as: "conflictedVote", "Who declared a conflict has no vote in this case.",
        hint: "Hand the case over, or step back from it.")
}
