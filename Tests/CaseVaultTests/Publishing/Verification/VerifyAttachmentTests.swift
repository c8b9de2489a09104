// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// A reader names, in an index, a file that is not the attachment that it says: `verify` names it.
struct VerifyAttachmentTests {
    /// What a hostile reader does to an attachment's bytes, and what that is called.
    static let faults: [(name: String, change: @Sendable ([UInt8]) -> [UInt8], SealedFileError)] = [
        ("cut", { $0.dropLast(20) }, .bodyDamaged),
        ("cut behind a chunk", { Array($0.prefix(38 + 65_536 + 16)) }, .bodyDamaged),
        ("longer", { $0 + [0] }, .bodyDamaged),
        (
            "another version",
            { bytes in
                var bytes = bytes
                bytes[4] = 2
                return bytes
            }, .newerVersion
        ),
        (
            "a changed byte",
            { bytes in
                var bytes = bytes
                bytes[70_000] ^= 1
                return bytes
            }, .bodyDamaged
        ),
        (
            "another commitment",
            { bytes in
                var bytes = bytes
                bytes[20] ^= 1
                return bytes
            }, .keyNotCommitted
        ),
    ]

    /// Robin's and Sam's case with an attachment and a second one; the index entries of both.
    private func scene() throws -> (TestCommittee, CaseVault.Case.ID, [AttachmentEntry]) {
        let committee = try TestCommittee("Robin", "Sam")
        let shelf = try committee.vault("Robin").startCase(
            about: [ReportedPerson(name: "Alex Doe")], report: Report(text: "It happened."),
            attachments: [5, 9].map {
                AttachmentSource(name: "a", bytes: Array(repeating: $0, count: 100_000))
            }
        ).id
        try committee.declareAll("Sam")
        _ = try committee.vault("Robin").catchUp()
        let sam = try committee.vault("Sam")
        _ = try Case(vault: sam, id: shelf).takeFirstLook(.noConflict)
        let files = try #require(sam.store.logs[shelf]).files
        let entries = Dictionary(
            files.flatMap(\.attachments).map { ($0.id, $0) }, uniquingKeysWith: { one, _ in one })
        try #require(entries.count == 2)
        return (committee, shelf, Array(entries.values))
    }

    /// Sam writes an index that names a file for an attachment; what Robin's `verify` says of it.
    private func verify(
        _ entry: AttachmentEntry, _ file: FileName, _ committee: TestCommittee,
        _ shelf: CaseVault.Case.ID
    ) throws -> [SealedFileError] {
        let writer = HostileWriter(committee: committee, key: try committee.key("Sam"))
        let vault = try committee.vault("Sam").store.vault
        let words = EntryStatement(
            kind: .discussion, happened: nil, text: "x", corrects: nil, attachments: [])
        try writer.plant(
            [writer.record(.entered(words), in: LogID(raw: shelf.raw), vault: vault)],
            for: ["Robin", "Sam"].map { try committee.card($0) }, vault: vault,
            attachments: [
                AttachmentEntry(id: entry.id, file: file, key: entry.key, everGiven: [])
            ])
        let robin = try committee.vault("Robin")
        let path = robin.store.folder.shownPath(of: file)
        return try robin.verify().damaged.filter { $0.file == path }.map(\.fault)
    }

    @Test(arguments: faults.map(\.name)) func isNamed(_ name: String) throws {
        let (committee, shelf, entries) = try scene()
        let (_, change, fault) = try #require(Self.faults.first { $0.name == name })
        let folder = VaultFolder(path: committee.folder.path, files: FileSystem())
        let bytes = try FileSystem().readFile(
            folder.path(of: entries[0].file), limit: 1 << 20)
        let file = try #require(try folder.write([change(bytes)]).first)
        #expect(try verify(entries[0], file, committee, shelf) == [fault])
    }

    @Test func oneInThePlaceOfAnotherIsNamed() throws {
        let (committee, shelf, entries) = try scene()
        #expect(try verify(entries[0], entries[1].file, committee, shelf) == [.keyNotCommitted])
    }

    @Test func theTrueOneIsNot() throws {
        let (committee, shelf, entries) = try scene()
        #expect(try verify(entries[0], entries[0].file, committee, shelf).isEmpty)
    }
}
