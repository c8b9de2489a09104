// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// A folder in memory where a vault and one computer's memory are put up again and again.
final class Stage {
    /// Files by path below the stage: `vault/…` and `state-NAME/…`.
    typealias Tree = [String: [UInt8]]

    /// Everything on the stage.
    let root: URL
    /// What is there now, as far as this type put it there.
    private let clock: TestClock

    /// A stage in memory where the system has such a place: syncing is then free.
    init(clock: TestClock) throws {
        let memory = URL(fileURLWithPath: "/dev/shm")
        let parent =
            FileManager.default.isWritableFile(atPath: memory.path)
            ? memory : FileManager.default.temporaryDirectory
        root = parent.appendingPathComponent("casevault-stage-\(UUID().uuidString)")
        self.clock = clock
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// The vault's folder.
    var folder: URL { root.appendingPathComponent("vault") }

    /// Where something of a tree is.
    func url(_ path: String) -> URL { root.appendingPathComponent(path) }

    /// Every regular file below a folder.
    static func tree(of root: URL) -> Tree {
        var tree: Tree = [:]
        for path in FileManager.default.subpaths(atPath: root.path) ?? [] {
            let full = root.appendingPathComponent(path)
            guard !FileSystem().isDirectory(full.path),
                let data = FileManager.default.contents(atPath: full.path)
            else { continue }
            tree[path] = Array(data)
        }
        return tree
    }

    /// Every file on the stage now.
    var tree: Tree { Self.tree(of: root) }

    /// Makes the stage hold exactly these files.
    func put(_ wanted: Tree) throws {
        let there = tree
        for path in there.keys where wanted[path] == nil {
            try FileManager.default.removeItem(at: url(path))
        }
        for (path, bytes) in wanted where there[path] != bytes { try write(bytes, to: path) }
        // Folders that nothing is in any more: they would only make every look slower.
        let sealed = url("vault/sealed")
        for name in (try? FileManager.default.contentsOfDirectory(atPath: sealed.path)) ?? [] {
            try? FileSystem().removeDirectory(sealed.appendingPathComponent(name).path)
        }
    }

    /// Writes one file, as private as the product writes it.
    func write(_ bytes: [UInt8], to path: String) throws {
        let file = url(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }

    /// A computer on the stage.
    func environment(_ name: String, files: FileSystem = FileSystem()) -> VaultEnvironment {
        let clock = clock
        return VaultEnvironment(
            stateDirectory: root.appendingPathComponent("state-\(name)").path, files: files,
            now: { clock.now })
    }

    /// The vault on the stage, as somebody opens it.
    func open(
        _ name: String, key: MemberKey, files: FileSystem = FileSystem()
    ) throws(VaultError) -> Vault {
        try Vault(at: folder, key: key, in: environment(name, files: files))
    }
}

/// How thorough the sweeps are.
enum Thoroughness {
    /// Whether everything is swept, because `CASEVAULT_FULL=1` is set.
    static let isFull = ProcessInfo.processInfo.environment["CASEVAULT_FULL"] == "1"

    /// The seed of a sampled run: from `CASEVAULT_SEED`, or always the same. Print it.
    static let seed: UInt64 =
        ProcessInfo.processInfo.environment["CASEVAULT_SEED"]
        .flatMap { UInt64($0) } ?? 1
}
