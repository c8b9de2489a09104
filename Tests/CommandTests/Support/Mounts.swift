// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// Mounts for tests that need root; without it the test is skipped, and the run says so.
final class Mounts {
    /// What to undo.
    private var places: [String] = []
    /// Loop devices to give back.
    private var devices: [String] = []

    /// Mounts a folder over itself, read-only.
    func bindReadOnly(_ path: String) throws {
        try mount(["--bind", path, path], at: path)
        try mount(["-o", "remount,bind,ro", path], at: nil)
    }

    /// Mounts an empty disk of one MiB.
    func smallDisk(_ path: String) throws {
        try mount(["-t", "tmpfs", "-o", "size=1m", "tmpfs", path], at: path)
    }

    /// Mounts an empty disk that keeps no permissions, made in a new file.
    func diskWithoutPermissions(_ path: String, in image: String) throws {
        try Data().write(to: URL(fileURLWithPath: image))
        try FileHandle(forWritingTo: URL(fileURLWithPath: image)).truncate(atOffset: 20 << 20)
        guard (try? run("mkfs.exfat", [image])) == 0,
            let device = try? output("losetup", ["-f", "--show", image])
        else { try Test.cancel("there is no mkfs.exfat, or no loop device") }
        devices.append(device)
        // It stays alive, with what it inherited, so its end is not waited for.
        let process = command("mount.exfat-fuse", [device, path])
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        for _ in 0..<100 where try run("mountpoint", ["-q", path]) != 0 {
            Thread.sleep(forTimeInterval: 0.05)
        }
        guard try run("mountpoint", ["-q", path]) == 0 else {
            try Test.cancel("there is no exfat-fuse, or mounting is not allowed here")
        }
        places.append(path)
    }

    /// Takes the mounts away.
    func undo() {
        for place in places.reversed() { _ = try? run("umount", [place]) }
        for device in devices { _ = try? run("losetup", ["-d", device]) }
        (places, devices) = ([], [])
    }

    /// Mounts, or ends the test as skipped.
    private func mount(_ arguments: [String], at place: String?) throws {
        guard (try? run("mount", arguments)) == 0 else {
            try Test.cancel("mounting is not allowed here")
        }
        if let place { places.append(place) }
    }

    /// Runs a system command and answers the line that it prints.
    private func output(_ command: String, _ arguments: [String]) throws -> String? {
        let pipe = Pipe()
        guard try run(command, arguments, printingTo: pipe.fileHandleForWriting) == 0 else {
            return nil
        }
        try pipe.fileHandleForWriting.close()
        let line = try pipe.fileHandleForReading.readToEnd() ?? Data()
        return String(decoding: line, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    /// A system command that says nothing.
    private func command(_ command: String, _ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [command] + arguments
        process.standardError = FileHandle.nullDevice
        return process
    }

    /// Runs a system command and answers its exit code.
    private func run(
        _ command: String, _ arguments: [String], printingTo output: FileHandle = .nullDevice
    ) throws -> Int32 {
        let process = self.command(command, arguments)
        process.standardOutput = output
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
