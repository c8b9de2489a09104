// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

@testable import CaseVault

extension AuthorityWorld {
    /// What tells two moments of a search apart.
    private struct Key: Hashable {
        let computers: [AuthorityMark]
        let pool: Set<Int>
        let past: Past
        let hand: Int
        let bad: Int
    }

    /// Tries every move after every move, until that is done or enough histories were judged.
    ///
    /// - Parameters:
    ///   - limit: How many histories to judge.
    ///   - seed: What the order of the search follows from: where it is not complete, it should not
    ///     stay in one corner.
    /// - Returns: Whether everything was tried.
    func searchAll(limit: Int, seed: UInt64 = 1) -> Bool {
        var random = SeededRandom(seed)
        var open = [(moment: begin(), hand: setting.hand, bad: setting.bad)]
        var seen: Set<AuthorityMark> = []
        while !open.isEmpty {
            let recent = max(0, open.count - 4096)..<open.count
            open.swapAt(Int.random(in: recent, using: &random), open.count - 1)
            let (moment, hand, bad) = open.removeLast()
            let key = Key(
                computers: moment.computers.map(\.mark), pool: moment.pool, past: moment.past,
                hand: hand, bad: bad)
            guard seen.insert(AuthorityMark(of: key)).inserted else { continue }
            if graphs >= limit { return false }
            AuthorityOracle(world: self, moment: moment).judgeAtRest()
            for move in moves(moment, hand: hand, bad: bad) {
                open.append(
                    (
                        step(move, moment), hand - (move.kind == .hand ? 1 : 0),
                        bad - (move.kind == .sign ? 1 : 0)
                    ))
            }
            tidy(above: 60_000)
        }
        return true
    }

    /// Goes one random way in a committee of its own, so that a seed always means the same.
    static func walk(
        _ setting: Setting, seed: UInt64, length: Int = 20, rules: AuthorityRules = .all
    ) -> AuthorityWorld {
        let world = AuthorityWorld(setting, rules: rules)
        world.walk(seed: seed, length: length)
        return world
    }

    private func walk(seed: UInt64, length: Int) {
        var random = SeededRandom(seed)
        var (moment, hand, bad) = (begin(), setting.hand, setting.bad)
        for _ in 0..<length {
            // A kind first, so that the many ways to sign something do not crowd out the rest.
            var kinds: [[Move]] = Array(repeating: [], count: 6)
            for move in moves(moment, hand: hand, bad: bad) {
                kinds[move.kind.rawValue].append(move)
            }
            kinds.removeAll(where: \.isEmpty)
            guard let move = kinds.randomElement(using: &random)?.randomElement(using: &random)
            else { break }
            moment = step(move, moment)
            hand -= move.kind == .hand ? 1 : 0
            bad -= move.kind == .sign ? 1 : 0
        }
        AuthorityOracle(world: self, moment: moment).judgeAtRest()
    }
}
