// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// Three honest laptops, a hostile member, and any order in which files arrive.
///
/// What must hold is judged from what really happened, which is written down here and nowhere in
/// the folder: who admitted whom in honesty, who was taken out by hand, and where that was known.
final class AdversaryRun {
    /// What went wrong, in words.
    private(set) var failures: [String] = []
    /// What was done.
    private(set) var trace: [String] = []
    /// How many hostile files were made.
    private(set) var files = 0
    /// How many looks there were at what one laptop says.
    private(set) var looks = 0

    /// The laptops of Robin, Sam and Kim.
    private var honest: [Replica] = []
    /// The hostile member's folder: what they wrote, to be shown to whom they like.
    private let dark: Replica
    /// The hostile member.
    private let xenia: Adversary
    /// Everything this run writes.
    private let root: URL
    /// The time everywhere.
    private let clock = TestClock()
    /// The source of every decision.
    private var random: SeededRandom

    /// Whom each laptop counted in last.
    private var last: [String: Set<CardID>] = [:]
    /// Laptops that count Xenia out because somebody honest said so.
    private var knowsRemoval: Set<String> = []
    /// Whom an honest laptop counted in while it had no reason not to.
    private var inInTime: Set<CardID> = []
    /// Checks from which somebody is kept, and who.
    private var withheld: [LogID: CardID] = [:]
    /// Holds that honest people put.
    private var holds: Set<RecordID> = []

    /// Founds a committee that has all synced, with a case that all read and one that is kept from
    /// Xenia.
    init(seed: UInt64) throws {
        random = SeededRandom(seed)
        let base = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : "/tmp"
        root = URL(fileURLWithPath: base).appendingPathComponent("casevault-\(UUID().uuidString)")
        xenia = Adversary(
            member: try MemberKey.generate(name: "Xenia"),
            own: [try MemberKey.generate(name: "Eve"), try MemberKey.generate(name: "Fay")])
        dark = try Replica("Xenia", key: xenia.member, root: root, clock: clock)
        for name in ["Robin", "Sam", "Kim"] {
            honest.append(
                try Replica(
                    name, key: try MemberKey.generate(name: name), root: root, clock: clock))
        }
        let founders = honest.dropFirst() + [dark]
        try honest[0].found(with: Array(founders))
        try exchange()
        for replica in [dark] + honest {
            guard let vault = try replica.open() else { continue }
            for member in vault.members where !member.isConfirmedByMe {
                _ = try vault.confirm(member.id, fingerprint: member.spoken)
            }
            replica.look()
        }
        try exchange()
        guard let robins = try honest[0].open() else { return }
        try robins.startCase(
            about: [ReportedPerson(name: "Alex Doe")], report: Report(text: "It happened."))
        let hidden = try robins.startCase(
            about: [ReportedPerson(name: "Xenia")], report: Report(text: "Kept from Xenia."),
            withholdingFrom: [xenia.member.card.id])
        for check in try hidden.view().checks { withheld[check] = xenia.member.card.id }
        honest[0].look()
        try exchange()
        for replica in [dark] + honest {
            guard let vault = try replica.open() else { continue }
            _ = try vault.declare(vault.unansweredChecks.map { ($0.id, .noConflict) })
            replica.look()
        }
        try exchange()
        _ = try honest[0].open()?.catchUp()
        honest[0].look()
        try exchange()
        for replica in honest { try look(at: replica) }
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// Notes what ended the run before its end.
    func stopped(by error: any Error) { failures.append("stopped: \(error)") }

    /// Random steps, then everybody gets everything and catches up.
    func run(steps: Int) throws {
        for _ in 0..<steps {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<3: try attack()
            case 3..<6: try act()
            default: try deliver()
            }
            if !failures.isEmpty { return }
        }
        try finish()
    }

    // MARK: - Moves

    /// Xenia writes a file, to be shown later.
    private func attack() throws {
        guard let knowing = try honest.randomElement(using: &random)?.open()?.store else { return }
        guard
            let made = try xenia.file(
                knowing: knowing, people: honest.map(\.key.card), clock: clock, random: &random)
        else { return }
        files += 1
        let place = VaultFolder(path: dark.folder.path, files: FileSystem())
        _ = try place.write([made.bytes])
        dark.look()
        trace.append("Xenia in \(made.words)")
    }

    /// Somebody shows somebody what they have: one file, or all.
    private func deliver() throws {
        let all = honest + [dark]
        guard let from = all.randomElement(using: &random),
            let to = honest.randomElement(using: &random), from !== to
        else { return }
        let changes = from.changes(for: to)
        let moved =
            Bool.random(using: &random)
            ? changes : Array(changes.shuffled(using: &random).prefix(1))
        for change in moved { try from.send(change, to: to) }
        if moved.isEmpty { return }
        trace.append("\(to.name) gets \(moved.count) of \(from.name)")
        try look(at: to)
    }

