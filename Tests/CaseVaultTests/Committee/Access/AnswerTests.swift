// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Every act answers with all that became of it, also with what it did on its way.
struct AnswerTests {
    /// Somebody's access to one log, as an answer names it.
    private struct Access: Hashable {
        /// The case, if the log is one.
        let codeName: CodeName?
        /// Who.
        let member: CardID
    }

    /// Who reads each log that a vault holds.
    private func readers(_ vault: Vault) -> [LogID: Set<Access>] {
        vault.store.logs.mapValues { log in
            Set(
                log.history.readerIDs.map {
                    Access(codeName: CaseView(log)?.codeName, member: $0)
                })
        }
    }

    /// Compares an answer with what the logs say before and after.
    private func expectComplete(
        _ change: AccessChange, _ before: [LogID: Set<Access>], _ vault: Vault, _ act: String
    ) {
        var (granted, revoked): (Set<Access>, Set<Access>) = ([], [])
        let after = readers(vault)
        for (log, old) in before {
            let new = after[log] ?? []
            granted.formUnion(new.subtracting(old))
            revoked.formUnion(old.subtracting(new))
        }
        func access(_ item: AccessChange.Item) -> Access {
            Access(codeName: item.codeName, member: item.member.id)
        }
        let told = Set(change.granted.map(access))
        // Whoever objects to being taken out holds the files all along: they are let into none.
        #expect(act == "answer" ? told.isSubset(of: granted) : told == granted, "\(act)")
        #expect(Set(change.revoked.map(access)) == revoked, "\(act)")
        for item in change.granted where item.codeName != nil {
            #expect(change.cannotUndo.contains { $0.text.hasPrefix(item.member.name) }, "\(act)")
        }
        for item in change.revoked where item.member != vault.me {
            let sentence = "What \(item.member.name) could read until now"
            #expect(change.cannotUndo.contains { $0.text.hasPrefix(sentence) }, "\(act)")
        }
    }

    @Test(.timeLimit(.minutes(5))) func everyActNamesWhomItLetsInAndTakesOut() throws {
        let acts = try CrashActs()
        let stage = try Stage(clock: acts.committee.clock)
        let key = try acts.committee.key("Robin")
        var (granting, revoking) = (0, 0)
        for act in acts.acts {
            try stage.put(act.before)
            let vault = try stage.open("Robin", key: key)
            let before = readers(vault)
            let change = try act.run(vault)
            expectComplete(change, before, vault, act.name)
            if !change.granted.isEmpty { granting += 1 }
            if !change.revoked.isEmpty { revoking += 1 }
        }
        #expect(granting >= 4 && revoking >= 3, "\(granting) let somebody in, \(revoking) out")
    }

    /// Acts on a case that Robin, Sam and Kim read, after Sam declared a conflict.
    @Test(arguments: ["add", "vote", "hold", "check"])
    func whoIsTakenOutOnTheWayIsInTheAnswer(act: String) throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let id = try committee.sharedCase(of: "Robin", with: ["Sam", "Kim"]).id
        // The case is late on Sam's computer: Sam can only say it, and Robin's writes it anew.
        let files = try #require(committee.vault("Sam").store.logs[id]?.fileNames)
        let place = VaultFolder(path: committee.folder.path, files: FileSystem())
        let late = try files.map { try FileSystem().readFile(place.path(of: $0), limit: 1 << 30) }
        for name in files { try place.remove(name) }
        let sams = try committee.vault("Sam")
        _ = try sams.declare(.conflict, on: try #require(sams.checks.first))
        _ = try place.write(late)
        let robins = try committee.vault("Robin")
        let item = Case(vault: robins, id: id)
        #expect(item.readers.map(\.name) == ["Kim", "Robin"])
        let change =
            switch act {
            case "add": try item.add(.discussion, "Second.").change
            case "vote": try item.vote(.yes, on: 1).change
            case "hold": try item.setHold(true)
            default: try item.addCheck(about: ReportedPerson(name: "Second Person")).change
            }
        #expect(change.revoked.contains { $0.member.name == "Sam" && $0.codeName != nil })
    }
}
