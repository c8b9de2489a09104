// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation

/// How long the command line tool takes to its first output.
enum StartWork {
    /// Measures the tool that `CASEVAULT_COMMAND` names, and the static one if there is one.
    static func run(_ options: Options, _ report: Figures) throws {
        let environment = ProcessInfo.processInfo.environment
        for (text, name) in [
            ("casevault help, dynamic", "CASEVAULT_COMMAND"),
            ("casevault help, static", "CASEVAULT_STATIC_COMMAND"),
        ] {
            guard let path = environment[name], FileManager.default.fileExists(atPath: path) else {
                continue
            }
            var times: [Double] = []
            var limits: [Double] = []
            for _ in 0..<(20 * options.rounds) {
                times.append(try firstOutput(of: path, "help"))
                limits.append(try firstOutput(of: "/bin/echo", "help"))
            }
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
            let own = Figures.median(zip(times, limits).map { $0 - $1 }) * 1000
            report.add(
                text, times, limits: limits,
                note: "\(size >> 10) KiB; \(String(format: "%.2f", own)) ms more than echo")
        }
    }

    /// How long a program takes from being started to its first byte.
    private static func firstOutput(of path: String, _ argument: String) throws -> Double {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = [argument]
        let pipe = Pipe()
        process.standardOutput = pipe
        let time = try Measure.time {
            try process.run()
            _ = try pipe.fileHandleForReading.read(upToCount: 1)
        }
        _ = try pipe.fileHandleForReading.readToEnd()
        process.waitUntilExit()
        return time
    }
}
