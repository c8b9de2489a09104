// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation

@testable import CaseVault

/// A folder of documents beside a committee's vault.
struct ExchangeFolder {
    /// The folder.
    let url: URL

    /// A folder in the committee's own.
    init(_ committee: TestCommittee, _ name: String = "documents") {
        url = committee.root.appendingPathComponent(name)
    }

    /// Writes a file, and the folders above it.
    func write(_ text: String, to name: String) throws {
        let file = url.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        // As if it had been there for long: a file of today tells no day.
        try FileManager.default.setAttributes(
            [.modificationDate: day], ofItemAtPath: file.path)
    }

    /// When files were changed that do not say another day.
    private var day: Date { Date(timeIntervalSince1970: 1_750_000_000) }

    /// All files, relative, in order; folders end with a slash.
    var listing: [String] {
        let names = FileManager.default.enumerator(atPath: url.path)?.allObjects as? [String]
        return (names ?? []).sorted()
    }

    /// The files alone.
    var files: [String] {
        listing.filter { name in
            let path = url.appendingPathComponent(name).path
            let found = try? FileManager.default.attributesOfItem(atPath: path)[.type]
            return found as? FileAttributeType == .typeRegular
        }
    }

    /// The permissions of a name in it.
    func permissions(_ name: String) throws -> Int {
        let path = url.appendingPathComponent(name).path
        let found = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        return found as? Int ?? 0
    }
}

/// What a case says, without what belongs to one vault only.
struct CaseContents: Equatable {
    /// Names and aliases.
    let people: Set<ReportedPerson>
    /// All fields and the text of the report, with the day that is shown for it.
    let report: Report
    /// Kind, day, text, response, last day and superseded entry of every entry.
    let entries: [[String]]
    /// Name, type and bytes of every attachment.
    let attachments: [[String]]
    /// The line in the register.
    let row: [RegisterRow.Column: String]

    /// Reads all of a case.
    init(_ item: Case) throws {
        people = Set(try item.reportedPeople)
        let all = try item.entries()
        var report = all.first?.report ?? Report(text: "")
        report.receivedOn = report.receivedOn ?? all.first?.day
        self.report = report
        let places = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1.id, $0 + 1) })
        entries = all.map { entry in
            [
                entry.kind.rawValue, "\(entry.day)", entry.text, entry.response ?? "",
                entry.until.map { "\($0)" } ?? "",
                entry.corrects.flatMap { places[$0] }.map { "\($0)" } ?? "",
            ]
        }
        var attachments: [[String]] = []
        for entry in all {
            for file in entry.attachments {
                var bytes: [UInt8] = []
                try item.readAttachment(file.id) {
                    (piece) throws(VaultError) in
                    for place in piece.indices { bytes.append(piece[place]) }
                }
                attachments.append([
                    "\(places[entry.id] ?? 0)", file.name, file.mediaType, bytes.description,
                ])
            }
        }
        self.attachments = attachments
        row = item.row?.values ?? [:]
    }
}
