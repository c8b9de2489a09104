// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Who declares a conflict is out of the cases with that check, whatever was here when they did.
struct LeavingTests {
    @Test func aConflictTakesOutOfACaseThatWasNotThereWhenItWasDeclared() throws {
        let committee = try TestCommittee("Robin", "Sam", "Noor")
        let shelf = try committee.startCase(by: "Robin")
        for name in ["Sam", "Noor"] { try committee.declareAll(name) }
        _ = try committee.vault("Robin").catchUp()
        let files = try #require(committee.vault("Sam").store.logs[shelf.id]?.fileNames)
        #expect(try committee.vault("Sam").cases.count == 1)

        // The case's files are late on Sam's computer.
        let place = VaultFolder(path: committee.folder.path, files: FileSystem())
        let late = try files.map { name in
            (name, try FileSystem().readFile(place.path(of: name), limit: 1 << 30))
        }
        for name in files { try FileManager.default.removeItem(atPath: place.path(of: name)) }
        let sam = try committee.vault("Sam")
        let check = try #require(sam.checks.first)
        _ = try sam.declare(.conflict, on: check)
        _ = try place.write(late.map(\.1))

        #expect(try committee.vault("Sam").cases.isEmpty)
        _ = try committee.vault("Robin").catchUp()
        let readers = try committee.vault("Robin").cases.first?.readers.map(\.name)
        #expect(Set(readers ?? []) == ["Robin", "Noor"])
    }
}
