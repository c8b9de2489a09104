// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault take`.
enum TakeCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "take", summary: "Take in a sealed report from outside",
        arguments: [
            ArgumentSpec(
                name: "FILE", help: "the text, or a mail around it; else standard input",
                value: .file, isRequired: false)
        ],
        options: [
            OptionSpec(
                name: "--first-look", valueName: "ANSWER",
                help: "whether you have a conflict: noConflict or conflict",
                value: .choice(["noConflict", "conflict"])),
            ReportCommand.withhold, ReportCommand.about,
        ],
        notes: [
            "You are shown the people named in the report and whom its reporter left out, and asked",
            "for a conflict; with one, the report is handed over unread. Names, row and existence",
            "are kept from whoever was left out, unless you say otherwise with --withhold. --about",
            "is for a report that names nobody. A further message of the same reporter is added to",
            "its case if you read it.",
        ], run: run)

    /// Takes in a report.
    private static func run(_ session: Session) throws -> Answer {
        let arguments = session.arguments
        let path = arguments.positional(0).flatMap { $0 == "-" ? nil : $0 }
        let bytes = try session.input.read(path ?? "-", limit: 32 << 20)
        let vault = try session.vault()
        let sealed = try vault.openSealedReport(in: bytes, fileName: path)
        let named = sealed.reportedPeople
        let people =
            named.isEmpty || arguments.has("--about") ? try ReportInput.people(session) : named
        let leftOut = vault.membersLeftOut(of: sealed)
        let look = shown(sealed, leftOut)
        guard let hasConflict = try firstLook(look, session) else { return look }
        let decisions = try decisions(leftOut, people, vault, session)
        let taken = try vault.take(
            sealed, about: people, deciding: decisions, handingOver: hasConflict,
            progress: session.report)
        return try answer(taken, sealed, leftOut, hasConflict, vault)
    }

    /// Who is named in it and whom its reporter left out, and nothing else of it.
    private static func shown(_ sealed: SealedReport, _ leftOut: [Member]) -> Answer {
        let people = sealed.people
        var text = "These people are named in the report:\n"
        if people.isEmpty { text += "  nobody, in a way that can be listed\n" }
        for person in people { text += "  \(CaseText.line(person))\n" }
        if !leftOut.isEmpty {
            text += "The reporter does not want them to read it: \(names(leftOut))\n"
        }
        if !sealed.others.isEmpty {
            text += "Nor, in the reporter's words: \(Shown.line(sealed.others))\n"
        }
        return Answer(
            json: [
                ("people", .list(people.map(CaseText.json))),
                ("leftOut", .texts(leftOut.map(\.name))), ("others", .text(sealed.others)),
            ], text: text,
            failure: Failure.needsAnswer(
                "You have not said yet whether you have a conflict with anybody in this report.",
                hint: "Say it with --first-look noConflict or --first-look conflict."))
    }

    /// Shows it and asks whether there is a conflict; `nil` where nobody can be asked.
    private static func firstLook(_ look: Answer, _ session: Session) throws -> Bool? {
        if let answer = session.arguments["--first-look"] { return answer == "conflict" }
        guard Host.canAsk else { return nil }
        Host.sayInPlace(look.text)
        return try Questions.yesOrNo("Do you have a conflict of interest with any of them?")
    }

    /// What is decided about each member: as said, or it is kept from whom the reporter left out.
    private static func decisions(
        _ leftOut: [Member], _ people: [ReportedPerson], _ vault: Vault, _ session: Session
    ) throws -> [CardID: Visibility] {
        if session.arguments.has("--withhold") {
            return try Withholding.members(for: people, vault, session)
        }
        let shown = vault.members
        return shown.decisions(
            withholding: try hidden(from: leftOut, people, shown, vault, session))
    }

    /// From whom it is kept, as the reporter said, or somebody who was asked.
    private static func hidden(
        from leftOut: [Member], _ people: [ReportedPerson], _ shown: [Member], _ vault: Vault,
        _ session: Session
    ) throws -> Set<CardID> {
        var hidden = Set(leftOut.filter { !$0.isMe }.map(\.id))
        if Host.canAsk, !session.arguments.has("--first-look") {
            for member in leftOut where !member.isMe {
                let name = Shown.line(member.name)
                if try !Questions.yesOrNo("Keep names, row and existence from \(name)?") {
                    hidden.remove(member.id)
                }
            }
        }
        let others = shown.filter { !$0.isMe && !hidden.contains($0.id) }
        let near = Set(vault.membersWhoShareAName(with: people).map(\.id))
        guard Host.canAsk else {
            // Without a name in common the reporter's own wish is enough.
            guard !others.contains(where: { near.contains($0.id) }) else {
                throw Withholding.unclear
            }
            return hidden
        }
        return others.isEmpty ? hidden : hidden.union(try Withholding.asked(others, near: near))
    }

    /// What happened, who can read it, what waits.
    private static func answer(
        _ taken: TakenReport, _ sealed: SealedReport, _ leftOut: [Member], _ hasConflict: Bool,
        _ vault: Vault
    ) throws -> Answer {
        let labels = CaseLabels(vault)
        let label = labels.label(taken.item)
        let waiting =
            vault.waiting.filter { $0.codeName == taken.item.codeName } + taken.change.waiting
        let same = hasConflict ? [] : try taken.item.sameReport().map(labels.label)
        let others = vault.recipients(of: sealed).filter { !$0.isMe }
        let readers = Set(taken.item.readers.map(\.id))
        let unwanted = leftOut.filter { readers.contains($0.id) }
        var text =
            taken.entry.map { "Added to \(label): entry \($0.label)\n" } ?? "Started: \(label)\n"
        text += "Who can read now:\n  \(AccessText.readers(of: taken.item, labels))\n"
        if hasConflict {
            text += "You hand it over unread: when a colleague without a conflict has answered, "
            text += "your next casevault catch-up lets them in and takes you out.\n"
        }
        if !others.isEmpty {
            text += "The reporter sealed it to others, too: \(names(others)). "
            text += "Who takes it in there starts a case of their own.\n"
        }
        if !same.isEmpty {
            text += "From the same report: \(same.joined(separator: ", ")). "
            text += "Close one of them as the same.\n"
        }
        for member in unwanted {
            let name = Shown.line(member.name)
            text += "The reporter does not want \(name) to read it, who reads the case. If that is "
            text += "right, run: casevault access CASE revoke MEMBER\n"
        }
        if !waiting.isEmpty { text += "Waiting:\n" }
        for item in waiting { text += "  \(AccessText.sentence(item))\n" }
        var json: [(String, JSONValue)] = [
            ("case", .text(label)), ("readers", .texts(taken.item.readers.map(\.name))),
            ("leftOut", .texts(leftOut.map(\.name))), ("alsoSealedTo", .texts(others.map(\.name))),
            ("sameReport", .texts(same)), ("isFurther", .flag(sealed.isFurther)),
            ("handedOver", .flag(hasConflict)),
            ("waiting", .list(waiting.map(AccessText.item))),
        ]
        json += AccessText(taken.change).json.filter { $0.0 != "waiting" }
        if let entry = taken.entry {
            json += [("entry", .text(entry.label)), ("entryID", .text("\(entry.id)"))]
        }
        return Answer(json: json, text: text)
    }

    /// Names of members.
    private static func names(_ members: [Member]) -> String { Shown.names(members.map(\.name)) }
}
