// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// One member's laptop: a folder that a sync tool keeps, and a memory of its own beside it.
final class Laptop {
    /// Whose laptop.
    let name: String
    /// The member's key.
    let key: MemberKey
    /// The vault's folder on this laptop.
    var folder: URL
    /// Where files, memory and time come from.
    private let environment: VaultEnvironment

    /// A laptop whose memory is below `root`.
    init(_ name: String, folder: URL, root: URL, clock: SharedClock) throws {
        self.name = name
        self.folder = folder
        key = try MemberKey.generate(name: name)
        environment = VaultEnvironment(
            stateDirectory: root.appendingPathComponent("state-\(name)").path,
            now: { clock.now })
    }

    /// Founds the vault here.
    func found() throws {
        _ = try Vault.create(
            at: folder, committee: "Local organizers", founder: key, in: environment)
    }

    /// Opens the vault as after a restart, so that nothing is remembered but the seen state.
    func open() throws -> Vault { try Vault(at: folder, key: key, in: environment) }

    /// Opens the vault in another folder, as a computer that never saw it.
    func open(anewAt other: URL, memory: URL) throws -> Vault {
        try Vault(
            at: other, key: key,
            in: VaultEnvironment(stateDirectory: memory.path, now: environment.now))
    }

    /// A case by its identifier, with the people in it looked at.
    func file(_ id: Case.ID) throws -> Case {
        let vault = try open()
        guard let found = vault.cases.first(where: { $0.id == id }) else {
            throw VaultError.notForYou
        }
        _ = try found.takeFirstLook(.noConflict)
        return found
    }

    /// Starts a case and answers its identifier.
    func startCase(about person: String) throws -> Case.ID {
        let vault = try open()
        return try vault.startCase(
            about: [ReportedPerson(name: person)], report: Report(text: "About \(person)."),
            deciding: vault.members.decisions()
        ).item.id
    }

    /// Answers every check that waits.
    func declareAll() throws {
        let vault = try open()
        _ = try vault.declare(vault.unansweredChecks.map { ($0.id, .noConflict) })
    }

    /// The paths of the vault's files, below the folder.
    var files: Set<String> { Self.files(in: folder) }

    /// The paths of files in any copy of the vault; a sync tool's own are left out.
    static func files(in folder: URL) -> Set<String> {
        let manager = FileManager.default
        let paths = (manager.subpaths(atPath: folder.path) ?? []).filter { path in
            let name = path.split(separator: "/").last ?? ""
            if path.hasPrefix(".git/") || path.hasPrefix(".st") || name.hasPrefix(".syncthing.") {
                return false
            }
            let path = folder.appendingPathComponent(path).path
            let kind = try? manager.attributesOfItem(atPath: path)[.type] as? FileAttributeType
            return kind == .typeRegular
        }
        return Set(paths)
    }
}
