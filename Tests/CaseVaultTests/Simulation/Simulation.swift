// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation

@testable import CaseVault

/// Several laptops, random acts, and a sync tool that moves one file at a time.
///
/// It runs the real library. Everything random comes from the seed, except keys and nonces, which
/// change no decision.
final class Simulation {
    /// What went wrong, in words.
    private(set) var failures: [String] = []
    /// What was done, to read when something went wrong.
    private(set) var trace: [String] = []
    /// Entries that a member wrote and the library acknowledged.
    private var acknowledged: [(text: String, log: LogID, author: String, record: RecordID)] = []
    /// Files that held an entry when the laptop of somebody who reads it was lost. Perhaps they are
    /// sealed to nobody else; then a new laptop of theirs opens them.
    private var filesOfLostLaptop: [RecordID: Set<String>] = [:]
    /// Entries that somebody erased for good, and where.
    private(set) var erased: [(text: String, log: LogID, record: RecordID)] = []
    /// How many files were searched for erased texts.
    private(set) var searchedFiles = 0
    /// Acknowledged entries that nobody holds any more because a revocation deleted their file
    /// before it had reached anyone.
    private(set) var lostToRevocation = 0
    /// Acknowledged entries that only a lost laptop had.
    private(set) var lostWithLaptop = 0
    /// How many files were checked for readers who must not be there.
    private(set) var checkedFiles = 0
    /// How many of them held several logs.
    private(set) var sharedFiles = 0
    /// Pairs of files of a log of which one makes the other superfluous.
    private(set) var orderedFiles = 0
    /// Logs in which machines differ about people on whom a question is open.
    private(set) var disputed = 0
    /// A member's laptop as it was early on, used to write behind everybody's back.
    private var frozen: Replica?
    /// What goes wrong in this run besides careless syncing.
    private let mishaps: Mishaps
    /// How many acts were done.
    private(set) var acts = 0

    /// Whether anybody took somebody out by hand.
    private var hasRemovals = false

    /// The laptops.
    private var replicas: [Replica] = []
    /// Everything this run writes.
    private let root: URL
    /// The time everywhere.
    private let clock = TestClock()
    /// The source of every decision.
    private var random: SeededRandom

    /// What goes wrong besides careless syncing.
    struct Mishaps {
        /// Members are removed from the roster.
        var removesMembers = false
        /// One laptop is lost for good, half-way.
        var losesLaptop = false
        /// A member keeps an old state and writes on it, as if nothing had happened since.
        var backDates = false
    }

    /// Founds a committee on `size` laptops that have all synced.
    init(seed: UInt64, size: Int, mishaps: Mishaps) throws {
        random = SeededRandom(seed)
        self.mishaps = mishaps
        let base = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : "/tmp"
        root = URL(fileURLWithPath: base).appendingPathComponent("casevault-\(UUID().uuidString)")
        for number in 0..<size {
            let name = "Member\(number)"
            replicas.append(
                try Replica(
                    name, key: try MemberKey.generate(name: name), root: root, clock: clock))
        }
        try replicas[0].found()
        for replica in replicas.dropFirst() {
            try replicas[0].open()?.admit(
                replica.key.card, confirming: replica.key.card.spoken)
        }
        replicas[0].look()
        try settle()
        for replica in replicas {
            guard let vault = try replica.open() else { continue }
            for member in vault.members where !member.isConfirmedByMe {
                _ = try vault.confirm(member.id, fingerprint: member.spoken)
            }
            replica.look()
        }
        try settle()
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// Notes a failure with what led to it.
    private func fail(_ text: String) { failures.append(text) }

    /// Notes what ended the run before its end.
    func stopped(by error: any Error) { fail("stopped: \(error)") }

    /// Runs random steps, then lets everything settle and checks what must hold.
    func run(steps: Int) throws {
        for step in 0..<steps {
            if step == steps / 4, mishaps.backDates, let last = replicas.last {
                frozen = try last.frozen(root: root, clock: clock)
            }
            if step == steps / 2, mishaps.losesLaptop, replicas.count > 2 { loseLaptop() }
            if step > steps / 3, let frozen, Int.random(in: 0..<6, using: &random) == 0 {
                try act(on: frozen, isHonest: false)
                let target = replicas[Int.random(in: 0..<replicas.count, using: &random)]
                try frozen.sendAdds(to: target)
                continue
            }
            let replica = replicas[Int.random(in: 0..<replicas.count, using: &random)]
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<4: try sync(moves: Int.random(in: 1...12, using: &random))
            default: try act(on: replica)
            }
        }
        try finish()
    }

    // MARK: - Acts

