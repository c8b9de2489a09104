// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation

/// Two folders that two running Syncthings keep the same.
struct Syncthing: SyncTool {
    /// The two.
    let nodes: [SyncthingNode]

    /// Starts both.
    init(first: URL, second: URL, root: URL) async throws {
        let one = try SyncthingNode(
            home: root.appendingPathComponent("syncthing-1"), folder: first)
        let two = try SyncthingNode(
            home: root.appendingPathComponent("syncthing-2"), folder: second)
        nodes = [one, two]
        try await one.start(with: two)
        try await two.start(with: one)
    }

    /// Ends both.
    func stop() { for node in nodes { node.stop() } }

    /// Pauses the folder on both sides.
    func disconnect() async throws { for node in nodes { try await node.pause(true) } }

    /// Resumes, and waits until both folders hold the same files and nothing is under way.
    func sync() async throws {
        for node in nodes { try await node.pause(false) }
        while nodes.allSatisfy(\.isRunning) {
            for node in nodes { try await node.scan() }
            var isDone = true
            for node in nodes where try await !node.isComplete() { isDone = false }
            let files = nodes.map { Laptop.files(in: $0.folder) }
            if isDone, files[0] == files[1], !files[0].isEmpty { return }
            try await Task.sleep(for: .milliseconds(250))
        }
        let files = nodes.map { Laptop.files(in: $0.folder) }
        throw SyncFailure(
            description: "only here: \(files[0].subtracting(files[1])), "
                + "only there: \(files[1].subtracting(files[0]))")
    }
}
