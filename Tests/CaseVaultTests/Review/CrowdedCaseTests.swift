// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Somebody lets in more keys of their own than a file can name.
struct CrowdedCaseTests {
    /// Sam asks 1,100 own keys into the case, with answers.
    private func crowd(
        _ committee: TestCommittee, _ id: LogID, below limit: CardID? = nil
    ) throws {
        let sam = try committee.hostile("Sam")
        let store = try committee.vault("Sam").store
        let log = try #require(store.logs[id])
        guard case .caseStarted(let start)? = log.history.root?.statement else { return }
        let day = Day.of(secondsSince1970: committee.clock.now)
        var records: [VerifiedRecord] = []
        for i in 0..<1100 {
            var key = try MemberKey.generate(name: "Own \(i)")
            while let limit, key.card.id > limit { key = try .generate(name: "Own \(i)") }
            let answers = start.checks.map { check in
                Record(
                    log: check.log, kind: .declared, parents: [], day: day,
                    body: Statement.declared(
                        DeclarationStatement(answer: .noConflict, replaces: [])
                    ).body, vault: store.vault, author: key)
            }
            records.append(
                try sam.record(.invited(key.card), in: id, parents: [], vault: store.vault))
            records.append(
                try sam.record(
                    .granted(Grant(card: key.card, declarations: answers, lifts: [])), in: id,
                    parents: [], vault: store.vault))
        }
        try sam.plant(records, for: log.history.readerCards, vault: store.vault, slots: 8)
    }

    // Lee has no power yet. Lee reads the case, and is not taken out of it by anybody.
    @Test(.timeLimit(.minutes(5))) func ownKeysCrowdNobodyOut() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let lee = try committee.card("Lee")
        try committee.vault("Robin").admit(lee, confirming: lee.spoken)
        let id = try committee.sharedCase(of: "Robin", with: ["Sam", "Kim", "Lee"]).log
        // So that this does not take long; with a small one Sam makes more keys.
        guard (lee.id.raw.bytes.first ?? 0) > 40 else { return try ownKeysCrowdNobodyOut() }
        #expect(try committee.readers(of: id, as: "Robin") == ["Kim", "Lee", "Robin", "Sam"])
        try crowd(committee, id, below: lee.id)
        #expect(try committee.readers(of: id, as: "Robin").contains("Lee"))
        let robins = Case(vault: try committee.vault("Robin"), id: id)
        _ = try robins.add(.discussion, "AFTERWARDS")
        let keys = [try committee.key("Lee")]
        #expect(try OpenableText(folder: committee.folder, keys: keys).holds("AFTERWARDS"))
        // And at the next look.
        #expect(try committee.readers(of: id, as: "Robin").contains("Lee"))
    }
}
