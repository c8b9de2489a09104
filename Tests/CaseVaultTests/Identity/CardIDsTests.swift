// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

@testable import CaseVault

/// People in order answer what a set of them would.
struct CardIDsTests {
    /// Eight people, so that two random choices of them often overlap.
    private let people = (0..<8).compactMap { number in
        Bytes32([UInt8](repeating: number, count: 32)).map(CardID.init(raw:))
    }

    @Test func answersWhatASetWould() {
        var random = SeededRandom()
        for _ in 0..<2000 {
            let (a, b) = (choice(&random), choice(&random))
            let (x, y) = (CardIDs(a), CardIDs(b))
            #expect(Array(x) == Set(a).sorted(), "\(random.hint)")
            #expect((x == y) == (Set(a) == Set(b)), "\(random.hint)")
            #expect(x.isSubset(of: y) == Set(a).isSubset(of: b), "\(random.hint)")
            #expect(x.isDisjoint(with: y) == Set(a).isDisjoint(with: b), "\(random.hint)")
            #expect(x.union(y) == CardIDs(a + b), "\(random.hint)")
            for one in people {
                #expect(x.contains(one) == a.contains(one), "\(random.hint)")
                #expect(x.subtracting(one) == CardIDs(a.filter { $0 != one }), "\(random.hint)")
            }
        }
    }

    /// Some of the people, in any order, perhaps several times.
    private func choice(_ random: inout SeededRandom) -> [CardID] {
        (0..<Int.random(in: 0...8, using: &random)).map { _ in
            people[Int.random(in: 0..<8, using: &random)]
        }
    }
}
