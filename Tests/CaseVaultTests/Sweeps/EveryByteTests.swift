// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Every byte of a small vault changed, every file cut, removed, swapped and put back.
///
/// A sample in the normal run; everything with `CASEVAULT_FULL=1`.
struct EveryByteTests {
    /// A small vault, its past, and what it shows to Robin.
    private final class Scene {
        /// Keys and clock.
        let committee: TestCommittee
        /// Where changed copies stand.
        let stage: Stage
        /// The folder and Robin's memory after each act.
        private(set) var past: [Stage.Tree] = []
        /// What is allowed.
        let judge: Judge

        /// The folder and Robin's memory now.
        var now: Stage.Tree { past[past.count - 1] }

        /// Two members, two cases, an attachment, rows, entries, a revocation and old files gone.
        init() throws {
            let committee = try TestCommittee("Robin", "Sam")
            var past: [Stage.Tree] = []
            func note() {
                past.append(
                    Stage.tree(of: committee.root).filter { !$0.key.hasPrefix("state-Sam") })
            }
            note()
            var report = Report(text: "It happened on the stairs.")
            report.reporterName = "Kim Example"
            let shelf = try committee.vault("Robin").startCase(
                about: [ReportedPerson(name: "Alex Doe", aliases: ["adoe"])], report: report,
                attachments: [AttachmentSource(name: "note.txt", bytes: Array("A note.".utf8))])
            note()
            let other = try committee.startCase(
                by: "Sam", about: "Casey Example", text: "A second report.")
            note()
            try committee.declareAll("Sam")
            try committee.declareAll("Robin")
            _ = try committee.vault("Robin").catchUp()
            _ = try committee.vault("Sam").catchUp()
            note()
            _ = try shelf.add(.discussion, "We spoke about it.")
            note()
            _ = try shelf.updateRow([.status: "ongoing", .actionsNeeded: "Ask for a room."])
            note()
            committee.clock.advance(days: 3)
            _ = try committee.vault("Robin").catchUp()
            committee.clock.advance(days: 3)
            _ = try committee.vault("Robin").catchUp()
            note()
            let again = try committee.vault("Robin").case(named: shelf.codeName.description)
            _ = try again.revokeAccess(of: try committee.card("Sam").id)
            note()
            _ = try again.add(.plan, "The plan, later corrected.")
            note()
            let sams = try committee.vault("Sam").case(named: other.codeName.description)
            _ = try sams.takeFirstLook(.noConflict)
            _ = try sams.add(.discussion, "Sam writes.")
            try again.add(.plan, "The plan.", correcting: 3)
            // Opened once more, so that this computer has seen what it shows.
            _ = try committee.vault("Robin")
            note()
            let stage = try Stage(clock: committee.clock)
            let key = try committee.key("Robin")
            var genuine: Set<String> = []
            for tree in past {
                try stage.put(tree)
                genuine.formUnion(try Truth(of: stage.open("Robin", key: key)).texts)
            }
            // Taking first looks is part of reading: the memory that has them is the one swept.
            let vault = try stage.open("Robin", key: key)
            past[past.count - 1] = stage.tree
            judge = Judge(truth: try Truth(of: vault), calm: try vault.verify(), genuine: genuine)
            self.past = past
            self.committee = committee
            self.stage = stage
        }

        /// Judges what is on the stage, then puts everything back.
        func verdict(named: String? = nil) throws -> Judge.Verdict {
            let key = try committee.key("Robin")
            defer { try? stage.put(now) }
            do throws(VaultError) {
                let vault = try stage.open("Robin", key: key)
                let shown = try Truth(of: vault)
                return judge.verdict(of: shown, try vault.verify(), named: named)
            } catch {
                return error.message.isEmpty ? .broken("an error without words") : .refused
            }
        }

        /// The vault's own files, `VAULT` among them.
        var vaultFiles: [String] {
            now.keys.filter { $0.hasPrefix("vault/") && !$0.hasSuffix(".gitattributes") }.sorted()
        }

        /// The path as reports show it, for files that reports name.
        func named(_ path: String) -> String? {
            path.hasPrefix("vault/sealed/") ? String(path.dropFirst(6)) : nil
        }

        /// The files of this computer's memory.
        var memoryFiles: [String] { now.keys.filter { $0.contains(".seen") }.sorted() }
    }

    /// Which of `count` things to sweep: all, or about `sample` spread over them.
    private func places(_ count: Int, sample: Int, _ random: inout SeededRandom) -> [Int] {
        guard !Thoroughness.isFull, count > sample else { return Array(0..<count) }
        let step = Double(count) / Double(sample)
        return (0..<sample).map { i in
            min(count - 1, Int((Double(i) + Double.random(in: 0..<1, using: &random)) * step))
        }
    }

    /// Prints what was done.
    private func say(_ what: String, _ tally: Judge.Tally, of all: Int) {
        print(
            "\(what): \(tally.total) of \(all) swept: \(tally.refused) refused, "
                + "\(tally.reported) reported, \(tally.unchanged) unchanged; "
                + "CASEVAULT_SEED=\(Thoroughness.seed)")
    }

    @Test func everyByteFlippedAndEveryLengthCut() throws {
        let scene = try Scene()
        var random = SeededRandom(Thoroughness.seed)
        var flips = Judge.Tally()
        var cuts = Judge.Tally()
        var all = 0
        for path in scene.vaultFiles {
            let bytes = try #require(scene.now[path])
            all += bytes.count
            for place in places(bytes.count, sample: 14, &random) {
                var changed = bytes
                changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                try scene.stage.write(changed, to: path)
                let why = flips.count(try scene.verdict(named: scene.named(path)))
                #expect(why == nil, "\(path) byte \(place)")
            }
            for length in places(bytes.count, sample: 7, &random) {
                try scene.stage.write(Array(bytes.prefix(length)), to: path)
                let why = cuts.count(try scene.verdict(named: scene.named(path)))
                #expect(why == nil, "\(path) cut to \(length)")
            }
        }
        say("bytes flipped", flips, of: all)
        say("lengths cut", cuts, of: all)
        #expect(flips.total > 100 && cuts.total > 50)
    }

