// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

@testable import CaseVault

/// Who reads a log, by records made by hand.
struct AccessHistoryTests {
    /// A forge for each test.
    private let forge: RecordForge

    /// Makes the cast.
    init() throws { forge = try RecordForge() }

    /// Robin has let Sam, Kim and Noor in.
    private func fourReaders() throws -> [VerifiedRecord] {
        let sam = try forge.grant(forge.sam, by: forge.robin, after: [forge.root])
        let kim = try forge.grant(forge.kim, by: forge.robin, after: [sam])
        let noor = try forge.grant(forge.noor, by: forge.robin, after: [kim])
        return [sam, kim, noor]
    }

    /// A record as somebody could write it next, with a meaning or without.
    private func anything(
        about person: MemberKey, by author: MemberKey, after parents: [VerifiedRecord],
        in forge: RecordForge, _ random: inout SeededRandom
    ) throws -> VerifiedRecord {
        let opening = Statement.opened(Opening(card: person.card, lifts: []))
        let statement: Statement
        if forge.checks.isEmpty {
            switch Int.random(in: 0..<12, using: &random) {
            case 0: statement = .withheld(person.card.id)
            case 1: statement = .gapAccepted([])
            case 2: statement = .expelled(person.card.id)
            case 3...6: statement = opening
            default:
                statement = .declared(DeclarationStatement(answer: .noConflict, replaces: []))
            }
        } else {
            switch Int.random(in: 0..<12, using: &random) {
            case 0, 7: return try forge.grant(person, by: author, after: parents)
            case 1: statement = .revoked(person.card.id)
            case 8: statement = .recused
            case 2: statement = .gapAccepted([])
            case 3: statement = .checkLinked(forge.link(by: author))
            case 4: statement = .confirmed(person.card.id)
            case 5: statement = .invited(person.card)
            case 6: statement = opening
            default: return try forge.entry(by: author, after: parents)
            }
        }
        return try forge.record(statement, by: author, after: parents)
    }

