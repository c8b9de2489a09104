// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// A guest does not see the roster, and so no removal from it.
struct GuestAndRemovalTests {
    @Test func aGuestSealsNothingToWhoWasRemoved() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let case1 = try committee.sharedCase(of: "Robin", with: ["Sam", "Kim"])
        let guest = try committee.card("Gale")
        _ = try case1.invite(guest, confirming: guest.spoken)
        try committee.declareAll("Gale")
        for name in ["Robin", "Kim", "Gale"] { _ = try committee.vault(name).catchUp() }
        #expect(
            try committee.readers(of: case1.log, as: "Gale") == ["Gale", "Kim", "Robin", "Sam"])
        let removal = try committee.vault("Robin").remove(committee.card("Sam").id)
        #expect(removal.revoked.contains { $0.codeName == case1.codeName })
        let gales = Case(vault: try committee.vault("Gale"), id: case1.log)
        #expect(gales.readers.map(\.name).sorted() == ["Gale", "Kim", "Robin"])
        _ = try gales.takeFirstLook(.noConflict)
        _ = try gales.add(.discussion, "AFTERWARDS")
        let keys = [try committee.key("Sam")]
        #expect(try !OpenableText(folder: committee.folder, keys: keys).holds("AFTERWARDS"))
        // A hand lets Sam in again.
        let sam = try committee.card("Sam")
        let robins = try committee.vault("Robin")
        try robins.admit(sam, confirming: sam.spoken)
        #expect(try committee.readers(of: case1.log, as: "Robin") == ["Gale", "Kim", "Robin"])
        _ = try Case(vault: committee.vault("Robin"), id: case1.log).grantAccess(to: sam.id)
        #expect(
            try committee.readers(of: case1.log, as: "Gale") == ["Gale", "Kim", "Robin", "Sam"])
    }
}