    /// Does one random act on one laptop.
    ///
    /// - Parameters:
    ///   - replica: Whose laptop.
    ///   - isHonest: Whether what is acknowledged must never be lost.
    /// - Throws: What no act may throw.
    private func act(on replica: Replica, isHonest: Bool = true) throws {
        guard let vault = try replica.open() else { return }
        acts += 1
        let before = Set(vault.store.files.keys)
        defer {
            checkOrder(of: vault)
            if !vault.store.differencesFromOneState.isEmpty { fail("what was kept is not so") }
            if isHonest { checkReaders(of: vault, before: before, by: replica) }
        }
        do throws(VaultError) {
            let cases = vault.cases
            let someCase = cases.randomElement(using: &random)
            switch Int.random(in: 0..<22, using: &random) {
            case 20, 21:
                try erase(in: someCase, by: replica)
            case 0, 1:
                note(replica, "starts a case")
                try vault.startCase(
                    about: [ReportedPerson(name: "Alex Doe")], report: Report(text: "report"))
            case 2..<6:
                for check in vault.unansweredChecks {
                    let conflict = Int.random(in: 0..<6, using: &random) == 0
                    note(replica, "declares \(conflict)")
                    _ = try vault.declare(conflict ? .conflict : .noConflict, on: check)
                }
            case 6..<11:
                guard let someCase else { return }
                _ = try someCase.takeFirstLook(.noConflict)
                let text = "entry \(acts)"
                let added = try someCase.add(.discussion, text)
                note(replica, "adds \(text) to \(someCase.codeName)")
                if isHonest {
                    acknowledged.append(
                        (text, someCase.log, replica.name, RecordID(added.id)))
                }
            case 11..<16:
                let change = try vault.catchUp()
                note(
                    replica,
                    "catches up: granted \(change.granted.map(\.member.name)) revoked "
                        + "\(change.revoked.map(\.member.name))")
            case 16:
                guard let someCase, let reader = someCase.readers.randomElement(using: &random)
                else { return }
                hasRemovals = true
                note(replica, "revokes \(reader.name) in \(someCase.codeName)")
                _ = try someCase.revokeAccess(of: reader.id)
            case 17:
                guard let someCase, let member = vault.members.randomElement(using: &random)
                else { return }
                note(replica, "grants \(member.name) in \(someCase.codeName)")
                _ = try someCase.grantAccess(to: member.id)
            case 18:
                guard mishaps.removesMembers,
                    let member = vault.members.randomElement(using: &random),
                    vault.members.count > 2
                else { return }
                hasRemovals = true
                note(replica, "removes \(member.name)")
                _ = try vault.remove(member.id)
            default:
                clock.advance(days: 1)
                note(replica, "sleeps for a day")
            }
        } catch {
            note(replica, "was refused: \(error.code)")
            let ordinary: Set<VaultError.Code> = [
                .refused, .lastReader, .noDeclaration, .notForYou, .unknownName,
                .incomplete,
            ]
            if !ordinary.contains(error.code) { fail("\(replica.name): \(error)") }
        }
        replica.look()
    }

    /// Erases one entry of a case, or all of it.
    private func erase(in item: Case?, by replica: Replica) throws(VaultError) {
        guard let item else { return }
        _ = try item.takeFirstLook(.noConflict)
        let records = try item.view().entryRecords.filter { $0.record.body != nil }
        guard let one = records.randomElement(using: &random) else { return }
        let isWhole = Int.random(in: 0..<4, using: &random) == 0
        if isWhole {
            try item.erase(confirming: item.codeName)
        } else {
            _ = try item.erase(Entry.ID(one.id), confirming: item.codeName)
        }
        note(replica, "erases \(isWhole ? "all" : "an entry") of \(item.codeName)")
        for record in isWhole ? records : [one] {
            guard case .entered(let entry)? = record.statement else { continue }
            erased.append((entry.text, item.log, record.id))
        }
    }

    /// Notes what somebody did.
    private func note(_ replica: Replica, _ text: String) {
        trace.append("\(replica.name) \(text)")
    }

    // MARK: - Syncing

    /// Moves some files, one at a time, between random laptops.
    private func sync(moves: Int) throws {
        for _ in 0..<moves {
            guard let from = replicas.randomElement(using: &random),
                let to = replicas.randomElement(using: &random), from !== to,
                let change = from.changes(for: to).randomElement(using: &random)
            else { continue }
            try from.send(change, to: to)
            if !change.isDelete, Int.random(in: 0..<10, using: &random) == 0 {
                try to.addConflictCopy(of: change.path)
            }
        }
    }

    /// One laptop is gone for good, and with it what no other laptop has.
    private func loseLaptop() {
        let lost = replicas.remove(at: Int.random(in: 0..<replicas.count, using: &random))
        trace.append("\(lost.name)'s laptop is lost")
        acknowledged.removeAll { entry in
            let files = lost.filesHolding(entry.record, in: entry.log)
            if replicas.contains(where: { $0.hasAnyFile(of: files) }) {
                filesOfLostLaptop[entry.record] = files
                return false
            }
            let isHeldByOthers = replicas.contains {
                !$0.filesHolding(entry.record, in: entry.log).isEmpty
            }
            if isHeldByOthers { return false }
            if entry.author == lost.name { lostWithLaptop += 1 } else { lostToRevocation += 1 }
            return true
        }
    }

