// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation

/// Makes named pipes.
enum TestPipe {
    /// Makes one.
    static func make(_ place: URL) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["mkfifo", place.path]
        try process.run()
        process.waitUntilExit()
    }
}
