// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// Asks for what else is known about a report that is typed, one thing after the other.
struct ReportQuestions {
    /// What can be answered.
    private enum Answer {
        /// A text in one line.
        case text
        /// Several, between semicolons.
        case texts
        /// Yes or no.
        case flag
        /// One of some words, each with what it stands for in a file of fields.
        case words([(word: String, value: String)])
    }

    /// One question: the key in a file of fields, the words, and what can be answered.
    private typealias Item = (key: String, question: String, answer: Answer)

    /// All of them, in the order in which they are asked.
    private static let all: [Item] = [
        ("immediateDanger", "Is anybody in danger now?", .flag),
        ("ongoing", "Is it still going on?", .flag),
        ("incidentDate", "When did it happen?", .text),
        ("incidentTime", "At what time?", .text),
        ("incidentPlace", "Where?", .text),
        ("behaviour", "What was done, in neutral words?", .text),
        ("circumstances", "What were the circumstances?", .text),
        ("impact", "What did it lead to?", .text),
        ("reportedPersonDescription", "What tells the reported person from others?", .text),
        ("witnesses", "Who saw it or knows of it? Several with \";\" between them.", .texts),
        ("reporterName", "Who reported it?", .text),
        ("reporterAliases", "Other names of theirs? Several with \";\" between them.", .texts),
        ("reporterContact", "How can the reporter be reached?", .text),
        ("staysAnonymous", "Does the reporter wish to stay anonymous?", .flag),
        ("consentToBeNamed", "May the reporter be named to the reported person?", .flag),
        ("retaliationConcern", "What does the reporter fear in return for the report?", .text),
        (
            "recorded", "Are these the reporter's own words?",
            .words([("yes", "verbatim"), ("no", "asTold")])
        ),
        (
            "channel", "How did it arrive?",
            .words([
                ("mail", "mail"), ("chat", "chat"), ("phone", "phone"), ("in person", "inPerson"),
                ("form", "form"), ("other", "other"),
            ])
        ),
        ("receivedOn", "On which day did you receive it (YYYY-MM-DD)?", .text),
        ("receivedAt", "At what time (14:30)?", .text),
    ]

    /// Asks all of them that have no answer yet.
    ///
    /// - Parameter typed: the text that the answers belong to, and what was answered earlier.
    /// - Returns: a file of fields.
    /// - Throws: a failure at Control-C; what was answered is kept with the text.
    static func ask(about typed: inout TypedText) throws -> JSONValue {
        var answers = typed.draft.answers
        let open = all.filter { answers[$0.key] == nil }
        if answers.isEmpty {
            Host.say(
                "\(open.count) short questions about it. Enter skips one, \"stop\" the rest.")
        }
        do {
            for item in open {
                guard let answer = try ask(item) else { break }
                if !answer.isEmpty { answers[item.key] = answer }
            }
        } catch {
            typed.answer(answers)
            typed.sayWhere()
            throw error
        }
        typed.answer(answers)
        return .object(
            all.compactMap { item in answers[item.key].map { (item.key, json($0, item)) } })
    }

    /// Asks one, until the answer fits.
    ///
    /// - Returns: the answer as it was typed, empty where it was skipped; `nil` where the rest is.
    private static func ask(_ item: Item) throws -> String? {
        while true {
            guard let line = try Questions.optional(item.question + hint(item.answer)) else {
                return ""
            }
            if line.lowercased() == "stop" { return nil }
            if case .words = item.answer, value(line, item.answer) == nil {
                Host.say("Type one of the words, or Enter.")
                continue
            }
            if case .flag = item.answer, value(line, item.answer) == nil {
                Host.say("Type yes or no, or Enter.")
                continue
            }
            var report = Report(text: "-")
            do {
                try report.apply(
                    fieldsJSON: Array(JSONValue.object([(item.key, json(line, item))]).text.utf8))
                return line
            } catch {
                Host.say("\(Failure(error).message) \(Failure(error).hint)")
            }
        }
    }

    /// What can be answered, behind a question.
    private static func hint(_ answer: Answer) -> String {
        switch answer {
        case .text, .texts: ""
        case .flag: " (yes, no)"
        case .words(let words): " (\(words.map(\.word).joined(separator: ", ")))"
        }
    }

    /// What a word stands for; `nil` for one that is none of them.
    private static func value(_ line: String, _ answer: Answer) -> String? {
        let words: [(word: String, value: String)]
        switch answer {
        case .text, .texts: return line
        case .flag: words = [("yes", "yes"), ("no", "no")]
        case .words(let those): words = those
        }
        let typed = line.lowercased()
        let found = words.filter { $0.word == typed || $0.word.prefix(typed.count) == typed }
        return found.count == 1 ? found[0].value : nil
    }

    /// An answer as it stands in a file of fields.
    private static func json(_ line: String, _ item: Item) -> JSONValue {
        let value = value(line, item.answer) ?? line
        switch item.answer {
        case .text, .words: return .text(value)
        case .flag: return .flag(value == "yes")
        case .texts:
            let parts = line.split(separator: ";").map { Questions.trimmed($0) }
                .filter { !$0.isEmpty }
            if item.key == "witnesses" {
                return .list(parts.map { .object([("name", .text($0))]) })
            }
            return .texts(parts)
        }
    }
}
