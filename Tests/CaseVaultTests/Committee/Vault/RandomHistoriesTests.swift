// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Random histories, most of them such as no library would write: the independent reader and the
/// library agree about every record.
@Suite(.enabled(if: PythonReader.isAvailable, "needs /usr/bin/python3 with PyNaCl (python3-nacl)"))
struct RandomHistoriesTests {
    /// A random generator that a seed repeats.
    private struct Generator: RandomNumberGenerator {
        /// The state.
        var state: UInt64

        /// SplitMix64.
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }

        /// Bytes for a key, a salt or an identifier.
        mutating func bytes() -> [UInt8] {
            (0..<32).map { _ in UInt8.random(in: 0...255, using: &self) }
        }
    }

    /// Whether to look for longer, and elsewhere each time.
    private static let isFull = ProcessInfo.processInfo.environment["CASEVAULT_FULL"] != nil
    /// How many times the reader is asked; each has a seed of its own.
    private static let rounds: UInt64 = isFull ? 40 : 1
    /// How many histories the reader is asked about at once.
    private static let histories = 160
    /// The most random records of one.
    private static let longest = 20

    @Test func independentReaderAgreesAboutEveryRecord() throws {
        let given = ProcessInfo.processInfo.environment["CASEVAULT_SEED"].flatMap { UInt64($0) }
        let first = given ?? (Self.isFull ? UInt64.random(in: 0...UInt64.max) : 1)
        for seed in (0..<Self.rounds).map({ first &+ $0 }) {
            do { try compare(seed: seed) } catch {
                Issue.record("CASEVAULT_SEED=\(seed) repeats this: \(error)")
                return
            }
        }
    }

    /// Makes the histories of one seed and compares what both say of them.
    private func compare(seed: UInt64) throws {
        var generator = Generator(state: seed)
        // No vault of the library: its identifier would not come from the seed.
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("casevault-histories-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let place = VaultFolder(path: folder.path, files: FileSystem())
        let vault = VaultID(raw: try id(&generator).raw)
        let layout = FolderLayout(folder: place)
        try layout.make()
        try layout.publishMarker(layout.prepareMarker(VaultMarker(vault: vault)))
        var people: [MemberKey] = []
        for name in ["Robin", "Sam", "Kim", "Noor", "Zoe", "Lou"] {
            let bytes = generator.bytes()
            people.append(try MemberKey(name: name, seed: SecretBytes(copying: bytes.span)))
        }
        let me = people[0]
        let stranger = people.removeLast()
        var records: [VerifiedRecord] = []
        for _ in 0..<Self.histories {
            // Few people, so that often nobody is left.
            let count = Int.random(in: 2...people.count, using: &generator)
            records += try history(
                Array(people.prefix(count)), stranger, vault, &generator)
        }
        let readers = try #require(ReaderList([me.card]))
        let contents = SealedFile.Contents(
            readers: readers, records: records.sorted { $0.record.log < $1.record.log },
            attachments: [])
        _ = try place.write([
            try SealedFile.seal(contents, slots: 8, sealer: me, vault: vault).bytes
        ])
        // Beside the vault: a key is never written into a shared folder.
        let key = URL(fileURLWithPath: folder.path + ".key")
        defer { try? FileManager.default.removeItem(at: key) }
        try me.save(to: key, passphrase: nil)
        let seen = try PythonReader(folder: folder)
            .read(key, as: PythonReader.Standings.self)
        var kinds: [String: Int] = [:]
        var erased = 0
        for (log, all) in Dictionary(grouping: records, by: \.record.log) {
            let history = AccessHistory(records: all, vault: vault)
            var standings: [String: String] = [:]
            for (record, standing) in zip(history.order, history.standings) {
                standings[record.id.hexText] = "\(standing)"
                kinds["\(standing)", default: 0] += 1
            }
            let expected = PythonReader.Standings.Log(
                log: log.description, standings: standings,
                readers: history.readers.keys.map(\.description).sorted(),
                contested: history.contestedPeople.map(\.description).sorted(),
                heads: history.heads.map(\.hexText),
                gaps: history.missing.map(\.hexText).sorted(),
                erased: history.erased.map(\.hexText).sorted())
            erased += history.erased.count
            #expect(
                history.order.allSatisfy { !history.erased.contains($0.id) || $0.statement == nil })
            #expect(
                seen.logs.first { $0.log == log.description } == expected,
                "CASEVAULT_SEED=\(seed) repeats this")
        }
        // Otherwise the histories are too tame to show anything.
        #expect(
            kinds.values.allSatisfy { $0 > 10 } && kinds.count == 3 && erased > 10,
            "CASEVAULT_SEED=\(seed) repeats this: \(kinds)")
    }

    /// One case with records of all kinds by anybody, on any parents.
    ///
    /// The stranger is let in late or never, and writes all the same.
    private func history(
        _ people: [MemberKey], _ stranger: MemberKey, _ vault: VaultID, _ generator: inout Generator
    ) throws -> [VerifiedRecord] {
        let check = try id(&generator)
        let bond = Bond(raw: try id(&generator).raw)
        let name = try #require(CodeName("home shelf"))
        let first = Record(
            starting: .caseStarted, day: Day(daysSince1970: 0),
            body: CaseStart(
                codeName: name, starter: people[0].card,
                row: BoundLog(log: check, bond: bond),
                checks: [BoundLog(log: check, bond: bond)]
            ).encoded, vault: vault, author: people[0], salt: try id(&generator).raw)
        let log = first.log
        // A check for this case by each, and what fits in all but that it is for another case.
        var links: [CardID: CheckLink] = [:]
        var others: [LogID] = []
        for person in people + [stranger] {
            let isForeign = Int.random(in: 0..<4, using: &generator) == 0
            let root = Record(
                starting: .checkStarted, day: Day(daysSince1970: 0),
                body: CheckStart(
                    readers: [], withheld: [], tag: bond.tag(linkedTo: isForeign ? check : log)
                ).encoded, vault: vault, author: person, salt: try id(&generator).raw)
            links[person.card.id] = CheckLink(root: root, bond: bond)
            others.append(root.log)
        }
        var all: [VerifiedRecord] = []
        // Parents that nobody holds.
        var gone: [RecordID] = []
        func add(_ statement: Statement, by author: MemberKey, on parents: Set<RecordID>) throws {
            let record = Record(
                log: log, kind: statement.kind, parents: Array(parents),
                day: Day(daysSince1970: Int32(all.count)), body: statement.body, vault: vault,
                author: author, salt: try id(&generator).raw)
            all.append(try VerifiedRecord(record, by: author.card, in: vault))
        }
        all.append(try VerifiedRecord(first, by: people[0].card, in: vault))
        // Everybody is let in first, so that most of what follows has a chance to count.
        for person in people.dropFirst() {
            let grant = Statement.granted(
                Grant(
                    card: person.card, declarations: [declaration(person, check, vault)], lifts: [])
            )
            try add(grant, by: people[0], on: [all[all.count - 1].id])
        }
        for _ in 0..<Int.random(in: 1...Self.longest, using: &generator) {
            func anybody() -> MemberKey {
                let isStranger = Int.random(in: 0..<10, using: &generator) == 0
                let member = people[Int.random(in: 0..<people.count, using: &generator)]
                return isStranger ? stranger : member
            }
            let author = anybody()
            let person = anybody()
            func link(by author: MemberKey) throws -> Statement {
                // Now and then a link to somebody else's.
                let isOwn = Int.random(in: 0..<5, using: &generator) > 0
                return .checkLinked(try #require(links[(isOwn ? author : person).card.id]))
            }
            var parents: Set<RecordID> = []
            for _ in 0..<Int.random(in: 1...2, using: &generator) {
                let back = Int.random(in: 1...min(5, all.count), using: &generator)
                parents.insert(all[all.count - back].id)
            }
            if Int.random(in: 0..<30, using: &generator) == 0 {
                let lost = RecordID(raw: try id(&generator).raw)
                gone.append(lost)
                parents.insert(lost)
            }
            let statement: Statement
            switch Int.random(in: 0..<23, using: &generator) {
            case 0..<4: statement = .revoked(person.card.id)
            case 4: statement = .recused
            case 5: statement = .expelled(person.card.id)
            case 6..<11:
                var declarations = [declaration(person, check, vault)]
                if Bool.random(using: &generator) {
                    declarations += others.map { declaration(person, $0, vault) }
                }
                if Int.random(in: 0..<6, using: &generator) == 0 { declarations.removeFirst() }
                let removals = all.filter { record in
                    guard case .removes(let removed) = AccessEffect(of: record) else {
                        return false
                    }
                    return removed == person.card.id
                }
                let lifts = removals.map(\.id).filter { _ in
                    Int.random(in: 0..<5, using: &generator) > 0
                }
                statement = .granted(
                    Grant(card: person.card, declarations: declarations, lifts: lifts))
            case 11:
                statement =
                    Int.random(in: 0..<3, using: &generator) == 0
                    ? try link(by: author) : .removed(person.card.id)
            case 12: statement = try link(by: author)
            case 13:
                let some = all[Int.random(in: 0..<all.count, using: &generator)].id
                statement = .gapAccepted(Array(Set(gone.suffix(1) + [some])))
            case 14: statement = .held(Bool.random(using: &generator))
            case 15, 16:
                let some = all.filter { _ in Int.random(in: 0..<3, using: &generator) == 0 }
                statement = .erased(Erasure(records: some.map(\.id)))
            default:
                statement = .entered(EntryStatement(kind: .discussion, happened: nil, text: "x"))
            }
            try add(statement, by: author, on: parents)
        }
        return all
    }

    /// The identifier of a log that nobody holds.
    private func id(_ generator: inout Generator) throws -> LogID {
        let raw = Bytes32(generator.bytes())
        return LogID(raw: try #require(raw))
    }

    /// A person's signed "no conflict".
    private func declaration(_ person: MemberKey, _ check: LogID, _ vault: VaultID) -> Record {
        let statement = Statement.declared(
            DeclarationStatement(answer: .noConflict, replaces: []))
        return Record(
            log: check, kind: .declared, parents: [], day: Day(daysSince1970: 0),
            body: statement.body, vault: vault, author: person, salt: check.raw)
    }
}
