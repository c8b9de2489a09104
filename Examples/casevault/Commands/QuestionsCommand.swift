// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault questions`.
enum QuestionsCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "questions", summary: "Show and answer questions about who belongs here",
        arguments: [
            ArgumentSpec(
                name: "accept|object|stays|goes", help: "the answer; without it: show them",
                value: .choice(["accept", "object", "stays", "goes"]), isRequired: false),
            ArgumentSpec(
                name: "MEMBER", help: "stays, goes: about whom", value: .member, isRequired: false),
        ],
        options: [
            OptionSpec(
                name: "--case", valueName: "CASE", help: "in a case, not in the committee",
                value: .caseName)
        ],
        notes: [
            "accept, object: somebody took you out. stays, goes: a member is out here and in by",
            "their own computer. Talk to each other before you answer.",
        ], reads: { $0.positional(0) == nil }, run: run)

    /// Shows or answers.
    private static func run(_ session: Session) throws -> Answer {
        let vault = try session.vault()
        let arguments = session.arguments
        guard let text = arguments.positional(0) else { return answer(vault.questions) }
        guard let reply = Question.Reply(rawValue: text) else {
            throw Failure.usage(arguments.command, "Answer accept, object, stays or goes.")
        }
        let isAboutMember = reply == .stays || reply == .goes
        guard isAboutMember == (arguments.positional(1) != nil) else {
            throw Failure.usage(
                arguments.command,
                isAboutMember ? "Say about whom: MEMBER." : "\(text) takes no MEMBER.")
        }
        let place = try arguments["--case"].map { try vault.case(named: $0).codeName }
        let open = vault.questions.filter { question in
            question.replies.contains(reply) && question.codeName == place
                && arguments.positional(1).map { isNamed($0, question.member) } ?? true
        }
        guard open.count == 1, let question = open.first else {
            throw Failure.usage(
                arguments.command,
                open.isEmpty
                    ? "There is no such question: casevault questions." : "Use the card id.")
        }
        let change = try vault.answer(question, reply)
        return AccessText(
            change, happened: ["Answered: \(text)."],
            readers: ["members: \(Shown.names(vault.members.map(\.name)))"]
        ).answer()
    }

    /// Whether a name or the beginning of a card id means somebody.
    private static func isNamed(_ text: String, _ card: MemberCard) -> Bool {
        card.name == text || (text.utf8.count >= 8 && "\(card.id)".hasPrefix(text.lowercased()))
    }

    /// The questions.
    private static func answer(_ questions: [Question]) -> Answer {
        let json = questions.map { question in
            AccessText.object(
                question.codeName, question.member,
                [
                    ("question", .text(question.kind.rawValue)),
                    ("others", .texts(question.others.map(\.name))),
                    ("answers", .texts(question.replies.map(\.rawValue))),
                ])
        }
        let lines = questions.map(sentence)
        return Answer(
            json: [("questions", .list(json))],
            text: lines.isEmpty ? "Nothing is asked.\n" : lines.joined(separator: "\n") + "\n")
    }

    /// A question in a sentence.
    static func sentence(_ question: Question) -> String {
        let who = Shown.line(question.member.name)
        let others = Shown.names(question.others.map(\.name))
        let place = question.codeName.map { "\($0): " } ?? ""
        let option =
            question.codeName.map {
                " --case \("\($0)".replacing(" ", with: "-"))"
            } ?? ""
        return place
            + {
                switch question.kind {
                case .removed:
                    "You were taken out by \(others): casevault questions accept\(option), or "
                        + "casevault questions object\(option)"
                case .whoStays:
                    "\(who) was taken out by \(others), and their own computer counts them in. "
                        + "Who stays? casevault questions stays|goes MEMBER\(option)"
                case .differs:
                    "The computers of \(others) count \(who) differently than yours."
                case .unheld: "No colleague's computer counts you as a member: ask them."
                }
            }()
    }
}
