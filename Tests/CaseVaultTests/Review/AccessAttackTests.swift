// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Who gets in and out of a case, against people who want it otherwise.
struct AccessAttackTests {
    /// A case of Robin that Sam reads too.
    private func sharedCase(_ committee: TestCommittee) throws -> Case {
        let shelf = try committee.startCase(by: "Robin")
        try committee.declareAll("Sam")
        _ = try committee.vault("Robin").catchUp()
        return try #require(try committee.vault("Robin").cases.first { $0.id == shelf.id })
    }

    @Test func whoWasTakenOutCannotKeepOthersOut() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try sharedCase(committee)
        let heads = try shelf.view().log.history.heads
        _ = try shelf.revokeAccess(of: committee.card("Sam"))
        let sam = HostileWriter(committee: committee, key: try committee.key("Sam"))
        let vault = shelf.vault.store.vault
        let link = try sam.link(to: shelf.log, vault: vault)
        for parents in [heads, try shelf.view().log.history.heads] {
            try sam.plant(
                [
                    sam.record(
                        .checkLinked(link), in: shelf.log, parents: parents, vault: vault)
                ],
                for: [committee.card("Robin")], vault: vault)
        }
        try committee.declareAll("Kim")
        let robins = try committee.vault("Robin")
        // The link holds something back, so it asks; a hand ends it, because its author is out.
        #expect(try robins.catchUp().granted.isEmpty)
        _ = try Case(vault: robins, id: shelf.id).grantAccess(to: committee.card("Kim").id)
        #expect(try committee.vault("Kim").cases.count == 1)
    }

    @Test func whoTakesOverReadsEverythingAndMakesTheNewKey() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try committee.startCase(by: "Robin", text: "As told.", handingOver: true)
        try committee.declareAll("Sam")
        let change = try committee.vault("Robin").catchUp()
        #expect(change.granted.map(\.member.name) == ["Sam"])
        #expect(try committee.vault("Robin").cases.isEmpty)
        let sams = try committee.vault("Sam")
        let theirs = try #require(sams.cases.first)
        _ = try theirs.takeFirstLook(.noConflict)
        #expect(try theirs.entries().map(\.text) == ["As told."])
        _ = try sams.catchUp()
        let robins = try committee.vault("Robin")
        #expect(robins.store.logs[shelf.id] == nil)
        #expect(try sams.verify().isWhole)
        #expect(sams.offers.filter(\.needsNoQuestion).isEmpty)
    }

    @Test func whoLeftLastCanHandOverWhatNobodyReads() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try sharedCase(committee)
        try committee.declareAll("Kim")
        // Two computers that do not hear of each other.
        let files = FileManager.default
        let other = committee.root.appendingPathComponent("other")
        try files.copyItem(at: committee.folder, to: other)
        let name = shelf.codeName.description
        _ = try shelf.recuse()
        let sams = try Vault(
            at: other, key: committee.key("Sam"), in: committee.environment("Sam"))
        _ = try sams.case(named: name).recuse()
        let place = VaultFolder(path: other.path, files: FileSystem())
        for name in try place.list().names where try committee.snapshot()[name] == nil {
            let bytes = try FileSystem().readFile(place.path(of: name), limit: 1 << 30)
            _ = try VaultFolder(path: committee.folder.path, files: FileSystem()).write([bytes])
        }
        let robins = try committee.vault("Robin")
        #expect(robins.waiting.contains { $0.need == .moreReaders })
        let theirs = try #require(robins.cases.first)
        #expect(throws: VaultError.self) { try theirs.entries() }
        #expect(throws: VaultError.self) { try theirs.add(.discussion, "No.") }
        _ = try theirs.grantAccess(to: committee.card("Kim").id)
        let kims = try committee.vault("Kim")
        let saved = try #require(kims.cases.first)
        _ = try saved.takeFirstLook(.noConflict)
        #expect(try saved.entries().map(\.text) == ["It happened."])
        _ = try kims.catchUp()
        #expect(try committee.vault("Robin").store.logs[shelf.id] == nil)
        #expect(try committee.vault("Sam").store.logs[shelf.id] == nil)
        #expect(try kims.verify().isWhole)
    }

    @Test func whoWasLetInWhileACheckWasKeptFromThemGetsNothingNew() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try sharedCase(committee)
        let name = shelf.codeName.description
        try committee.declareAll("Kim")
        let other = committee.root.appendingPathComponent("other")
        try FileManager.default.copyItem(at: committee.folder, to: other)
        // Robin keeps a second name from Kim, while Sam lets Kim in.
        try shelf.addCheck(
            about: ReportedPerson(name: "Kim"), withholdingFrom: [committee.card("Kim").id])
        let sams = try Vault(
            at: other, key: committee.key("Sam"), in: committee.environment("Sam"))
        _ = try sams.case(named: name).grantAccess(to: committee.card("Kim").id)
        let place = VaultFolder(path: other.path, files: FileSystem())
        for file in try place.list().names where try committee.snapshot()[file] == nil {
            let bytes = try FileSystem().readFile(place.path(of: file), limit: 1 << 30)
            _ = try VaultFolder(path: committee.folder.path, files: FileSystem()).write([bytes])
        }
        _ = try committee.vault("Robin").catchUp()
        let robins = Case(vault: try committee.vault("Robin"), id: shelf.id)
        #expect(!robins.readers.map(\.name).contains("Kim"))
        _ = try robins.add(.discussion, "NOT FOR KIM")
        let keys = [try committee.key("Kim")]
        #expect(try !OpenableText(folder: committee.folder, keys: keys).holds("NOT FOR KIM"))
    }

    @Test func shrunkenRosterDoesNotStopRemoval() throws {
        let names = ["Robin", "Sam", "Kim", "Noor", "Ash", "Bo", "Cy"]
        let committee = try TestCommittee("Robin", "Sam", "Kim", "Noor", "Ash", "Bo", "Cy")
        #expect(names.count == 7)
        let shelf = try committee.startCase(by: "Robin")
        for number in 0..<9 {
            let guest = try committee.card("Guest \(number)")
            _ = try shelf.invite(guest, confirming: guest.spoken)
        }
        let tooMany = try committee.card("Guest 9")
        #expect(throws: VaultError.self) {
            try shelf.invite(tooMany, confirming: tooMany.spoken)
        }
        let robins = try committee.vault("Robin")
        _ = try robins.remove(committee.card("Cy").id)
        #expect(try !committee.vault("Robin").members.map(\.name).contains("Cy"))
    }

    @Test func removedMemberIsNoGuestOfALaterCheck() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try sharedCase(committee)
        // Kim does not read the case, so Sam still does after the removal.
        _ = try committee.vault("Kim").remove(committee.card("Sam").id)
        #expect(try committee.vault("Sam").store.logs[shelf.id] != nil)
        let robins = try committee.vault("Robin")
        let (_, check) = try robins.case(named: shelf.codeName.description)
            .addCheck(about: ReportedPerson(name: "Alex Roe"))
        let readers = try #require(robins.store.logs[check]).history.readerCards.map(\.name)
        #expect(Set(readers) == ["Robin", "Kim"])
        // The act wrote in the case too, so nothing of it is left for Sam.
        let left = try? committee.vault("Sam").store.logs.values.map(\.kind)
        #expect(!(left ?? []).contains(.caseFile), "\(String(describing: left))")
    }

    @Test func repeatedAttachmentStopsNeitherGrantNorRevocation() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try sharedCase(committee)
        _ = try shelf.add(
            .discussion, "See this.", attaching: [AttachmentSource(name: "a", bytes: [1, 2, 3])])
        let sams = try committee.vault("Sam")
        let log = try #require(sams.store.logs[shelf.id])
        let note = try #require(log.history.order.flatMap(\.attachments).first)
        let entries = sams.store.files.values.flatMap(\.attachments)
        let sam = HostileWriter(committee: committee, key: try committee.key("Sam"))
        let forged = try sam.record(
            .entered(
                EntryStatement(
                    kind: .discussion, happened: nil, text: "Twice.", attachments: [note, note])),
            in: shelf.log, parents: log.history.heads, vault: sams.store.vault)
        try sam.plant(
            [forged], for: log.history.readerCards, vault: sams.store.vault,
            attachments: Array(entries.prefix(1)))
        try committee.declareAll("Kim")
        #expect(try committee.vault("Robin").catchUp().granted.map(\.member.name) == ["Kim"])
        _ = try shelf.revokeAccess(of: committee.card("Sam"))
        #expect(try committee.vault("Sam").store.logs[shelf.id] == nil)
        #expect(try committee.vault("Robin").verify().isWhole)
    }
}
