// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// Who writes too much loses own records, and nobody else does.
struct IntakeLimitTests {
    private let limit = IntakeLimit(acts: 10, records: 20)
    private let xenia = AuthorityName.card("X")

    private func founded() -> PileMaker {
        var maker = PileMaker()
        maker.found(["A", "B", "X"])
        return maker
    }

    @Test func shippedLimits() {
        #expect(IntakeLimit().acts == 4096)
        #expect(IntakeLimit().records == 20_000)
    }

    @Test func nothingIsLeftOutBelowTheLimits() {
        var maker = founded()
        for i in 0..<10 { maker.add("X", .removes([maker.card("S\(i)")])) }
        for _ in 0..<10 { maker.add("X", .text) }
        let intake = limit.intake(of: maker.records)
        #expect(intake.kept.map(\.id) == maker.records.map(\.id))
        #expect(intake.excessive.isEmpty)
    }

    @Test func excessCostsItsAuthorOnly() {
        var maker = founded()
        let own = maker.add("A", .removes([xenia]))
        for i in 0..<500 { maker.add("X", .removes([maker.card("S\(i)")])) }
        let late = maker.add("B", .text)
        let intake = limit.intake(of: maker.records)
        let kept = Set(intake.kept.map(\.id))
        #expect(kept.isSuperset(of: [own, late]))
        #expect(intake.kept.count { $0.author == xenia } == 10)
        #expect(intake.excessive == [xenia])
    }

    @Test func theSameRecordsAreKeptWhateverTheirOrder() {
        var maker = founded()
        for i in 0..<50 { maker.add("X", i % 3 == 0 ? .text : .removes([maker.card("S\(i)")])) }
        let kept = Set(limit.intake(of: maker.records).kept.map(\.id))
        #expect(kept.count == 21, "20 of Xenia's, and the first record")
        for _ in 0..<5 {
            #expect(Set(limit.intake(of: maker.records.shuffled()).kept.map(\.id)) == kept)
        }
    }

    @Test func entriesAreNotCrowdedOutByActs() {
        var maker = founded()
        for i in 0..<100 { maker.add("X", .removes([maker.card("S\(i)")])) }
        for _ in 0..<10 { maker.add("X", .text) }
        let kept = limit.intake(of: maker.records).kept.filter { $0.author == xenia }
        let texts = kept.count { if case .text = $0.act { true } else { false } }
        #expect(kept.count == 20 && texts == 10)
    }

    @Test func whatWasTakenOrIsNamedByOthersComesFirst() {
        var maker = founded()
        var ids: [RecordID] = []
        for i in 0..<100 { ids.append(maker.add("X", .removes([maker.card("S\(i)")]))) }
        let admission = maker.add("X", .letsIn(.init(card: maker.card("N"))))
        maker.add("B", .confirms(maker.card("N")))
        maker.add("A", .counts([ids[7], ids[8]]))
        // One's own word puts nothing first.
        maker.add("X", .counts(Array(ids[20..<60])))
        maker.add("X", .confirms(maker.card("M")))
        let kept = Set(limit.intake(of: maker.records, knownBefore: [ids[3]]).kept.map(\.id))
        #expect(kept.isSuperset(of: [admission, ids[3], ids[7], ids[8]]))
        let chosen = ids.filter { ![ids[3], ids[7], ids[8]].contains($0) }
        #expect(chosen.count { kept.contains($0) } <= 6)
    }

    @Test func nothingOfStrangersIsTakenIn() {
        var maker = founded()
        maker.add("X", .letsIn(.init(card: maker.card("E"))))
        let known = maker.add("E", .text)
        let stranger = maker.add("Z", .text)
        let friend = maker.add("Z", .letsIn(.init(card: maker.card("Y"))))
        let kept = Set(limit.intake(of: maker.records).kept.map(\.id))
        #expect(kept.contains(known))
        #expect(!kept.contains(stranger) && !kept.contains(friend))
    }

    @Test func whatCountsOfWhoWritesTooMuchIsSigned() {
        var maker = founded()
        let admission = maker.add("X", .letsIn(.init(card: maker.card("N"))))
        let state = AuthorityState(
            of: AuthorityName.card("A"), roster: maker.roster, records: maker.records)
        #expect(state.owed().isEmpty)
        let owed = state.owed(excessive: [maker.roster: [xenia]])
        #expect(owed.map(\.acts) == [[admission]])
    }
}
