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
            for _ in 0..<(20 * options.rounds) {
                let process = Process()
                process.executableURL = URL(fileURLWithPath: path)
                process.arguments = ["help"]
                let pipe = Pipe()
                process.standardOutput = pipe
                times.append(
                    try Measure.time {
                        try process.run()
                        _ = try pipe.fileHandleForReading.read(upToCount: 1)
                    })
                _ = try pipe.fileHandleForReading.readToEnd()
                process.waitUntilExit()
            }
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
            report.add(text, times, note: "\(size >> 10) KiB, starting a process included")
        }
    }
}
