// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Who writes so much that intake leaves something of theirs out chooses what that is.
struct FloodTests {
    /// Signs as many harmless records as are taken in of one author, each with a smaller identifier
    /// than some record, and lets a key of their own name them all.
    private func crowdOut(
        _ record: VerifiedRecord, in log: LogID, of committee: TestCommittee,
        by name: String, naming own: String, for cards: [MemberCard], vault: VaultID
    ) throws {
        let writer = try committee.hostile(name)
        let nothing = Statement.confirmed(try committee.card("Robin").id)
        var flood: [VerifiedRecord] = []
        while flood.count < 4100 {
            let one = try writer.record(nothing, in: log, parents: [], vault: vault)
            if one.id < record.id { flood.append(one) }
        }
        try writer.plant(flood, for: cards, vault: vault, slots: 8)
        let names = try committee.hostile(own).record(
            .counted(flood.map(\.id)), in: log, parents: [], vault: vault)
        try committee.hostile(own).plant([names], for: cards, vault: vault, slots: 8)
    }

    /// A committee in which Sam admitted Lee, and all compared Lee; Lee's admission has no small id.
    private func committee() throws -> (TestCommittee, VerifiedRecord) {
        while true {
            let committee = try TestCommittee("Robin", "Sam", "Kim")
            let lee = try committee.card("Lee")
            try committee.vault("Sam").admit(lee, confirming: lee.spoken)
            try committee.confirmAll(["Robin", "Sam", "Kim", "Lee"])
            let roster = try committee.roster()
            let log = try #require(try committee.vault("Robin").store.logs[roster])
            let admission = try #require(
                log.history.order.first { record in
                    if case .admitted(let value)? = record.statement {
                        value.card.id == lee.id
                    } else {
                        false
                    }
                })
            if (admission.id.raw.bytes.first ?? 0) > 100 { return (committee, admission) }
        }
    }

    /// Sam admits a key of their own; then, perhaps, Robin removes Sam, and all catch up.
    private func letSamPrepare(
        _ committee: TestCommittee, _ roster: LogID, for cards: [MemberCard], _ vault: VaultID,
        isRemoved: Bool
    ) throws {
        let sam = try committee.hostile("Sam")
        let own = try sam.record(
            .admitted(Admission(card: committee.card("Own"), replaces: nil, lifts: [])),
            in: roster, parents: [], vault: vault)
        try sam.plant([own], for: cards, vault: vault, slots: 8)
        guard isRemoved else { return }
        _ = try committee.vault("Robin").remove(committee.card("Sam").id)
        for name in ["Kim", "Robin"] { _ = try committee.vault(name).catchUp() }
    }

    // Lee was admitted by Sam, compared by all, and is taken out by nobody.
    @Test(.timeLimit(.minutes(5)), arguments: [false, true])
    func floodingTakesNobodyOut(samIsRemovedBefore: Bool) throws {
        let (committee, admission) = try committee()
        let roster = try committee.roster()
        for name in ["Robin", "Kim"] { _ = try committee.vault(name).catchUp() }
        let vault = try committee.vault("Sam").store.vault
        let cards = try ["Robin", "Kim", "Lee"].map { try committee.card($0) }
        try letSamPrepare(committee, roster, for: cards, vault, isRemoved: samIsRemovedBefore)
        for name in ["Robin", "Kim"] {
            #expect(try committee.members(name).contains("Lee"), "control: \(name)")
        }
        try crowdOut(
            admission, in: roster, of: committee, by: "Sam", naming: "Own", for: cards,
            vault: vault)
        for name in ["Robin", "Kim"] {
            let members = try committee.members(name)
            #expect(members.contains("Lee"), "\(name) counts \(members)")
        }
        for name in ["Robin", "Kim"] { _ = try committee.vault(name).catchUp() }
        _ = try committee.startCase(by: "Robin", about: "SECRET Doe")
        let keys = [try committee.key("Lee")]
        #expect(try OpenableText(folder: committee.folder, keys: keys).holds("SECRET Doe"))
    }

    // Sam removed Eve when Sam was honest, and everybody counted it. Sam and Eve fell in with each
    // other again, and Sam was removed too.
    @Test(.timeLimit(.minutes(5)), arguments: [false, true])
    func floodingBringsNobodyBack(samIsRemovedBefore: Bool) throws {
        while true {
            let committee = try TestCommittee("Robin", "Sam", "Kim", "Eve")
            let roster = try committee.roster()
            _ = try committee.vault("Sam").remove(committee.card("Eve").id)
            for name in ["Robin", "Kim"] { _ = try committee.vault(name).catchUp() }
            let log = try #require(try committee.vault("Robin").store.logs[roster])
            let removal = try #require(log.history.order.first { $0.kind == .removed })
            if (removal.id.raw.bytes.first ?? 0) < 100 { continue }
            let vault = try committee.vault("Sam").store.vault
            let cards = try ["Robin", "Kim"].map { try committee.card($0) }
            try letSamPrepare(committee, roster, for: cards, vault, isRemoved: samIsRemovedBefore)
            for name in ["Robin", "Kim"] {
                #expect(try !committee.members(name).contains("Eve"), "control: \(name)")
            }
            try crowdOut(
                removal, in: roster, of: committee, by: "Sam", naming: "Own", for: cards,
                vault: vault)
            for name in ["Robin", "Kim"] {
                let members = try committee.members(name)
                #expect(!members.contains("Eve"), "\(name) counts \(members)")
            }
            for name in ["Robin", "Kim"] { _ = try committee.vault(name).catchUp() }
            _ = try committee.startCase(by: "Robin", about: "SECRET Doe")
            let keys = [try committee.key("Eve")]
            #expect(try !OpenableText(folder: committee.folder, keys: keys).holds("SECRET Doe"))
            return
        }
    }

    // Sam added a second person to the case when Sam was honest. Eve has a conflict there, and is
    // out. Sam was taken out of the committee since.
    @Test(.timeLimit(.minutes(5)), arguments: [false, true])
    func floodingShedsNoConflict(samIsRemovedBefore: Bool) throws {
        while true {
            let committee = try TestCommittee("Robin", "Sam", "Kim", "Eve")
            let id = try committee.sharedCase(of: "Robin", with: ["Sam", "Kim", "Eve"]).log
            for name in ["Sam", "Kim", "Eve"] { _ = try committee.vault(name).catchUp() }
            let sams = Case(vault: try committee.vault("Sam"), id: id)
            _ = try sams.takeFirstLook(.noConflict)
            try sams.addCheck(about: ReportedPerson(name: "Zed Zero"))
            let log = try #require(try committee.vault("Sam").store.logs[id])
            let link = try #require(log.history.order.first { $0.kind == .checkLinked })
            if (link.id.raw.bytes.first ?? 0) < 100 { continue }
            let eves = try committee.vault("Eve")
            _ = try eves.declare(eves.unansweredChecks.map { ($0.id, .conflict) })
            for name in ["Robin", "Kim"] { try committee.declareAll(name) }
            for name in ["Robin", "Kim"] { _ = try committee.vault(name).catchUp() }
            // Eve's own program would also step back; hers does not.
            #expect(try !committee.readers(of: id, as: "Robin").contains("Eve"), "control")
            let store = try committee.vault("Sam").store
            let cards = try ["Robin", "Kim"].map { try committee.card($0) }
            if samIsRemovedBefore {
                _ = try committee.vault("Robin").remove(committee.card("Sam").id)
                for name in ["Kim", "Robin"] { _ = try committee.vault(name).catchUp() }
            }
            let sam = try committee.hostile("Sam")
            var flood: [VerifiedRecord] = []
            while flood.count < 4100 {
                let one = try sam.record(.held, in: id, parents: [], vault: store.vault)
                if one.id < link.id { flood.append(one) }
            }
            try sam.plant(flood, for: cards, vault: store.vault, slots: 8)
            let view = try #require(try committee.vault("Robin").store.logs[id]?.history.view)
            #expect(!view.log.limits.links.isEmpty, "the link is gone")
            let eve = try committee.card("Eve").id
            #expect(
                try #require(try committee.vault("Robin").store.logs[id]).history.conflicted
                    .contains(eve), "Eve's conflict is gone")
            return
        }
    }
}
