// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension VaultError {
    /// The rules do not have this response.
    static func unknownResponse(_ names: [String]) -> VaultError {
        VaultError(
            .badInput, "The rules have no such response.",
            hint: "Use one of: " + names.joined(separator: ", ") + ".")
    }

    /// The response is for good.
    static let responseNotTimed = VaultError(
        .badInput, "This response cannot have an end.",
        hint: "Leave the end out, or use a response that the rules give an end.")

    /// The outcome would end before it begins.
    static let endsTooEarly = VaultError(
        .badInput, "The outcome would end before its own day.",
        hint: "Give a later day, YYYY-MM-DD.")

    /// The day of an entry is far ahead.
    static let dayTooFarAhead = VaultError(
        .badInput, "This day is more than a year ahead.",
        hint: "Give the day on which it happened, YYYY-MM-DD, and look at your computer's clock.")

    /// The entry was corrected.
    static func entrySuperseded(_ label: String, by newer: [String]) -> VaultError {
        VaultError(
            .changedMeanwhile,
            "Entry \(label) was corrected by \(newer.joined(separator: ", ")).",
            hint: "Look at what is there now, then decide.")
    }

    /// The entry was erased.
    static func entryErasedMeanwhile(_ label: String) -> VaultError {
        VaultError(
            .changedMeanwhile, "Entry \(label) was erased.",
            hint: "Look at what is there now, then decide.")
    }

    /// The voter has a conflict.
    static let conflictedVote = VaultError(
        .refused, "Who declared a conflict has no vote in this case.",
        hint: "Hand the case over, or step back from it.")
}
