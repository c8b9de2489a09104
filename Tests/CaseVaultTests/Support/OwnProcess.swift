// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// Runs one test in a process of its own, with a place of its own for what a machine remembers.
///
/// Documented programs use the real place, which the environment names and a test must not write
/// to. A running process cannot change its environment safely.
enum OwnProcess {
    /// What tells the new process where to work.
    private static let mark = "CASEVAULT_OWN_PROCESS_ROOT"

    /// Where this process works, if it was started by `run`.
    static var root: URL? {
        ProcessInfo.processInfo.environment[mark].map { URL(fileURLWithPath: $0) }
    }

    /// Runs `Suite/test` and gives what it printed; `check` sees the folder before it is deleted.
    static func run(_ test: String, check: (URL) throws -> Void = { _ in }) throws -> String {
        let root = FileManager.default.temporaryDirectory
            .appendingPathComponent("casevault-own-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: try #require(CommandLine.arguments.first))
        process.arguments = ["--testing-library", "swift-testing", "--filter", test]
        process.environment = ProcessInfo.processInfo.environment.merging(
            [mark: root.path, "XDG_STATE_HOME": root.appendingPathComponent("state").path]
        ) { $1 }
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: output, as: UTF8.self)
        #expect(process.terminationStatus == 0, "\(text)")
        #expect(FileManager.default.fileExists(atPath: root.appendingPathComponent("state").path))
        try check(root)
        return text
    }
}
