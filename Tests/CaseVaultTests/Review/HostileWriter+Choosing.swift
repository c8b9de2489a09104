// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// What somebody claims to have seen when they signed a record: a member with ill intent picks it.
enum ClaimedPast: String, CaseIterable, Sendable {
    /// Nothing at all.
    case nothing
    /// The first record only.
    case first
    /// What let them in, and nothing later.
    case ownAdmission
    /// Everything but the newest.
    case allButNewest
    /// Everything, as an honest program has it.
    case everything
    /// Something that nobody has.
    case unknown

    /// The parents that claim it.
    func parents(in log: Log, by author: CardID) -> [RecordID] {
        let root = log.history.root.map { [$0.id] } ?? []
        switch self {
        case .nothing: return []
        case .first: return root
        case .ownAdmission:
            let admission = log.history.order.first { record in
                switch record.statement {
                case .admitted(let value): value.card.id == author
                case .granted(let value): value.card.id == author
                case .opened(let value): value.card.id == author
                default: false
                }
            }
            return admission.map { [$0.id] } ?? root
        case .allButNewest: return log.history.order.dropLast().last.map { [$0.id] } ?? root
        case .everything: return log.history.heads
        case .unknown: return [RecordID(raw: Random.bytes32())]
        }
    }
}

extension HostileWriter {
    /// Signs statements in a log, all with the same claimed past, and puts them into the folder for
    /// everybody who reads the log.
    ///
    /// - Returns: The records.
    @discardableResult
    func plant(
        _ statements: [Statement], in id: LogID, claiming past: ClaimedPast = .everything,
        alsoFor others: [MemberCard] = []
    ) throws -> [VerifiedRecord] {
        let store = try committee.vault(key.card.name).store
        let log = try #require(store.logs[id])
        let parents = past.parents(in: log, by: key.card.id)
        let records = try statements.map {
            try record($0, in: id, parents: parents, vault: store.vault)
        }
        let cards = log.history.readerCards
        try plant(
            records, for: cards + others.filter { !cards.contains($0) }, vault: store.vault,
            slots: SlotTable.count(forRoster: cards.count + others.count))
        return records
    }
}

extension TestCommittee {
    /// Somebody who writes what no honest program writes.
    func hostile(_ name: String) throws -> HostileWriter {
        HostileWriter(committee: self, key: try key(name))
    }

    /// The roster's log.
    func roster() throws -> LogID {
        let place = VaultFolder(path: folder.path, files: FileSystem())
        return LogID.roster(of: try FolderLayout(folder: place).readMarker().vault)
    }

    /// These people catch up, some days apart, until all have had the time for everything.
    func settle(_ names: [String], rounds: Int = 2) throws {
        for _ in 0..<rounds {
            for name in names { _ = try vault(name).catchUp() }
            clock.advance(days: 2)
        }
    }

    /// The names of the people that checks are about, as somebody's computer shows them.
    func namesInChecks(_ name: String) throws -> [String] {
        try vault(name).checks.flatMap(\.people).map(\.name).sorted()
    }

    /// The members, as somebody's computer counts them.
    func members(_ name: String) throws -> [String] { try vault(name).members.map(\.name) }

    /// Who reads a case, as somebody's computer counts them.
    func readers(of id: LogID, as name: String) throws -> [String] {
        Case(vault: try vault(name), id: id).readers.map(\.name).sorted()
    }
}
