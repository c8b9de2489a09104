// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// A grant carries the answers of whom it lets in, and nobody else can have given them.
struct GrantTests {
    /// The vault.
    private let vault = VaultID(raw: Random.bytes32())
    /// A check.
    private let check = LogID(raw: Random.bytes32())
    /// Who is let in, and who lets in.
    private let sam: MemberKey, robin: MemberKey

    init() throws {
        sam = try MemberKey.generate(name: "Sam")
        robin = try MemberKey.generate(name: "Robin")
    }

    /// An answer.
    private func declaration(
        by key: MemberKey, on log: LogID? = nil, _ answer: ConflictAnswer = .noConflict,
        in other: VaultID? = nil
    ) -> Record {
        Record(
            log: log ?? check, kind: .declared, parents: [], day: Day(daysSince1970: 1),
            body: DeclarationStatement(answer: answer, replaces: []).encoded, vault: other ?? vault,
            author: key)
    }

    /// On which checks a grant to Sam says that Sam answered "no conflict"; `nil` if it counts for
    /// nothing.
    private func answers(_ declarations: [Record]) throws -> [LogID]? {
        let grant = Statement.granted(
            Grant(card: sam.card, declarations: declarations, lifts: []))
        let record = try VerifiedRecord(
            Record(
                log: LogID(raw: Random.bytes32()), kind: grant.kind, parents: [],
                day: Day(daysSince1970: 1), body: grant.body, vault: vault, author: robin),
            by: robin.card, in: vault)
        guard let act = AuthorityRecord(of: record, in: .caseFile),
            case .letsIn(let letIn) = act.act
        else { return nil }
        return letIn.answers
    }

    @Test func theGranteesOwnAnswersCount() throws {
        let other = LogID(raw: Random.bytes32())
        #expect(try answers([declaration(by: sam)]) == [check])
        let both = try answers([declaration(by: sam), declaration(by: sam, on: other)])
        #expect(both == [check, other].sorted())
        #expect(try answers([]) == [])
    }

    @Test func anAnswerMustBeTheGranteesOwn() throws {
        let real = declaration(by: sam)
        for forged in [
            declaration(by: robin), declaration(by: sam, .conflict),
            declaration(by: sam, in: VaultID(raw: Random.bytes32())),
        ] {
            #expect(try answers([forged]) == nil)
        }
        // Sam's name on Robin's signature, behind the header of a record without parents.
        let header = 105
        var bytes = real.encoded
        bytes.replaceSubrange(header..<header + 64, with: declaration(by: robin).signature.bytes)
        #expect(try answers([Record(wholly: bytes)]) == nil)
        // Another answer than the one that Sam signed.
        let swapped =
            Array(declaration(by: sam, .conflict).encoded.prefix(header + 64 + 1))
            + (real.body?.encoded ?? [])
        #expect(try answers([Record(wholly: swapped)]) == nil)
        // Something else that Sam signed in the check's log.
        let statement = Statement.revoked([robin.card.id])
        let foreign = Record(
            log: check, kind: statement.kind, parents: [], day: Day(daysSince1970: 1),
            body: statement.body, vault: vault, author: sam)
        #expect(try answers([foreign]) == nil)
    }

    /// Nothing is signed for who has not answered; it would have no effect.
    @Test func whoIsSilentIsGrantedNothing() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let shelf = try committee.startCase(by: "Robin")
        let sams = try committee.card("Sam").id
        #expect(throws: VaultError.noDeclaration) { try shelf.grantAccess(to: sams) }
        let robins = try committee.vault("Robin")
        #expect(try robins.catchUp().granted.isEmpty)
        let log = try #require(robins.store.logs[shelf.log])
        #expect(!log.history.order.contains { $0.kind == .granted })
    }
}
