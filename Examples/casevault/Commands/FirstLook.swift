// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// The question before a case is shown for the first time.
enum FirstLook {
    /// Puts the question if it was not answered yet.
    ///
    /// - Returns: the answer of a reader who has a conflict and left; `nil` to go on.
    static func take(_ item: Case, _ vault: Vault, _ session: Session) throws -> Answer? {
        if let answer = session.arguments["--first-look"].flatMap(ConflictAnswer.init) {
            return try answer == .conflict ? leave(item, vault) : look(item)
        }
        if item.hasTakenFirstLook { return nil }
        guard Host.canAsk else {
            throw Failure.needsAnswer(
                "You have not said yet whether you have a conflict with anybody in this case.",
                hint: "Say it with --first-look noConflict or --first-look conflict.")
        }
        Host.say("These people are named in the case:")
        for person in try item.people { Host.say("  \(CaseText.line(person))") }
        let question = "Do you have a conflict of interest with any of them?"
        return try Questions.yesOrNo(question) ? leave(item, vault) : look(item)
    }

    /// Notes that there is no conflict.
    private static func look(_ item: Case) throws -> Answer? {
        // Who has no conflict changes nothing about who reads.
        if !item.hasTakenFirstLook { _ = try item.takeFirstLook(.noConflict) }
        return nil
    }

    /// Leaves the case before anything of it was read.
    private static func leave(_ item: Case, _ vault: Vault) throws -> Answer {
        let change = try item.takeFirstLook(.conflict)
        var answer = AccessText(change).answer()
        answer.failure = Failure(
            code: "notForYou", message: "You stepped back from this case.",
            hint: "Ask a colleague to catch up: then the case gets a new key.", exit: 4)
        return answer
    }
}
