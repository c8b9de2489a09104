// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// A case, or one entry of it.
struct CaseText {
    /// How the case is called.
    let label: String
    /// The case.
    let item: Case
    /// The people named in it.
    let people: [PersonInCase]
    /// The entries to show.
    let entries: [Entry]
    /// How many late records there are.
    let late: Int
    /// The late entries, if they are to be shown.
    let lateEntries: [Entry]?
    /// The other cases about the same person.
    let related: [String]
    /// The other cases from the same sealed report.
    let sameReport: [String]
    /// The outcomes that stand side by side.
    let outcomes: [Entry]
    /// Whether more members are recused than the rules allow.
    let needsAnotherOrganizer: Bool

    /// The answer.
    var answer: Answer {
        var json: [(String, JSONValue)] = [
            ("case", .text(label)),
            (
                "people",
                .list(people.map(Self.json))
            ),
            ("readers", .texts(item.readers.map(\.name))),
            ("entries", .list(entries.map(Self.json))), ("late", .number(late)),
            ("related", .texts(related)), ("needsAnotherOrganizer", .flag(needsAnotherOrganizer)),
        ]
        if let version = try? item.version { json.append(("version", .text("\(version)"))) }
        if !sameReport.isEmpty { json.append(("sameReport", .texts(sameReport))) }
        if !outcomes.isEmpty {
            json.append(("outcomesSideBySide", .texts(outcomes.map(\.label))))
        }
        if item.isOnHold { json.append(("isOnHold", .flag(true))) }
        if item.isErased { json.append(("isErased", .flag(true))) }
        if item.isBeingErased { json.append(("isBeingErased", .flag(true))) }
        if let lateEntries { json.append(("lateEntries", .list(lateEntries.map(Self.json)))) }
        return Answer(json: json, text: text)
    }

    /// The text for people.
    private var text: String {
        var text = "\(label)\n"
        if entries.contains(where: { $0.report?.immediateDanger == true }) {
            text += "!!! Immediate danger was reported.\n"
        }
        text += "Readers: \(Shown.names(item.readers.map(\.name)))\n"
        if item.isOnHold { text += "On legal hold: nothing may be erased.\n" }
        if item.isErased { text += "This case was erased.\n" }
        if item.isBeingErased { text += "This case will be erased when a day is over.\n" }
        for person in people { text += "  \(Self.line(person))\n" }
        if !related.isEmpty {
            text += "About the same person: \(related.joined(separator: ", "))\n"
        }
        if !sameReport.isEmpty {
            text += "From the same sealed report: \(sameReport.joined(separator: ", "))\n"
        }
        if !outcomes.isEmpty {
            text +=
                "Outcomes stand side by side: \(outcomes.map(\.label).joined(separator: ", ")). "
            text += "Talk to each other, then add one that corrects the other.\n"
        }
        if let row = item.row {
            for line in RegisterText.sideBySide(row, label) { text += line + "\n" }
        }
        if needsAnotherOrganizer { text += AccessText.sentence(anotherOrganizerIn: label) + "\n" }
        for entry in entries { text += "\n" + Self.text(entry) }
        for entry in lateEntries ?? [] {
            text += "\nWritten by somebody without access; counts for nothing:\n" + Self.text(entry)
        }
        if late > 0, lateEntries == nil {
            text += "\nLate records: \(late). Show them with --late.\n"
        }
        return text
    }

    /// A person in one line.
    static func line(_ person: PersonInCase) -> String {
        let aliases = person.aliases.isEmpty ? "" : " (also: \(Shown.names(person.aliases)))"
        return "\(person.role.label): \(Shown.name(person.name))\(aliases)"
    }

    /// A person as JSON.
    static func json(_ person: PersonInCase) -> JSONValue {
        .object([
            ("name", .text(person.name)), ("role", .text(person.role.rawValue)),
            ("aliases", .texts(person.aliases)),
        ])
    }

