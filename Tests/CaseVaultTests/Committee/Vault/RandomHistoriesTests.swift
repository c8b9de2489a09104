// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Random histories in which everybody writes whatever they like, as real files: the independent
/// reader and the library say the same of each, on the computer of each person.
///
/// The bytes come from neither: `Tests/reader/forge.py` writes them after FORMAT.md.
@Suite(.enabled(if: PythonReader.isAvailable, "needs /usr/bin/python3 with PyNaCl (python3-nacl)"))
struct RandomHistoriesTests {
    /// Who counts in one log, as the reader prints it.
    struct Standing: Codable, Equatable {
        let log: String
        let people, power, readers, shutOut, taken, onHold, askingLinks, erased: [String]
        let removedBy: [String]
        let whoStays: [AuthorityMachine.Dispute]
        let differs, mustAnswer: [[String]]
        let unheld: Bool

        enum CodingKeys: String, CodingKey {
            case people = "in"
            case log, power, readers, shutOut, taken, onHold, askingLinks, erased, removedBy
            case whoStays, differs, mustAnswer, unheld
        }
    }

    /// What came of one history: what the reader says on each person's computer; nothing if the
    /// format has no such records.
    private struct Answer: Decodable {
        let people: [String: [Standing]]?
    }

    /// Whether to look for longer, and elsewhere each time.
    private static let isFull = ProcessInfo.processInfo.environment["CASEVAULT_FULL"] != nil

    @Test func independentReaderAgreesAboutEveryRecord() throws {
        var random = Self.isFull ? SeededRandom() : SeededRandom(1)
        let seeds = (0..<(Self.isFull ? 2000 : 60)).map { _ in random.next() }
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("casevault-histories-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let forge = Repository.top.appendingPathComponent("Tests/reader/forge.py")
        let answers: [Answer] = try AuthorityReference.answers(
            of: forge, ["vaults", folder.path], about: seeds.map { .random(seed: $0) })
        #expect(answers.count == seeds.count)
        var (logs, counting, asked) = (0, 0, 0)
        for (number, answer) in answers.enumerated() {
            for (name, expected) in answer.people ?? [:] {
                let found = try standings(in: folder, number, of: name)
                #expect(found == expected, "history \(seeds[number]), \(name); \(random.hint)")
                if found != expected { return }
                logs += found.count
                counting += found.reduce(0) { $0 + $1.taken.count }
                asked += found.count { !$0.whoStays.isEmpty || !$0.removedBy.isEmpty }
            }
        }
        // Otherwise the histories are too tame to show anything.
        #expect(logs > 500 && counting > 700 && asked > 20, "\(logs) \(counting) \(asked)")
        print("reader: \(logs) logs of random histories alike, \(counting) acts counted")
    }

    /// What the library says of a vault on somebody's computer.
    private func standings(in folder: URL, _ number: Int, of name: String) throws -> [Standing] {
        let place = VaultFolder(
            path: folder.appendingPathComponent("\(number)").path, files: FileSystem())
        let key = try MemberKey(
            contentsOf: folder.appendingPathComponent("\(number).\(name).key"), passphrase: nil)
        let state = folder.appendingPathComponent("state-\(UUID().uuidString)").path
        let store = try VaultStore(
            folder: place, vault: FolderLayout(folder: place).readMarker().vault, key: key,
            environment: VaultEnvironment(stateDirectory: state))
        let settlement = store.settlement
        let logs = Set(store.logs.keys).union([.roster(of: store.vault)])
        return logs.sorted().compactMap { log in settlement[log].map { (log, $0) } }.map {
            log, view in
            let questions = settlement.questions(about: log, withAnswers: true)
            let hex = { (cards: [CardID]) in cards.map(\.description).sorted() }
            let ids = { (ids: [RecordID]) in ids.map(\.hexText).sorted() }
            return Standing(
                log: log.description, people: hex(view.people), power: hex(view.powerful),
                readers: hex(view.readers), shutOut: hex(view.shutOut), taken: ids(view.taken),
                onHold: ids(view.openHolds), askingLinks: ids(view.askingLinks),
                erased: ids(view.erased.filter { view.log.isText($0) }),
                removedBy: hex(questions.removedBy),
                whoStays: questions.whoStays.map {
                    .init(name: $0.card.description, removers: hex($0.removers))
                },
                differs: questions.differences.map {
                    [$0.computer.description, $0.about.description]
                },
                mustAnswer: questions.mustAnswer.map {
                    [$0.card.description, $0.check.description]
                }
                .sorted { $0.joined() < $1.joined() },
                unheld: questions.isUnheld)
        }
    }
}
