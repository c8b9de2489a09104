// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension AuthorityView {
    /// Which acts of others its owner should sign as counted: every removal of somebody ever in,
    /// and whatever else a computer of the same owner without memory would not find; all that
    /// counts, if it would find more. The test is the rule itself.
    ///
    /// - Parameters:
    ///   - me: The owner of the computer, by their number in the vault.
    ///   - excessive: Whose records intake cannot all take: what counts of them is signed as if
    ///     they had gone.
    ///   - roster: What a new computer would make of the roster, with what is owed there signed;
    ///     `nil` for the roster itself.
    ///   - cases: What it would make of the log's cases.
    /// - Returns: The records, by their numbers in the log, and what a new computer would make of
    ///   the log with these signed.
    func owed(
        by me: Int?, excessive: [CardID], roster: AuthorityView?, cases: [AuthorityView] = []
    ) -> (acts: [Int], fresh: AuthorityView) {
        guard !isCalm || !excessive.isEmpty else { return ([], self) }
        let facts = log.facts
        let owner = me.flatMap(log.local)
        let signs = facts.follow(.sign) && owner.map(isIn) ?? false
        var isMine = Array(repeating: false, count: log.records.count)
        if let owner { for record in log.lists[owner] { isMine[record] = true } }
        let free = log.records.indices.filter { standing.taken[$0] && !isMine[$0] }
        let fleeting = Set(excessive.compactMap { local($0) })
        var need = Set(
            free.filter { record in
                if !signs { return false }
                if fleeting.contains(log.authors[record]) { return true }
                return log.kinds[record] == .removes && facts.follow(.signRemovals)
                    && log.bars[record].contains { standing.letIn[$0] }
            })
        while true {
            let new = AuthorityView(
                log, me: me, memory: nil, counted: need.sorted(), roster: roster, cases: cases)
            // Where it would find more, all that counts here is signed, so that it starts there.
            let isMore =
                facts.follow(.signAll)
                && log.records.indices.contains {
                    new.standing.taken[$0] && !standing.taken[$0] && log.kinds[$0] != .text
                }
            let missing = free.filter {
                !need.contains($0) && (isMore || !new.standing.taken[$0])
            }
            if missing.isEmpty || !signs { return (need.sorted(), new) }
            need.formUnion(missing)
        }
    }
}
