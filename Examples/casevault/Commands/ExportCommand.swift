// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault export`.
enum ExportCommand {
    /// The entry of the command table.
    static let spec = CommandSpec(
        name: "export", summary: "Write everything that you may read into a folder, as Markdown",
        arguments: [ArgumentSpec(name: "DIR", help: "a new folder", value: .folder)],
        notes: [
            "A folder for each case: a document for each entry, and the attachments; beside them",
            "the register. Nothing of it is encrypted. Cases at whose people you have not looked",
            "yet are left out and listed. casevault import reads the folder again.",
        ], reads: { _ in true }, run: run)

    /// Exports.
    private static func run(_ session: Session) throws -> Answer {
        let path = Session.absolute(try session.arguments.required(0))
        // Plaintext that nobody asked for must not stay behind.
        Host.stopsWorkAtInterrupt()
        let vault = try session.vault()
        let report = try vault.export(to: Session.url(path), progress: session.report)
        Host.warn(PlainOutput.warning)
        let cases = Shown.count(report.cases, "case")
        var text = "Exported: \(cases), \(report.files.count) files in \(Shown.line(path))\n"
        if report.isOpenToOthers {
            Host.warn(PlainOutput.openToOthers)
            text += "Delete it after use.\n"
        } else {
            text += "Only you can read the folder. Delete it after use.\n"
        }
        if !report.waiting.isEmpty { text += "Left out:\n" }
        for item in report.waiting { text += "  \(AccessText.sentence(item))\n" }
        return Answer(
            json: [
                ("folder", .text(path)), ("files", .texts(report.files)),
                ("waiting", .list(report.waiting.map(AccessText.item))),
                (
                    "warnings",
                    .texts(
                        [PlainOutput.warning]
                            + (report.isOpenToOthers ? [PlainOutput.openToOthers] : []))
                ),
            ], text: text)
    }
}
