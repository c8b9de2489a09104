// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Against members who name, in a case of their own, what belongs to a case of others.
struct BelongingTests {
    /// A case of Robin that others read too.
    private func shared(_ committee: TestCommittee, _ others: String...) throws -> Case {
        let shelf = try committee.startCase(by: "Robin")
        for name in others { try committee.declareAll(name) }
        _ = try committee.vault("Robin").catchUp()
        return try #require(try committee.vault("Robin").cases.first { $0.id == shelf.id })
    }

    /// A case of somebody's that names whatever they like, with a check of its own or without.
    @discardableResult
    private func startCase(
        by vault: Vault, about person: String? = "Zed Zero", row: BoundLog? = nil,
        naming others: [BoundLog] = []
    ) throws -> LogID {
        let me = vault.me
        let everybody = Array(try #require(vault.roster).active.values)
        let title = try #require(CodeName("quiet lamp"))
        let answer = Statement.declared(
            DeclarationStatement(answer: .noConflict, replaces: []))
        return try vault.transact { (transaction) throws(VaultError) in
            var checks = others
            if let person {
                let bond = Bond.random()
                let check = try transaction.start(
                    .checkStarted(
                        CheckStart(
                            readers: everybody, withheld: [], tag: bond.tag(by: me.id))))
                try transaction.add(.named(ReportedPerson(name: person)), to: check)
                try transaction.add(answer, to: check)
                checks.append(BoundLog(log: check, bond: bond))
            }
            let bond = Bond.random()
            let own = try transaction.start(
                .rowStarted(
                    RowStart(codeName: title, readers: everybody, tag: bond.tag(by: me.id))))
            let file = try transaction.start(
                .caseStarted(
                    CaseStart(
                        codeName: title, starter: me, row: row ?? BoundLog(log: own, bond: bond),
                        checks: checks)))
            try transaction.add(
                .reported(ReportStatement(report: Report(text: "Zed did it."), attachments: [])),
                to: file)
            return file
        }.result
    }

    /// What a member's `verify` says about belonging.
    private func problems(
        _ committee: TestCommittee, _ name: String
    ) throws -> [(code: VerifyReport.Problem.Code, text: String)] {
        try committee.vault(name).verify().problems
            .filter { $0.code == .belongsElsewhere || $0.code == .belongsTwice }
            .map { ($0.code, $0.text) }
    }

    // MARK: - Rows

    // Sam names the row of a case about Sam; Pal, from whom it is kept, is let see it.
    @Test(arguments: [false, true])
    func catchingUpOpensNoForeignRow(knowsTheBond: Bool) throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try shared(committee, "Kim")
        let row = try shelf.view().start.row
        try shelf.addCheck(
            about: ReportedPerson(name: "Sam"), withholdingFrom: [committee.card("Sam").id])
        _ = try shelf.updateRow([.actionsNeeded: "SECRET PLAN"])
        let robins = try committee.vault("Robin")
        let pal = try committee.card("Pal")
        try robins.admit(
            pal, confirming: pal.spoken, withholding: Set(robins.checks.map(\.id)))
        try committee.confirmAll(["Robin", "Sam", "Kim", "Pal"])
        for name in ["Robin", "Kim"] { _ = try committee.vault(name).catchUp() }
        #expect(try committee.vault("Pal").register.isEmpty)
        let named = BoundLog(log: row.log, bond: knowsTheBond ? row.bond : .random())
        let junk = try startCase(by: committee.vault("Sam"), row: named)
        for name in ["Robin", "Kim", "Pal"] { try committee.declareAll(name) }
        _ = try committee.vault("Sam").catchUp()
        let again = try committee.vault("Robin")
        _ = try again.catchUp()
        #expect(try committee.vault("Pal").register.map(\.codeName) == [CodeName("quiet lamp")])
        #expect(Case(vault: again, id: junk).row == nil)
        let said = try problems(committee, "Robin")
        #expect(said.map(\.code) == [.belongsElsewhere])
        #expect(said.allSatisfy { $0.text.contains("Sam") })
    }