    /// Syncs until every laptop holds the same files.
    private func settle() throws {
        var moved = true
        while moved {
            moved = false
            for from in replicas {
                for to in replicas where from !== to {
                    for change in from.changes(for: to) {
                        try from.send(change, to: to)
                        moved = true
                    }
                }
            }
        }
    }

    // MARK: - What must hold

    /// Lets everything settle, everybody catch up, and checks.
    private func finish() throws {
        try settle()
        var rounds = 0
        while true {
            let before = replicas[0].files
            for replica in replicas {
                guard let vault = try replica.open() else { continue }
                do throws(VaultError) { _ = try vault.catchUp() } catch {
                    if error.code != .notForYou { fail("\(replica.name) catching up: \(error)") }
                }
                replica.look()
                try settle()
            }
            clock.advance(days: 2)
            rounds += 1
            if replicas[0].files == before { break }
            if rounds > 12 {
                fail("catching up never ends")
                break
            }
        }
        try checkAgreement()
        try checkNothingLost()
        try checkErased()
        if !failures.isEmpty { describe() }
    }

    /// Writes down who holds what, to read when something went wrong.
    private func describe() {
        for replica in replicas {
            guard let vault = replica.vault else { continue }
            for log in vault.store.logs.values.sorted(by: { $0.id < $1.id }) {
                let files = log.files.sorted { $0.name < $1.name }.map {
                    "\($0.name.hexText.prefix(4)):\($0.recordIDs(of: log.id).count)r"
                        + "/\($0.readers.cards.map(\.name.last!))"
                }
                trace.append(
                    "  \(replica.name) \(log.kind.map { "\($0)" } ?? "?") "
                        + "\(log.id.description.prefix(4)) readers "
                        + "\(log.history.readerCards.map(\.name.last!)) of "
                        + "\(log.history.order.count), late \(log.history.late.count) "
                        + "in \(log.history.people.count) files \(files)")
            }
        }
    }

    /// Of two files of a log at most one makes the other superfluous.
    private func checkOrder(of vault: Vault) {
        for log in vault.store.logs.values where log.files.count > 1 {
            let order = FileOrder(log: log)
            for a in log.files {
                for b in log.files {
                    let lead = order.lead(of: a, over: b)
                    let isAhead = lead.map { $0.hasMore || $0.isCleaner || $0.comesFirst } ?? false
                    guard isAhead else { continue }
                    orderedFiles += 1
                    if let back = order.lead(of: b, over: a),
                        back.hasMore || back.isCleaner || back.comesFirst
                    {
                        fail("two files of a log make each other superfluous")
                    }
                }
            }
        }
    }

    /// Nobody who must not read gets a file from a machine that knew.
    private func checkReaders(of vault: Vault, before: Set<FileName>, by replica: Replica) {
        let roster = vault.roster
        for (name, file) in vault.store.files where !before.contains(name) {
            guard file.sealer == replica.key.card.id else { continue }
            checkedFiles += 1
            if file.records.count > 1 { sharedFiles += 1 }
            if Set(file.records.keys.map { vault.store.logs[$0]?.kind }).count > 1 {
                fail("\(replica.name) wrote logs of two kinds into one file")
            }
            for id in file.records.keys {
                guard let log = vault.store.logs[id] else { continue }
                for reader in file.readers.ids where reader != replica.key.card.id {
                    if !log.history.isReader(reader) {
                        fail("\(replica.name) sealed a file to somebody who does not read it")
                    }
                    // A roster of which a part has not arrived may lack a member altogether.
                    if let roster, roster.active[reader] == nil,
                        roster.ever[reader] != nil
                    {
                        fail("\(replica.name) sealed a file to a removed member")
                    }
                }
            }
        }
    }

