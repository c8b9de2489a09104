// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// An open vault whose folder is empty for a while, as where a share is not mounted.
struct AwayTests {
    /// What a folder holds beside `VAULT`.
    private static let rest = [".gitattributes", "sealed"]

    /// Three members, Robin's case that Sam reads too, and Robin's vault as a program holds it
    /// open: of everything it is known since when it is there.
    private func scene() throws -> (TestCommittee, Vault, Case) {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try committee.sharedCase(of: "Robin", with: ["Sam"])
        let vault = try committee.vault("Robin")
        let same = try vault.case(named: shelf.codeName.description)
        _ = try same.add(.discussion, "First.")
        // So that whatever is noted once more is noted with another time.
        committee.clock.advance(days: 2)
        return (committee, vault, same)
    }

    /// Moves things from one folder into another.
    private func move(_ names: [String], from: URL, to: URL) throws {
        try FileManager.default.createDirectory(at: to, withIntermediateDirectories: true)
        for name in names {
            try FileManager.default.moveItem(
                at: from.appendingPathComponent(name), to: to.appendingPathComponent(name))
        }
    }

    /// What Robin's computer remembers on its disk.
    private func onDisk(_ vault: Vault) throws -> SeenState {
        try #require(try vault.store.seenFile.load()).state
    }

    /// Every call that reads the folder first, by its name.
    private func calls(
        _ committee: TestCommittee, _ vault: Vault, _ shelf: Case
    ) throws -> [(name: String, run: () throws -> Void)] {
        let (sam, kim) = (try committee.card("Sam"), try committee.card("Kim"))
        let new = try MemberKey.generate(name: "Noor").card
        let check = try #require(try shelf.view().checks.first)
        return [
            ("refresh", { try vault.refresh() }),
            ("verify", { _ = try vault.verify() }),
            ("acceptGap", { try vault.acceptGap(in: shelf.log) }),
            ("leave", { _ = try vault.leave() }),
            ("catchUp", { _ = try vault.catchUp() }),
            ("changeRules", { _ = try vault.changeRules(.standard) }),
            ("admit", { try vault.admit(new, confirming: new.spoken) }),
            ("confirm", { _ = try vault.confirm(sam.id, fingerprint: sam.spoken) }),
            ("remove", { _ = try vault.remove(kim.id) }),
            (
                "startCase",
                {
                    _ = try vault.startCase(
                        about: [ReportedPerson(name: "Casey Example")],
                        report: Report(text: "Other."))
                }
            ),
            ("declare", { _ = try vault.declare([(ConflictCheck.ID(check), .noConflict)]) }),
            ("add", { _ = try shelf.add(.discussion, "Second.") }),
            ("vote", { _ = try shelf.vote(.yes, on: 1) }),
            ("hold", { _ = try shelf.setHold(true) }),
            ("updateRow", { _ = try shelf.updateRow([.status: "ongoing"]) }),
            ("grantAccess", { _ = try shelf.grantAccess(to: kim.id) }),
            ("invite", { _ = try shelf.invite(new, confirming: new.spoken) }),
            ("revokeAccess", { _ = try shelf.revokeAccess(of: sam.id) }),
            ("recuse", { _ = try shelf.recuse() }),
            ("erase", { _ = try shelf.erase(confirming: shelf.codeName) }),
        ]
    }

    /// Every call says so and changes nothing, and afterwards all is as if nothing had been.
    @Test func anEmptyMountPointIsNoEmptyVault() throws {
        let (committee, vault, shelf) = try scene()
        let (seen, kept) = (vault.store.seen, try onDisk(vault))
        let files = try committee.snapshot()
        #expect(seen.noted.count == files.count && kept.noted == seen.noted)
        let elsewhere = committee.root.appendingPathComponent("elsewhere")
        let calls = try calls(committee, vault, shelf)
        try move(["VAULT"] + Self.rest, from: committee.folder, to: elsewhere)
        for call in calls {
            let error = #expect(throws: VaultError.self, "\(call.name)") { try call.run() }
            #expect(error?.code == .notAVault, "\(call.name): \(error.map(\.message) ?? "")")
            #expect(error?.hint.contains("Connect the drive") == true, "\(call.name)")
            #expect(vault.store.seen == seen, "\(call.name)")
        }
        #expect(try onDisk(vault) == kept)
        #expect(vault.store.present == Set(files.keys) && vault.store.regressed.isEmpty)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: committee.folder.path).isEmpty,
            "nothing is written where the share will be")
        // A new program finds no vault either.
        #expect(throws: VaultError.notAVault("")) { try committee.vault("Robin") }

        try move(["VAULT"] + Self.rest, from: elsewhere, to: committee.folder)
        try vault.refresh()
        #expect(vault.store.seen == seen)
        #expect(try onDisk(vault) == kept)
        #expect(try committee.snapshot() == files)
        #expect(vault.store.regressed.isEmpty)
        #expect(try vault.verify().isWhole)
        _ = try shelf.add(.discussion, "Second.")
        #expect(try shelf.entries().map(\.text).suffix(2) == ["First.", "Second."])
    }

    /// What was put off until somebody asks for it is not taken for gone meanwhile.
    @Test func whatWasNotReadYetIsNotForgotten() throws {
        let (committee, _, shelf) = try scene()
        let vault = try committee.vault("Robin")
        let seen = vault.store.seen
        let elsewhere = committee.root.appendingPathComponent("elsewhere")
        try move(["VAULT"] + Self.rest, from: committee.folder, to: elsewhere)
        #expect(vault.cases.isEmpty, "the control: the case was not read yet")
        #expect(vault.store.regressed.isEmpty && vault.store.seen == seen)
        #expect(throws: VaultError.vaultAway("")) { try vault.refresh() }
        try move(["VAULT"] + Self.rest, from: elsewhere, to: committee.folder)
        #expect(vault.cases.map(\.id) == [shelf.id])
        try vault.refresh()
        #expect(vault.store.regressed.isEmpty && vault.store.seen == seen)
    }

    /// Whoever empties the folder and leaves `VAULT` is noticed as ever.
    @Test func anEmptiedVaultIsStillReported() throws {
        let (committee, vault, shelf) = try scene()
        let elsewhere = committee.root.appendingPathComponent("elsewhere")
        let seen = vault.store.seen
        try move(Self.rest, from: committee.folder, to: elsewhere)
        #expect(throws: VaultError.sealedFolderMissing("", lookAlike: nil)) { try vault.refresh() }
        // Nothing is forgotten meanwhile.
        #expect(vault.cases.map(\.id) == [shelf.id])
        #expect(vault.store.seen == seen)
        #expect(throws: VaultError.sealedFolderMissing("", lookAlike: nil)) {
            try vault.startCase(
                about: [ReportedPerson(name: "Casey Example")], report: Report(text: "Other."))
        }
    }
}
