// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// What two computers did that had not heard of each other.
struct TwoComputersTests {
    /// What somebody wrote while they were taken out is shown on demand, and counts for nothing.
    @Test func lateEntriesAreShownApart() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let shelf = try committee.sharedCase(of: "Robin", with: ["Sam"])
        let copy = try committee.branch("sam")
        _ = try shelf.revokeAccess(of: committee.card("Sam"))
        let away = try committee.vault("Sam", at: copy).case(named: shelf.codeName.description)
        _ = try away.takeFirstLook(.noConflict)
        _ = try away.add(.discussion, "Written too late.")
        try committee.merge(copy)
        let opened = try committee.vault("Robin").case(named: shelf.codeName.description)
        #expect(try opened.entries().map(\.text) == ["It happened."])
        let late = try opened.lateEntries()
        #expect(late.map(\.text) == ["Written too late."])
        #expect(late.map(\.author.name) == ["Sam"])
        #expect(try opened.lateRecordCount() == 1)
    }

    /// Two removed each other in a case. A third, to whom both removals came at once, has both out,
    /// brings one back by name; the case goes on meanwhile.
    @Test func aThirdBringsOneBackByName() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim", "Noor")
        let shelf = try committee.sharedCase(of: "Robin", with: ["Sam", "Kim", "Noor"])
        let name = shelf.codeName.description
        for reader in ["Kim", "Noor"] { _ = try committee.vault(reader) }
        let copy = try committee.branch("sam")
        _ = try shelf.revokeAccess(of: committee.card("Sam"))
        _ = try committee.vault("Sam", at: copy).case(named: name)
            .revokeAccess(of: committee.card("Robin"))
        try committee.merge(copy)
        let kims = try committee.vault("Kim")
        #expect(try kims.case(named: name).readers.map(\.name) == ["Kim", "Noor"])
        let item = try kims.case(named: name)
        _ = try item.takeFirstLook(.noConflict)
        _ = try item.add(.discussion, "Work goes on.")
        _ = try item.grantAccess(to: committee.card("Robin").id)
        #expect(try kims.case(named: name).readers.map(\.name) == ["Kim", "Noor", "Robin"])
        _ = try committee.vault("Noor").catchUp()
        #expect(
            try committee.vault("Noor").case(named: name).readers.map(\.name)
                == ["Kim", "Noor", "Robin"])
    }

    /// Two cases of one name, drawn on two computers, are told apart by four digits.
    @Test func fourDigitsTellTwoCasesOfOneNameApart() throws {
        let committee = try TestCommittee("Robin")
        let shelf = try committee.startCase(by: "Robin")
        let vault = try committee.vault("Robin")
        for name in [
            "\(shelf.codeName) \(shelf.disambiguation)",
            "\(shelf.codeName)-\(shelf.disambiguation)".replacing(" ", with: "-"),
        ] {
            #expect(try vault.case(named: name).id == shelf.id)
        }
        let other = shelf.disambiguation == "0000" ? "0001" : "0000"
        #expect(throws: VaultError.notForYou) {
            try vault.case(named: "\(shelf.codeName) \(other)")
        }
    }

    /// Whether somebody is told of a log that was closed to them or is missing.
    private func closed(_ vault: Vault) throws -> Bool {
        try vault.verify().problems.contains { $0.code == .closedOrMissing }
    }

    /// A case that was closed to me looks like a folder that is older than seen; I can accept it.
    @Test func aLogThatIsClosedIsForgottenWhenAPersonSaysSo() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let shelf = try committee.sharedCase(of: "Robin", with: ["Sam"])
        #expect(try committee.vault("Sam").cases.map(\.id) == [shelf.id])
        _ = try shelf.revokeAccess(of: committee.card("Sam"))
        let sams = try committee.vault("Sam")
        #expect(try closed(sams))
        try sams.acceptGap(in: shelf.log)
        #expect(try !closed(sams))
        #expect(throws: VaultError.nothingMissing) { try sams.acceptGap(in: shelf.log) }
        // For good: this computer does not come back to it.
        #expect(try !closed(committee.vault("Sam")))
    }

    /// Whoever may read nothing more of a case leaves before the next entry is sealed.
    @Test func anEntryIsNotSealedToWhomACheckIsKeptFrom() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try committee.sharedCase(of: "Robin", with: ["Sam"])
        try committee.declareAll("Kim")
        let copy = try committee.branch("sam")
        // Robin keeps a second name from Kim, while Sam lets Kim in.
        try shelf.addCheck(
            about: ReportedPerson(name: "Kim"), withholdingFrom: [committee.card("Kim").id])
        _ = try committee.vault("Sam", at: copy).case(named: shelf.codeName.description)
            .grantAccess(to: committee.card("Kim").id)
        try committee.merge(copy)
        let robins = try committee.vault("Robin")
        let opened = try robins.case(named: shelf.codeName.description)
        #expect(!opened.readers.map(\.name).contains("Kim"))
        _ = try opened.add(.discussion, "Not for Kim.")
        #expect(try !opened.access().readers.contains { $0.member.name == "Kim" })
        // Who only has to answer keeps what they have, and gets nothing new.
        let kims = try committee.vault("Kim").store.logs[shelf.id]
        #expect(
            kims?.history.order.contains { $0.record.author == robins.me.id && $0.kind == .entered }
                != true)
    }
}
