// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Whether ends and erasures have effect: their authors are in, with power and without a conflict,
/// or left and named them.
struct AuthorityMay {
    /// How people stand.
    private let settling: AuthoritySettling
    /// For each person who left, what they named.
    private var kept: [Int: Set<Int>] = [:]

    /// Prepares to answer for one log.
    init(_ settling: AuthoritySettling) { self.settling = settling }

    /// Whether the author of an end or an erasure may do it now.
    mutating func act(_ record: Int) -> Bool {
        let (author, standing) = (settling.log.authors[record], settling.standing)
        if !settling.log.facts.follow(.stillIn) {
            return standing.letIn[author] && !standing.surroundings.conflicted[author]
        }
        if settling.hasPower(author) { return true }
        guard settling.everHadPower(author), standing.openLeaves[author] > 0 else { return false }
        let names = kept[author] ?? Set(standing.keptByLeaves(of: author))
        kept[author] = names
        return names.contains(record)
    }
}
