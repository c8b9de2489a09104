// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Synchronization
import Testing

@testable import CaseVault

/// Every file operation of every writing act fails in turn, or is the last that is made.
///
/// A sample in the normal run; everything with `CASEVAULT_FULL=1`; one act with
/// `CASEVAULT_ACT=startCase`, and faults of one sort with `CASEVAULT_FAULT="for good"`.
struct CrashSweepTests {
    /// What goes wrong.
    private enum Fault: Hashable, CustomStringConvertible {
        /// One call fails.
        case eio, noSpace
        /// One call is interrupted, or moves one byte: the act must not notice.
        case interrupted, short
        /// One call is made and reported to have failed.
        case failsAfter
        /// The process dies before a call, or after it: no later call is made.
        case killedBefore, killedAfter
        /// From a call on, nothing works any more, nothing can be written, or nothing deleted; the
        /// process lives on.
        case nothingWorks, nothingWritten, nothingDeleted
        /// From a call on, every call of its kind fails, and of no other; the process lives on.
        case failsForGood(FileOperation)

        /// All of them.
        static let all: [Self] =
            [
                .eio, .noSpace, .interrupted, .short, .failsAfter, .killedBefore, .killedAfter,
                .nothingWorks, .nothingWritten, .nothingDeleted,
            ] + FileOperation.allCases.map(Self.failsForGood)

        /// Those that are asked for.
        static let chosen: [Self] = {
            let only = ProcessInfo.processInfo.environment["CASEVAULT_FAULT"]
            return all.filter { fault in only.map { "\(fault)".contains($0) } ?? true }
        }()

        /// Whether the act must succeed all the same.
        var isHarmless: Bool { self == .interrupted || self == .short }
        /// Whether the process does not live on.
        var isKill: Bool { self == .killedBefore || self == .killedAfter }

        /// What happens to a call of a kind while it lasts.
        private func lastingAction(_ operation: FileOperation) -> FaultAction? {
            switch (self, operation) {
            case (.nothingWorks, _): .fail(EIO)
            case (.nothingWritten, .write), (.nothingWritten, .fsync), (.nothingWritten, .link),
                (.nothingWritten, .mkdir), (.nothingWritten, .rename):
                .fail(ENOSPC)
            case (.nothingDeleted, .unlink): .fail(EACCES)
            case (.failsForGood(let kind), _) where kind == operation: .fail(EIO)
            default: nil
            }
        }

        /// Whether it lasts, and the process lives on.
        var isLasting: Bool {
            switch self {
            case .nothingWorks, .nothingWritten, .nothingDeleted, .failsForGood: true
            default: false
            }
        }

        /// Its name.
        var description: String {
            switch self {
            case .eio: "eio"
            case .noSpace: "noSpace"
            case .interrupted: "interrupted"
            case .short: "short"
            case .failsAfter: "failsAfter"
            case .killedBefore: "killedBefore"
            case .killedAfter: "killedAfter"
            case .nothingWorks: "nothingWorks"
            case .nothingWritten: "nothingWritten"
            case .nothingDeleted: "nothingDeleted"
            case .failsForGood(let kind): "\(kind.rawValue) fails for good"
            }
        }

        /// Whether it can begin at a call of this kind and be another than one that begins later.
        func begins(at operation: FileOperation) -> Bool {
            switch self {
            case .short: operation == .read || operation == .write
            case .nothingDeleted: operation == .unlink
            case .failsForGood(let kind): operation == kind
            default: true
            }
        }

        /// What happens to the call with a number, when `target` is the one that goes wrong.
        func action(
            _ number: Int, _ target: Int, _ operation: FileOperation
        ) -> FaultAction? {
            guard number >= target else { return nil }
            if isLasting { return lastingAction(operation) }
            if number > target { return isKill ? .fail(EIO) : nil }
            switch self {
            case .nothingWorks, .nothingWritten, .nothingDeleted, .failsForGood: return nil
            case .eio, .killedBefore: return .fail(EIO)
            case .noSpace: return .fail(ENOSPC)
            case .interrupted: return .fail(EINTR)
            case .short: return .short(1)
            case .failsAfter, .killedAfter: return .failAfter(EIO)
            }
        }
    }

    /// Counts calls and makes one go wrong.
    private final class Plan: Sendable {
        /// What was called so far, while armed.
        private let calls = Mutex<[FileOperation]>([])
        /// What goes wrong: nothing while it is `nil`.
        private let fault = Mutex<(fault: Fault, number: Int)?>(nil)
        /// Whether calls are counted.
        private let isArmed = Mutex(false)

