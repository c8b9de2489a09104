// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// Graphs of records, and what each person's computer makes of them: `Tests/authority/vectors.json`.
struct AuthorityVectorTests {
    /// One graph.
    struct Vector: Decodable {
        struct Machine: Decodable {
            let arrivals: [AuthorityHistory.Batch]?
            let signs: [AuthorityMachine.Answer.Signed]?
            let logs: [String: AuthorityMachine.Standing]
        }
        let name: String
        let records: [AuthorityHistory.Entry]
        let machines: [String: Machine]
    }

    /// All graphs.
    static func load() throws -> [Vector] {
        let file = AuthorityReference.folder.appendingPathComponent("vectors.json")
        return try JSONDecoder().decode([Vector].self, from: try Data(contentsOf: file))
    }

    /// The people whose computers say something else than a graph expects.
    static func wrong(_ vector: Vector, rules: AuthorityRules = .all) -> [String] {
        let known = Dictionary(uniqueKeysWithValues: vector.records.map { ($0.id, $0.record) })
        let names = AuthorityNames(vector.records)
        return vector.machines.keys.sorted().filter { owner in
            guard let expected = vector.machines[owner] else { return true }
            var machine = AuthorityMachine(owner: owner, names: names, rules: rules)
            guard let arrivals = expected.arrivals else {
                // All at once and without memory, before anything is signed.
                machine.look(Array(known.values))
                return machine.standings() != expected.logs
            }
            var signs: [AuthorityMachine.Answer.Signed] = []
            for batch in arrivals {
                switch batch {
                case .forget: machine.forget()
                case .records(let ids): signs += machine.get(ids.compactMap { known[$0] })
                }
            }
            return machine.standings() != expected.logs || signs != expected.signs
        }
    }

    @Test(.enabled(if: AuthorityReference.isAvailable))
    func everyGraph() throws {
        let vectors = try Self.load()
        #expect(vectors.count >= 300)
        for vector in vectors { #expect(Self.wrong(vector) == [], "\(vector.name)") }
        print("authority: \(vectors.count) graphs as in vectors.json")
    }
}
