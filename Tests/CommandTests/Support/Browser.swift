// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// A real browser without a window, driven by `Tests/intake/scenario.py`, as a reporter would.
struct Browser: Sendable, CustomTestStringConvertible {
    /// `chromium` or `firefox`.
    let name: String
    /// Whether JIT and WebAssembly are off.
    var isSlow = false

    /// Debian's browsers.
    static let all = [Browser(name: "chromium"), Browser(name: "firefox")]
    /// The same with JIT and WebAssembly off.
    static let slow = all.map { Browser(name: $0.name, isSlow: true) }

    var testDescription: String { isSlow ? name + ", no JIT" : name }

    /// What a reporter does with the page, and what came of it.
    ///
    /// Without the browser, or without what the page or Python needs, the test is skipped and says
    /// so.
    func run(
        _ act: String, _ address: String, _ arguments: [String], in scene: Scene
    ) throws -> [String: Any] {
        let program = name == "chromium" ? "/usr/bin/chromium" : "/usr/bin/firefox-esr"
        for needed in [program, "/usr/bin/python3"]
        where !FileManager.default.isExecutableFile(atPath: needed) {
            try Test.cancel("there is no \(needed); install it to see the page in a browser")
        }
        let result = try Tool.run(
            program: "/usr/bin/python3",
            [
                "-B", Tool.root.appending(path: "Tests/intake/scenario.py").path, act,
                name + (isSlow ? ":slow" : ""), address,
            ] + arguments,
            environment: ["HOME": scene.folder.path, "PATH": "/usr/bin:/bin"], in: scene.folder)
        try #require(result.exit == 0, "\(result.errors)")
        return result.json
    }
}
