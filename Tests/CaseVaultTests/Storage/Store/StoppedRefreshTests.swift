// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Somebody stops while the vault looks for what is new in the folder.
struct StoppedRefreshTests {
    @Test func theNextLookStillSeesWhatIsGone() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let started = try committee.startCase(by: "Robin")
        let vault = try committee.vault("Robin")
        let shelf = try vault.case(named: started.codeName.description)
        let before = Set(try committee.snapshot().keys)
        _ = try shelf.add(.discussion, "First.")
        let place = VaultFolder(path: committee.folder.path, files: FileSystem())
        let entry = try #require(try committee.snapshot().keys.first { !before.contains($0) })
        // The entry's file goes while something else arrives.
        try FileManager.default.removeItem(atPath: place.path(of: entry))
        try committee.declareAll("Sam")
        #expect(throws: VaultError.cancelled) { try vault.refresh { _ in .stop } }
        try vault.refresh()
        #expect(vault.store.regressed[started.id]?.count == 1)
        let fresh = try committee.vault("Robin")
        #expect(vault.store.regressed == fresh.store.regressed)
        #expect(throws: VaultError.self) { try shelf.add(.discussion, "Second.") }
    }
}