    /// In checks and in cases.
    @Test(arguments: [true, false])
    func oneMoreRecordIsTakenInWithoutComputingAllAnew(isCase: Bool) throws {
        var random = SeededRandom()
        let forge = isCase ? forge : try RecordForge.check()
        let people = [forge.robin, forge.sam, forge.kim, forge.noor, forge.lee]
        var quick = 0
        var quickGrants = 0
        var quickRemovals = 0
        var slow = 0
        // Chance decides what is taken in quickly; go on until there was enough of each.
        var round = 0
        while round < 60 || (min(quickGrants, quickRemovals) <= 5 && round < 1000) {
            round += 1
            var records = try isCase && round % 2 == 0 ? fourReaders() : []
            var history = forge.history(records)
            for _ in 0..<14 {
                // Mostly somebody who may write, since one late record makes all that follow slow.
                let readers = people.filter { history.readers[$0.card.id] != nil }
                let mayBeAnybody = readers.isEmpty || Int.random(in: 0..<8, using: &random) == 0
                let author = try #require(
                    (mayBeAnybody ? people : readers).randomElement(using: &random))
                let person = people[Int.random(in: 0..<people.count, using: &random)]
                let all = [forge.root] + records
                var parents = all.filter { history.heads.contains($0.id) }
                // Now and then beside the others, and after nothing that is held.
                if Int.random(in: 0..<12, using: &random) == 0 { parents = [all[all.count / 2]] }
                if Int.random(in: 0..<20, using: &random) == 0 {
                    parents = [try forge.entry(by: forge.robin, after: [forge.root], text: "gone")]
                }
                let record = try anything(
                    about: person, by: author, after: parents, in: forge, &random)
                records.append(record)
                let whole = forge.history(records)
                if let added = history.adding(record) {
                    quick += 1
                    if [.opened, .granted].contains(record.kind) { quickGrants += 1 }
                    if record.removedPerson != nil { quickRemovals += 1 }
                    expectSame(added, whole, random.hint)
                } else {
                    slow += 1
                }
                history = whole
            }
        }
        #expect(quick > 10 && slow > 10, "\(random.hint): \(quick), \(slow)")
        #expect(quickGrants > 5, "\(random.hint): \(quickGrants)")
        #expect(quickRemovals > 5, "\(random.hint): \(quickRemovals)")
    }

    /// Whether two histories say the same.
    private func expectSame(_ added: AccessHistory, _ whole: AccessHistory, _ hint: String) {
        #expect(added.order.map(\.id) == whole.order.map(\.id), "\(hint)")
        #expect(added.standings == whole.standings, "\(hint)")
        #expect(added.heads == whole.heads, "\(hint)")
        #expect(added.readerIDs == whole.readerIDs, "\(hint)")
        for (id, reader) in added.readers {
            #expect(reader.card == whole.readers[id]?.card, "\(hint)")
            #expect(reader.grants.map(\.id) == whole.readers[id]?.grants.map(\.id), "\(hint)")
        }
        #expect(added.everReaders == whole.everReaders, "\(hint)")
        let removals = added.removals.mapValues { $0.map(\.id) }
        #expect(removals == whole.removals.mapValues { $0.map(\.id) }, "\(hint)")
        #expect(added.countingHeads == whole.countingHeads, "\(hint)")
        #expect(added.missing == whole.missing, "\(hint)")
        #expect(added.linkedChecks == whole.linkedChecks, "\(hint)")
        #expect(added.lastOut == whole.lastOut, "\(hint)")
    }

    /// Sam plants a gap and accepts it, so that it becomes part of everybody's past. A removal that
    /// stands behind it makes what Sam writes beside it late all the same.
    @Test func aPlantedGapDisarmsNoRemoval() throws {
        let readers = try fourReaders()
        let phantom = try forge.entry(by: forge.sam, after: [readers[2]], text: "never sent")
        let planted = try forge.record(
            .gapAccepted([phantom.id]), by: forge.sam, after: [readers[2]])
        let after = try forge.entry(by: forge.sam, after: [planted, phantom])
        let removal = try forge.revoke(forge.sam, by: forge.robin, after: [after])
        let beside = try forge.entry(by: forge.sam, after: [readers[2]], text: "back-dated")
        let records = readers + [planted, after, removal]
        #expect(forge.history(records).standing(of: after) == .counts)
        #expect(forge.history(records + [beside]).standing(of: beside) == .late)
        // Sam removes Robin as if nothing had happened: contested, or decided by who knew.
        let back = try forge.revoke(forge.robin, by: forge.sam, after: [readers[2]])
        #expect(forge.history(records + [back]).isContested)
        #expect(
            forge.readers(records + [back], accepting: [removal]) == ["Kim", "Noor", "Robin"])
        // Where nobody gave the gap up, it can still close.
        let open = try forge.entry(by: forge.sam, after: [phantom])
        let early = try forge.revoke(forge.sam, by: forge.robin, after: [open])
        let late = forge.history(readers + [open, early, beside])
        #expect(late.standing(of: beside) == .counts && late.missing == [phantom.id])
    }

    /// Two machines that accepted different sides agree on what was erased.
    @Test func aContestedErasureTakesNoEffect() throws {
        let readers = try fourReaders()
        let entry = try forge.entry(by: forge.kim, after: [readers[2]], text: "kept")
        let one = try forge.revoke(forge.sam, by: forge.robin, after: [entry])
        let other = try forge.revoke(forge.robin, by: forge.sam, after: [entry])
        let erasure = try forge.record(
            .erased(Erasure(records: [entry.id], skeleton: nil)), by: forge.robin, after: [one])
        let records = readers + [entry, one, other, erasure]
        #expect(forge.history(records, accepting: [one]).standing(of: erasure) == .counts)
        for side in [[one], [other], []] {
            #expect(forge.history(records, accepting: side).erased.isEmpty)
        }
        #expect(forge.history(readers + [entry, one, erasure]).erased == [entry.id])
    }

    @Test func theStarterReads() {
        #expect(forge.readers([]) == ["Robin"])
    }

    @Test func aRemovalWinsOverAConcurrentGrant() throws {
        let base = try fourReaders()
        let removal = try forge.revoke(forge.noor, by: forge.robin, after: [base[2]])
        let again = try forge.grant(forge.noor, by: forge.sam, after: [base[2]])
        #expect(forge.readers(base + [again]) == ["Kim", "Noor", "Robin", "Sam"])
        #expect(forge.readers(base + [removal, again]) == ["Kim", "Robin", "Sam"])
    }

    @Test func aRemovalStaysUntilItIsLiftedByName() throws {
        let base = try fourReaders()
        let first = try forge.revoke(forge.noor, by: forge.robin, after: [base[2]])
        let second = try forge.revoke(forge.noor, by: forge.sam, after: [base[2]])
        let plain = try forge.grant(forge.noor, by: forge.robin, after: [first])
        #expect(!forge.readers(base + [first, plain]).contains("Noor"))
        let lifted = try forge.grant(
            forge.noor, by: forge.robin, after: [first], lifts: [first])
        #expect(forge.readers(base + [first, lifted]).contains("Noor"))
        // The other removal was not named, and arrives later.
        #expect(!forge.readers(base + [first, lifted, second]).contains("Noor"))
        let both = try forge.grant(
            forge.noor, by: forge.kim, after: [lifted, second], lifts: [first, second])
        #expect(forge.readers(base + [first, second, lifted, both]).contains("Noor"))
    }

    @Test func liftingSomethingElseDoesNotHelp() throws {
        let base = try fourReaders()
        let removal = try forge.revoke(forge.noor, by: forge.robin, after: [base[2]])
        let other = try forge.revoke(forge.kim, by: forge.robin, after: [removal])
        let grant = try forge.grant(
            forge.noor, by: forge.robin, after: [other], lifts: [other])
        #expect(forge.readers(base + [removal, other, grant]) == ["Robin", "Sam"])
    }

    @Test func whatARemovedAuthorWritesIsLate() throws {
        let base = try fourReaders()
        let before = try forge.entry(by: forge.noor, after: [base[2]])
        let removal = try forge.revoke(forge.noor, by: forge.robin, after: [before])
        let concurrent = try forge.entry(by: forge.noor, after: [before], text: "concurrent")
        let after = try forge.entry(by: forge.noor, after: [removal], text: "after")
        let history = forge.history(base + [before, removal, concurrent, after])
        #expect(history.standing(of: before) == .counts)
        #expect(history.standing(of: removal) == .counts)
        #expect(history.standing(of: concurrent) == .late)
        #expect(history.standing(of: after) == .late)
        #expect(!history.isContested)
        #expect(Set(history.late.map(\.id)) == [concurrent.id, after.id])
    }

    @Test func whoNeverReadCannotWriteNorGrantNorRemove() throws {
        let base = try fourReaders()
        let entry = try forge.entry(by: forge.lee, after: [base[2]])
        let grant = try forge.grant(forge.lee, by: forge.lee, after: [base[2]])
        let removal = try forge.revoke(forge.robin, by: forge.lee, after: [base[2]])
        let history = forge.history(base + [entry, grant, removal])
        for record in [entry, grant, removal] { #expect(history.standing(of: record) == .late) }
        #expect(history.readers.count == 4)
    }

    @Test func aGrantByAConcurrentlyRemovedMemberDoesNotCount() throws {
        let base = try fourReaders()
        let removal = try forge.revoke(forge.noor, by: forge.robin, after: [base[2]])
        let grant = try forge.grant(forge.lee, by: forge.noor, after: [base[2]])
        #expect(forge.readers(base + [grant]).contains("Lee"))
        #expect(!forge.readers(base + [grant, removal]).contains("Lee"))
    }

    @Test func mutualRemovalIsContested() throws {
        let base = try fourReaders()
        let one = try forge.revoke(forge.sam, by: forge.kim, after: [base[2]])
        let other = try forge.revoke(forge.kim, by: forge.sam, after: [base[2]])
        let history = forge.history(base + [one, other])
        #expect(history.isContested)
        #expect(Set(history.contestedPeople) == [forge.sam.card.id, forge.kim.card.id])
        #expect(history.standing(of: one) == .contested)
        #expect(history.standing(of: other) == .contested)
    }

    @Test func aRingOfThreeIsContested() throws {
        let base = try fourReaders()
        let ring = [
            try forge.revoke(forge.kim, by: forge.sam, after: [base[2]]),
            try forge.revoke(forge.noor, by: forge.kim, after: [base[2]]),
            try forge.revoke(forge.sam, by: forge.noor, after: [base[2]]),
        ]
        let history = forge.history(base + ring)
        #expect(history.contestedPeople.count == 3)
        for record in ring { #expect(history.standing(of: record) == .contested) }
        #expect(history.readers[forge.robin.card.id] != nil)
    }

    @Test func aChainOfThreeIsNot() throws {
        let base = try fourReaders()
        let first = try forge.revoke(forge.kim, by: forge.sam, after: [base[2]])
        let second = try forge.revoke(forge.noor, by: forge.kim, after: [base[2]])
        let history = forge.history(base + [first, second])
        #expect(!history.isContested)
        #expect(history.standing(of: second) == .late, "its author was removed meanwhile")
        #expect(history.readers.keys.contains(forge.noor.card.id))
        #expect(!history.readers.keys.contains(forge.kim.card.id))
    }

    @Test func aThirdPartysRemovalResolves() throws {
        let base = try fourReaders()
        let one = try forge.revoke(forge.sam, by: forge.kim, after: [base[2]])
        let other = try forge.revoke(forge.kim, by: forge.sam, after: [base[2]])
        let third = try forge.revoke(forge.kim, by: forge.robin, after: [base[2]])
        let history = forge.history(base + [one, other, third])
        #expect(!history.isContested)
        #expect(history.readers.values.map(\.card.name).sorted() == ["Noor", "Robin", "Sam"])
        #expect(history.standing(of: one) == .late)
    }

    @Test func aMachineGoesOnWithTheSideItAccepted() throws {
        let base = try fourReaders()
        let one = try forge.revoke(forge.sam, by: forge.kim, after: [base[2]])
        let other = try forge.revoke(forge.kim, by: forge.sam, after: [base[2]])
        for (mine, gone) in [(one, "Sam"), (other, "Kim")] {
            let history = forge.history(base + [one, other], accepting: [mine])
            #expect(!history.isContested)
            #expect(!history.readers.values.map(\.card.name).contains(gone))
            #expect(history.readers.count == 3)
        }
    }

    @Test func onesOwnRecusalAlwaysCounts() throws {
        let base = try fourReaders()
        let removal = try forge.revoke(forge.noor, by: forge.robin, after: [base[2]])
        let recusal = try forge.record(.recused, by: forge.noor, after: [base[2]])
        let history = forge.history(base + [removal, recusal])
        #expect(history.standing(of: recusal) == .counts)
        #expect(history.removals[forge.noor.card.id]?.count == 2)
        // So lifting the other removal alone does not bring Noor back.
        let grant = try forge.grant(
            forge.noor, by: forge.robin, after: [removal, recusal], lifts: [removal])
        #expect(!forge.readers(base + [removal, recusal, grant]).contains("Noor"))
        let both = try forge.grant(
            forge.noor, by: forge.robin, after: [removal, recusal], lifts: [removal, recusal])
        #expect(forge.readers(base + [removal, recusal, both]).contains("Noor"))
    }

    @Test func lastTwoOutMayOnlyGrant() throws {
        let sam = try forge.grant(forge.sam, by: forge.robin, after: [forge.root])
        let out = [
            try forge.record(.recused, by: forge.robin, after: [sam]),
            try forge.record(.recused, by: forge.sam, after: [sam]),
        ]
        #expect(forge.readers([sam] + out) == [])
        let grant = try forge.grant(forge.lee, by: forge.sam, after: out)
        #expect(forge.readers([sam] + out + [grant]) == ["Lee"])
        // But not without declarations, and nothing else.
        let bare = try forge.grant(forge.noor, by: forge.robin, after: out, declarations: [])
        let entry = try forge.entry(by: forge.robin, after: out)
        let row = try forge.record(
            .checkLinked(forge.link(by: forge.robin)), by: forge.robin, after: out)
        let history = forge.history([sam] + out + [bare, entry, row])
        for record in [bare, entry, row] { #expect(history.standing(of: record) == .late) }
        #expect(history.readers.isEmpty)
    }

    @Test func whoWasOutBeforeTheLastIsNotLastOut() throws {
        let sam = try forge.grant(forge.sam, by: forge.robin, after: [forge.root])
        let early = try forge.revoke(forge.sam, by: forge.robin, after: [sam])
        let last = try forge.record(.recused, by: forge.robin, after: [early])
        let wrong = try forge.grant(forge.lee, by: forge.sam, after: [last])
        #expect(forge.readers([sam, early, last, wrong]) == [])
        let right = try forge.grant(forge.lee, by: forge.robin, after: [last])
        #expect(forge.readers([sam, early, last, right]) == ["Lee"])
    }

    @Test func aGrantNeedsEveryDeclaration() throws {
        let forge = try RecordForge(checks: 3)
        let all = forge.checks.map { forge.declaration(by: forge.sam, on: $0) }
        let full = try forge.grant(
            forge.sam, by: forge.robin, after: [forge.root], declarations: all)
        #expect(forge.readers([full]) == ["Robin", "Sam"])
        for missing in 0..<3 {
            var some = all
            some.remove(at: missing)
            let grant = try forge.grant(
                forge.sam, by: forge.robin, after: [forge.root], declarations: some)
            #expect(forge.history([grant]).standing(of: grant) == .late)
            #expect(forge.readers([grant]) == ["Robin"])
        }
    }

    @Test func aDeclarationMustBeTheGranteesOwn() throws {
        let check = try #require(forge.checks.first)
        let other = VaultID(raw: Random.bytes32())
        let forged = [
            forge.declaration(by: forge.robin, on: check),
            forge.declaration(by: forge.lee, on: check),
            forge.declaration(by: forge.sam, on: check, .conflict),
            forge.declaration(by: forge.sam, on: check, in: other),
            forge.declaration(by: forge.sam, on: LogID(raw: Random.bytes32())),
        ]
        for declaration in forged {
            let grant = try forge.grant(
                forge.sam, by: forge.robin, after: [forge.root], declarations: [declaration])
            #expect(forge.readers([grant]) == ["Robin"])
        }
        // Sam's name on Lee's signature.
        let real = forge.declaration(by: forge.sam, on: check)
        let lees = forge.declaration(by: forge.lee, on: check)
        var bytes = real.encoded
        // Behind the header of a record without parents.
        bytes.replaceSubrange(105..<105 + 64, with: lees.signature.bytes)
        let grant = try forge.grant(
            forge.sam, by: forge.robin, after: [forge.root], declarations: [Record(wholly: bytes)])
        #expect(forge.readers([grant]) == ["Robin"])
        // Another answer than the one that Sam signed.
        let answered = forge.declaration(by: forge.sam, on: check, .conflict)
        let swapped = Array(answered.encoded.prefix(105 + 64 + 1)) + (real.body?.encoded ?? [])
        #expect(
            try forge.readers([
                forge.grant(
                    forge.sam, by: forge.robin, after: [forge.root],
                    declarations: [Record(wholly: swapped)])
            ]) == ["Robin"])
        // Something else that Sam signed in the check's log.
        let statement = Statement.withheld(forge.lee.card.id)
        let foreign = Record(
            log: check, kind: statement.kind, parents: [], day: Day(daysSince1970: 1),
            body: statement.body, vault: forge.vault, author: forge.sam)
        let wrong = try forge.grant(
            forge.sam, by: forge.robin, after: [forge.root], declarations: [foreign])
        #expect(forge.readers([wrong]) == ["Robin"])
    }

    @Test func aLaterCheckBindsLaterGrants() throws {
        let made = forge.link(by: forge.robin)
        let second = made.root.log
        let link = try forge.record(.checkLinked(made), by: forge.robin, after: [forge.root])
        let before = try forge.grant(forge.sam, by: forge.robin, after: [forge.root])
        let after = try forge.grant(forge.kim, by: forge.robin, after: [link])
        let full = try forge.grant(
            forge.noor, by: forge.robin, after: [link],
            declarations: [
                forge.declaration(by: forge.noor, on: forge.checks[0]),
                forge.declaration(by: forge.noor, on: second),
            ])
        #expect(forge.readers([link, before, after, full]) == ["Noor", "Robin", "Sam"])
        #expect(forge.history([link]).linkedChecks == Set(forge.checks + [second]))
    }

    // Otherwise one reader keeps everybody out with a link to nothing.
    @Test func aLinkToWhatDoesNotBelongAsksNobody() throws {
        let good = forge.link(by: forge.robin)
        let named = Statement.named(ReportedPerson(name: "Alex Doe"))
        let noCheck = Record(
            log: good.root.log, kind: .named, parents: [], day: Day(daysSince1970: 1),
            body: named.body, vault: forge.vault, author: forge.robin)
        let row = Record(
            starting: .rowStarted, day: Day(daysSince1970: 1),
            body: RowStart(
                codeName: try #require(CodeName("home shelf")), readers: [forge.robin.card],
                tag: good.bond.tag(linkedTo: forge.log)
            ).encoded, vault: forge.vault, author: forge.robin)
        let elsewhere = Record(
            starting: .checkStarted, day: Day(daysSince1970: 1),
            body: CheckStart(
                readers: [], withheld: [], tag: good.bond.tag(linkedTo: forge.log)
            ).encoded, vault: VaultID(raw: Random.bytes32()), author: forge.robin)
        let first = Record(
            starting: .checkStarted, day: Day(daysSince1970: 1),
            body: CheckStart(
                readers: [], withheld: [], tag: good.bond.tag(by: forge.robin.card.id)
            ).encoded, vault: forge.vault, author: forge.robin)
        let links = [
            forge.link(by: forge.robin, of: forge.sam),
            forge.link(by: forge.robin, to: LogID(raw: Random.bytes32())),
            forge.link(by: forge.robin, named: .random()),
            CheckLink(root: noCheck, bond: good.bond), CheckLink(root: row, bond: good.bond),
            CheckLink(root: elsewhere, bond: good.bond), CheckLink(root: first, bond: good.bond),
        ]
        for (number, link) in links.enumerated() {
            let record = try forge.record(
                .checkLinked(link), by: forge.robin, after: [forge.root])
            let grant = try forge.grant(forge.sam, by: forge.robin, after: [record])
            let history = forge.history([record, grant])
            #expect(history.standing(of: record) == .counts, "\(number)")
            #expect(history.linkedChecks == Set(forge.checks), "\(number)")
            #expect(history.isReader(forge.sam.card.id), "\(number)")
        }
        // And the good one does, so that these are wrong in one thing only.
        let record = try forge.record(.checkLinked(good), by: forge.robin, after: [forge.root])
        let grant = try forge.grant(forge.sam, by: forge.robin, after: [record])
        #expect(!forge.history([record, grant]).isReader(forge.sam.card.id))
    }

    @Test func aFirstRecordStartsALogOfItsOwn() throws {
        let root = forge.root.record
        #expect(root.log.raw == root.id.raw)
        #expect(root.encoded.prefix(32).allSatisfy { $0 == 0 })
        #expect(try Record(wholly: root.encoded).log == root.log)
        // It can neither name a log nor follow anything.
        var named = root.encoded
        named.replaceSubrange(0..<32, with: root.log.raw.bytes)
        #expect(throws: FormatError.self) { try Record(wholly: named) }
        var following = root.encoded
        following.replaceSubrange(65..<69, with: [0, 0, 0, 1] + Random.bytes(32))
        #expect(throws: FormatError.self) { try Record(wholly: following) }
        // And no other record can do without the name of its log.
        var unnamed = try forge.entry(by: forge.robin, after: [forge.root]).record.encoded
        unnamed.replaceSubrange(0..<32, with: [UInt8](repeating: 0, count: 32))
        #expect(throws: FormatError.self) { try Record(wholly: unnamed) }
    }

    @Test func everyPartOfAFirstRecordMakesAnotherLog() throws {
        guard case .caseStarted(let start) = forge.root.statement else { return }
        func log(
            _ start: CaseStart, day: Int32 = 1, by author: MemberKey, salt: UInt8 = 1
        ) throws -> LogID {
            Record(
                starting: .caseStarted, day: Day(daysSince1970: day), body: start.encoded,
                vault: forge.vault, author: author,
                salt: try #require(Bytes32([UInt8](repeating: salt, count: 32)))
            ).log
        }
        let other = CaseStart(
            codeName: start.codeName, starter: start.starter, row: start.row, checks: [])
        let logs = try [
            log(start, by: forge.robin), log(start, day: 2, by: forge.robin),
            log(start, by: forge.sam), log(start, by: forge.robin, salt: 2),
            log(other, by: forge.robin),
        ]
        #expect(Set(logs).count == logs.count)
        #expect(try log(start, by: forge.robin) == logs[0])
    }

    @Test func ofSeveralSignaturesOfOneRecordAnyDoes() throws {
        // The signature is no part of the name, so that its author cannot make one record many.
        let record = try forge.entry(by: forge.robin, after: [forge.root]).record
        var bytes = record.encoded
        let signature = 32 + 1 + 32 + 4 + 32 + 4 + 32
        bytes.replaceSubrange(signature..<signature + 64, with: Random.bytes(64))
        #expect(try Record(wholly: bytes).id == record.id)
    }

    @Test func aRecordOfAForeignKindIsIgnored() throws {
        let sam = forge.sam.card
        let foreign: [Statement] = [
            .admitted(Admission(card: sam, replaces: nil, lifts: [])),
            .opened(Opening(card: sam, lifts: [])),
            .removed(forge.robin.card.id), .withheld(forge.robin.card.id),
            .confirmed(sam.id),
        ]
        for statement in foreign {
            let record = try forge.record(statement, by: forge.robin, after: [forge.root])
            #expect(forge.history([record]).standing(of: record) == .late)
            #expect(forge.readers([record]) == ["Robin"])
        }
    }

    @Test func aMissingParentBlocksNothing() throws {
        let base = try fourReaders()
        let gone = try forge.entry(by: forge.sam, after: [base[2]], text: "not here")
        let beside = try forge.entry(by: forge.kim, after: [base[2]], text: "beside")
        let after = try forge.entry(by: forge.sam, after: [gone, beside], text: "after")
        let removal = try forge.revoke(forge.noor, by: forge.robin, after: [after])
        let history = forge.history(base + [beside, after, removal])
        #expect(history.missing == [gone.id])
        #expect(history.standing(of: beside) == .counts)
        #expect(history.standing(of: after) == .counts)
        #expect(history.standing(of: removal) == .counts)
        #expect(!history.readers.keys.contains(forge.noor.card.id))
        // New records follow what is held with its whole past.
        #expect(history.heads == [beside.id])
        #expect(forge.history(base + [beside, after, removal, gone]).heads == [removal.id])
    }

    @Test func anEntryWhoseOnlyParentIsMissingIsShown() throws {
        let base = try fourReaders()
        let gone = try forge.entry(by: forge.sam, after: [base[2]], text: "not here")
        let after = try forge.entry(by: forge.sam, after: [gone], text: "after")
        #expect(forge.history(base + [after]).standing(of: after) == .counts)
    }

    @Test func aRemovalWhoseOnlyParentIsMissingCounts() throws {
        let base = try fourReaders()
        let gone = try forge.entry(by: forge.sam, after: [base[2]], text: "not here")
        let removal = try forge.revoke(forge.noor, by: forge.robin, after: [gone])
        #expect(!forge.readers(base + [removal]).contains("Noor"))
    }

    @Test func orderAndRepetitionDoNotMatter() throws {
        var random = SeededRandom()
        let base = try fourReaders()
        let people = [forge.robin, forge.sam, forge.kim, forge.noor, forge.lee]
        for _ in 0..<20 {
            var records = [forge.root] + base
            for _ in 0..<14 {
                let author = people.randomElement(using: &random) ?? forge.robin
                let person = people.randomElement(using: &random) ?? forge.sam
                let count = Int.random(in: 1...2, using: &random)
                let parents = Array(
                    Set((0..<count).map { _ in Int.random(in: 0..<records.count, using: &random) })
                ).map { records[$0] }
                let removals = records.filter { $0.kind == .revoked || $0.kind == .recused }
                switch Int.random(in: 0..<4, using: &random) {
                case 0:
                    records.append(
                        try forge.grant(person, by: author, after: parents, lifts: removals))
                case 1: records.append(try forge.revoke(person, by: author, after: parents))
                case 2: records.append(try forge.record(.recused, by: author, after: parents))
                default:
                    records.append(
                        try forge.entry(by: author, after: parents, text: "\(records.count)"))
                }
            }
            let expected = AccessHistory(records: records, vault: forge.vault)
            for _ in 0..<6 {
                let shuffled = records.shuffled(using: &random)
                let other = AccessHistory(
                    records: shuffled + shuffled.prefix(5), vault: forge.vault)
                #expect(other.order.map(\.id) == expected.order.map(\.id), "\(random.hint)")
                #expect(other.standings == expected.standings, "\(random.hint)")
                #expect(Set(other.readers.keys) == Set(expected.readers.keys), "\(random.hint)")
                #expect(other.heads == expected.heads, "\(random.hint)")
                #expect(other.contestedPeople == expected.contestedPeople, "\(random.hint)")
            }
        }
    }

    @Test func aRecordHeldTwiceCountsOnce() throws {
        let base = try fourReaders()
        let removal = try forge.revoke(forge.noor, by: forge.robin, after: [base[2]])
        let records = base + [removal]
        let history = forge.history(records + records)
        #expect(history.order.count == records.count + 1)
        #expect(history.readers.count == 3)
        #expect(history.heads == [removal.id])
    }

    @Test func anAncestorNeverDependsOnWhatFollows() throws {
        // Whoever is let in by a grant that turns out late is out with all they did.
        let base = try fourReaders()
        let lee = try forge.grant(forge.lee, by: forge.noor, after: [base[2]])
        let entry = try forge.entry(by: forge.lee, after: [lee])
        let removal = try forge.revoke(forge.noor, by: forge.robin, after: [base[2]])
        let history = forge.history(base + [lee, entry, removal])
        #expect(history.standing(of: lee) == .late)
        #expect(history.standing(of: entry) == .late)
    }
}
