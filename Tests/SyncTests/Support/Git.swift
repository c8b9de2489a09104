// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation

/// Clones of one bare repository, as members sync them with `git pull` and `git push`.
struct Git: SyncTool {
    /// Whether git is installed.
    static let program = Command.find("git")

    /// The bare repository that everybody pushes to.
    let hub: URL
    /// The clones.
    let clones: [URL]
    /// Settings as `NAME=VALUE`, beyond git's defaults.
    let settings: [String]

    /// Makes the bare repository and clones of it, still empty.
    init(hub: URL, clones: [URL], settings: [String]) throws {
        self.hub = hub
        self.clones = clones
        self.settings = settings
        let root = hub.deletingLastPathComponent()
        try run(["init", "--quiet", "--bare", "--initial-branch=main", hub.path], in: root)
        for clone in clones { try self.clone(to: clone) }
    }

    /// Clones the bare repository.
    func clone(to folder: URL) throws {
        try run(
            ["clone", "--quiet", hub.path, folder.path], in: hub.deletingLastPathComponent())
    }

    /// Runs git with nothing but its defaults and `settings`; it must succeed.
    @discardableResult
    func run(_ arguments: [String], in folder: URL) throws -> String {
        guard let program = Self.program else { throw SyncFailure(description: "no git") }
        let options = settings.flatMap { ["-c", $0] }
        let (status, output) = try Command.run(
            program, options + arguments, in: folder,
            environment: [
                "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
                "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C",
                "GIT_AUTHOR_NAME": "test", "GIT_AUTHOR_EMAIL": "test@example.org",
                "GIT_COMMITTER_NAME": "test", "GIT_COMMITTER_EMAIL": "test@example.org",
            ])
        guard status == 0 else {
            throw SyncFailure(description: "git \(arguments.joined(separator: " ")): \(output)")
        }
        return output
    }

    /// Records what changed in a clone, if anything did.
    func commit(_ clone: URL) throws {
        try run(["add", "--all"], in: clone)
        if try !run(["status", "--porcelain"], in: clone).isEmpty {
            try run(["commit", "--quiet", "--message", "sync"], in: clone)
        }
    }

    /// Takes in what the others pushed, by a merge; a conflict is a failure.
    func pull(_ clone: URL) throws {
        try run(["pull", "--quiet", "--no-rebase", "--no-edit", "origin", "main"], in: clone)
        let status = try run(["status", "--porcelain"], in: clone)
        guard status.isEmpty else { throw SyncFailure(description: "after merging: \(status)") }
    }

    /// How many commits of the history have two parents.
    func merges(in clone: URL) throws -> Int {
        try run(["rev-list", "--merges", "--count", "HEAD"], in: clone)
            .split(separator: "\n").first.flatMap { Int($0) } ?? 0
    }

    /// Clones know nothing of each other anyway until they pull.
    func disconnect() {}

    /// Everybody commits; then each pulls and pushes; then each pulls what came after.
    func sync() throws {
        for clone in clones { try commit(clone) }
        for clone in clones {
            if try !run(["ls-remote", "--heads", "origin"], in: clone).isEmpty { try pull(clone) }
            try run(["push", "--quiet", "origin", "HEAD:main"], in: clone)
        }
        for clone in clones { try pull(clone) }
    }
}
