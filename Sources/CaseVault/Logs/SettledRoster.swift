// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The roster as this computer counts it, settled once for all other logs.
final class SettledRoster: Sendable {
    /// What this computer makes of it.
    let committee: AuthorityCommittee
    /// My older key, if somebody says that mine replaces it and I have not signed that yet. My own
    /// computer counts it as said; see `Transaction`.
    let unsignedKey: CardID?
    /// Whether the roster is not here, as for a guest: then whom the logs name is taken to be in it,
    /// and nothing is remembered or signed.
    let isGuest: Bool
    /// What is here of it.
    let acts: LogActs?
    /// Which acts of others this computer has to sign as counted in it.
    let owed: [RecordID]
    /// What a computer without memory would make of it once these are signed.
    let fresh: AuthorityView?
    /// What colleagues' computers make of it, as far as anybody asked.
    private let colleagues = RecentResults<AuthorityCommittee>()

    /// Settles the roster.
    ///
    /// - Parameters:
    ///   - id: The roster's name.
    ///   - me: The owner of this computer.
    ///   - logs: All logs.
    ///   - memory: What the computer remembers.
    init(_ id: LogID, of me: CardID, among logs: LogActs.Table, memory: StandingMemory) {
        let acts = logs[id]
        self.acts = acts
        isGuest = acts?.root == nil
        let intake = acts?.taken(memory) ?? IntakeLimit.Intake()
        var records = intake.kept
        unsignedKey = Self.unsignedKey(of: me, in: acts)
        if let unsignedKey { records.append(Self.wasKey(unsignedKey, of: me, in: id)) }
        if isGuest { records.append(Self.shown(to: me, as: id, in: logs, memory)) }
        committee = AuthorityCommittee(
            of: me, roster: id, records: records,
            memory: memory.of(roster: id, acts: intake.kept, me: me))
        if isGuest {
            (owed, fresh) = ([], committee.view)
        } else {
            let (counted, fresh) = committee.owed(excessive: intake.excessive)
            let more = acts?.unsignedRestrictions(by: me, of: intake.excessive, memory) ?? []
            self.fresh = fresh
            owed = more.union(counted).sorted()
        }
    }

    /// Which older key somebody says that mine replaces, as long as I did not say so; `nil` if I
    /// was let in otherwise, too. A member could else have me say by myself that I was somebody who
    /// has a conflict.
    private static func unsignedKey(of me: CardID, in roster: LogActs?) -> CardID? {
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

    /// The roster as a guest is shown it: whoever started a log or was let in, not as a guest; but
    /// for whom this computer knew to be out when it still had the roster.
    private static func shown(
        to me: CardID, as roster: LogID, in logs: LogActs.Table, _ memory: StandingMemory
    ) -> AuthorityRecord {
        var people: Set<CardID> = []
        for act in logs.ids.lazy.compactMap({ logs[$0] }).flatMap({ $0.taken(memory).kept }) {
            switch act.act {
            case .starts(let root): people.formUnion(root.people + [act.author])
            case .letsIn(let grant) where !grant.isGuest: people.insert(grant.card)
            default: break
            }
        }
        people.subtract(memory.out.keys)
        people.remove(me)
        return AuthorityRecord(
            id: RecordID(raw: roster.raw), log: roster, author: people.min() ?? me,
            act: .starts(AuthorityRoot(kind: .roster, people: people.sorted())))
    }

    /// What I am going to sign.
    private static func wasKey(_ old: CardID, of me: CardID, in roster: LogID) -> AuthorityRecord {
        AuthorityRecord(id: RecordID(raw: old.raw), log: roster, author: me, act: .wasKey(old))
    }

    // MARK: - Another roster

    /// What another log looks at of somebody in the roster; `AuthoritySurroundings`.
    private struct Standing: Equatable {
        let isIn: Bool
        let goneAlone: Bool
        let everOut: Bool
        let everHadPower: Bool
        let hasPower: Bool
        /// What took them out, if they are.
        let bans: Set<RecordID>

        init(of person: Int, in roster: AuthorityView) {
            isIn = roster.isIn(person)
            goneAlone = roster.goneAlone(person)
            everOut = roster.everOut(person)
            everHadPower = roster.everHadPower(person)
            hasPower = roster.hasPower(person)
            bans =
                roster.isRemovedOrLeft(person)
                ? Set(roster.bars(against: person).map(roster.log.id)) : []
        }

        /// How everybody stands who occurs.
        static func all(in roster: AuthorityView) -> [CardID: Standing] {
            let people = roster.log.people.indices.map { person in
                (roster.log.card(person), Standing(of: person, in: roster))
            }
            return Dictionary(uniqueKeysWithValues: people)
        }
    }

    /// Who stands otherwise than in another roster, on this computer or on a new one: what a log
    /// says that none of them occurs in is the same in both.
    ///
    /// - Parameter other: What this computer made of the roster before.
    /// - Returns: The people; `nil` if anything may be other than before.
    func people(unlike other: SettledRoster) -> Set<CardID>? {
        guard !isGuest, !other.isGuest, unsignedKey == other.unsignedKey,
            committee.facts.newerKeys == other.committee.facts.newerKeys
        else { return nil }
        var people: Set<CardID> = []
        for (new, old) in [(committee.view, other.committee.view), (fresh, other.fresh)] {
            guard let new, let old else { return nil }
            let (now, before) = (Standing.all(in: new), Standing.all(in: old))
            for (card, standing) in now where before[card] != standing { people.insert(card) }
            for card in before.keys where now[card] == nil { people.insert(card) }
        }
        return people
    }

    /// What a colleague's computer makes of the roster.
    func colleague(_ card: CardID) -> AuthorityCommittee {
        colleagues(card) { committee.of(card) }
    }
}
