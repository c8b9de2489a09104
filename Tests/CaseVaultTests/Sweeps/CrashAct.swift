// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// One writing act of the library, and how to see whether it is done.
struct CrashAct: Sendable {
    /// Its name.
    let name: String
    /// The folder and Robin's memory before it.
    let before: Stage.Tree
    /// Does it, and says what it answers.
    let run: @Sendable (Vault) throws(VaultError) -> AccessChange
    /// Whether it is done, as a reader sees it.
    let isDone: @Sendable (Vault) throws(VaultError) -> Bool
    /// Whether it writes several logs, which a machine that dies can leave half done: each log
    /// is a file of its own, because checks and rows must never share one.
    var isManyLogs = false
    /// Whether it starts logs: then it is whole or absent after the next act on this computer.
    var startsLogs = false
    /// Whether it does several things one after the other, of which the first are done when a later
    /// one fails. Doing it again does the rest.
    var isInSteps = false
    /// Whether Robin reads less afterwards.
    var takesAway = false
    /// A text that no file holds any more that Robin opens, once a day is over and Robin caught up.
    var erases: String?
}

/// Every writing act, each on the history that it needs.
struct CrashActs {
    /// What the report of a new case says; it must be nowhere in clear.
    static let secret = "The secret words of this report."
    /// Keys and clock.
    let committee: TestCommittee
    /// The acts.
    private(set) var acts: [CrashAct] = []