        /// The calls that were made.
        var seen: [FileOperation] { calls.withLock { $0 } }

        /// Starts counting.
        func arm(_ fault: Fault?, at number: Int) {
            self.fault.withLock { $0 = fault.map { ($0, number) } }
            calls.withLock { $0 = [] }
            isArmed.withLock { $0 = true }
        }

        /// A file system that follows the plan.
        var files: FileSystem {
            FileSystem { operation, _ in
                guard self.isArmed.withLock({ $0 }) else { return nil }
                let number = self.calls.withLock {
                    $0.append(operation)
                    return $0.count - 1
                }
                return self.fault.withLock { $0 }.flatMap {
                    $0.fault.action(number, $0.number, operation)
                }
            }
        }
    }

    /// What came of all runs of one act.
    private struct Count {
        /// How many operations the act makes.
        var operations = 0
        /// How many runs there were.
        var runs = 0
        /// The act was as if it had never been.
        var absent = 0
        /// The act was done.
        var done = 0
        /// A part was there, which running it again completed.
        var half = 0
    }

    /// Which operations go wrong: all, or the first of each kind and some others.
    private func targets(
        _ operations: [FileOperation], _ fault: Fault, _ random: inout SeededRandom,
        isTogether: Bool = false
    ) -> [Int] {
        let all = operations.indices.filter { fault.begins(at: operations[$0]) }
        if Thoroughness.isFull { return all }
        // Of the faults of one kind, the first and one more: there are many kinds.
        if case .failsForGood = fault {
            return Set(all.prefix(1) + all.shuffled(using: &random).prefix(1)).sorted()
        }
        // Listing and looking change nothing and are most of all calls: few of those.
        let changing = all.filter {
            ![.list, .stat, .read, .open, .close].contains(operations[$0])
        }
        var chosen = Set(changing.shuffled(using: &random).prefix(1))
        // Where files that belong together get their names, one after the other.
        if isTogether, fault.isKill || fault == .nothingWorks {
            chosen.formUnion(all.filter { operations[$0] == .link })
        }
        chosen.formUnion(all.shuffled(using: &random).prefix(1))
        return chosen.sorted()
    }

    @Test(.timeLimit(.minutes(60)))
    func everyFileOperationOfEveryActFails() throws {
        try ThreadLimit.$current.withValue(1) {
            let acts = try CrashActs()
            let stage = try Stage(clock: acts.committee.clock)
            var random = SeededRandom(Thoroughness.seed)
            var total = 0
            let only = ProcessInfo.processInfo.environment["CASEVAULT_ACT"]
            for act in acts.acts where only == nil || act.name == only {
                let count = try sweep(act, stage, acts.committee, &random)
                print(
                    "\(act.name): \(count.runs) runs, \(count.operations) file operations; "
                        + "absent \(count.absent), done \(count.done), half \(count.half); "
                        + "CASEVAULT_SEED=\(Thoroughness.seed)")
                total += count.runs
            }
            print("crash sweep: \(total) runs of \(acts.acts.count) acts")
            let swept = Set(acts.acts.map { String($0.name.prefix { $0 != " " }) })
            #expect(swept.union(["create"]) == Self.publicActs.subtracting(Self.reading))
            #expect(only != nil || Fault.chosen != Fault.all || total > 500)
        }
    }

    /// The public calls that write nothing into a vault.
    private static let reading: Set<String> = [
        "access", "case", "checkIntakePage", "discard", "drafts", "entries", "entry", "export",
        "importPlan", "intakePage", "keep", "lateEntries", "lateRecordCount", "member",
        "namesAtRisk",
        "openSealedReport", "readAttachment", "refresh", "sameReport", "save", "saveAttachment",
        "sealAnswer", "search", "tally", "verify", "verifyNames",
    ]

    /// The names of all calls of `Vault` and `Case` that may fail, as the sources have them: a new
    /// one is swept, or stands in ``reading``.
    private static let publicActs: Set<String> = {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../Sources/CaseVault").standardizedFileURL
        var names: Set<String> = []
        for folder in ["Committee", "Publishing"] {
            let root = sources.appendingPathComponent(folder)
            for path in FileManager.default.subpaths(atPath: root.path) ?? []
            where path.hasSuffix(".swift") {
                let text = try? String(
                    contentsOf: root.appendingPathComponent(path), encoding: .utf8)
                names.formUnion(throwingCalls(in: text ?? ""))
            }
        }
        return names
    }()