    /// Somebody honest does something by hand.
    private func act() throws {
        guard let replica = honest.randomElement(using: &random), let vault = try replica.open()
        else { return }
        try look(at: replica)
        let before = Set(vault.store.files.keys)
        do throws(VaultError) {
            switch Int.random(in: 0..<9, using: &random) {
            case 0:
                trace.append("\(replica.name) removes Xenia")
                _ = try vault.remove(xenia.member.card.id)
                // What an act reports is so in the state computed anew.
                let isIn = vault.members.contains { $0.id == xenia.member.card.id }
                if isIn { fail("I10 removed, and is in", replica) }
                knowsRemoval.insert(replica.name)
            case 1:
                guard let item = vault.cases.randomElement(using: &random) else { return }
                _ = try item.takeFirstLook(.noConflict)
                _ = try item.setHold(true)
                for hold in try item.view().log.history.openHolds
                where hold.author.id == replica.key.card.id { holds.insert(hold.id) }
                trace.append("\(replica.name) puts a hold")
            case 2:
                guard let item = vault.cases.randomElement(using: &random) else { return }
                _ = try item.takeFirstLook(.noConflict)
                _ = try item.add(.discussion, "An entry.")
                trace.append("\(replica.name) adds an entry")
            case 3:
                _ = try vault.declare(vault.unansweredChecks.map { ($0.id, .noConflict) })
            case 4:
                guard let item = vault.cases.randomElement(using: &random),
                    item.readers.contains(where: { $0.id == xenia.member.card.id })
                else { return }
                trace.append("\(replica.name) revokes Xenia")
                _ = try item.revokeAccess(of: xenia.member.card.id)
                if item.readers.contains(where: { $0.id == xenia.member.card.id }) {
                    fail("I10 revoked, and reads", replica)
                }
            case 5: clock.advance(days: 1)
            default:
                _ = try vault.catchUp()
                trace.append("\(replica.name) catches up")
            }
        } catch {
            let ordinary: Set<VaultError.Code> = [
                .refused, .lastReader, .noDeclaration, .notForYou, .unknownName, .incomplete,
                .onHold,
            ]
            if !ordinary.contains(error.code) { fail("\(error)", replica) }
        }
        checkSealed(since: before, by: vault, replica)
        replica.look()
        try look(at: replica)
    }

    /// Everybody gets what all others have, adds and deletes.
    private func exchange() throws {
        var moved = true
        while moved {
            moved = false
            for from in honest + [dark] {
                from.look()
                for to in honest + [dark] where from !== to {
                    for change in from.changes(for: to) {
                        try from.send(change, to: to)
                        moved = true
                    }
                }
            }
        }
    }

    // MARK: - What must hold

    /// Notes a failure with what led to it.
    private func fail(_ text: String, _ replica: Replica) {
        failures.append("\(replica.name): \(text)")
    }

    /// Looks at what a laptop says now, and at what it said before.
    private func look(at replica: Replica) throws {
        guard let vault = try replica.open(), let roster = vault.roster else { return }
        looks += 1
        let me = replica.key.card.id
        let people = Set(honest.map(\.key.card.id))
        let x = xenia.member.card.id
        let removals = roster.log.history.records.order.filter { $0.kind == .removed }
        let named = Set(removals.flatMap(\.removedPeople))
        let byHand = removals.contains {
            people.contains($0.author.id) && $0.removedPeople.contains(x)
        }
        let before = last[replica.name] ?? []
        let now = Set(roster.active.keys)
        last[replica.name] = now
        // Whose owner is out says nothing about others.
        guard now.contains(me) else { return }
        for person in before.subtracting(now) where people.contains(person) {
            if !named.contains(person) { fail("I1 out, and nobody said so", replica) }
        }
        if byHand, !now.contains(x) { knowsRemoval.insert(replica.name) }
        if !byHand { inInTime.formUnion(now.intersection(xenia.cards)) }
        if knowsRemoval.contains(replica.name) {
            if now.contains(x) { fail("I2 back in", replica) }
            for key in now.intersection(xenia.cards) where !inInTime.contains(key) {
                fail("I3 a key of Xenia's own is in", replica)
            }
        }
        let power = Set(roster.powerful).intersection(xenia.cards).subtracting([x])
        if !power.isEmpty, now.isSuperset(of: people) {
            fail("I1 own keys have power", replica)
        }
        for log in vault.store.logs.values { try look(at: log, in: vault, replica) }
        if !vault.store.differencesFromOneState.isEmpty { fail("what was kept is not so", replica) }
    }

