// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation

/// A web server for one folder, plain http, that notes what it is asked for.
final class WebServer {
    /// Where it is.
    let address: String
    /// The server, Python's own.
    private let process = Process()
    /// What it writes about requests.
    private let log: URL

    /// Serves a scene's folder on a free port.
    init(in scene: Scene) throws {
        log = scene.folder.appending(path: "http.log")
        try Data().write(to: log)
        let code = """
            import http.server, os, sys
            server = http.server.ThreadingHTTPServer(
                ("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
            print(server.server_address[1], flush=True)
            server.serve_forever()
            """
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-B", "-c", code]
        process.currentDirectoryURL = scene.folder
        let output = Pipe()
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        let line = String(
            decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        address = "http://127.0.0.1:" + line.filter(\.isNumber)
    }

    /// The paths that were asked for, in order.
    var requests: [String] {
        let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { line in
            line.components(separatedBy: "\"GET ").dropFirst().first?
                .split(separator: " ").first.map(String.init)
        }
    }

    /// Ends it. By force: a child of this process can have all milder signals blocked.
    func stop() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