    /// The names of public functions that throw in a source.
    private static func throwingCalls(in text: String) -> [String] {
        text.matches(of: #/public (?:static |mutating )*func `?(\w+)`?[^{]*?throws\(VaultError\)/#)
            .map { String($0.1) }
    }

    /// Sweeps one act.
    private func sweep(
        _ act: CrashAct, _ stage: Stage, _ committee: TestCommittee,
        _ random: inout SeededRandom
    ) throws -> Count {
        let key = try committee.key("Robin")
        var count = Count()
        try stage.put(act.before)
        let first = try stage.open("Robin", key: key)
        #expect(try !act.isDone(first), "\(act.name) is done before it began")
        let truth = try Truth(of: first)
        // How it goes when nothing goes wrong.
        try stage.put(act.before)
        let plan = Plan()
        let calm = try stage.open("Robin", key: key, files: plan.files)
        plan.arm(nil, at: 0)
        _ = try act.run(calm)
        let operations = plan.seen
        count.operations = operations.count
        #expect(try act.isDone(stage.open("Robin", key: key)), "\(act.name) is not done")
        let calmOrphans = orphans(calm)
        for fault in Fault.chosen {
            let places = targets(
                operations, fault, &random, isTogether: act.startsLogs || act.isInSteps)
            for target in places {
                count.runs += 1
                let place: Comment =
                    "\(act.name): \(fault) at \(target), \(operations[target].rawValue)"
                try stage.put(act.before)
                let plan = Plan()
                let vault = try stage.open("Robin", key: key, files: plan.files)
                plan.arm(fault, at: target)
                var failure: VaultError?
                do throws(VaultError) { _ = try act.run(vault) } catch { failure = error }
                if fault.isHarmless { #expect(failure == nil, place) }
                let left = stage.tree
                expectNoPlainText(left, place)
                // A fresh look, with nothing going wrong.
                let fresh = try stage.open("Robin", key: key)
                let isDone = try act.isDone(fresh)
                let now = try Truth(of: fresh)
                let report = try fresh.verify()
                #expect(report.damaged.isEmpty, place)
                if act.name != "acceptGap" { #expect(report.missing.isEmpty, place) }
                // Where a fault keeps old files from being deleted, an act says that they remain;
                // this one does nothing else.
                let isHindered = !fault.isHarmless && act.name.hasPrefix("catchUp that ")
                if failure == nil, !fault.isKill, !isHindered { #expect(isDone, place) }
                if isDone {
                    count.done += 1
                } else if now == truth {
                    count.absent += 1
                } else {
                    count.half += 1
                    // What could not be taken back is said to be there.
                    let isSaid = fault.isLasting && failure?.code == .partlyDone
                    #expect(act.isManyLogs && fault.isKill || isSaid || act.isInSteps, place)
                }
                // What takes somebody out takes words away; half done, it took some.
                if !act.takesAway {
                    #expect(now.texts.isSuperset(of: truth.texts), place)
                }
                // Once more, by whoever comes next on this computer.
                try stage.put(left)
                let again = try stage.open("Robin", key: key)
                if act.startsLogs {
                    #expect(orphans(again) == calmOrphans, "\(place)")
                    // Catching up finishes what was half done, and what was not begun stays away.
                    // Half done is an act of which one file has its name; nothing may show of it.
                    let isAbsent = left.allSatisfy { path, bytes in
                        act.before[path] != nil || path.contains(".casevault-")
                            || !bytes.starts(with: Array("CVSF".utf8))
                    }
                    _ = try again.catchUp()
                    let isDoneNow = try act.isDone(again)
                    #expect(isDoneNow != isAbsent, place)
                    if !fault.isKill, !fault.isLasting { #expect(isDoneNow == isDone, place) }
                    #expect(orphans(again) == calmOrphans, "\(place)")
                }
                if try !act.isDone(again) { _ = try act.run(again) }
                _ = try again.catchUp()
                let end = try stage.open("Robin", key: key)
                #expect(try act.isDone(end), place)
                #expect(try end.verify().damaged.isEmpty, place)
                if let text = act.erases {
                    committee.clock.advance(days: 1)
                    defer { committee.clock.advance(days: -1) }
                    _ = try stage.open("Robin", key: key).catchUp()
                    let files = OpenableText(folder: stage.folder, keys: [key])
                    #expect(try !files.holds(text), place)
                }
                let temporary = stage.tree.keys.filter { $0.contains(".casevault-") }
                #expect(temporary.isEmpty, place)
            }
        }
        return count
    }

    /// The checks and rows that Robin started and that no case which Robin reads names.
    private func orphans(_ vault: Vault) -> Set<LogID> {
        let named = Set(vault.readableCases.flatMap { $0.checks + [$0.start.row.log] })
        let started = vault.store.logs.values.filter {
            ($0.kind == .check || $0.kind == .row)
                && $0.history.root?.author.id == vault.me.id
        }
        return Set(started.map(\.id)).subtracting(named)
    }

    /// Looks for the report's words in every file.
    private func expectNoPlainText(_ tree: Stage.Tree, _ place: Comment) {
        let words = Data(CrashActs.secret.utf8)
        for (path, bytes) in tree where Data(bytes).range(of: words) != nil {
            Issue.record("\(path) holds text in clear: \(place)")
        }
    }

    @Test func othersTemporaryFilesStayAndMineGo() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let robins = try committee.vault("Robin")
        let others = FileSystem()
        var mine = FileSystem()
        mine.temporaryTag = robins.store.seen.tagText
        let sealed = committee.folder.appendingPathComponent("sealed").path
        let state = committee.root.appendingPathComponent("state-Robin").path
        let stranger = try others.writeTemporary([1, 2, 3], inDirectory: sealed)
        let own = try [sealed, committee.folder.path, state].map {
            $0 + "/" + (try mine.writeTemporary([1, 2, 3], inDirectory: $0))
        }
        _ = try committee.vault("Robin").verify()
        #expect(own.allSatisfy(others.fileExists), "reading deletes nothing")
        _ = try committee.vault("Sam").catchUp()
        #expect(own.allSatisfy(others.fileExists), "Sam's machine knows nothing of them")
        _ = try committee.vault("Robin").catchUp()
        #expect(!own.contains(where: others.fileExists))
        #expect(others.fileExists(sealed + "/" + stranger))
    }

    @Test func foundingFailsWholeOrIsDone() throws {
        let key = try MemberKey.generate(name: "Robin")
        let stage = try Stage(clock: TestClock())
        var random = SeededRandom(Thoroughness.seed)
        func create(_ files: FileSystem) throws(VaultError) {
            _ = try Vault.create(
                at: stage.folder, committee: "Local organizers", founder: key,
                in: stage.environment("Robin", files: files))
        }
        try ThreadLimit.$current.withValue(1) {
            let calm = Plan()
            calm.arm(nil, at: 0)
            try create(calm.files)
            let operations = calm.seen
            var count = Count()
            for fault in Fault.chosen {
                for target in targets(operations, fault, &random) {
                    count.runs += 1
                    let place: Comment =
                        "\(fault) at \(target), \(operations[target].rawValue)"
                    try FileManager.default.removeItem(at: stage.root)
                    try FileManager.default.createDirectory(
                        at: stage.root, withIntermediateDirectories: true)
                    let plan = Plan()
                    plan.arm(fault, at: target)
                    var failure: VaultError?
                    do throws(VaultError) { try create(plan.files) } catch { failure = error }
                    if fault.isHarmless { #expect(failure == nil, place) }
                    if FileSystem().fileExists(stage.folder.path + "/VAULT") {
                        // What has the name of a vault opens.
                        let vault = try stage.open("Robin", key: key)
                        #expect(vault.committee == "Local organizers", place)
                        count.done += 1
                    } else {
                        #expect(failure != nil, place)
                        // Whatever it left, founding once more makes a vault of its own.
                        try create(FileSystem())
                        let vault = try stage.open("Robin", key: key)
                        #expect(vault.members.count == 1, place)
                        #expect(try vault.verify().files == 1, place)
                        let temporary = stage.tree.keys.filter { $0.contains(".casevault-") }
                        #expect(temporary.allSatisfy { $0.hasPrefix("state-") }, place)
                        count.absent += 1
                    }
                }
            }
            print(
                "create: \(count.runs) runs, \(operations.count) file operations; absent "
                    + "\(count.absent), done \(count.done); CASEVAULT_SEED=\(Thoroughness.seed)"
            )
        }
    }
}
