// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge

@testable import CaseVault

/// Records about people, with names in place of hashes: what the Python rules read and print.
struct AuthorityHistory: Codable {
    /// One record; `Tests/authority/rules.py` says what its fields mean.
    struct Entry: Codable {
        var id: String
        var log: String
        var by: String
        var kind: String
        var card: String?
        var was: String?
        var row: String?
        var bond: String?
        var people: [String]?
        var checks: [String]?
        var withheld: [String]?
        var ids: [String]?
        var over: [String]?
        var guest: Bool?
        var second: Bool?
        var conflict: Bool?
        var of: String?
        var bonds: [[String]]?
        var tag: [String]?
    }

    /// What arrives at a computer at once, or the loss of its memory.
    enum Batch: Codable {
        case records([String])
        case forget

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            self = (try? .records(value.decode([String].self))) ?? .forget
        }

        func encode(to encoder: any Encoder) throws {
            var value = encoder.singleValueContainer()
            switch self {
            case .records(let ids): try value.encode(ids)
            case .forget: try value.encode("forget")
            }
        }
    }

    var records: [Entry]
    var machines: [String: [Batch]]
}

/// Names as identifiers: four hashes of the name, so that their order says nothing.
enum AuthorityName {
    /// 32 bytes that follow from a name.
    static func bytes(_ name: String) -> Bytes32 {
        var bytes: [UInt8] = []
        for seed in 1...4 as ClosedRange<UInt64> {
            var hash = 0xCBF2_9CE4_8422_2325 &+ seed &* 0x9E37_79B9_7F4A_7C15
            for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
            hash ^= hash >> 29
            for shift in 0..<8 {
                bytes.append(UInt8(truncatingIfNeeded: hash >> UInt64(8 * shift)))
            }
        }
        return Bytes32(bytes) ?? .zero
    }

    static func card(_ name: String) -> CardID { CardID(raw: bytes(name)) }
    static func log(_ name: String) -> LogID { LogID(raw: bytes(name)) }
    static func record(_ name: String) -> RecordID { RecordID(raw: bytes(name)) }
}

extension AuthorityHistory.Entry {
    /// The record as the library sees it.
    var record: AuthorityRecord {
        AuthorityRecord(
            id: AuthorityName.record(id), log: AuthorityName.log(log),
            author: AuthorityName.card(by), act: act)
    }

    /// The tag of a first record that a bond and its owner make; nothing fits without a bond.
    private static func tag(_ bond: String?, _ owner: String) -> Bytes32 {
        AuthorityName.bytes(bond.map { "bond|\($0)|\(owner)" } ?? "nothing")
    }

    private var act: AuthorityAct {
        let cards = { (names: [String]?) in (names ?? []).map(AuthorityName.card) }
        let named = (ids ?? []).map(AuthorityName.record)
        let checks = (self.checks ?? []).map(AuthorityName.log)
        switch kind {
        case "root":
            let bonds = Dictionary(
                (bonds ?? []).map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
            let part = { (log: String) in
                AuthorityRoot.Part(log: AuthorityName.log(log), tag: Self.tag(bonds[log], by))
            }
            let kinds: [String: LogKind] = [
                "roster": .roster, "case": .caseFile, "check": .check, "row": .row,
            ]
            let own = tag ?? []
            return .starts(
                AuthorityRoot(
                    kind: kinds[of ?? "roster"] ?? .roster, people: cards(people),
                    checks: (self.checks ?? []).map(part),
                    row: row.flatMap { $0.isEmpty ? nil : part($0) },
                    withheld: cards(withheld),
                    tag: own.count == 3 ? Self.tag(own[1], own[2]) : .zero))
        case "in":
            return .letsIn(
                AuthorityAct.LetIn(
                    card: AuthorityName.card(card ?? ""), lifts: named, answers: checks,
                    isGuest: guest ?? false, isSecond: second ?? false,
                    replaces: was.flatMap { $0.isEmpty ? nil : AuthorityName.card($0) }))
        case "confirmed": return .confirms(AuthorityName.card(card ?? ""))
        case "out": return .removes(cards(people))
        case "leave": return .leaves(keeping: named)
        case "counted": return .counts(named)
        case "was": return .wasKey(AuthorityName.card(card ?? ""))
        case "link":
            return .links(
                AuthorityAct.Link(
                    check: checks.first ?? AuthorityName.log(""), tag: Self.tag(bond, log),
                    readers: cards(people)))
        case "hold": return .holds
        case "end": return .ends(records: named, people: cards(people))
        case "erase":
            let over = over ?? []
            return .erases(
                texts: named, over: over.map(AuthorityName.record),
                overPeople: over.map(AuthorityName.card))
        case "declare":
            return .declares(
                check: checks.first ?? AuthorityName.log(""), conflict: conflict ?? false,
                replacing: named)
        default: return .text
        }
    }
}
