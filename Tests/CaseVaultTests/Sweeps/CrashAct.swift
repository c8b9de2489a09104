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
    }
}
