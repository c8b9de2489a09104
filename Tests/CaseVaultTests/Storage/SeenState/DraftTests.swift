// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// What was typed and is not signed stays on this computer, for its owner alone.
struct DraftTests {
    /// A draft that says something in each part.
    private let draft = Draft(
        purpose: "report", text: "Something happened.\n", names: ["Alex Doe; adoe"],
        answers: ["incidentPlace": "the kitchen", "ongoing": "no"])

    @Test func isKeptUntilItIsThrownAway() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let vault = try committee.vault("Robin")
        #expect(try vault.drafts().isEmpty)
        let other = Draft(purpose: "add", text: "Another text.")
        try vault.keep(draft)
        try vault.keep(other)
        try vault.keep(draft)
        #expect(try vault.drafts() == [draft, other], "the same is kept once")
        #expect(try committee.vault("Robin").drafts() == [draft, other])
        try vault.discard(draft)
        #expect(try committee.vault("Robin").drafts() == [other])
        try vault.discard(draft)
        try vault.discard(other)
        #expect(try vault.drafts().isEmpty)
        #expect(try files(of: committee).isEmpty, "the file goes with the last")
    }

    @Test func isNotInClearAndNobodyElses() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let vault = try committee.vault("Robin")
        try vault.keep(draft)
        let file = try #require(try files(of: committee).first)
        let bytes = try Data(contentsOf: file)
        for word in ["happened", "Doe", "kitchen", "report"] {
            #expect(bytes.range(of: Data(word.utf8)) == nil)
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect((attributes[.posixPermissions] as? Int).map { $0 & 0o077 } == 0)
        // As another member's, or another vault's, it holds nothing.
        for (vaultID, name) in [
            (vault.store.vault, "Sam"), (VaultID(raw: Random.bytes32()), "Robin"),
        ] {
            let theirs = SeenStateFile(
                directory: file.deletingLastPathComponent().path, vault: vaultID,
                key: try committee.key(name), files: FileSystem())
            let digits = vaultID.hexText.prefix(32) + "-" + theirs.key.card.id.hexText.prefix(32)
            let copy = file.deletingLastPathComponent().appending(path: digits + ".drafts")
            try bytes.write(to: copy)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: copy.path)
            #expect(try DraftFile(theirs).load().isEmpty)
        }
        // Nor when a bit was changed.
        for place in stride(from: 0, to: bytes.count, by: 7) {
            var changed = bytes
            changed[place] ^= 1
            try changed.write(to: file)
            #expect(try vault.drafts().isEmpty)
        }
    }

    @Test func isEncryptedUnderANonceOfItsOwn() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let vault = try committee.vault("Robin")
        var nonces: Set<Data> = []
        for number in 0..<3 {
            try vault.keep(Draft(purpose: "report", text: "\(number)"))
            let file = try #require(try files(of: committee).first)
            nonces.insert(try Data(contentsOf: file)[5..<29])
        }
        #expect(nonces.count == 3)
    }

    @Test func tooMuchIsRefused() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let vault = try committee.vault("Robin")
        let large = String(repeating: "x", count: (16 << 20) + 1)
        for draft in [
            Draft(purpose: "report", text: large),
            Draft(purpose: large, text: ""), Draft(purpose: "", text: "", names: [large]),
            Draft(purpose: "", text: "", answers: [large: ""]),
            Draft(purpose: "", text: "", names: Array(repeating: "", count: 1001)),
        ] {
            #expect(throws: VaultError.self) { try vault.keep(draft) }
        }
        for number in 0..<100 { try vault.keep(Draft(purpose: "report", text: "\(number)")) }
        #expect(throws: VaultError.self) { try vault.keep(draft) }
        #expect(try vault.drafts().count == 100)
    }

    @Test func saysNothingOfItself() {
        #expect("\(draft)" == "Draft(redacted)")
        #expect(String(reflecting: draft) == "Draft(redacted)")
        #expect(Mirror(reflecting: draft).children.isEmpty)
    }

    /// The files of drafts.
    private func files(of committee: TestCommittee) throws -> [URL] {
        let all = FileManager.default.enumerator(
            at: committee.root, includingPropertiesForKeys: nil)
        return (all?.allObjects ?? []).compactMap { $0 as? URL }.filter {
            $0.lastPathComponent.hasSuffix(".drafts")
        }
    }
}
