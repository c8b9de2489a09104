// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge

@testable import CaseVault

/// Writes the records of one log by hand, with any parents and by anybody.
struct RecordForge {
    /// The vault.
    let vault: VaultID
    /// The log: a case's, or a check's.
    let log: LogID
    /// The checks that the case starts with; none in a check.
    let checks: [LogID]
    /// The first record, by Robin.
    let root: VerifiedRecord
    /// The cast.
    let robin: MemberKey, sam: MemberKey, kim: MemberKey, noor: MemberKey, lee: MemberKey

    /// A case by Robin with so many checks.
    init(checks count: Int = 1) throws {
        let checks = (0..<count).map { _ in LogID(raw: Random.bytes32()) }.sorted()
        var source = SystemRandomNumberGenerator()
        guard let name = CodeName.random(excluding: [], using: &source) else {
            throw VaultError.noCodeNameLeft
        }
        try self.init(checks: checks) {
            .caseStarted(
                CaseStart(
                    codeName: name, starter: $0,
                    row: BoundLog(log: LogID(raw: Random.bytes32()), bond: .random()),
                    checks: checks.map { BoundLog(log: $0, bond: .random()) }))
        }
    }

    /// A check that Robin alone reads.
    static func check() throws -> RecordForge {
        try RecordForge(checks: []) {
            .checkStarted(CheckStart(readers: [$0], withheld: [], tag: .zero))
        }
    }

    /// A log that starts with a statement of Robin's.
    private init(checks: [LogID], first: (MemberCard) -> Statement) throws {
        vault = VaultID(raw: Random.bytes32())
        robin = try MemberKey.generate(name: "Robin")
        sam = try MemberKey.generate(name: "Sam")
        kim = try MemberKey.generate(name: "Kim")
        noor = try MemberKey.generate(name: "Noor")
        lee = try MemberKey.generate(name: "Lee")
        self.checks = checks
        let statement = first(robin.card)
        let record = Record(
            starting: statement.kind, day: Day(daysSince1970: 20_000), body: statement.body,
            vault: vault, author: robin)
        log = record.log
        root = try VerifiedRecord(record, by: robin.card, in: vault)
    }

    /// A record of this log.
    func record(
        _ statement: Statement, by author: MemberKey, after parents: [VerifiedRecord]
    ) throws -> VerifiedRecord {
        let record = Record(
            log: log, kind: statement.kind, parents: parents.map(\.id),
            day: Day(daysSince1970: 20_000), body: statement.body, vault: vault, author: author)
        return try VerifiedRecord(record, by: author.card, in: vault)
    }

    /// An entry.
    func entry(
        by author: MemberKey, after parents: [VerifiedRecord], text: String = "x"
    ) throws -> VerifiedRecord {
        try record(
            .entered(EntryStatement(kind: .discussion, happened: nil, text: text)), by: author,
            after: parents)
    }

    /// Somebody's own answer to a check.
    func declaration(
        by author: MemberKey, on check: LogID, _ answer: ConflictAnswer = .noConflict,
        in vault: VaultID? = nil
    ) -> Record {
        Record(
            log: check, kind: .declared, parents: [], day: Day(daysSince1970: 20_000),
            body: DeclarationStatement(answer: answer, replaces: []).encoded,
            vault: vault ?? self.vault, author: author)
    }

    /// A grant with the declarations it needs, or with others.
    func grant(
        _ member: MemberKey, by author: MemberKey, after parents: [VerifiedRecord],
        lifts: [VerifiedRecord] = [], declarations: [Record]? = nil
    ) throws -> VerifiedRecord {
        let records = declarations ?? checks.map { declaration(by: member, on: $0) }
        return try record(
            .granted(
                Grant(card: member.card, declarations: records, lifts: Array(Set(lifts.map(\.id))))),
            by: author, after: parents)
    }

    /// A check that somebody made for this case, or for another, and its link.
    func link(
        by author: MemberKey, of starter: MemberKey? = nil, to file: LogID? = nil,
        bond: Bond = .random(), named: Bond? = nil
    ) -> CheckLink {
        let start = CheckStart(
            readers: [robin.card], withheld: [], tag: bond.tag(linkedTo: file ?? log))
        let root = Record(
            starting: .checkStarted, day: Day(daysSince1970: 20_000), body: start.encoded,
            vault: vault, author: starter ?? author)
        return CheckLink(root: root, bond: named ?? bond)
    }

    /// A revocation.
    func revoke(
        _ member: MemberKey, by author: MemberKey, after parents: [VerifiedRecord]
    ) throws -> VerifiedRecord {
        try record(.revoked(member.card.id), by: author, after: parents)
    }

    /// What follows from some records.
    func history(
        _ records: [VerifiedRecord], accepting accepted: [VerifiedRecord] = []
    ) -> AccessHistory {
        AccessHistory(
            records: [root] + records, vault: vault, accepted: Set(accepted.map(\.id)))
    }

    /// The names of the readers, in order.
    func readers(_ records: [VerifiedRecord], accepting accepted: [VerifiedRecord] = []) -> [String]
    {
        history(records, accepting: accepted).readers.values.map(\.card.name).sorted()
    }
}

extension AccessHistory {
    /// How one record stands; `nil` if it is not held.
    func standing(of record: VerifiedRecord) -> Standing? {
        zip(order, standings).first { $0.0.id == record.id }?.1
    }
}
