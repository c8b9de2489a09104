// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault vote`.
enum VoteCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "vote", summary: "Vote on an entry of a case, or show how the votes stand",
        arguments: [
            ArgumentSpec(name: "CASE", help: "its code name", value: .caseName),
            ArgumentSpec(
                name: "ENTRY", help: "what show calls the entry: 2, or 2b", value: .entry),
            ArgumentSpec(
                name: "VOTE", help: "yes, no or abstain; else show how the votes stand",
                value: .choice(Vote.allCases.map(\.rawValue)), isRequired: false),
        ],
        notes: [
            "The majority is that of the rules, of all readers without a conflict. Your later",
            "vote replaces the earlier one. Readers see who has not voted yet.",
        ], reads: { $0.positional(2) == nil }, run: run)

    /// Votes or counts.
    private static func run(_ session: Session) throws -> Answer {
        let vault = try session.vault()
        let item = try vault.case(named: session.arguments.required(0))
        let entry = try item.entry(named: session.arguments.required(1)).id
        let vote = session.arguments.positional(2).flatMap(Vote.init)
        let cast = try vote.map { try item.vote($0, on: entry) }
        let tally = try cast?.tally ?? item.tally(of: entry)
        if tally.isStale {
            Host.warn("This entry was corrected since: the votes are on the older text.")
        }
        var answer = answer(tally, CaseLabels(vault).label(item), voted: vote)
        if let cast {
            answer.json += AccessText(cast.change).json
            answer.text += AccessText.besides(cast.change)
        }
        return answer
    }

    /// How the votes stand.
    private static func answer(_ tally: Tally, _ label: String, voted: Vote?) -> Answer {
        let notCounted = tally.notCounted.map {
            JSONValue.object([
                ("member", .text($0.member.name)), ("reason", .text($0.reason.rawValue)),
            ])
        }
        return Answer(
            json: [
                ("case", .text(label)), ("entry", .text(tally.label)),
                ("entryID", .text("\(tally.entry)")),
                ("yes", .number(tally.yes)), ("no", .number(tally.no)),
                ("abstain", .number(tally.abstain)), ("open", .number(tally.open.count)),
                ("openMembers", .texts(tally.open.map(\.name))),
                ("denominator", .number(tally.denominator)), ("needed", .number(tally.needed)),
                ("quorum", .optional(tally.quorum)), ("carried", .flag(tally.isCarried)),
                ("notCounted", .list(notCounted)), ("stale", .flag(tally.isStale)),
            ], text: text(tally, label, voted: voted))
    }

    /// The text for people.
    private static func text(_ tally: Tally, _ label: String, voted: Vote?) -> String {
        var text = "\(label), entry \(tally.label)\n"
        if let voted { text += "Your vote: \(voted.rawValue)\n" }
        text += "\(tally.isCarried ? "Carried" : "Not carried"): "
        text += "\(tally.yes) yes of \(tally.denominator), needed \(tally.needed)"
        text += "; \(tally.no) no, \(tally.abstain) abstain\n"
        if let quorum = tally.quorum, !tally.isQuorate {
            text += "Too few have voted: the rules want \(quorum).\n"
        }
        if !tally.open.isEmpty { text += "Not voted yet: \(Shown.names(tally.open.map(\.name)))\n" }
        for item in tally.notCounted {
            text += "Not counted: \(Shown.line(item.member.name)), \(word(item.reason))\n"
        }
        return text
    }

    /// Why somebody is not counted.
    private static func word(_ reason: Tally.Reason) -> String {
        switch reason {
        case .conflict: "conflict"
        case .noAnswer: "no answer"
        case .recused: "recused"
        }
    }
}