    @Test func aNewComputerTakesNoOtherTextEither() throws {
        let scene = try Scene()
        var random = SeededRandom(Thoroughness.seed)
        var flips = Judge.Tally()
        var all = 0
        for path in scene.vaultFiles {
            let bytes = try #require(scene.now[path])
            all += bytes.count
            for place in places(bytes.count, sample: 7, &random) {
                var changed = bytes
                changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                var tree = scene.now.filter { !$0.key.hasPrefix("state-") }
                tree[path] = changed
                try scene.stage.put(tree)
                let why = flips.count(try scene.verdict(named: scene.named(path)))
                #expect(why == nil, "\(path) byte \(place)")
            }
        }
        say("bytes flipped, seen by a new computer", flips, of: all)
    }

    @Test func everyByteOfTheMemoryFlippedAndCut() throws {
        let scene = try Scene()
        var random = SeededRandom(Thoroughness.seed)
        let key = try scene.committee.key("Robin")
        var tally = Judge.Tally()
        var all = 0
        #expect(scene.memoryFiles.count == 2)
        for path in scene.memoryFiles {
            let bytes = try #require(scene.now[path])
            all += 2 * bytes.count
            for (isCut, place) in places(bytes.count, sample: 60, &random).map({ (false, $0) })
                + places(bytes.count, sample: 20, &random).map({ (true, $0) })
            {
                var changed = bytes
                if isCut { changed.removeLast(bytes.count - place) } else { changed[place] ^= 0x40 }
                try scene.stage.write(changed, to: path)
                // Damaged memory is no memory, and that is said.
                #expect(try scene.stage.open("Robin", key: key).isNewOnThisComputer)
                try scene.stage.write(changed, to: path)
                let verdict = try scene.verdict()
                #expect(tally.count(verdict) == nil && verdict == .unchanged)
            }
        }
        say("bytes of the memory", tally, of: all)
    }

    @Test func everyFileRemovedAndEachTwoSwapped() throws {
        let scene = try Scene()
        let files = scene.vaultFiles
        var removed = Judge.Tally()
        var swapped = Judge.Tally()
        for path in files + scene.memoryFiles {
            try FileManager.default.removeItem(at: scene.stage.url(path))
            #expect(removed.count(try scene.verdict()) == nil, "\(path) removed")
        }
        for (i, a) in files.enumerated() {
            for b in files[(i + 1)...] {
                try scene.stage.write(try #require(scene.now[a]), to: b)
                try scene.stage.write(try #require(scene.now[b]), to: a)
                let named = scene.named(a) ?? scene.named(b)
                #expect(swapped.count(try scene.verdict(named: named)) == nil, "\(a) for \(b)")
            }
        }
        say("files removed", removed, of: files.count + 2)
        say("files swapped", swapped, of: files.count * (files.count - 1) / 2)
        #expect(removed.reported > 3)
    }

    @Test func everyOlderVersionPutBack() throws {
        let scene = try Scene()
        var single = Judge.Tally()
        var whole = Judge.Tally()
        let vault = { (tree: Stage.Tree) in tree.filter { $0.key.hasPrefix("vault/") } }
        let memory = scene.now.filter { $0.key.hasPrefix("state-") }
        var gone: [String: [UInt8]] = [:]
        for tree in scene.past { gone.merge(vault(tree)) { $1 } }
        for (path, bytes) in gone where scene.now[path] == nil {
            try scene.stage.write(bytes, to: path)
            #expect(single.count(try scene.verdict()) == nil, "\(path) put back")
        }
        for (number, tree) in scene.past.enumerated() {
            // The folder as it was, seen by a computer that knows better.
            try scene.stage.put(vault(tree).merging(memory) { $1 })
            #expect(whole.count(try scene.verdict()) == nil, "rolled back to \(number)")
            // The folder as it is, seen by a computer whose memory was rolled back.
            let old = tree.filter { $0.key.hasPrefix("state-") }
            try scene.stage.put(vault(scene.now).merging(old) { $1 })
            let verdict = try scene.verdict()
            #expect(verdict == .unchanged, "memory rolled back to \(number)")
        }
        say("deleted files put back", single, of: single.total)
        say("folders rolled back", whole, of: scene.past.count)
        #expect(single.total > 5 && whole.reported >= scene.past.count - 2)
    }

    @Test func theComparisonNoticesWhatItShould() throws {
        let scene = try Scene()
        let judge = scene.judge
        #expect(judge.truth.texts.contains("It happened on the stairs."))
        #expect(judge.truth.texts.contains("\(Array("A note.".utf8))"))
        #expect(judge.truth.refusals.isEmpty)
        let other = judge.verdict(of: judge.truth.withOneTextChanged(), judge.calm)
        #expect(other == .broken("other text: [\"Something else.\"]"))
        let gap = judge.verdict(of: judge.truth.withOneFactMissing(), judge.calm)
        #expect(gap == .broken("silent gap"))
        let unnamed = judge.verdict(of: judge.truth, judge.calm, named: "sealed/ab/abc")
        #expect(unnamed == .broken("damaged file not named"))
        #expect(try scene.verdict() == .unchanged)
    }
}
