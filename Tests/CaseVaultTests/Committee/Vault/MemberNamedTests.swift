// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// A member is found by whatever is typed for them, as long as it is one.
struct MemberNamedTests {
    @Test func isFoundByAPartOfTheNameAndByFirstDigits() throws {
        let committee = try TestCommittee("Robin", "Sam Müller-O'Brien", "金 Kim 🦊", "Kimberly")
        let vault = try committee.vault("Robin")
        let sam = try committee.card("Sam Müller-O'Brien")
        for text in [
            "Sam", "SAM MÜ", "muller", "Müller", "o'brien", "brien", "Sam Müller-O'Brien",
            String("\(sam.id)".prefix(8)), String("\(sam.fingerprint)".prefix(5)),
            String("\(sam.fingerprint)".prefix(14)), "\(sam.fingerprint)",
        ] {
            #expect(try vault.member(named: text).id == sam.id, "\(text)")
        }
        #expect(try vault.member(named: "金").name == "金 Kim 🦊")
        #expect(try vault.member(named: "Kimb").name == "Kimberly")
        // A whole name is meant before the part of another.
        #expect(try vault.member(named: "kimberly").name == "Kimberly")
        #expect(throws: VaultError.ambiguousMember) { try vault.member(named: "Kim") }
        for text in ["", " ", "am", "rien", "üller", "Müllers", "-", String("\(sam.id)".prefix(4))]
        {
            #expect(throws: VaultError.unknownMember, "\(text)") { try vault.member(named: text) }
        }
    }

    @Test func oneCodeConfirmsEverybody() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let noor = try committee.card("Noor")
        try committee.vault("Robin").admit(noor, confirming: noor.spoken)
        let noors = try committee.vault("Noor")
        let code = try #require(noors.code)
        let spoken = try SpokenDigits(typed: "\(code)")
        #expect(spoken.groups(unlike: code).isEmpty)
        let other = try SpokenDigits(typed: "\(noor.fingerprint)")
        #expect(throws: VaultError.codeMismatch) { try noors.confirmAll(code: other) }
        #expect(noors.members.allSatisfy { !$0.isConfirmedByMe || $0.isMe })
        _ = try noors.confirmAll(code: spoken)
        #expect(noors.members.allSatisfy { $0.isConfirmedByMe || $0.isMe })
        // Either of the two counts for one member, and nothing else does.
        let sams = try committee.vault("Sam")
        #expect(throws: VaultError.fingerprintMismatch) {
            try sams.confirm(
                noor.id, digits: SpokenDigits(typed: String(repeating: "0", count: 40)))
        }
        _ = try sams.confirm(noor.id, digits: spoken)
        _ = try committee.vault("Kim").confirm(noor.id, digits: noor.spoken)
        #expect(try committee.vault("Robin").members.allSatisfy(\.hasPower))
    }
}
