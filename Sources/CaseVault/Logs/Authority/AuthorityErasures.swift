// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The texts that may be deleted: by whom it may be done, with every hold ended and named.
struct AuthorityErasures {
    /// The texts.
    let texts: Set<RecordID>
    /// The erasures that have effect, ascending.
    let effective: [RecordID]

    /// Looks at the erasures of a log.
    ///
    /// - Parameters:
    ///   - view: What this computer makes of the log.
    ///   - settling: How people stand there.
    ///   - cases: The cases that name the log: their holds count too.
    init(of view: AuthorityView, _ settling: AuthoritySettling, cases: [AuthorityView]) {
        let log = view.log
        var may = AuthorityMay(settling)
        let erasures = log.limits.erasures.filter {
            may.act($0) && view.mayEraseNow(log.authors[$0])
        }
        var texts: Set<RecordID> = []
        var effective: [RecordID] = []
        guard !erasures.isEmpty else {
            self.texts = texts
            self.effective = effective
            return
        }
        let holders = ([view] + cases).map { holder in
            let (all, ended) = holder.holds
            let wanted =
                log.facts.follow(.holdsOfAll)
                ? all
                : all.filter { hold in
                    let person = log.local(holder.log.people[holder.log.authors[hold]])
                    return person.map(view.isIn) ?? false
                }
            let counts = wanted.reduce(into: [Int: Int]()) {
                $0[holder.log.authors[$1], default: 0] += 1
            }
            return (view: holder, holds: Set(wanted), ended: ended, counts: counts)
        }
        // A hold that is not over keeps everything.
        if holders.allSatisfy({ $0.ended.isSuperset(of: $0.holds) }) {
            for erasure in erasures {
                guard
                    case .erases(let named, let over, let people) = log.facts.records[
                        log.records[erasure]
                    ].act
                else { continue }
                let isOver = holders.allSatisfy { holder in
                    guard !holder.holds.isEmpty, log.facts.follow(.overNamed) else { return true }
                    let there = holder.view.log
                    let named = people.compactMap { log.facts.numbers[$0].flatMap(there.local) }
                    let gone = holder.view.standing.covered(by: Set(named))
                    // Counted, so that it costs what it names and not what there is.
                    let byGone = gone.reduce(0) { $0 + (holder.counts[$1] ?? 0) }
                    let others = Set(over.compactMap(there.place)).filter {
                        holder.holds.contains($0) && !gone.contains(there.authors[$0])
                    }
                    return byGone + others.count == holder.holds.count
                }
                guard isOver else { continue }
                texts.formUnion(named)
                effective.append(log.id(erasure))
            }
        }
        self.texts = texts
        self.effective = effective.sorted()
    }
}
