// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

@testable import CaseVault

extension VaultStore {
    /// The logs of which this computer says something else than the rules do, asked once about all
    /// records together: nothing was kept from before, and no case was settled by itself.
    var differencesFromOneState: [LogID] {
        if settlement.roster.isGuest { return [] }
        let roster = LogID.roster(of: vault)
        var (records, memory): ([AuthorityRecord], AuthorityMemory) = ([], AuthorityMemory())
        for log in logs.values {
            let kept = log.history.records.acts.taken(seen.standing).kept
            records += kept
            memory.logs[log.id] =
                log.id == roster
                ? seen.standing.of(roster: roster, acts: kept, me: settlement.me)
                : seen.standing.of(log.id, acts: kept)
        }
        if let old = settlement.roster.unsignedKey {
            records.append(
                AuthorityRecord(
                    id: RecordID(raw: old.raw), log: roster, author: settlement.me,
                    act: .wasKey(old)))
        }
        let whole = AuthorityState(
            of: settlement.me, roster: roster, records: records, memory: memory)
        return logs.keys.sorted().filter { id in
            switch (settlement[id], whole[id]) {
            case (let one?, let other?): !one.saysTheSame(as: other)
            case (nil, nil): false
            default: true
            }
        }
    }
}

extension AuthorityView {
    /// Whether two computations of a log come to the same.
    fileprivate func saysTheSame(as other: AuthorityView) -> Bool {
        people == other.people && powerful == other.powerful && readers == other.readers
            && everIn == other.everIn && shutOut == other.shutOut && taken == other.taken
            && askingLinks == other.askingLinks && openHolds == other.openHolds
            && erasures == other.erasures && erased == other.erased
            && isDoubled == other.isDoubled && isCalm == other.isCalm
    }
}
