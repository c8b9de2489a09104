// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What a computer remembers of who counts. It may be lost at any moment: what a new computer would
/// not find is signed.
struct StandingMemory: Sendable, Hashable {
    /// The acts and entries that it took over, in all logs, and what restricts somebody. Some may
    /// have gone from the folder: they count again when they are back. Whatever their authors write
    /// more, these are taken in.
    var known: Set<RecordID> = []
    /// Who read each log, ascending.
    var readers: [LogID: [CardID]] = [:]
    /// Who read each case before links came.
    var exemptions: [LogID: [AuthorityMemory.Exemption]] = [:]
    /// Who is out of the roster, and by which removals and leaves, ascending. Whoever can write to
    /// the folder can put a roster of before back: that brings nobody back here.
    var out: [CardID: [RecordID]] = [:]

    /// What it remembers of one log; `nil` of one that it has never settled.
    func of(_ log: LogID, acts: [AuthorityRecord]) -> AuthorityMemory.LogMemory? {
        guard let readers = readers[log] else { return nil }
        return AuthorityMemory.LogMemory(
            taken: acts.filter { !$0.isRestriction && known.contains($0.id) }.map(\.id),
            readers: readers,
            exemptions: exemptions[log] ?? [])
    }

    /// What it remembers of the roster.
    ///
    /// - Parameters:
    ///   - roster: Its name.
    ///   - acts: What is here of it.
    ///   - me: The owner of this computer, whose own word lets back whom they name.
    /// - Returns: What it remembers; `nil` if the roster was never settled.
    func of(
        roster: LogID, acts: [AuthorityRecord], me: CardID
    ) -> AuthorityMemory.LogMemory? {
        guard var known = of(roster, acts: acts) else { return nil }
        if out.isEmpty { return known }
        var there: Set<RecordID> = []
        var lifted: [CardID: Set<RecordID>] = [:]
        for act in acts {
            there.insert(act.id)
            guard case .letsIn(let grant) = act.act, act.author == me else { continue }
            lifted[grant.card, default: []].formUnion(grant.lifts)
        }
        for (card, bars) in out {
            let gone = bars.filter {
                !there.contains($0) && !(lifted[card]?.contains($0) ?? false)
            }
            if !gone.isEmpty { known.goneBars[card] = gone }
        }
        return known
    }

    /// Notes who is out of the roster now, and by what.
    mutating func noteOut(of roster: AuthorityView) {
        var now = roster.goneBars
        for card in roster.shutOut {
            guard let person = roster.local(card) else { continue }
            let bars = roster.bars(against: person).map(roster.log.id)
            now[card] = Set(bars + (now[card] ?? [])).sorted()
        }
        if now != out { out = now }
    }

    /// Notes what restricts somebody in a log, but for those who wrote too much: then it is too late
    /// to tell what was there before.
    mutating func noteRestrictions(in log: LogActs) {
        // Of all others everything is taken in, whatever was known before.
        let intake = log.intake
        for act in intake.kept where act.isRestriction && !intake.excessive.contains(act.author) {
            known.insert(act.id)
        }
    }

    /// Notes what came of settling a log.
    mutating func note(_ memory: AuthorityMemory.LogMemory, of log: LogID) {
        known.formUnion(memory.taken)
        // Writing the same would copy all of it.
        if readers[log] != memory.readers { readers[log] = memory.readers }
        let new = memory.exemptions.isEmpty ? nil : memory.exemptions
        if exemptions[log] != new { exemptions[log] = new }
    }
}
