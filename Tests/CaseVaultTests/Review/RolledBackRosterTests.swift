// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Somebody who writes to the folder puts an older roster back.
struct RolledBackRosterTests {
    /// The names of files that hold the roster.
    private func rosterFiles(_ committee: TestCommittee, as name: String) throws -> [FileName] {
        let roster = try committee.roster()
        return try committee.vault(name).store.files.values
            .filter { $0.records[roster] != nil }.map(\.name)
    }

    // Sam is removed. Then the roster's files go from the folder, or an older one comes back.
    @Test(arguments: ["gone", "older"])
    func withoutTheNewestRosterNothingIsSealedToWhoWasRemoved(_ what: String) throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let id = try committee.sharedCase(of: "Robin", with: ["Sam", "Kim"]).log
        for name in ["Sam", "Kim"] { try committee.vault(name).catchUp() }
        let before = try committee.snapshot()
        let old = try rosterFiles(committee, as: "Kim")
        try committee.vault("Robin").remove(committee.card("Sam").id)
        try committee.vault("Kim").catchUp()
        #expect(try committee.readers(of: id, as: "Kim") == ["Kim", "Robin"])
        let place = VaultFolder(path: committee.folder.path, files: FileSystem())
        for file in try rosterFiles(committee, as: "Kim") { try place.remove(file) }
        if what == "older" { _ = try place.write(old.compactMap { before[$0] }) }
        let kims = Case(vault: try committee.vault("Kim"), id: id)
        do {
            try kims.takeFirstLook(.noConflict)
            try kims.add(.discussion, "AFTERWARDS")
        } catch {}
        let keys = [try committee.key("Sam")]
        #expect(try !OpenableText(folder: committee.folder, keys: keys).holds("AFTERWARDS"))
        _ = try? committee.vault("Kim").catchUp()
        #expect(try !OpenableText(folder: committee.folder, keys: keys).holds("AFTERWARDS"))
    }
}
