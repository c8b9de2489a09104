// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// Pages and tables that leave the vault: to standard output, or to a file with `--output`.
enum PlainOutput {
    /// What everybody is told who takes something out of the vault.
    static let warning = "What was written is not encrypted: the vault no longer protects it."

    /// What is said besides where nobody is kept out of what was written.
    static let openToOthers =
        "This disk keeps no permissions: whoever can reach it can read what was written."

    /// What is said of a file besides: nothing where it is private.
    static func warnings(about file: String) -> [String] {
        PlainFile.isOpenToOthers(Session.url(file)) ? [openToOthers] : []
    }

    /// Writes a text as it is, and warns.
    static func answer(
        _ text: String, _ session: Session, _ keys: [(String, JSONValue)] = []
    ) throws -> Answer {
        session.sayIncomplete()
        let path = try session.fileToSave()
        defer { Host.warn(warning) }
        guard let path else {
            try Host.write(text)
            return Answer(json: [], text: "")
        }
        let file = Session.absolute(path)
        try PlainFile.save(text, to: Session.url(file))
        let more = warnings(about: file)
        defer { more.forEach(Host.warn) }
        return Answer(
            json: keys + [("file", .text(file)), ("warnings", .texts([warning] + more))],
            text: "Saved: \(Shown.line(file))\n")
    }
}
