// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge
internal import Synchronization

/// What one computer makes of the records of all logs: the one place where the rules are asked.
///
/// It follows from the owner's card, the records and what the computer remembers. Nothing here
/// looks at parents, days or the order of arrival, but for one thing: an erasure is carried out a
/// day after this computer first saw it.
struct Settlement: Sendable {
    /// Who counts.
    let state: AuthorityState
    /// Whose records intake cannot all take, log by log.
    private let excessive: [LogID: [CardID]]
    /// My older key, if somebody says that mine replaces it and I have not signed that yet. My own
    /// computer counts it as said; see `Transaction`.
    let unsignedKey: CardID?

    /// Whether the roster is not here, as for a guest: then whom the logs name is taken to be in it,
    /// and nothing is remembered or signed.
    let isGuest: Bool

    /// The logs that this computer settled before.
    private let settledBefore: [LogID: [CardID]]

    /// Settles all logs.
    ///
    /// - Parameters:
    ///   - me: The owner of this computer.
    ///   - vault: The vault.
    ///   - logs: The records of each log.
    ///   - memory: What the computer remembers.
    init(
        me: CardID, vault: VaultID, logs: some Collection<LogRecords>, memory: StandingMemory
    ) {
        var acts: [AuthorityRecord] = []
        acts.reserveCapacity(logs.reduce(0) { $0 + $1.acts.count })
        var (remembered, excessive) = (AuthorityMemory(), [LogID: [CardID]]())
        for log in logs {
            var intake = log.intake
            if !intake.excessive.isEmpty {
                // What this computer took comes first.
                intake = IntakeLimit().intake(of: log.acts, taken: memory.taken)
                excessive[log.id] = intake.excessive
            }
            acts += intake.kept
            remembered.logs[log.id] = memory.of(log.id, acts: intake.kept)
        }
        self.excessive = excessive
        settledBefore = memory.readers
        let roster = LogID.roster(of: vault)
        let unsigned = Self.unsignedKey(of: me, in: logs.first { $0.id == roster })
        if let unsigned { acts.append(Self.wasKey(unsigned, of: me, in: roster)) }
        unsignedKey = unsigned
        let hasRoster = logs.contains { $0.id == roster && $0.root != nil }
        isGuest = !hasRoster
        if !hasRoster { acts.append(Self.shownRoster(to: me, as: roster, in: acts)) }
        state = AuthorityState(of: me, roster: roster, records: acts, memory: remembered)
    }

    /// Which older key somebody says that mine replaces, as long as I did not say so; `nil` if I
    /// was let in otherwise, too. A member could else have me say by myself that I was somebody who
    /// has a conflict.
    private static func unsignedKey(of me: CardID, in roster: LogRecords?) -> CardID? {
        var (old, said): (Set<CardID>, Set<CardID>) = ([], [])
        for act in roster?.intake.kept ?? [] {
            switch act.act {
            case .starts(let root) where root.people.contains(me): return nil
            case .letsIn(let grant) where grant.card == me && grant.lifts.isEmpty:
                guard let key = grant.replaces, key != me else { return nil }
                old.insert(key)
            case .wasKey(let key) where act.author == me: said.insert(key)
            default: break
            }
        }
        return old.subtracting(said).min()
    }

    /// The roster as a guest is shown it: whoever started a log or was let in, not as a guest.
    private static func shownRoster(
        to me: CardID, as roster: LogID, in acts: [AuthorityRecord]
    ) -> AuthorityRecord {
        var people: Set<CardID> = []
        for act in acts {
            switch act.act {
            case .starts(let root): people.formUnion(root.people + [act.author])
            case .letsIn(let grant) where !grant.isGuest: people.insert(grant.card)
            default: break
            }
        }
        people.remove(me)
        return AuthorityRecord(
            id: RecordID(raw: roster.raw), log: roster, author: people.min() ?? me,
            act: .starts(AuthorityRoot(kind: .roster, people: people.sorted())))
    }

    /// What I am going to sign.
    private static func wasKey(_ old: CardID, of me: CardID, in roster: LogID) -> AuthorityRecord {
        AuthorityRecord(id: RecordID(raw: old.raw), log: roster, author: me, act: .wasKey(old))
    }

    /// What this computer makes of a log; `nil` if its first record is not here.
    subscript(log: LogID) -> AuthorityView? { state[log] }

    /// Whether somebody started a log who is a member; or was, if this computer knows the log from
    /// that time, or it belongs to a case that I am in, or somebody else took part.
    ///
    /// Anybody can seal a file to a card, and a former member knows everybody's. A case needs no such
    /// look: there the first record names nobody but its author.
    ///
    /// - Parameters:
    ///   - view: The log.
    ///   - sealers: Who sealed the files that hold it: what a member's computer passes on, it knows
    ///     from when its starter was a member. Otherwise two computers would differ for good.
    /// - Returns: Whether the log is shown and written.
    func isFromMember(_ view: AuthorityView, passedOnBy sealers: some Sequence<CardID>) -> Bool {
        let kind = view.log.root.kind
        guard kind == .check || kind == .row, !isGuest, let roster = state.roster else {
            return true
        }
        let log = view.log
        guard let there = roster.local(log.card(log.starter)), roster.standing.letIn[there] else {
            return false
        }
        if roster.isIn(there) || !view.cases.isEmpty { return true }
        if settledBefore[log.id] != nil { return true }
        if sealers.contains(where: { roster.local($0).map(roster.isIn) ?? false }) { return true }
        return log.authors.contains { author in
            author != log.starter
                && roster.local(log.card(author)).map { roster.standing.letIn[$0] } ?? false
        }
    }

    /// The erasures in all logs, whether they have effect or not.
    var erasures: [RecordID] {
        state.all.values.flatMap { view in view.log.limits.erasures.map(view.log.id) }
    }

    /// Which acts of others I have to sign as counted, log by log.
    var owed: [(log: LogID, acts: [RecordID])] {
        isGuest ? [] : state.owed(excessive: excessive)
    }

    /// What a colleague's computer makes of the records that are here. By the rule of signing, that
    /// is what it says if it has them.
    func colleague(_ card: CardID) -> AuthorityState { colleagues.state(of: card, from: state) }

    /// What colleagues' computers make of the records, as far as anybody asked.
    private let colleagues = Colleagues()

    /// What was worked out about colleagues' computers, so that it is done once.
    private final class Colleagues: Sendable {
        private let known = Mutex<[CardID: AuthorityState]>([:])

        /// The state of a colleague's computer.
        func state(of card: CardID, from mine: AuthorityState) -> AuthorityState {
            if let state = known.withLock({ $0[card] }) { return state }
            let state = mine.of(card)
            known.withLock { $0[card] = state }
            return state
        }
    }

    /// What the computer remembers from now on.
    func remembered(after earlier: StandingMemory) -> StandingMemory {
        if isGuest { return earlier }
        var next = earlier
        for (log, view) in state.all where isFromMember(view, passedOnBy: []) {
            next.note(view.memory(after: nil), of: log)
        }
        return next
    }
}