    /// All who read a log agree on what it says and who reads it, but about people on whom a
    /// question is open; and who is in no dispute is asked nothing.
    private func checkAgreement() throws {
        let all = replicas.map(\.files)
        if Set(all).count != 1 { fail("the folders differ") }
        var views: [LogID: [(replica: Replica, log: Log)]] = [:]
        var asked: [String: Set<CardID>] = [:]
        var rosters: [String: Int] = [:]
        for replica in replicas {
            guard let vault = try replica.open() else { continue }
            rosters[replica.name] = vault.store.rosterLog?.recordIDs.count
            if !vault.store.damaged.isEmpty { fail("\(replica.name) sees damaged files") }
            for log in vault.store.logs.values { views[log.id, default: []].append((replica, log)) }
            // Whom a removal took out that was lost with a laptop stays out where it was known: its
            // owner sees that something is missing, and a hand removes or lets back.
            let gone = vault.store.settlement[.roster(of: vault.store.vault)]?.goneBars ?? [:]
            if !gone.isEmpty, vault.store.rosterLog != nil {
                asked[replica.name, default: []].formUnion(gone.keys)
                if vault.incomplete.isEmpty { fail("\(replica.name) misses a removal in silence") }
            }
            let questions = vault.questions
            for question in questions {
                asked[replica.name, default: []].insert(question.member.id)
                // Only a removal by hand leads to a question.
                if !hasRemovals, question.kind != .removed {
                    fail("\(replica.name) is asked without any dispute: \(question.kind)")
                }
            }
        }
        for held in views.values {
            // Whoever was taken out keeps an old view; the one who holds most knows the readers.
            let inside = held.filter { $0.log.history.isReader($0.replica.key.card.id) }
            guard
                let full = inside.max(by: {
                    ($0.log.recordIDs.count, rosters[$0.replica.name] ?? 0)
                        < ($1.log.recordIDs.count, rosters[$1.replica.name] ?? 0)
                })
            else { continue }
            let readers = full.log.history.readerIDs
            for (replica, log) in held where readers.contains(replica.key.card.id) {
                guard log.history.isReader(replica.key.card.id) else {
                    if asked[replica.name]?.contains(replica.key.card.id) != true {
                        fail("\(replica.name) is out on their own computer and not asked")
                    }
                    continue
                }
                let differing = Set(log.history.readerIDs).symmetricDifference(readers)
                let open = (asked[replica.name] ?? []).union(asked[full.replica.name] ?? [])
                if !differing.isSubset(of: open) {
                    fail("\(replica.name) and \(full.replica.name) differ on who reads a log")
                } else if !differing.isEmpty {
                    disputed += 1
                    continue
                }
                let mine = Set(log.history.counting.map(\.id))
                let theirs = Set(full.log.history.counting.map(\.id))
                // Whoever has a conflict on a check has no power there, and nobody takes over what
                // only they counted of somebody who is out.
                let isExcused =
                    (mine.isSubset(of: theirs) || !log.history.hasPower(replica.key.card.id))
                    && (theirs.isSubset(of: mine)
                        || !full.log.history.hasPower(full.replica.key.card.id))
                if open.isEmpty, !isExcused {
                    fail("\(replica.name) and \(full.replica.name) differ on what counts")
                }
            }
        }
    }

    /// No file that a reader of today opens has a text that was erased; and what a reader shows
    /// as gone was erased by somebody.
    private func checkErased() throws {
        for replica in replicas {
            guard let vault = try replica.open() else { continue }
            for log in vault.store.logs.values {
                guard vault.isOpenToMe(log), vault.store.regressed[log.id] == nil
                else { continue }
                for file in log.files {
                    searchedFiles += 1
                    if log.holdsErasedText(file) {
                        fail("\(replica.name) still has a text that was erased")
                    }
                }
                for record in log.unexplainedRedactions
                where !erased.contains(where: { $0.record == record.id }) {
                    fail("\(replica.name) lacks the text of a record that nobody erased")
                }
            }
            // By the text itself, whatever the records say.
            for item in erased {
                // Where something is missing this computer writes nothing until somebody accepts it.
                guard let log = vault.store.logs[item.log], vault.isOpenToMe(log),
                    log.history.erased.contains(item.record),
                    vault.store.regressed[item.log] == nil
                else { continue }
                let words = Data(item.text.utf8 + [0])
                for file in log.files {
                    // The entry's text is followed by "no response": a zero.
                    for record in file.records[item.log] ?? []
                    where Data(record.record.encoded).range(of: words) != nil {
                        fail("\(replica.name) still finds \(item.text)")
                    }
                }
            }
        }
    }

    /// Every acknowledged entry of a member in good standing is held by somebody who reads it.
    private func checkNothingLost() throws {
        for entry in acknowledged {
            var isHeld = false
            var isReadable = false
            for replica in replicas {
                guard let vault = try replica.open(), let log = vault.store.logs[entry.log] else {
                    continue
                }
                isReadable = isReadable || vault.isOpenToMe(log)
                // A text that somebody erased is no loss; one that is gone otherwise is.
                let isErased = erased.contains { $0.record == entry.record }
                isHeld =
                    isHeld
                    || (log.recordIDs.contains(entry.record)
                        && (isErased || !log.redacted.contains(entry.record)))
                    || replica.hasAnyFile(of: filesOfLostLaptop[entry.record] ?? [])
            }
            if isReadable && !isHeld { fail("lost: \(entry.text) by \(entry.author)") }
        }
    }
}
