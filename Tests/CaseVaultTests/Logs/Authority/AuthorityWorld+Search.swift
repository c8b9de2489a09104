// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

@testable import CaseVault

extension AuthorityWorld {
    /// What tells two moments of a search apart.
    private struct Key: Hashable {
        let computers: [Int]
        let pool: Set<Int>
        let past: Past
        let hand: Int
        let bad: Int
    }

    /// Tries every move after every move, until that is done or enough graphs were judged.
    ///
    /// - Parameter limit: How many moments to judge.
    /// - Returns: Whether everything was tried.
    func searchAll(limit: Int) -> Bool {
        var open = [(moment: begin(), hand: setting.hand, bad: setting.bad)]
        var seen: Set<Key> = []
        while let (moment, hand, bad) = open.popLast() {
            let key = Key(
                computers: moment.computers.map(\.number), pool: moment.pool, past: moment.past,
                hand: hand,
                bad: bad)
            guard seen.insert(key).inserted else { continue }
            if seen.count > limit { return false }
            AuthorityOracle(world: self, moment: moment).judgeAtRest()
            for move in moves(moment, hand: hand, bad: bad) {
                open.append(
                    (
                        step(move, moment), hand - (move.kind == .hand ? 1 : 0),
                        bad - (move.kind == .sign ? 1 : 0)
                    ))
            }
            tidy(above: 200_000)
        }
        return true
    }

    /// Goes one random way.
    func walk(seed: UInt64, length: Int = 20) {
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
        tidy(above: 20_000)
    }
}
