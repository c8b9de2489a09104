// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// A vault in a temporary folder and members who each have a computer of their own.
///
/// By default all of them share one folder, as if every sync were instant.
final class TestCommittee {
    /// Everything this test writes.
    let root: URL
    /// The shared folder.
    let folder: URL
    /// The time on every computer.
    let clock = TestClock()
    /// The most logs that share a file.
    var logsInFile = Bundles.mostLogs
    /// The members' keys, by name.
    private(set) var keys: [String: MemberKey] = [:]

    /// Founds a vault; the first name is the founder, the others are admitted and confirm
    /// each other.
    init(_ names: String..., rules: Rules = .standard) throws {
        root = FileManager.default.temporaryDirectory
            .appendingPathComponent("casevault-test-\(UUID().uuidString)")
        folder = root.appendingPathComponent("vault")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        guard let founder = names.first else { return }
        let key = try key(founder)
        let vault = try Vault.create(
            at: folder, committee: "Local organizers", founder: key, rules: rules,
            in: environment(founder))
        for name in names.dropFirst() {
            let card = try self.key(name).card
            try vault.admit(card, confirming: card.spoken)
        }
        try confirmAll(names)
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// A person's key, made when first asked for.
    func key(_ name: String) throws -> MemberKey {
        if let key = keys[name] { return key }
        let key = try MemberKey.generate(name: name)
        keys[name] = key
        return key
    }

    /// A person's card.
    func card(_ name: String) throws -> MemberCard { try key(name).card }

    /// A person's computer.
    func environment(_ name: String, files: FileSystem = FileSystem()) -> VaultEnvironment {
        let clock = clock
        var environment = VaultEnvironment(
            stateDirectory: root.appendingPathComponent("state-\(name)").path, files: files,
            now: { clock.now })
        environment.logsInFile = logsInFile
        return environment
    }

    /// The vault as a person opens it on their computer.
    func vault(_ name: String, files: FileSystem = FileSystem()) throws -> Vault {
        try Vault(at: folder, key: key(name), in: environment(name, files: files))
    }

    /// Everybody compares everybody's fingerprint.
    func confirmAll(_ names: [String]) throws {
        for name in names {
            let vault = try vault(name)
            for member in vault.members where !member.isConfirmedByMe {
                _ = try vault.confirm(member.id, fingerprint: member.spoken)
            }
        }
    }

    /// Somebody answers all their checks.
    func declareAll(_ name: String, _ answer: ConflictAnswer = .noConflict) throws {
        let vault = try vault(name)
        _ = try vault.declare(vault.unansweredChecks.map { ($0.id, answer) })
    }

    /// Starts a case about somebody.
    func startCase(
        by name: String, about person: String = "Alex Doe", text: String = "It happened.",
        withholdingFrom hidden: [String] = [], handingOver: Bool = false
    ) throws -> Case {
        let hidden = try Set(hidden.map { try card($0).id })
        return try vault(name).startCase(
            about: [ReportedPerson(name: person)], report: Report(text: text),
            withholdingFrom: hidden, handingOver: handingOver)
    }

    /// Every file of the vault as it is now, by name.
    func snapshot() throws -> [FileName: [UInt8]] {
        let place = VaultFolder(path: folder.path, files: FileSystem())
        var files: [FileName: [UInt8]] = [:]
        for name in try place.list().names {
            files[name] = try FileSystem().readFile(place.path(of: name), limit: 1 << 30)
        }
        return files
    }

    /// The day of an erasure passes, and these people's computers carry it out.
    func letErase(_ names: String...) throws {
        clock.advance(days: 1)
        for name in names { _ = try vault(name).catchUp() }
    }
}
