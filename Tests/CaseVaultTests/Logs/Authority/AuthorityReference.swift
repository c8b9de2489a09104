// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation

/// The rules in Python, which know nothing of the ones in Swift.
enum AuthorityReference {
    /// Where the rules and the vectors are.
    static let folder = Repository.top.appendingPathComponent("Tests/authority")

    /// Whether the rules are there and can run.
    static let isAvailable =
        FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")
        && FileManager.default.fileExists(atPath: folder.appendingPathComponent("rules.py").path)

    /// What the rules make of some histories: for each machine, what it says after each batch;
    /// `nil` where they come to no end, see `judge.py`.
    static func judge(
        _ histories: [AuthorityHistory]
    ) throws -> [[String: [AuthorityMachine.Answer]]?] {
        try answers(of: folder.appendingPathComponent("judge.py"), about: histories)
    }

    /// The reference stopped.
    struct Failed: Error { let status: Int32 }

    /// What a script answers, a line for each history that it is given.
    static func answers<Answer: Decodable>(
        of script: URL, _ arguments: [String] = [], about histories: [AuthorityHistory]
    ) throws -> [Answer] {
        let work = FileManager.default.temporaryDirectory
            .appendingPathComponent("authority-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: work) }
        let input = work.appendingPathComponent("histories")
        var lines = Data()
        for history in histories {
            lines += try JSONEncoder().encode(history)
            lines.append(UInt8(ascii: "\n"))
        }
        try lines.write(to: input)
        let process = Process()
        let pipe = Pipe()
        // Under `timeout`, so that no interpreter outlives the tests, whatever becomes of them.
        process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
        process.arguments =
            [
                "--signal=KILL", "1800", "/usr/bin/python3", "-B", script.path,
            ] + arguments
        process.standardInput = try FileHandle(forReadingFrom: input)
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failed(status: process.terminationStatus)
        }
        return try output.split(separator: UInt8(ascii: "\n")).map {
            try JSONDecoder().decode(Answer.self, from: $0)
        }
    }
}
