// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// Asks about many checks, one after the other. One can go back, and stop: what was answered is
/// recorded then too, and the rest is asked the next time.
struct DeclareDialog {
    /// The checks, as they are asked.
    let checks: [ConflictCheck]
    /// The answers so far.
    private var answers: [ConflictAnswer?]

    /// About some checks.
    init(_ checks: [ConflictCheck]) {
        self.checks = CheckText.sorted(checks)
        answers = Array(repeating: nil, count: checks.count)
    }

    /// Asks, shows all answers, and asks whether they are right.
    ///
    /// - Returns: The answers to be recorded; at least one.
    /// - Throws: A failure where nothing is to be recorded.
    mutating func run() throws -> [(check: ConflictCheck.ID, answer: ConflictAnswer)] {
        if checks.count == 1 {
            answers[0] =
                try Questions.yesOrNo(CheckText.question(checks[0]))
                ? .conflict : .noConflict
            return given
        }
        Host.say("\(checks.count) questions. You can go back, and stop at any time.")
        let isStopped = try askAll()
        guard answers.contains(where: { $0 != nil }) else { throw Self.nothing }
        return try review(isStopped: isStopped)
    }

    /// The answers so far.
    private var given: [(check: ConflictCheck.ID, answer: ConflictAnswer)] {
        zip(checks, answers).compactMap { check, answer in answer.map { (check.id, $0) } }
    }

    /// Asks one after the other.
    ///
    /// - Returns: Whether it was stopped before the end.
    private mutating func askAll() throws -> Bool {
        var place = 0
        while place < checks.count {
            do {
                let words = place == 0 ? ["yes", "no", "stop"] : ["yes", "no", "back", "stop"]
                switch try Questions.choice(question(place), words, outlivesInterrupt: true) {
                case "yes": answers[place] = .conflict
                case "no": answers[place] = .noConflict
                case "back":
                    place -= 1
                    continue
                default: return true
                }
                place += 1
            } catch let failure as Failure where failure.code == "cancelled" {
                // Control-C: once more, at the next question, ends it and records nothing.
                return true
            }
        }
        return false
    }

    /// The question about one check, with how many there are.
    private func question(_ place: Int) -> String {
        "\(place + 1) of \(checks.count): " + CheckText.question(checks[place])
    }

    /// Shows the answers, until they are right.
    private mutating func review(
        isStopped: Bool
    ) throws -> [(check: ConflictCheck.ID, answer: ConflictAnswer)] {
        while true {
            for (number, (check, answer)) in zip(checks, answers).enumerated() {
                if let answer { Host.say(CheckText.line(number + 1, check, answer)) }
            }
            if isStopped {
                Host.say(
                    "\(checks.count - given.count) are not answered yet; casevault declare goes on "
                        + "with them.")
            }
            let what = given.count == 1 ? "this answer" : "these \(given.count) answers"
            let word = try Questions.choice(
                "Record \(what)? Or type the number of one to change it.", ["yes", "no"],
                or: 1...checks.count)
            switch word {
            case "yes": return given
            case "no": throw Self.nothing
            default:
                guard let number = Int(word) else { continue }
                let isConflict = try Questions.yesOrNo(question(number - 1))
                answers[number - 1] = isConflict ? .conflict : .noConflict
            }
        }
    }

    /// That nothing is recorded.
    private static let nothing = Failure(
        code: "cancelled", message: "Nothing was recorded.",
        hint: "Run it again to answer: casevault declare")
}