    /// An entry as JSON.
    private static func json(_ entry: Entry) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("id", .text("\(entry.id)")), ("label", .text(entry.label)),
            ("kind", .text(entry.kind.rawValue)),
            ("day", .text("\(entry.day)")), ("author", .text(entry.author.name)),
            ("text", .text(entry.text)),
            (
                "attachments",
                .list(
                    entry.attachments.map {
                        .object(
                            [
                                ("id", .text("\($0.id)")), ("name", .text($0.name)),
                                ("type", .text($0.mediaType)),
                                ("size", .number(Int(clamping: $0.size))),
                            ] + ($0.isOriginal ? [("isOriginal", .flag(true))] : []))
                    })
            ),
        ]
        if let old = entry.correctsLabel { members.append(("corrects", .text(old))) }
        if !entry.answersLabels.isEmpty {
            members.append(("answers", .texts(entry.answersLabels)))
        }
        if entry.isCorrected { members.append(("isCorrected", .flag(true))) }
        if entry.isErased { members.append(("isErased", .flag(true))) }
        if entry.isBeingErased { members.append(("isBeingErased", .flag(true))) }
        if entry.isTextMissing { members.append(("isTextMissing", .flag(true))) }
        if let response = entry.response { members.append(("response", .text(response))) }
        if let end = entry.until { members.append(("until", .text("\(end)"))) }
        if let to = entry.intake.sentTo { members.append(("sentTo", .text(to))) }
        if let copy = entry.intake.copiedTo { members.append(("copiedTo", .text(copy))) }
        if !entry.intake.remarks.isEmpty {
            members.append(("remarks", .texts(entry.intake.remarks)))
        }
        if let report = entry.report {
            members.append(("report", .object(ReportFields.json(report))))
        }
        return .object(members)
    }

    /// An entry for people.
    private static func text(_ entry: Entry) -> String {
        let kind = entry.kind == .gone ? "entry" : entry.kind.rawValue
        var text = "\(entry.label)  \(kind)  \(entry.day)  "
        text += Shown.line(entry.author.name)
        if let old = entry.correctsLabel { text += "  corrects \(old)" }
        if !entry.answersLabels.isEmpty {
            text += "  to the reporter of \(entry.answersLabels.joined(separator: ", "))"
        }
        if entry.isCorrected { text += "  superseded" }
        if entry.isErased { text += "  erased" }
        if entry.isBeingErased { text += "  will be erased when a day is over" }
        if entry.isTextMissing { text += "  its text is missing" }
        text += "\n"
        if let response = entry.response {
            text += "    response: \(Shown.line(response))"
            text += entry.until.map { ", until \($0)\n" } ?? "\n"
        }
        let intake = Self.lines(of: entry)
        if let report = entry.report, !report.fields.isEmpty || !intake.isEmpty {
            text += ReportFields.text(report) + intake + "\n"
        } else if !intake.isEmpty {
            text += intake + "\n"
        }
        if !entry.isErased, !entry.isTextMissing { text += Shown.block(entry.text) }
        if text.last != "\n" { text += "\n" }
        for (index, file) in entry.attachments.enumerated() {
            text += "    attachment \(index + 1): \(Shown.line(file.name)), "
            text += "\(Shown.line(file.mediaType)), \(file.size) bytes"
            text += file.isOriginal ? ", as it came\n" : "\n"
        }
        return text
    }

    /// To whom a mail went, and what is not certain about a text that was made of a file.
    private static func lines(of entry: Entry) -> String {
        var text = ""
        if let to = entry.intake.sentTo { text += "    sent to: \(Shown.line(to))\n" }
        if let copy = entry.intake.copiedTo { text += "    copy to: \(Shown.line(copy))\n" }
        for remark in entry.intake.remarks { text += "    not certain: \(Shown.line(remark))\n" }
        let originals = entry.attachments.indices.filter { entry.attachments[$0].isOriginal }
        if !entry.intake.remarks.isEmpty, let last = originals.last {
            text += "    what came itself: attachment \(last + 1)\n"
        }
        return text
    }
}
