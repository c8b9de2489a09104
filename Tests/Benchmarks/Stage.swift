// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Synchronization

@testable import CaseVault

/// A vault with many cases, and members who each have a computer of their own and share a folder.
final class Stage {
    /// The time on every computer.
    final class Time: Sendable {
        /// Seconds since 1970.
        private let seconds = Mutex<Int64>(1_800_000_000)
        /// The time now.
        var now: Int64 { seconds.withLock { $0 } }
        /// Lets days pass.
        func advance(days: Int64) { seconds.withLock { $0 += days * 86_400 } }
    }

    /// Everything this stage writes.
    private(set) var root: URL
    /// The shared folder.
    var folder: URL { root.appendingPathComponent("vault") }
    /// The time on every computer.
    let time = Time()
    /// The members' keys; the first founded the vault.
    private(set) var keys: [MemberKey] = []

    /// Makes an empty folder for a vault.
    init(in parent: String?, _ name: String) throws {
        let place =
            parent.map { URL(fileURLWithPath: $0) } ?? FileManager.default.temporaryDirectory
        root = place.appendingPathComponent("casevault-benchmark-\(name)-\(getpid())")
        try? FileManager.default.removeItem(at: root)
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    /// A stage that an earlier run kept at this place.
    init(keptAt place: URL) throws {
        root = place
        while true {
            let file = place.appendingPathComponent("key-\(keys.count)")
            guard FileManager.default.fileExists(atPath: file.path) else { break }
            keys.append(try MemberKey(contentsOf: file, passphrase: nil))
        }
        // Later than all that was done there.
        time.advance(days: 100)
    }

    /// Moves all to a place where another run finds it, with the keys.
    func keep(at place: URL) throws {
        try FileManager.default.moveItem(at: root, to: place)
        root = place
        for (number, key) in keys.enumerated() {
            try key.save(
                to: place.appendingPathComponent("key-\(number)"), passphrase: nil)
        }
    }

    /// Removes the folder.
    func remove() { try? FileManager.default.removeItem(at: root) }

    /// A member's computer.
    func environment(
        _ member: Int, state: String = "state", files: FileSystem = FileSystem()
    ) -> VaultEnvironment {
        let time = time
        return VaultEnvironment(
            stateDirectory: root.appendingPathComponent("\(state)-\(member)").path, files: files,
            now: { time.now })
    }

    /// The vault as a member opens it.
    func vault(
        _ member: Int, state: String = "state", files: FileSystem = FileSystem()
    ) throws -> Vault {
        try Vault(
            at: folder, key: keys[member], in: environment(member, state: state, files: files))
    }

    /// Founds a vault with so many members, who have compared each other's cards.
    func found(members: Int) throws {
        keys = try (0..<members).map { try MemberKey.generate(name: "Member \($0)") }
        let vault = try Vault.create(
            at: folder, committee: "Benchmark", founder: keys[0], in: environment(0))
        for key in keys.dropFirst() {
            _ = try vault.admit(key.card, confirming: key.card.spoken, deciding: [:])
        }
        for member in keys.indices {
            let vault = try self.vault(member)
            for other in vault.members where !other.isConfirmedByMe {
                _ = try vault.confirm(other.id, fingerprint: other.spoken)
            }
        }
    }

    /// One more key, for a newcomer.
    func addKey() throws -> MemberKey {
        let key = try MemberKey.generate(name: "Member \(keys.count)")
        keys.append(key)
        return key
    }

    /// Starts so many cases in one act of the first member, each with a report and as many
    /// entries as asked for, in files of their own.
    func startCases(_ count: Int, entries: Int, bytes: Int) throws {
        let vault = try self.vault(0)
        let text = String(repeating: "It happened. ", count: bytes / 13 + 1)
        let person = keys[0].card
        let readers = keys.map(\.card)
        let (cases, _) = try vault.transact { (transaction) throws(VaultError) in
            var cases: [LogID] = []
            var source = SecureRandomSource()
            for number in 0..<count {
                let (first, second) = (Bond.random(), Bond.random())
                let check = try transaction.start(
                    .checkStarted(
                        CheckStart(
                            readers: readers, withheld: [], tag: first.tag(by: person.id))))
                try transaction.add(.named(ReportedPerson(name: "Person \(number)")), to: check)
                try transaction.add(
                    .declared(DeclarationStatement(answer: .noConflict, replaces: [])), to: check)
                guard let name = CodeName.random(excluding: [], using: &source) else { continue }
                let row = try transaction.start(
                    .rowStarted(
                        RowStart(
                            codeName: name, readers: readers, tag: second.tag(by: person.id))))
                let file = try transaction.start(
                    .caseStarted(
                        CaseStart(
                            codeName: name, starter: person,
                            row: BoundLog(log: row, bond: second),
                            checks: [BoundLog(log: check, bond: first)])))
                try transaction.add(
                    .reported(ReportStatement(report: Report(text: text), attachments: [])),
                    to: file)
                cases.append(file)
            }
            return cases
        }
        for _ in 0..<entries {
            _ = try vault.transact { (transaction) throws(VaultError) in
                for file in cases {
                    try transaction.add(
                        .entered(
                            EntryStatement(kind: .discussion, happened: nil, text: text)),
                        to: file)
                }
            }
        }
    }

    /// A member answers all checks.
    func declareAll(_ member: Int) throws {
        let vault = try self.vault(member)
        _ = try vault.declare(vault.unansweredChecks.map { ($0.id, .noConflict) })
    }

    /// Everybody answers all checks, and the first member lets everybody in.
    func letEverybodyIn() throws {
        for member in keys.indices.dropFirst() { try declareAll(member) }
        _ = try self.vault(0).catchUp()
    }

    /// How many files the folder holds, and their bytes.
    func count() throws -> (files: Int, bytes: Int) {
        let place = VaultFolder(path: folder.path, files: FileSystem())
        let names = try place.list().names
        var bytes = 0
        for name in names { bytes += try FileSystem().fileSize(place.path(of: name)) }
        return (names.count, bytes)
    }

    /// Copies folder and memories, so that an act can be done again from the same start.
    func copy(_ name: String) throws -> Stage {
        let copy = try Stage(in: root.deletingLastPathComponent().path, name)
        copy.keys = keys
        copy.time.advance(days: (time.now - copy.time.now) / 86_400)
        for item in try FileManager.default.contentsOfDirectory(atPath: root.path) {
            try FileManager.default.copyItem(
                at: root.appendingPathComponent(item), to: copy.root.appendingPathComponent(item))
        }
        return copy
    }
}
