// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge

@testable import CaseVault

/// One or more statements of every kind, with every optional part there and away.
struct SampleStatements {
    /// The statements.
    let all: [Statement]
    /// Somebody who signs.
    let key: MemberKey
    /// The vault.
    let vault = VaultID(raw: Random.bytes32())

    /// Makes them.
    init() throws {
        key = try MemberKey.generate(name: "Zo\u{EB}")
        let other = try MemberKey.generate(name: "Sam").card
        let card = key.card
        let log = LogID(raw: Random.bytes32())
        let id = RecordID(raw: Random.bytes32())
        let ids = (0..<3).map { _ in RecordID(raw: Random.bytes32()) }
        guard let name = CodeName("home shelf") ?? CodeName.random(excluding: []) else {
            throw VaultError.noCodeNameLeft
        }
        var intake = Intake()
        intake.remarks = ["The date of the mail is missing."]
        intake.sentTo = "Committee <c@example.org>"
        intake.originals = 2
        let note = AttachmentNote(
            id: AttachmentID(raw: Random.bytes32()), name: "a \u{1F331}.txt",
            mediaType: "text/plain", size: 1 << 40, hash: Random.bytes32())
        let declaration = Record(
            log: log, kind: .declared, parents: [id], day: Day(daysSince1970: 20_000),
            body: DeclarationStatement(answer: .noConflict, replaces: []).encoded, vault: vault,
            author: key)
        var report = Report(text: "It happened.")
        let bare = report
        report.recorded = .verbatim
        report.receivedOn = Day(daysSince1970: 20_001)
        report.receivedAt = "14:30"
        report.channel = .form
        report.immediateDanger = true
        report.reporterName = "Robin Example"
        report.reporterAliases = ["robin", "r"]
        report.staysAnonymous = false
        report.consentToBeNamed = true
        report.reporterContact = "robin@example.org"
        report.incidentDate = "Tuesday"
        report.incidentTime = "noon"
        report.incidentPlace = "chat"
        report.ongoing = false
        report.behaviour = "b"
        report.impact = "i"
        report.reportedPersonDescription = "d"
        report.circumstances = "c"
        report.witnesses = [
            Report.Witness(name: "Kim"), Report.Witness(name: "Noor", contact: "phone"),
        ]
        report.retaliationConcern = "r"
        let rules = try Rules(json: Array("{}".utf8))
        let bound = BoundLog(log: log, bond: .random())
        all = [
            .founded(Founding(founders: [card], committee: "Local", rules: .standard)),
            .admitted(Admission(card: other, replaces: nil, lifts: [])),
            .admitted(Admission(card: other, replaces: card.id, lifts: ids, isSecond: true)),
            .confirmed(other.id), .removed([card.id, other.id].sorted()), .rulesChanged(rules),
            .was(other.id),
            .checkStarted(CheckStart(readers: [card, other], withheld: [], tag: .zero)),
            .checkStarted(
                CheckStart(
                    readers: [card], withheld: [other.id], tag: Bond.random().tag(by: card.id))),
            .named(ReportedPerson(name: "Alex Doe", aliases: ["alex", "a.d."])),
            .named(ReportedPerson(name: "Alex Doe")),
            .declared(DeclarationStatement(answer: .conflict, replaces: ids)),
            .declared(DeclarationStatement(answer: .noConflict, replaces: [])),
            .rowStarted(RowStart(codeName: name, readers: [card, other], tag: .zero)),
            .rowChanged(RowChange(values: [.status: "ongoing", .actionsNeeded: "Talk."])),
            .rowChanged(RowChange(values: [:])),
            .opened(Opening(card: other, lifts: ids)), .opened(Opening(card: other, isGuest: true)),
            .caseStarted(CaseStart(codeName: name, starter: card, row: bound, checks: [bound])),
            .reported(
                ReportStatement(report: report, attachments: [note, note], intake: intake)),
            .reported(ReportStatement(report: report, attachments: [note, note])),
            .reported(ReportStatement(report: bare, attachments: [])),
            .entered(
                EntryStatement(
                    kind: .outcome, happened: Day(daysSince1970: -1), text: "t", response: "ban",
                    until: Day(daysSince1970: 30_000), corrects: id, attachments: [note])),
            .entered(EntryStatement(kind: .publicStatement, happened: nil, text: "")),
            .entered(EntryStatement(kind: .reporter, happened: nil, text: "t", answers: ids)),
            .entered(
                EntryStatement(
                    kind: .firstResponse, happened: nil, text: "t", attachments: [note, note],
                    intake: intake, answers: [id])),
            .rowChanged(
                RowChange(values: [
                    .status: "banned", .resolutionSource: "local", .resolvedOn: "2026-10-05",
                    .reviewOn: "", .response: "ban",
                ])),
            .checkLinked(CheckLink(check: bound, readers: [card.id, other.id])),
            .granted(Grant(card: other, declarations: [declaration], lifts: ids)),
            .granted(Grant(card: other, declarations: [], lifts: [])),
            .revoked([other.id]), .left(ids), .counted(ids), .invited(other),
            .voted(VoteStatement(entry: id, vote: .yes)),
            .ended(Ending(records: ids, people: [other.id])),
            .gapAccepted(ids), .held,
            .erased(Erasure(records: ids, over: ids, overPeople: [card.id])),
            .erased(
                Erasure(
                    records: [], isWholeCase: true,
                    skeleton: CaseSkeleton(
                        receivedOn: nil, channel: nil, acknowledgedOn: nil, response: nil,
                        resolvedOn: nil))),
            .erased(
                Erasure(
                    records: ids, isWholeCase: true,
                    skeleton: CaseSkeleton(
                        receivedOn: Day(daysSince1970: 20_001), channel: .chat,
                        acknowledgedOn: Day(daysSince1970: 20_002), response: "ban",
                        resolvedOn: Day(daysSince1970: 20_003)))),
            .erased(
                Erasure(
                    records: [], isWholeCase: true,
                    skeleton: CaseSkeleton(
                        receivedOn: nil, channel: nil, acknowledgedOn: nil, response: nil,
                        resolvedOn: nil,
                        furtherReports: [20_004, 20_005].map { Day(daysSince1970: $0) },
                        votes: 3, votesWithQuorum: 2))),
        ]
    }
}

extension CodeName {
    /// A random name.
    fileprivate static func random(excluding used: Set<CodeName>) -> CodeName? {
        var source = SystemRandomNumberGenerator()
        return random(excluding: used, using: &source)
    }
}
