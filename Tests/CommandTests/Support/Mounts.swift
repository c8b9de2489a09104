// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// Mounts for tests that need root; without it the test is skipped, and the run says so.
final class Mounts {
    /// What to undo.
    private var places: [String] = []

    /// Mounts a folder over itself, read-only.
    func bindReadOnly(_ path: String) throws {
        try mount(["--bind", path, path], at: path)
        try mount(["-o", "remount,bind,ro", path], at: nil)
    }

    /// Mounts an empty disk of one MiB.
    func smallDisk(_ path: String) throws {
        try mount(["-t", "tmpfs", "-o", "size=1m", "tmpfs", path], at: path)
    }

    /// Takes the mounts away.
    func undo() {
        for place in places.reversed() { _ = try? run("umount", [place]) }
        places = []
    }

    /// Mounts, or ends the test as skipped.
    private func mount(_ arguments: [String], at place: String?) throws {
        guard (try? run("mount", arguments)) == 0 else {
            try Test.cancel("mounting is not allowed here")
        }
        if let place { places.append(place) }
    }

    /// Runs a system command and answers its exit code.
    private func run(_ command: String, _ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [command] + arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