    /// Looks at one log.
    private func look(at log: Log, in vault: Vault, _ replica: Replica) throws {
        let history = log.history
        if let person = withheld[log.id], history.isReader(person) {
            fail("I6 withheld, and reads", replica)
        }
        guard log.kind == .caseFile, let start = log.caseStart, history.isIn(replica.key.card.id)
        else { return }
        for reader in history.readerCards where reader.id != start.starter.id {
            for bound in start.checks {
                guard let check = vault.store.logs[bound.log] else { continue }
                let answers = check.history.records.order.filter { $0.author.id == reader.id }
                var replaced: Set<RecordID> = []
                var open: [ConflictAnswer] = []
                for record in answers {
                    if case .declared(let value)? = record.statement {
                        replaced.formUnion(value.replaces)
                    }
                }
                for record in answers where !replaced.contains(record.id) {
                    if case .declared(let value)? = record.statement { open.append(value.answer) }
                }
                if open.contains(.conflict) { fail("I4 a conflict reads", replica) }
                let isGranted = history.readers[reader.id]?.grants.isEmpty == false
                if !isGranted { fail("I4 reads without a grant", replica) }
            }
        }
        // A hold that nobody ended keeps every text.
        let ended = history.records.order.contains { $0.kind == .ended }
        let isHeld = history.records.order.contains { holds.contains($0.id) }
        if isHeld, !ended, history.order.contains(where: { $0.kind.isErasable && $0.isRedacted }) {
            fail("I5 a text on hold is gone", replica)
        }
    }

    /// What an honest laptop sealed just now is sealed to nobody who is out there, and to nobody
    /// from whom it is kept.
    private func checkSealed(since before: Set<FileName>, by vault: Vault, _ replica: Replica) {
        for (name, file) in vault.store.files
        where !before.contains(name) && file.sealer == replica.key.card.id {
            for id in file.records.keys {
                if let person = withheld[id], file.readers.ids.contains(person) {
                    fail("I6 sealed to whom it is kept from", replica)
                }
                guard let log = vault.store.logs[id] else { continue }
                let allowed = log.history.people.union([replica.key.card.id])
                for reader in file.readers.ids where !allowed.contains(reader) {
                    fail("I2 sealed to somebody who is out", replica)
                }
            }
        }
    }

    /// Everybody gets everything and catches up, until nothing is written any more.
    private func finish() throws {
        var rounds = 0
        while true {
            try exchange()
            let before = honest.map(\.files)
            for replica in honest {
                guard let vault = try replica.open() else { continue }
                let known = Set(vault.store.files.keys)
                do throws(VaultError) { _ = try vault.catchUp() } catch {
                    if ![.notForYou, .incomplete, .refused].contains(error.code) {
                        fail("catching up: \(error)", replica)
                    }
                }
                checkSealed(since: known, by: vault, replica)
                replica.look()
                try exchange()
                try look(at: replica)
            }
            clock.advance(days: 2)
            rounds += 1
            if honest.map(\.files) == before { break }
            if rounds > 14 { return fail("I13 never quiet", honest[0]) }
        }
        try compare()
        if !failures.isEmpty { describe() }
    }

    /// Writes down what each laptop says, to read when something went wrong.
    private func describe() {
        for replica in honest {
            guard let vault = replica.vault, let roster = vault.roster else { continue }
            let questions = vault.questions.map { question in
                "\(question.kind) \(question.member.name) by \(question.others.map(\.name))"
            }
            trace.append(
                "  \(replica.name): \(roster.active.values.map(\.name).sorted()), power "
                    + "\(roster.powerful.compactMap { roster.ever[$0]?.name }.sorted()), \(questions)"
            )
            for record in roster.log.history.records.order where !record.removedPeople.isEmpty {
                trace.append(
                    "    \(record.author.name) takes out "
                        + "\(record.removedPeople.compactMap { roster.ever[$0]?.name }) "
                        + "\(roster.log.history.counting.contains { $0.id == record.id })")
            }
        }
    }

    /// Two honest people who count each other say the same of everybody, or people are asked.
    private func compare() throws {
        let vaults = try honest.compactMap { replica in
            try replica.open().map { (replica: replica, vault: $0) }
        }
        for one in vaults {
            for other in vaults where one.replica !== other.replica {
                let (mine, theirs) = (one.vault.roster, other.vault.roster)
                let (me, they) = (one.replica.key.card.id, other.replica.key.card.id)
                guard let mine, let theirs, mine.active[they] != nil, theirs.active[me] != nil
                else { continue }
                guard theirs.active[they] != nil, mine.active[me] != nil else {
                    // Who is out on their own computer is asked there.
                    let asks = (mine.active[me] == nil ? one : other).vault.questions
                    if !asks.contains(where: { $0.kind == .removed }) {
                        fail("I7 out on their own computer and not asked", other.replica)
                    }
                    continue
                }
                let differing = Set(mine.active.keys).symmetricDifference(theirs.active.keys)
                if !differing.isEmpty, one.vault.questions.isEmpty {
                    let names = differing.map {
                        theirs.ever[$0]?.name ?? mine.ever[$0]?.name ?? "?"
                    }
                    fail(
                        "I7 differs from \(other.replica.name) on \(names.sorted()) and is not told",
                        one.replica)
                }
            }
        }
    }
}
