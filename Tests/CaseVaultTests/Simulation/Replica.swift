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
    private var environment: VaultEnvironment
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
        // So few that logs share files, and that files split.
        environment.logsInFile = 3
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// Founds the vault on this laptop, alone or with others.
    func found(with others: [Replica] = []) throws {
        vault = try Vault.create(
            at: folder, committee: "Simulated", founder: key,
            with: others.map { ($0.key.card, try $0.key.card.spoken) }, in: environment)
        look()
    }

    /// Opens the vault, or reads what has arrived; `nil` while there is nothing to read.
    func open() throws -> Vault? {
        if let vault {
            do throws(VaultError) { try vault.refresh() } catch {
                // Every old file was deleted elsewhere, and no new one has arrived.
                guard error.code == .incomplete, files.subtracting(["VAULT"]).isEmpty else {
                    throw error
                }
                return nil
            }
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
        let place = VaultFolder(path: folder.path, files: FileSystem())
        var names = Set(((try? place.list())?.names ?? []).map(place.shownPath))
        if place.files.fileExists(folder.path + "/VAULT") { names.insert("VAULT") }
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

    /// A copy of this laptop as it is now, with the same key, that never syncs by itself.
    func frozen(root: URL, clock: TestClock) throws -> Replica {
        let copy = try Replica("frozen-" + name, key: key, root: root, clock: clock)
        for (from, to) in [
            (folder.path, copy.folder.path),
            (environment.stateDirectory, copy.environment.stateDirectory),
        ] {
            try? FileManager.default.removeItem(atPath: to)
            try FileManager.default.copyItem(atPath: from, toPath: to)
        }
        copy.look()
        return copy
    }

    /// Leaves a copy as sync tools do when they think that two versions conflict.
    func addConflictCopy(of path: String) throws {
        let copy = path + ".sync-conflict-20260101-120000"
        try? FileManager.default.copyItem(
            at: folder.appendingPathComponent(path), to: folder.appendingPathComponent(copy))
    }

    /// The names of the files here that hold a record, as far as this laptop opens them.
    func filesHolding(_ record: RecordID, in log: LogID) -> Set<String> {
        guard let store = vault?.store else { return [] }
        return Set(
            store.files.values.filter { $0.recordIDs(of: log).contains(record) }
                .map(\.name.hexText))
    }

    /// Whether one of these files is here, opened or not.
    func hasAnyFile(of names: Set<String>) -> Bool {
        files.contains { path in names.contains { path.hasSuffix($0) } }
    }

    /// Sends the files that another laptop lacks, and no deletes.
    func sendAdds(to other: Replica) throws {
        look()
        for change in changes(for: other) where !change.isDelete { try send(change, to: other) }
    }

    /// Sends everything that another laptop lacks, adds and deletes.
    func sendAll(to other: Replica) throws {
        look()
        for change in changes(for: other) { try send(change, to: other) }
    }
}
