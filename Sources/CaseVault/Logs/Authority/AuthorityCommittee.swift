// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The roster as one computer counts it: what all other logs are judged by.
///
/// It is worked out once for all of them, and nothing in them changes it.
final class AuthorityCommittee: Sendable {
    /// The owner of the computer.
    let me: CardID
    /// What stands in the roster.
    let facts: AuthorityFacts
    /// Its log; `nil` if its first record is not here.
    private let log: AuthorityLog?
    /// What the computer makes of it.
    let view: AuthorityView?

    /// Settles the roster.
    ///
    /// - Parameters:
    ///   - me: The owner of the computer.
    ///   - roster: The vault's roster.
    ///   - records: Its records as intake leaves them, in any order.
    ///   - memory: What the computer remembers of it; `nil` for a new one.
    ///   - rules: Which rules hold: all, but for tests.
    convenience init(
        of me: CardID, roster: LogID, records: some Sequence<AuthorityRecord>,
        memory: AuthorityMemory.LogMemory?, rules: AuthorityRules = .all
    ) {
        let facts = AuthorityFacts(records, committee: nil, rules: rules)
        let log = facts.logNumbers[roster].flatMap { AuthorityLog($0, in: facts) }
        self.init(of: me, facts, log?.root.kind == .roster ? log : nil, memory)
    }

    /// Settles the roster for one computer.
    private init(
        of me: CardID, _ facts: AuthorityFacts, _ log: AuthorityLog?,
        _ memory: AuthorityMemory.LogMemory?
    ) {
        self.me = me
        self.facts = facts
        self.log = log
        view = log.map { log in
            AuthorityView(log, me: facts.numbers[me], memory: memory, roster: nil)
        }
    }

    /// What another computer makes of the same records.
    ///
    /// - Parameters:
    ///   - other: Its owner.
    ///   - memory: What it remembers of the roster.
    /// - Returns: Its roster.
    func of(_ other: CardID, memory: AuthorityMemory.LogMemory? = nil) -> AuthorityCommittee {
        AuthorityCommittee(of: other, facts, log, memory)
    }

    /// Which acts of others in the roster this computer should sign as counted; see
    /// `AuthorityState.owed`.
    ///
    /// - Parameter excessive: Whose records intake cannot all take.
    /// - Returns: The acts, and what a new computer would make of the roster once they are signed.
    func owed(excessive: [CardID]) -> (acts: [RecordID], fresh: AuthorityView?) {
        guard let view else { return ([], nil) }
        let (acts, fresh) = view.owed(by: facts.numbers[me], excessive: excessive, roster: nil)
        return (acts.map(view.log.id).sorted(), fresh)
    }
}