    /// Builds one long history and takes the acts out of it, each at its place.
    init() throws {
        let committee = try TestCommittee("Robin", "Sam")
        self.committee = committee
        let attachment = AttachmentSource(
            name: "a.txt", bytes: Array(Self.secret.utf8) + Array(repeating: 7, count: 70_000))
        func now() -> Stage.Tree {
            Stage.tree(of: committee.root).filter {
                $0.key.hasPrefix("vault/") || $0.key.hasPrefix("state-Robin/")
            }
        }
        let kim = try committee.card("Kim")
        let lou = try committee.card("Lou")
        let sam = try committee.card("Sam")
        let gil = try committee.card("Gil")
        try committee.vault("Sam").admit(kim, confirming: kim.spoken)
        _ = try committee.vault("Robin")
        acts.append(
            CrashAct(name: "confirm", before: now()) { vault throws(VaultError) in
                try vault.confirm(kim.id, fingerprint: kim.spoken)
            } isDone: {
                $0.members.contains { $0.id == kim.id && $0.isConfirmedByMe }
            })
        acts.append(
            CrashAct(name: "confirmAll", before: now()) { vault throws(VaultError) in
                guard let code = vault.code else { throw .notForYou }
                return try vault.confirmAll(code: SpokenDigits(typed: "\(code)"))
            } isDone: {
                $0.members.allSatisfy { $0.isMe || $0.isConfirmedByMe }
            })
        try committee.confirmAll(["Robin", "Sam", "Kim"])
        _ = try committee.vault("Robin")
        acts.append(
            CrashAct(name: "startCase", before: now()) { vault throws(VaultError) in
                try vault.startCase(
                    about: [ReportedPerson(name: "Casey Example")],
                    report: Report(text: Self.secret), attachments: [attachment])
                return AccessChange()
            } isDone: { vault throws(VaultError) in
                for item in vault.cases {
                    _ = try item.takeFirstLook(.noConflict)
                    if try item.entries().contains(where: { $0.text == Self.secret }) {
                        let people = try item.people.map(\.name)
                        return item.row != nil && people == ["Casey Example"]
                    }
                }
                return false
            })
        acts[acts.count - 1].isManyLogs = true
        acts[acts.count - 1].startsLogs = true
        let shelf = try committee.vault("Robin").startCase(
            about: [ReportedPerson(name: "Alex Doe")], report: Report(text: "It happened."),
            attachments: [attachment]
        ).id
        let others = try committee.startCase(by: "Sam", about: "Eli Example").id
        _ = try committee.vault("Robin")
        acts.append(
            CrashAct(name: "admit", before: now()) { vault throws(VaultError) in
                try vault.admit(lou, confirming: lou.spoken)
            } isDone: { vault in
                vault.members.contains { $0.id == lou.id }
                    && vault.readableChecks.allSatisfy { $0.isReader(lou.id) }
            })
        acts[acts.count - 1].isManyLogs = true
        acts.append(
            CrashAct(name: "declare", before: now()) { vault throws(VaultError) in
                try vault.declare(vault.unansweredChecks.map { ($0.id, .noConflict) })
            } isDone: {
                $0.unansweredChecks.isEmpty && $0.checks.count == 2
            })
        acts.append(
            CrashAct(name: "add", before: now()) { vault throws(VaultError) in
                try Case(vault: vault, id: shelf).add(
                    .discussion, Self.secret, attaching: [attachment]
                ).change
            } isDone: { vault throws(VaultError) in
                let item = Case(vault: vault, id: shelf)
                guard
                    let entry = try item.entries().first(where: { $0.text == Self.secret })
                else { return false }
                var size = 0
                try item.readAttachment(entry.attachments[0].id) { size += $0.count }
                return size == 70_000 + Self.secret.utf8.count
            })
        let report = try Case(vault: committee.vault("Robin"), id: shelf).entries()[0].id
        acts.append(
            CrashAct(name: "vote", before: now()) { vault throws(VaultError) in
                try Case(vault: vault, id: shelf).vote(.yes, on: report).change
            } isDone: { vault throws(VaultError) in
                try Case(vault: vault, id: shelf).tally(of: report).yes == 1
            })
        acts.append(
            CrashAct(name: "addReport", before: now()) { vault throws(VaultError) in
                try Case(vault: vault, id: shelf).addReport(
                    Report(text: Self.secret), attaching: [attachment]
                ).change
            } isDone: { vault throws(VaultError) in
                try Case(vault: vault, id: shelf).entries().contains {
                    $0.report?.text == Self.secret && $0.attachments.count == 1
                }
            })
        acts.append(
            CrashAct(name: "addOutcome", before: now()) { vault throws(VaultError) in
                try Case(vault: vault, id: shelf).addOutcome(
                    Self.secret, stating: StatedResponse("warning")
                ).change
            } isDone: { vault throws(VaultError) in
                try Case(vault: vault, id: shelf).entries().contains { $0.text == Self.secret }
            })
        acts.append(
            CrashAct(name: "changeRules", before: now()) { vault throws(VaultError) in
                try vault.changeRules(Rules(json: Array(#"{"minimumReaders":3}"#.utf8)))
            } isDone: {
                $0.rules.minimumReaders == 3
            })
        var sealed = TestReport()
        sealed.recipients = try ["Robin", "Sam"].map { try committee.card($0).boxKey.raw }
        sealed.text = Self.secret
        let armored = try Array(sealed.armored().utf8)
        acts.append(
            CrashAct(name: "take", before: now()) { vault throws(VaultError) in
                let report = try vault.openSealedReport(in: armored)
                let asked = vault.members.map { ($0.id, Visibility.shown) }
                return try vault.take(
                    report, deciding: Dictionary(asked) { $1 }
                ).change
            } isDone: { vault throws(VaultError) in
                for item in vault.cases {
                    _ = try item.takeFirstLook(.noConflict)
                    if try item.entries().contains(where: { $0.text == Self.secret }) {
                        return item.row != nil
                    }
                }
                return false
            })
        acts[acts.count - 1].isManyLogs = true
        acts[acts.count - 1].startsLogs = true
        let papers = ExchangeFolder(committee, "papers")
        try papers.write("Jo Sample\n", to: "table/about")
        try papers.write(Self.secret, to: "table/report.md")
        try papers.write("A talk.", to: "table/2025-07-07 talk.md")
        let table = papers.url
        acts.append(
            CrashAct(name: "importCases", before: now()) { vault throws(VaultError) in
                try vault.importCases(from: table).change
            } isDone: { vault throws(VaultError) in
                for item in vault.cases {
                    _ = try item.takeFirstLook(.noConflict)
                    let texts = try item.entries().map(\.text)
                    if texts.contains(Self.secret) {
                        return item.row != nil && texts.contains("A talk.")
                    }
                }
                return false
            })
        acts[acts.count - 1].isManyLogs = true
        acts[acts.count - 1].isInSteps = true
        acts.append(
            CrashAct(name: "updateRow", before: now()) { vault throws(VaultError) in
                try Case(vault: vault, id: shelf).updateRow([.status: "ongoing"])
            } isDone: {
                Case(vault: $0, id: shelf).row?[.status] == "ongoing"
            })
        try committee.declareAll("Robin")
        try committee.declareAll("Sam")
        try committee.declareAll("Kim")
        _ = try committee.vault("Robin")
        acts.append(
            CrashAct(name: "grantAccess", before: now()) { vault throws(VaultError) in
                try Case(vault: vault, id: shelf).grantAccess(to: sam.id)
            } isDone: {
                Case(vault: $0, id: shelf).readers.contains(sam)
            })
        acts.append(
            CrashAct(name: "catchUp", before: now()) { vault throws(VaultError) in
                try vault.catchUp()
            } isDone: {
                Case(vault: $0, id: shelf).readers.count == 3
            })
        _ = try committee.vault("Robin").catchUp()
        _ = try committee.vault("Sam").catchUp()
        _ = try committee.vault("Robin")
        acts.append(
            CrashAct(name: "takeFirstLook", before: now()) { vault throws(VaultError) in
                try Case(vault: vault, id: others).takeFirstLook(.noConflict)
            } isDone: {
                Case(vault: $0, id: others).hasTakenFirstLook
            })
        _ = try Case(vault: committee.vault("Robin"), id: others).takeFirstLook(.noConflict)
        acts.append(
            CrashAct(name: "revokeAccess", before: now()) { vault throws(VaultError) in
                try Case(vault: vault, id: shelf).revokeAccess(of: sam.id)
            } isDone: {
                !Case(vault: $0, id: shelf).readers.contains(sam)
            })
        acts.append(
            CrashAct(name: "recuse", before: now()) { vault throws(VaultError) in
                try Case(vault: vault, id: shelf).recuse()
            } isDone: {
                !$0.cases.contains { $0.id == shelf }
            })
        acts[acts.count - 1].takesAway = true
        acts.append(
            CrashAct(name: "invite", before: now()) { vault throws(VaultError) in
                try Case(vault: vault, id: shelf).invite(gil, confirming: gil.spoken)
            } isDone: { vault throws(VaultError) in
                try vault.caseView(shelf).invitations.contains { $0.card == gil }
                    && vault.readableChecks.contains { $0.isReader(gil.id) }
            })
        acts[acts.count - 1].isManyLogs = true
        acts.append(
            CrashAct(name: "addCheck", before: now()) { vault throws(VaultError) in
                try Case(vault: vault, id: shelf).addCheck(
                    about: ReportedPerson(name: "Second Person")
                ).change
            } isDone: { vault throws(VaultError) in
                try Case(vault: vault, id: shelf).people.contains { $0.name == "Second Person" }
            })
        acts[acts.count - 1].isManyLogs = true
        acts[acts.count - 1].startsLogs = true
        acts.append(
            CrashAct(name: "remove", before: now()) { vault throws(VaultError) in
                try vault.remove(kim.id)
            } isDone: { vault in
                !vault.members.contains { $0.id == kim.id }
                    && vault.cases.allSatisfy { !$0.readers.contains(kim) }
            })
        acts[acts.count - 1].takesAway = true
        acts[acts.count - 1].isManyLogs = true
        for text in ["One.", "Two.", "Three."] {
            _ = try Case(vault: committee.vault("Robin"), id: shelf).add(.discussion, text)
        }
        let vaultBefore = try committee.snapshot()
        _ = try Case(vault: committee.vault("Robin"), id: shelf).add(.discussion, "Lost.")
        let lost = Set(try committee.snapshot().keys).subtracting(vaultBefore.keys)
        var gap = now()
        for name in lost {
            gap["vault/" + VaultFolder(path: "", files: .init()).shownPath(of: name)] = nil
        }
        acts.append(
            CrashAct(name: "acceptGap", before: gap) { vault throws(VaultError) in
                try vault.acceptGap(in: shelf)
            } isDone: { vault throws(VaultError) in
                try vault.verify().missing.isEmpty
            })
        // Somebody admits a newcomer who cannot see a check: the question waits for Robin.
        let hidden = try committee.vault("Robin").startCase(
            about: [ReportedPerson(name: "Mika Example")], report: Report(text: "Kept from Sam."),
            withholdingFrom: [sam.id])
        let check = try hidden.view().checks[0]
        try committee.vault("Sam").admit(lou, confirming: lou.spoken)
        _ = try committee.vault("Robin")
        acts.append(
            CrashAct(name: "decide", before: now()) { vault throws(VaultError) in
                try vault.decide(check: ConflictCheck.ID(check), for: lou.id, isShown: true)
            } isDone: {
                $0.checkView(check)?.isReader(lou.id) == true
            })
        let one = try Case(vault: committee.vault("Robin"), id: shelf).entries()
            .filter { $0.text == "Two." }[0].id
        let word = try Case(vault: committee.vault("Robin"), id: shelf).codeName
        acts.append(
            CrashAct(name: "erase an entry", before: now()) { vault throws(VaultError) in
                try Case(vault: vault, id: shelf).erase(one, confirming: word)
            } isDone: { vault throws(VaultError) in
                try Case(vault: vault, id: shelf).entry(id: one).isBeingErased
            })
        acts[acts.count - 1].takesAway = true
        acts[acts.count - 1].erases = "Two."
        let all = try Case(vault: committee.vault("Robin"), id: shelf).codeName
        acts.append(
            CrashAct(name: "erase a case", before: now()) { vault throws(VaultError) in
                try Case(vault: vault, id: shelf).erase(confirming: all)
            } isDone: { vault throws(VaultError) in
                let checks = Case(vault: vault, id: shelf)
                let names = try checks.view().checks.compactMap { vault.store.logs[$0]?.history }
                return checks.isBeingErased && names.allSatisfy { !$0.erasing.isEmpty }
            })
        acts[acts.count - 1].takesAway = true
        acts[acts.count - 1].isManyLogs = true
        acts[acts.count - 1].erases = "Three."
        acts.append(
            CrashAct(name: "setHold", before: now()) { vault throws(VaultError) in
                try Case(vault: vault, id: shelf).setHold(true)
            } isDone: {
                Case(vault: $0, id: shelf).isOnHold
            })
        committee.clock.advance(days: 2)
        _ = try committee.vault("Robin").catchUp()
        committee.clock.advance(days: 2)
        _ = try committee.vault("Robin")
        let files = try committee.snapshot().count
        acts.append(
            CrashAct(name: "catchUp that deletes", before: now()) { vault throws(VaultError) in
                try vault.catchUp()
            } isDone: {
                $0.store.present.count < files
            })
        _ = try Case(vault: committee.vault("Robin"), id: shelf).erase(one, confirming: word)
        acts.append(
            CrashAct(name: "catchUp that erases", before: now()) { vault throws(VaultError) in
                try vault.catchUp()
            } isDone: { vault in
                vault.store.files.values.allSatisfy { file in
                    file.records[shelf]?.allSatisfy {
                        $0.id != RecordID(one) || $0.isRedacted
                    } ?? true
                }
            })
        acts[acts.count - 1].takesAway = true
        acts[acts.count - 1].erases = "Two."
        // Its day is over when the sweep comes to it.
        committee.clock.advance(days: 1)
        let other = try committee.startCase(by: "Robin", about: "Nico Example").id
        let added = try Case(vault: committee.vault("Robin"), id: other).addCheck(
            about: ReportedPerson(name: "Ola Example")
        ).check
        _ = try committee.vault("Robin")
        acts.append(
            CrashAct(name: "removeCheck", before: now()) { vault throws(VaultError) in
                try Case(vault: vault, id: other).removeCheck(added)
            } isDone: { vault throws(VaultError) in
                try !Case(vault: vault, id: other).view().checks.contains(LogID(added))
            })
        acts.append(
            CrashAct(name: "leave", before: now()) { vault throws(VaultError) in
                try vault.leave()
            } isDone: { vault in
                !vault.members.contains { $0.id == vault.me.id }
            })
        acts[acts.count - 1].takesAway = true
        acts[acts.count - 1].isManyLogs = true
        // Sam's program takes Robin out and seals that to Robin, too: Robin is asked.
        let robin = try committee.card("Robin").id
        try committee.hostile("Sam").plant([.removed([robin])], in: committee.roster())
        _ = try committee.vault("Robin")
        acts.append(
            CrashAct(name: "answer", before: now()) { vault throws(VaultError) in
                guard let question = vault.questions.first(where: { $0.kind == .removed }) else {
                    throw .notAsked
                }
                return try vault.answer(question, .object)
            } isDone: { vault in
                vault.members.contains { $0.id == robin }
                    && !vault.questions.contains { $0.kind == .removed }
            })
        acts[acts.count - 1].takesAway = true
        acts[acts.count - 1].isManyLogs = true
    }
}
