// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// A reporter without a browser: seals with the second implementation, `Tests/reader/intake.py`.
struct Outside {
    /// Where it happens.
    let scene: Scene
    /// The page.
    let page: String

    /// Whether a page can be written here, and a report sealed.
    static let canSeal: Bool = {
        let needed = ["/usr/share/nodejs/tweetnacl/nacl-fast.js", "/usr/bin/python3"]
        guard needed.allSatisfy(FileManager.default.fileExists(atPath:)) else { return false }
        let folder = FileManager.default.temporaryDirectory
        let found = try? Tool.run(
            program: "/usr/bin/python3", ["-c", "import nacl.bindings"],
            environment: ["PATH": "/usr/bin:/bin"], in: folder)
        return found?.exit == 0
    }()

    /// Why not.
    static let why = "needs node-tweetnacl and PyNaCl (apt-get install node-tweetnacl python3-nacl)"

    /// The page of a vault, made by a member; `report.html` if it is there already.
    init(_ scene: Scene, by member: String) throws {
        guard Self.canSeal else { try Test.cancel("\(Self.why)") }
        self.scene = scene
        page = scene.path("report.html")
        if !FileManager.default.fileExists(atPath: page) {
            try scene.must(member, ["intake", "page", "--output", page])
        }
    }

    /// Seals a report to some members, and answers the text that is sent to them.
    ///
    /// - Parameters:
    ///   - recipients: Who gets it.
    ///   - leftOut: Who must not read it.
    ///   - more: Other values than the usual ones, by their names in `intake.py`.
    /// - Returns: The lines.
    /// - Throws: When it cannot be sealed.
    func seal(
        to recipients: [String], leavingOut leftOut: [String] = [], _ more: [String: Any] = [:]
    ) throws -> String {
        let members = try python(["members", page]).json
        let keys = try #require(members["keys"] as? [String: String])
        func key(_ name: String) throws -> String { try #require(keys[name]) }
        var report: [String: Any] = [
            "members": members["id"] ?? "", "kind": 1, "day": 20_700, "others": "",
            "leftOut": try leftOut.map(key), "about": "Alex Doe; adoe", "fields": [],
            "text": "It happened.", "files": [],
        ]
        report.merge(more) { $1 }
        let data = try JSONSerialization.data(withJSONObject: report)
        let wish = try scene.write(String(decoding: data, as: UTF8.self), to: "outside.json")
        return try python(["seal", wish] + recipients.map(key)).text
    }

    /// A mail around it, as a mail program sends it.
    static func mail(around block: String) -> String {
        "From: somebody@example.org\r\nTo: robin@example.org\r\nSubject: For you\r\n"
            + "Date: Fri, 20 Nov 2026 10:00:00 +0100\r\nContent-Type: text/plain\r\n\r\nHello,\r\n"
            + block.replacing("\n", with: "\r\n") + "\r\n-- \r\nSent from a phone\r\n"
    }

    /// Runs the second implementation.
    private func python(_ arguments: [String]) throws -> Tool.Result {
        let result = try Tool.run(
            program: "/usr/bin/python3",
            ["-B", Tool.root.appending(path: "Tests/reader/intake.py").path] + arguments,
            environment: ["PATH": "/usr/bin:/bin"], in: scene.folder)
        try #require(result.exit == 0, "\(result.errors)")
        return result
    }
}