    @Test(arguments: [true, false])
    func admissionOpensNoForeignRow(hasCheck: Bool) throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try shared(committee, "Sam", "Kim")
        _ = try shelf.updateRow([.actionsNeeded: "SECRET PLAN"])
        let sams = try committee.vault("Sam")
        let row = try #require(sams.readableCases.first).start.row
        let junk = try startCase(by: sams, about: hasCheck ? "Zed Zero" : nil, row: row)
        if hasCheck {
            try committee.declareAll("Robin")
            _ = try committee.vault("Sam").catchUp()
        } else {
            let robin = try committee.card("Robin")
            _ = try committee.vault("Sam").transact { (transaction) throws(VaultError) in
                try transaction.add(
                    .granted(Grant(card: robin, declarations: [], lifts: [])), to: junk)
            }
        }
        // Robin keeps the only name of the case from Pat, who is that person.
        let robins = try committee.vault("Robin")
        #expect(robins.cases.contains { $0.log == junk })
        let pat = try committee.card("Pat")
        let kept = try #require(robins.checks.first { $0.people.first?.name != "Zed Zero" })
        try robins.admit(pat, confirming: pat.spoken, withholding: [kept.id])
        #expect(try committee.vault("Pat").register.allSatisfy { $0[.actionsNeeded].isEmpty })
        try committee.confirmAll(["Robin", "Pat"])
        _ = try committee.vault("Robin").catchUp()
        #expect(try committee.vault("Pat").register.allSatisfy { $0[.actionsNeeded].isEmpty })
    }

    @Test func aCaseWithoutAnyCheckLetsInNobodyAndOpensNothing() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let junk = try startCase(by: committee.vault("Sam"), about: nil)
        let sams = try committee.vault("Sam")
        #expect(try sams.catchUp().granted.isEmpty)
        #expect(throws: VaultError.noDeclaration) {
            try Case(vault: sams, id: junk).grantAccess(to: committee.card("Robin").id)
        }
        let pat = try committee.card("Pat")
        try sams.admit(pat, confirming: pat.spoken)
        try committee.confirmAll(["Robin", "Sam", "Pat"])
        _ = try committee.vault("Sam").catchUp()
        #expect(try committee.vault("Pat").register.isEmpty)
    }

    // MARK: - Checks

    // Erasing the junk case would erase the name in another case's check, for everybody.
    @Test func erasingACaseErasesNoForeignName() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try shared(committee, "Sam", "Kim")
        let sams = try committee.vault("Sam")
        let check = try #require(try sams.caseView(shelf.id).start.checks.first)
        let id = try startCase(by: sams, naming: [check])
        try committee.declareAll("Kim")
        _ = try committee.vault("Sam").catchUp()
        let kims = try committee.vault("Kim")
        let junk = Case(vault: kims, id: id)
        // Nor is its name one of the junk case's.
        #expect(try junk.people.map(\.name) == ["Zed Zero"])
        _ = try junk.takeFirstLook(.noConflict)
        try junk.erase(confirming: junk.codeName)
        for name in ["Kim", "Sam", "Robin"] { _ = try committee.vault(name).catchUp() }
        try committee.letErase("Kim", "Sam", "Robin")
        let names = try committee.vault("Robin").checks.flatMap(\.people).map(\.name)
        #expect(names == ["Alex Doe"])
        #expect(try problems(committee, "Kim").map(\.code) == [.belongsElsewhere])
    }

    // A conflict on a check that a case only claims takes nobody out of that case.
    @Test func aForeignCheckTakesNobodyOut() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try shared(committee, "Sam")
        let sams = try committee.vault("Sam")
        let check = try #require(try sams.caseView(shelf.id).start.checks.first)
        try startCase(by: sams, naming: [check])
        try committee.declareAll("Robin")
        _ = try committee.vault("Sam").catchUp()
        _ = try committee.vault("Robin").declare([(ConflictCheck.ID(check.log), .conflict)])
        _ = try committee.vault("Sam").catchUp()
        let left = try committee.vault("Robin").cases.map(\.codeName)
        #expect(left == [CodeName("quiet lamp")])
    }

    // One reader links what asks nobody: nothing at all, or what another case asks.
    @Test(arguments: [false, true]) func aVoidLinkKeepsNobodyOut(isThere: Bool) throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try shared(committee, "Sam")
        try startCase(by: committee.vault("Sam"))
        let sams = try committee.vault("Sam")
        let sam = HostileWriter(committee: committee, key: try committee.key("Sam"))
        let log = try #require(sams.store.logs[shelf.id])
        let vault = sams.store.vault
        let mine = try #require(
            sams.readableCases.first { $0.log.id != shelf.log }?.start.checks.first)
        let root = try #require(sams.store.logs[mine.log]?.history.root)
        let link =
            isThere
            ? CheckLink(check: BoundLog(log: root.record.log, bond: mine.bond), readers: [])
            : try sam.link(to: LogID(raw: Random.bytes32()), vault: vault)
        let record = try sam.record(
            .checkLinked(link), in: shelf.log, parents: log.history.heads, vault: vault)
        try sam.plant([record], for: log.history.readerCards, vault: vault, slots: 8)
        // On Sam's case Kim says nothing.
        let asked = try shelf.view().checks.map {
            (ConflictCheck.ID($0), ConflictAnswer.noConflict)
        }
        _ = try committee.vault("Kim").declare(asked)
        let change = try committee.vault("Robin").catchUp()
        // What is not here may be true, so it asks, until somebody takes its author out.
        #expect(change.granted.map(\.member.name) == (isThere ? ["Kim"] : []))
        let said = try problems(committee, "Robin")
        #expect(said.map(\.code) == (isThere ? [.belongsElsewhere] : []))
        #expect(said.allSatisfy { $0.text.contains("Sam") })
        if isThere { return }
        let item = Case(vault: try committee.vault("Robin"), id: shelf.id)
        _ = try item.revokeAccess(of: committee.card("Sam"))
        _ = try item.grantAccess(to: committee.card("Kim").id)
        #expect(try committee.vault("Kim").cases.map(\.id) == [shelf.id])
    }

    // What has not arrived may be true, so it asks.
    @Test func aCheckThatIsNotHereAsks() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try shared(committee, "Sam")
        let (_, check) = try shelf.addCheck(about: ReportedPerson(name: "Zed Zero"))
        try committee.declareAll("Kim")
        let files = try #require(try committee.vault("Robin").store.logs[check]).fileNames
        let place = VaultFolder(path: committee.folder.path, files: .init())
        for name in files { try place.remove(name) }
        let sams = try Vault(
            at: committee.folder, key: committee.key("Sam"), in: committee.environment("New"))
        #expect(try sams.catchUp().granted.isEmpty)
        #expect(throws: VaultError.checkWithheld) {
            try Case(vault: sams, id: shelf.id).grantAccess(to: committee.card("Kim").id)
        }
    }

    // MARK: - One bond for two cases

    @Test func whatBelongsToTwoCasesIsOpenedAndErasedForNeither() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try shared(committee, "Sam")
        let robins = try committee.vault("Robin")
        let start = try shelf.view().start
        let twin = try startCase(by: robins, about: nil, row: start.row, naming: start.checks)
        for name in ["Sam", "Kim"] { try committee.declareAll(name) }
        _ = try committee.vault("Robin").catchUp()
        let sams = try committee.vault("Sam")
        #expect(sams.cases.count == 2)
        // Both ask: a conflict takes out of both.
        _ = try committee.vault("Kim").declare(
            start.checks.map { (ConflictCheck.ID($0.log), .conflict) })
        _ = try committee.vault("Robin").catchUp()
        #expect(try committee.vault("Kim").cases.isEmpty)
        // Neither opens the row.
        let pat = try committee.card("Pat")
        try committee.vault("Robin").admit(pat, confirming: pat.spoken)
        _ = try committee.vault("Robin").catchUp()
        #expect(try committee.vault("Pat").register.allSatisfy { $0.codeName != shelf.codeName })
        // Neither erases the name.
        let item = Case(vault: try committee.vault("Robin"), id: twin)
        _ = try item.takeFirstLook(.noConflict)
        try item.erase(confirming: item.codeName)
        for name in ["Robin", "Sam"] { _ = try committee.vault(name).catchUp() }
        try committee.letErase("Robin", "Sam")
        #expect(try committee.vault("Sam").checks.flatMap(\.people).map(\.name) == ["Alex Doe"])
        for name in ["Robin", "Sam"] {
            let said = try problems(committee, name)
            #expect(said.map(\.code) == [.belongsTwice, .belongsTwice], "\(name)")
            #expect(said.allSatisfy { $0.text.contains("Robin") })
        }
    }

    // Sam started a case, and starts a second one with the same row and check, and with a check that
    // nobody has. So others are in it and do not read it.
    @Test func whatBelongsToACaseThatNobodyReadsTooIsTold() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let id = try committee.sharedCase(of: "Sam", with: ["Robin", "Kim"]).log
        for name in ["Robin", "Kim"] { _ = try committee.vault(name).catchUp() }
        let store = try committee.vault("Sam").store
        let start = try #require(store.logs[id]?.caseStart)
        let sam = try committee.hostile("Sam")
        let hidden = BoundLog(log: LogID(raw: Random.bytes32()), bond: .random())
        let again = try sam.start(
            .caseStarted(
                CaseStart(
                    codeName: start.codeName, starter: start.starter, row: start.row,
                    checks: start.checks + [hidden])), vault: store.vault)
        let all = try ["Robin", "Sam", "Kim"].map { try committee.card($0) }
        let grants = try all.filter { $0.name != "Sam" }.map { card in
            try sam.record(
                .granted(Grant(card: card, declarations: [], lifts: [])), in: again.record.log,
                parents: [again.id], vault: store.vault)
        }
        try sam.plant([again] + grants, for: all, vault: store.vault, slots: 8)
        let robins = try committee.vault("Robin")
        #expect(robins.cases.count == 1, "control: nobody reads the second case")
        #expect(robins.boundTwice == Set([start.row.log, start.checks[0].log]))
        #expect(try problems(committee, "Robin").map(\.code) == [.belongsTwice])
        // An erasure takes what is the case's alone, and says what stays.
        let item = Case(vault: robins, id: id)
        _ = try item.takeFirstLook(.noConflict)
        _ = try item.updateRow([.actionsNeeded: "PLAN"])
        let change = try item.erase(confirming: item.codeName)
        #expect(change.cannotUndo.contains { $0.code.description == "sharedStays" })
        for _ in 0..<3 { try committee.letErase("Robin", "Kim") }
        #expect(Case(vault: try committee.vault("Robin"), id: id).isErased)
        #expect(try committee.vault("Robin").checks.flatMap(\.people).count == 1)
    }

    // What is erased where it cannot go is refused: no success is said of what stays.
    @Test func whatBelongsToTwoCasesIsNotErasedByName() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        let shelf = try shared(committee, "Sam")
        let robins = try committee.vault("Robin")
        let start = try shelf.view().start
        _ = try startCase(by: robins, about: nil, row: start.row, naming: start.checks)
        let check = start.checks[0].log
        let names = try #require(robins.store.logs[check]).history.order.filter {
            $0.kind == .named
        }
        #expect(throws: VaultError.withoutEffect) {
            try robins.change { (transaction) throws(VaultError) in
                try transaction.add(.erased(Erasure(records: names.map(\.id))), to: check)
            }
        }
    }

    // MARK: - What others learn

    @Test func whoDoesNotReadTheCaseSeesNoBond() throws {
        let committee = try TestCommittee("Robin", "Sam", "Noor")
        let shelf = try committee.startCase(by: "Robin")
        try committee.declareAll("Sam")
        try committee.declareAll("Noor", .conflict)
        _ = try committee.vault("Robin").catchUp()
        let item = try #require(try committee.vault("Robin").cases.first { $0.id == shelf.id })
        try item.addCheck(about: ReportedPerson(name: "Zed Zero"))
        let view = try item.view()
        var bonds = ([view.start.row] + view.start.checks).map(\.bond)
        for record in view.log.history.counting {
            if case .checkLinked(let link) = record.statement { bonds.append(link.check.bond) }
        }
        #expect(bonds.count == 3 && Set(bonds).count == 3)
        let noors = try committee.vault("Noor")
        let seen = noors.store.files.values.flatMap { $0.records.values.joined() }
        #expect(Set(seen.map(\.kind)).isSuperset(of: [.checkStarted, .rowStarted]))
        for record in seen {
            let bytes = Data(record.record.encoded)
            for bond in bonds { #expect(bytes.range(of: Data(bond.raw.bytes)) == nil) }
        }
        // And without it a tag fits nothing: two of one author have nothing in common.
        let tags = seen.compactMap { record in
            switch record.statement {
            case .checkStarted(let start): start.tag
            case .rowStarted(let start): start.tag
            default: nil
            }
        }
        #expect(tags.count == 3 && Set(tags).count == 3)
    }

    /// A new computer of Kim, who is not in the case: what Sam's computer passes on, it knows from
    /// when its starter was a member. Otherwise both would write against each other.
    @Test func whatAColleaguePassesOnIsKnownThoughItsStarterIsOut() throws {
        let committee = try TestCommittee("Robin", "Sam", "Kim")
        _ = try shared(committee, "Sam")
        _ = try committee.vault("Sam").remove(committee.card("Robin").id)
        let kims = try committee.vault("Kim", at: committee.folder)
        #expect(kims.readableRows.count == 1)
        #expect(kims.readableChecks.count == 1)
        // A former member's own is not.
        let robin = try committee.hostile("Robin")
        let vault = kims.store.vault
        let root = try robin.start(
            .rowStarted(
                RowStart(
                    codeName: try #require(CodeName("quiet lamp")),
                    readers: [try committee.card("Robin"), try committee.card("Kim")], tag: .zero)),
            vault: vault)
        try robin.plant([root], for: [committee.card("Kim")], vault: vault)
        try kims.refresh()
        #expect(kims.readableRows.count == 1)
    }
}
