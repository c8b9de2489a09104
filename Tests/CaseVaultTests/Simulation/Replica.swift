// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// One member's laptop: a copy of the folder, a memory of its own, and the vault as it sees it.
final class Replica {
    /// Whose laptop.
    let name: String
    /// The member's key.
    let key: MemberKey
    /// This laptop's copy of the folder.
    let folder: URL
    /// The names that this laptop has seen deleted; a sync tool never brings them back.
    private(set) var deleted: Set<String> = []
    /// The names that were there at the last look, to notice what an act deleted.
    private var lastSeen: Set<String> = []
    /// Where files, memory and time come from.
    private let environment: VaultEnvironment
    /// The opened vault, once something in the folder opens.
    private(set) var vault: Vault?

    /// A laptop with an empty folder.
    init(_ name: String, key: MemberKey, root: URL, clock: TestClock) throws {
        self.name = name
        self.key = key
        folder = root.appendingPathComponent("folder-\(name)")
        environment = VaultEnvironment(
            stateDirectory: root.appendingPathComponent("state-\(name)").path,
            now: { clock.now })
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// Founds the vault on this laptop.
    func found() throws {
        vault = try Vault.create(
            at: folder, committee: "Simulated", founder: key, in: environment)
        look()
    }

    /// Opens the vault, or reads what has arrived.
    func open() throws -> Vault? {
        if let vault {
            try vault.refresh()
            return vault
        }
        do throws(VaultError) {
            vault = try Vault(at: folder, key: key, in: environment)
        } catch {
            guard error.code == .notForYou || error.code == .notAVault else { throw error }
        }
        return vault
    }

    /// The paths of all files, below the folder.
    var files: Set<String> {
        var names: Set<String> = []
        for path in FileManager.default.subpaths(atPath: folder.path) ?? []
        where path.split(separator: "/").count == 3 || path == "VAULT" {
            names.insert(path)
        }
        return names
    }

    /// Notices what was deleted here since the last look.
    func look() {
        let now = files
        deleted.formUnion(lastSeen.subtracting(now))
        lastSeen = now
    }

    /// What a sync tool could do next to make another laptop like this one.
    func changes(for other: Replica) -> [(path: String, isDelete: Bool)] {
        let adds = lastSeen.subtracting(other.lastSeen).subtracting(other.deleted)
        let deletes = deleted.intersection(other.lastSeen)
        return adds.sorted().map { ($0, false) } + deletes.sorted().map { ($0, true) }
    }

    /// Does one of those things.
    func send(_ change: (path: String, isDelete: Bool), to other: Replica) throws {
        let target = other.folder.appendingPathComponent(change.path)
        if change.isDelete {
            try FileManager.default.removeItem(at: target)
            other.deleted.insert(change.path)
            other.lastSeen.remove(change.path)
        } else {
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                at: folder.appendingPathComponent(change.path), to: target)
            other.lastSeen.insert(change.path)
        }
    }

    /// Sends everything that another laptop lacks, adds and deletes.
    func sendAll(to other: Replica) throws {
        look()
        for change in changes(for: other) { try send(change, to: other) }
    }
}
