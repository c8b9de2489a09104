// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// A committee under watch: every attacker looks at the folder after every step.
final class WatchedCommittee {
    /// The committee.
    let committee: TestCommittee
    /// Everybody who watches, by name.
    private(set) var attackers: [String: Attacker] = [:]

    /// What the case's texts hold.
    static let textMarkers = [
        "MARKTEXT", "MARKREPORTER", "MARKWITNESS", "MARKNOTE", "MARKFILENAME",
    ]
    /// What stands in every chunk of the attachment.
    static let fileMarker = "MARKBYTES"
    /// The reported person.
    static let person = "MARKPERSON Doe"

    /// Founds a vault, as `TestCommittee` does.
    init(_ committee: TestCommittee) { self.committee = committee }

    /// Lets somebody watch from now on.
    @discardableResult
    func addAttacker(_ name: String) throws -> Attacker {
        if let attacker = attackers[name] { return attacker }
        let marker = try FolderLayout(
            folder: VaultFolder(path: committee.folder.path, files: FileSystem())
        ).readMarker()
        let attacker = Attacker([try committee.key(name)], vault: marker.vault)
        attackers[name] = attacker
        attacker.watch(try committee.snapshot())
        return attacker
    }

    /// Everybody looks at the folder.
    func look() throws {
        let files = try committee.snapshot()
        for attacker in attackers.values { attacker.watch(files) }
    }

    /// Does something, then everybody looks.
    @discardableResult
    func step<T>(_ body: () throws -> T) throws -> T {
        let result = try body()
        try look()
        return result
    }

    /// Somebody catches up, then everybody looks.
    @discardableResult
    func catchUp(_ name: String) throws -> AccessChange {
        try step { try committee.vault(name).catchUp() }
    }

    /// Somebody answers all checks, then everybody looks.
    func declare(_ name: String, _ answer: ConflictAnswer = .noConflict) throws {
        try step { try committee.declareAll(name, answer) }
    }

    /// Starts a case full of markers, with an attachment of four chunks.
    func startCase(by name: String, withholdingFrom hidden: [String] = []) throws -> LogID {
        var report = Report(text: "MARKTEXT: it happened in the chat channel.")
        report.reporterName = "MARKREPORTER Roe"
        report.witnesses = [Report.Witness(name: "MARKWITNESS Poe")]
        let bytes = Array(String(repeating: Self.fileMarker + " ", count: 20_480).utf8)
        let hidden = try Set(hidden.map { try committee.card($0).id })
        return try step {
            try committee.vault(name).startCase(
                about: [ReportedPerson(name: Self.person)], report: report,
                attachments: [AttachmentSource(name: "MARKFILENAME.txt", bytes: bytes)],
                withholdingFrom: hidden
            ).log
        }
    }

    /// Adds an entry with a marker.
    func addEntry(_ name: String, to id: LogID) throws {
        try step {
            let found = try #require(try committee.vault(name).cases.first { $0.log == id })
            _ = try found.takeFirstLook(.noConflict)
            _ = try found.add(.discussion, "MARKNOTE: in scope.")
        }
    }

    /// A case as somebody who reads it sees it.
    func openCase(_ name: String, _ id: LogID) throws -> Case {
        try #require(try committee.vault(name).cases.first { $0.log == id })
    }

    /// The files of a case that are in the folder now, as an entitled reader knows them.
    func files(of id: LogID, as reader: String) throws -> Set<FileName> {
        let store = try committee.vault(reader).store
        let log = try #require(store.logs[id])
        let attached = log.files.flatMap(\.attachments).map(\.file)
        return log.fileNames.union(attached).intersection(try committee.snapshot().keys)
    }

    /// Asserts that nothing of a case opens with anything that somebody ever held.
    func expectExcluded(
        _ name: String, from id: LogID, as reader: String,
        markers: [String] = textMarkers + [fileMarker],
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let attacker = try #require(attackers[name], sourceLocation: location)
        let holding = try files(of: id, as: reader)
        #expect(!holding.isEmpty, sourceLocation: location)
        try look()
        let now = try committee.snapshot()
        let opened = attacker.tryEverything(on: now)
        let leaked = holding.intersection(opened.keys)
        #expect(leaked.isEmpty, "\(name) opens files of the case", sourceLocation: location)
        for marker in markers {
            for (file, plain) in opened where plain.holds(marker) {
                Issue.record("\(name) reads \(marker) in \(file)", sourceLocation: location)
            }
            for (file, bytes) in now where bytes.holds(marker) {
                Issue.record("\(marker) is in clear in \(file)", sourceLocation: location)
            }
        }
    }

    /// The control: the same attack opens all of a case for somebody who may read it.
    func expectReads(
        _ name: String, _ id: LogID,
        markers: [String] = [
            "MARKTEXT", "MARKREPORTER", "MARKWITNESS", "MARKFILENAME", fileMarker,
        ],
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let attacker = try #require(attackers[name], sourceLocation: location)
        let holding = try files(of: id, as: name)
        let opened = attacker.tryEverything(on: try committee.snapshot())
        #expect(holding.isSubset(of: opened.keys), sourceLocation: location)
        #expect(holding.count >= 2, "a case file and an attachment", sourceLocation: location)
        for marker in markers {
            #expect(
                opened.contains { holding.contains($0.key) && $0.value.holds(marker) },
                "\(marker) is not found by \(name)", sourceLocation: location)
        }
    }
}
