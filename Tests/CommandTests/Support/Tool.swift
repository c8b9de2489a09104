// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation

/// The built `casevault`.
enum Tool {
    /// What a run gave.
    struct Result {
        /// The exit code.
        let exit: Int32
        /// Standard output.
        let output: Data
        /// Standard error.
        let errors: String

        /// Standard output as text.
        var text: String { String(decoding: output, as: UTF8.self) }

        /// The object on standard output; empty if there is none.
        var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: output)) as? [String: Any] ?? [:]
        }

        /// The keys of the object besides `v` and `ok`.
        var keys: Set<String> { Set(json.keys).subtracting(["v", "ok"]) }

        /// The code of the error in the object.
        var errorCode: String? { (json["error"] as? [String: Any])?["code"] as? String }
    }

    /// Where the binary is: as told, or beside the test bundle, or in the default build folder.
    static let path: String = {
        if let told = ProcessInfo.processInfo.environment["CASEVAULT_BIN"] { return told }
        let beside = [CommandLine.arguments[0], "/proc/self/exe", Bundle.main.bundlePath]
            .map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().deletingLastPathComponent() }
        let folders = beside + [root.appending(path: ".build/debug")]
        return folders.map { $0.appending(path: "casevault").path }
            .first { FileManager.default.isExecutableFile(atPath: $0) } ?? "casevault"
    }()

    /// Runs it to its end, with standard input from bytes or from nowhere.
    static func run(
        _ arguments: [String], environment: [String: String], in folder: URL, input: Data? = nil
    ) throws -> Result {
        try run(
            program: path, arguments, environment: environment, in: folder, input: input)
    }

    /// The top of the repository.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Where an instrumented command leaves what it counted, if coverage is measured.
    private static let coverage = ProcessInfo.processInfo.environment
        .filter { $0.key == "LLVM_PROFILE_FILE" }

    /// Runs any program to its end.
    static func run(
        program: String, _ arguments: [String], environment: [String: String], in folder: URL,
        input: Data? = nil
    ) throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = environment.merging(coverage) { told, _ in told }
        process.currentDirectoryURL = folder
        let output = Pipe()
        // A file, because two pipes read one after the other can lock up.
        let errors = folder.appending(path: "stderr-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: errors) }
        try Data().write(to: errors)
        let errorHandle = try FileHandle(forWritingTo: errors)
        defer { try? errorHandle.close() }
        let source = folder.appending(path: "stdin-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: source) }
        if let input {
            try input.write(to: source)
            process.standardInput = try FileHandle(forReadingFrom: source)
        } else {
            process.standardInput = FileHandle.nullDevice
        }
        process.standardOutput = output
        process.standardError = errorHandle
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Result(
            exit: process.terminationStatus, output: bytes,
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }
}
