// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// One graph of the test kit: signed records, and what each person's computer makes of them.
///
/// It is a graph of `Tests/authority/vectors.json` as `Tests/reader/forge.py` writes it in bytes.
struct KitGraph: Decodable {
    /// What it shows.
    let name: String
    /// The vault.
    private let vault: String
    /// The cards, by the names that the graph gives to people.
    private let people: [String: String]
    /// The logs, by name.
    private let logs: [String: String]
    /// The records, by name.
    private let records: [String: String]
    /// What is expected of each person's computer.
    let machines: [String: AuthorityVectorTests.Vector.Machine]

    /// Bytes that are no hexadecimal digits.
    private struct Problem: Error {}

    /// The bytes of hexadecimal digits.
    private static func bytes(_ text: String) throws -> [UInt8] {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { throw Problem() }
        return try stride(from: 0, to: digits.count, by: 2).map { start in
            let pair = String(decoding: digits[start..<start + 2], as: UTF8.self)
            guard let byte = UInt8(pair, radix: 16) else { throw Problem() }
            return byte
        }
    }

    /// Thirty-two bytes.
    private static func hash(_ text: String) throws -> Bytes32 {
        guard let value = Bytes32(hex: text) else { throw Problem() }
        return value
    }

    /// The people whose computers say something else than the graph expects.
    func wrong() throws -> [String] {
        let vault = VaultID(raw: try Self.hash(vault))
        var cards: [CardID: MemberCard] = [:]
        var names: (cards: [CardID: String], records: [RecordID: String]) = ([:], [:])
        for (name, text) in people {
            let card = try MemberCard(wholly: Self.bytes(text))
            cards[card.id] = card
            names.cards[card.id] = name
        }
        var held: [LogID: [VerifiedRecord]] = [:]
        for (name, text) in records {
            let record = try Record(wholly: Self.bytes(text))
            guard let author = cards[record.author] else { throw Problem() }
            held[record.log, default: []].append(
                try VerifiedRecord(record, by: author, in: vault))
            names.records[record.id] = name
        }
        let logNames = Dictionary(
            uniqueKeysWithValues: try logs.map { (LogID(raw: try Self.hash($1)), $0) })
        // As intake leaves them.
        var acts: [String: AuthorityRecord] = [:]
        for (log, records) in held {
            for act in LogRecords(id: log, records: records).acts.intake.kept {
                acts[names.records[act.id] ?? ""] = act
            }
        }
        let all = AuthorityNames(cards: names.cards, logs: logNames, records: names.records)
        return machines.keys.sorted().filter { owner in
            guard let expected = machines[owner],
                let me = names.cards.first(where: { $0.value == owner })?.key
            else { return true }
            var machine = AuthorityMachine(
                owner: owner, me: me, roster: .roster(of: vault), names: all)
            guard let arrivals = expected.arrivals else {
                machine.look(Array(acts.values))
                return machine.standings() != expected.logs
            }
            var signs: [AuthorityMachine.Answer.Signed] = []
            for batch in arrivals {
                switch batch {
                case .forget: machine.forget()
                case .records(let ids): signs += machine.get(ids.compactMap { acts[$0] })
                }
            }
            return machine.standings() != expected.logs || signs != expected.signs
        }
    }
}
