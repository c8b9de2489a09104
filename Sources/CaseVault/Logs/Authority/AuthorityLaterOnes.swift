// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Who has power where even with the vouchers of the last there are fewer than two: whoever has
/// power by that rule and is the last one is the last one, and so on.
///
/// Worked out anew each time. It takes a vault that nearly everybody with power has left.
struct AuthorityLaterOnes {
    /// For each person, whether they have power once they are in.
    private(set) var isMember: [Bool]
    /// All members who are not among the last ones.
    private(set) var members: [Int] = []

    /// Goes on from those who have power by the last.
    init(after ones: AuthorityLastOnes, _ standing: AuthorityStanding) {
        isMember = ones.isMember
        var inside = ones.members.filter { standing.isIn[$0] }
        var gone = ones.members.filter { standing.goneAlone($0) }
        while inside.count < 2 {
            var todo: [Int] = []
            for one in inside.isEmpty ? gone : inside {
                for pair in standing.log.pairs[one] where standing.vouches[pair] {
                    let person = standing.log.vouched[pair]
                    if !isMember[person], standing.letIn[person] {
                        isMember[person] = true
                        todo.append(person)
                    }
                }
            }
            if todo.isEmpty { return }
            while let person = todo.popLast() {
                members.append(person)
                if standing.isIn[person] { inside.append(person) }
                if standing.goneAlone(person) { gone.append(person) }
                for pair in standing.log.pairs[person] where standing.vouches[pair] {
                    let other = standing.log.vouched[pair]
                    guard !isMember[other], standing.letIn[other],
                        standing.voices(for: other, of: { isMember[$0] }) >= 2
                    else { continue }
                    isMember[other] = true
                    todo.append(other)
                }
            }
        }
    }
}
