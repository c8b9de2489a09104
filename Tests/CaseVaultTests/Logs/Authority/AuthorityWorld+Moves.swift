// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

@testable import CaseVault

extension AuthorityWorld {
    /// Everything that can happen next.
    func moves(_ moment: Moment, hand: Int, bad: Int) -> [Move] {
        var moves: [Move] = []
        let everywhere = moment.computers.reduce(into: Set<Int>()) { $0.formUnion($1.records) }
        let known = everywhere.union(moment.pool)
        // A hostile record is signed just before somebody first gets it: signing it earlier would
        // show nothing new.
        let fresh = moment.pool.subtracting(everywhere).sorted()
        for (i, computer) in moment.computers.enumerated() {
            if hand > 0, fresh.isEmpty { moves += handMoves(i, computer) }
            let here = Set(computer.records)
            let loose = moment.pool.subtracting(here).sorted()
            for isLost in setting.losesMemory ? [false, true] : [false] {
                for (j, other) in moment.computers.enumerated()
                where j != i && fresh.isEmpty && !here.isSuperset(of: other.records) {
                    moves.append(
                        Move(
                            kind: .sync, computer: i, what: "gets all of \(deeds.names[honest[j]])",
                            new: other.records, isLost: isLost))
                }
                for record in fresh.isEmpty ? loose : fresh {
                    moves.append(
                        Move(
                            kind: .get, computer: i, what: "gets #\(record)", new: [record],
                            isLost: isLost))
                }
                if loose.count > 1 {
                    moves.append(
                        Move(kind: .all, computer: i, what: "gets all", new: loose, isLost: isLost))
                }
                if !loose.isEmpty, !known.subtracting(loose).isSubset(of: here) {
                    moves.append(
                        Move(
                            kind: .everything, computer: i, what: "gets everything",
                            new: known.sorted(),
                            isLost: isLost))
                }
            }
        }
        if bad > 0 {
            let only = setting.only
            moves += badDeeds(known).filter { only.isEmpty || only.contains($0.kind) }
                .map { deeds.number($0) }.filter { !known.contains($0) }
                .map { Move(kind: .sign, new: [$0]) }
        }
        return moves
    }

    /// The removals and leaves of somebody that are here: what an act names that lets them back.
    private func bars(
        _ records: some Sequence<Int>, _ person: Int, in log: AuthorityDeed.Log, by: Crowd? = nil
    ) -> [Int] {
        records.filter { record in
            let deed = deeds.deeds[record]
            guard deed.log == log else { return false }
            if deed.kind == .out { return deed.people.has(person) && by?.has(deed.by) ?? true }
            return deed.kind == .leave && deed.by == person && by == nil
        }.sorted()
    }

    /// Everything on somebody's list, and what they ended or erased.
    private func named(by person: Int, in log: AuthorityDeed.Log, _ records: [Int]) -> [Int] {
        var ids: Set<Int> = []
        for record in records {
            let deed = deeds.deeds[record]
            guard deed.log == log, deed.by == person else { continue }
            if deed.isListed || deed.kind == .end || deed.kind == .erase { ids.insert(record) }
            if deed.kind == .counted { ids.formUnion(deed.ids) }
        }
        return ids.sorted()
    }

    // MARK: By hand

    private func handMoves(_ i: Int, _ computer: AuthorityComputer) -> [Move] {
        let (me, records) = (honest[i], computer.records)
        guard let roster = computer[.roster] else { return [] }
        var moves: [Move] = []
        func add(
            _ what: String, _ log: AuthorityDeed.Log, _ acts: [AuthorityDeed], about: Crowd = [],
            isLetIn: Bool? = nil
        ) {
            let new = acts.map { deeds.number($0) }
            if new.isEmpty || Set(records).isSuperset(of: new) { return }
            if !setting.acts.isEmpty, !setting.acts.contains(what) { return }
            moves.append(
                Move(
                    kind: .hand, computer: i,
                    what: "\(what) \(about.list.map { deeds.names[$0] }.joined())",
                    about: about, isLetIn: isLetIn, log: log, new: new))
        }
        func out(_ people: Crowd, _ log: AuthorityDeed.Log, salt: Int = 0) -> AuthorityDeed {
            AuthorityDeed(
                log: log, by: me, kind: .out,
                salt: salt
                    + people.list.prefix(1).map { bars(records, $0, in: log).count }.reduce(0, +),
                people: people)
        }
        func letIn(_ person: Int, _ log: AuthorityDeed.Log, by: Crowd? = nil, checks: [String] = [])
            -> AuthorityDeed
        {
            var ids = bars(records, person, in: log, by: by)
            // A guest is let back by the case.
            if log == .work, !roster.letIn.has(person) {
                ids = (ids + bars(records, person, in: .roster)).sorted()
            }
            return AuthorityDeed(
                log: log, by: me, kind: .letIn, card: person, ids: ids, checks: checks)
        }
        let (bad, gone) = (
            roster.people.intersection(keys),
            roster.letIn.subtracting(roster.people).subtracting(keys)
        )
        if roster.power.has(me) {
            for person in bad.list {
                add(
                    "removes", .roster, [out(Crowd(person), .roster)], about: Crowd(person),
                    isLetIn: false)
            }
            for person in gone.list {
                add(
                    "lets back", .roster, [letIn(person, .roster)], about: Crowd(person),
                    isLetIn: true)
            }
        }
        if setting.menu == .work {
            workMoves(me, computer, roster, add, out, letIn)
            return moves
        }
        if roster.power.has(me) {
            if bad.count > 1 {
                add("removes", .roster, [out(bad, .roster)], about: bad, isLetIn: false)
            }
            for person in Crowd(honest + [newcomer]).subtracting(roster.letIn).list {
                // The software names the first one whom a lone founder admits.
                var act = letIn(person, .roster)
                act.isSecond =
                    setting.first == deeds.names[me]
                    && records.allSatisfy {
                        deeds.deeds[$0].kind != .letIn || deeds.deeds[$0].by != me
                    }
                add("admits", .roster, [act], about: Crowd(person), isLetIn: true)
            }
            for person in roster.people.subtracting(keys).subtracting(Crowd(me)).list
            where !roster.strong.has(person) {
                add(
                    "compares with", .roster,
                    [AuthorityDeed(log: .roster, by: me, kind: .confirm, card: person)])
            }
            add(
                "leaves", .roster,
                [
                    AuthorityDeed(
                        log: .roster, by: me, kind: .leave, ids: named(by: me, in: .roster, records)
                    )
                ], about: Crowd(me), isLetIn: nil)
        } else if !roster.people.has(me), !roster.removals[me].isEmpty {
            let removers = Crowd(roster.removals[me].map { deeds.deeds[$0].by })
            var acts = [AuthorityDeed(log: .roster, by: me, kind: .out, salt: 99, people: removers)]
            for person in deeds.cards.indices
            where !bars(records, person, in: .roster, by: removers).isEmpty {
                acts.append(letIn(person, .roster, by: removers))
            }
            add("objects", .roster, acts)
        }
        return moves
    }

    private func workMoves(
        _ me: Int, _ computer: AuthorityComputer, _ roster: AuthoritySight,
        _ add: (String, AuthorityDeed.Log, [AuthorityDeed], Crowd, Bool?) -> Void,
        _ out: (Crowd, AuthorityDeed.Log, Int) -> AuthorityDeed,
        _ letIn: (Int, AuthorityDeed.Log, Crowd?, [String]) -> AuthorityDeed
    ) {
        guard let work = computer[.work] else { return }
        if setting.before == .alone, work.power.isEmpty, work.letIn.has(me), !work.people.has(me),
            work.removals[me].isEmpty
        {
            for person in roster.power.subtracting(Crowd(me)).list {
                let act = AuthorityDeed(
                    log: .work, by: me, kind: .letIn, card: person, checks: ["k1"])
                add("hands over to", .work, [act], Crowd(person), nil)
            }
        }
        guard work.readers.has(me), work.power.has(me) else { return }
        let records = computer.records
        let need = Set(["k1"] + work.askingLinks.flatMap { deeds.deeds[$0].checks }).sorted()
        let ended = Set(
            records.filter { deeds.deeds[$0].kind == .hold && deeds.deeds[$0].log == .work }
        ).subtracting(work.openHolds)
        for person in work.people.intersection(keys).list {
            add(
                "removes from the case", .work, [out(Crowd(person), .work, 0)], Crowd(person), false
            )
        }
        add("holds", .work, [AuthorityDeed(log: .work, by: me, kind: .hold)], [], nil)
        let isFree =
            bars(records, newcomer, in: .work).isEmpty
            && bars(records, newcomer, in: .roster).isEmpty && !work.conflicted.has(newcomer)
        let guests = work.people.intersection(keys).subtracting(roster.letIn).list
        for guest in guests where roster.power.has(me) {
            add(
                "takes the guest out of the roster", .roster, [out(Crowd(guest), .roster, 7)], [],
                nil)
        }
        if setting.before == .oldKey || setting.before == .withheld {
            let declared = records.filter {
                deeds.deeds[$0].kind == .declare && deeds.deeds[$0].by == old
            }
            if !declared.isEmpty {
                add(
                    "hears that it is taken back", .work,
                    [
                        AuthorityDeed(
                            log: .check, by: new, kind: .declare, ids: declared.sorted(),
                            checks: ["k1"])
                    ], Crowd(new),
                    roster.people.has(new) && work.letIn.has(new)
                        && bars(records, new, in: .work).isEmpty ? true : nil)
            }
            for log in [AuthorityDeed.Log.check, .row]
            where setting.before == .oldKey && computer[log]?.power.has(me) ?? false {
                add(
                    "opens \(log.rawValue)", log,
                    [AuthorityDeed(log: log, by: me, kind: .letIn, card: new)], [], nil)
            }
        }
        if computer[.row]?.power.has(me) ?? false, !(computer[.row]?.letIn.has(newcomer) ?? true) {
            add(
                "opens the row", .row,
                [AuthorityDeed(log: .row, by: me, kind: .letIn, card: newcomer, isGuest: true)],
                Crowd(newcomer), isFree ? true : nil)
        }
        let mine = records.contains { deeds.deeds[$0].kind == .link && deeds.deeds[$0].by == me }
        if me == honest[0], !mine, setting.before != .handedOver {
            let tag = AuthorityDeeds.tag("bond of \(me)", "c").tag
            let root = AuthorityDeed(log: .linked, by: me, kind: .root)
            _ = deeds.number(
                root,
                root: AuthorityRoot(
                    kind: .check, people: work.people.list.map { deeds.cards[$0] }, tag: tag))
            add(
                "links", .work,
                [
                    root,
                    AuthorityDeed(
                        log: .work, by: me, kind: .link, people: work.readers, checks: ["k2"],
                        bond: "bond of \(me)"),
                ],
                [], nil)
        }
        if work.openHolds.isEmpty {
            add(
                "erases", .work,
                [
                    AuthorityDeed(
                        log: .work, by: me, kind: .erase, ids: [text], over: ended.sorted())
                ], [], nil)
        } else if work.openHolds.allSatisfy({ deeds.deeds[$0].by != me }) {
            add(
                "ends holds", .work,
                [AuthorityDeed(log: .work, by: me, kind: .end, ids: work.openHolds.sorted())], [],
                nil)
        }
        for link in work.askingLinks where deeds.deeds[link].by != me {
            add(
                "ends a link", .work, [AuthorityDeed(log: .work, by: me, kind: .end, ids: [link])],
                [], nil)
        }
        add(
            "lets in a guest", .work,
            [
                AuthorityDeed(
                    log: .work, by: me, kind: .letIn, card: newcomer, checks: need, isGuest: true)
            ], Crowd(newcomer), isFree ? true : nil)
        add(
            "leaves the case", .work,
            [
                AuthorityDeed(
                    log: .work, by: me, kind: .leave, ids: named(by: me, in: .work, records))
            ], [], nil)
        add(
            "has a conflict", .check,
            [AuthorityDeed(log: .check, by: me, kind: .declare, checks: ["k1"], isConflict: true)],
            [], nil)
        let gone = work.letIn.subtracting(work.people)
        for person in gone.list where !keys.has(person) || guests.isEmpty {
            let isBanned = !roster.letIn.has(person) && !bars(records, person, in: .roster).isEmpty
            guard !work.removals[person].isEmpty || isBanned,
                isBanned || !keys.has(person)
            else { continue }
            add(
                "lets back into the case", .work, [letIn(person, .work, nil, need)],
                Crowd(person), isBanned && !work.conflicted.has(person) ? true : nil)
        }
        for person in gone.intersection(Crowd(hostile)).list
        where setting.acts.contains("forgives") && !work.removals[person].isEmpty {
            add("forgives", .work, [letIn(person, .work, nil, ["k1"])], [], nil)
        }
    }

    // MARK: By hostile keys

    private func badDeeds(_ known: Set<Int>) -> [AuthorityDeed] {
        var bad: [AuthorityDeed] = []
        for key in keys.list {
            for log in logs { bad += badDeeds(of: key, in: log, known) }
            if setting.menu == .work, hostile.contains(key) || own.first == key {
                bad += badWorkDeeds(of: key, known)
            }
        }
        return bad
    }

    private func badDeeds(of key: Int, in log: AuthorityDeed.Log, _ known: Set<Int>)
        -> [AuthorityDeed]
    {
        func deed(_ kind: AuthorityDeed.Kind) -> AuthorityDeed {
            AuthorityDeed(log: log, by: key, kind: kind)
        }
        func out(_ people: Crowd) -> AuthorityDeed {
            AuthorityDeed(log: log, by: key, kind: .out, people: people)
        }
        var bad: [AuthorityDeed] = []
        if log == .roster || hostile.contains(key) { bad += honest.map { out(Crowd($0)) } }
        bad.append(out(Crowd(honest)))
        if log == .roster, key != own.first, let helper = own.first, let first = honest.first {
            bad.append(out(Crowd([first, helper])))
        }
        let there = known.filter { deeds.deeds[$0].log == log && deeds.deeds[$0].isListed }
        bad.append(
            AuthorityDeed(
                log: log, by: key, kind: .leave,
                ids: there.filter { deeds.deeds[$0].by == key }.sorted()))
        let others = there.filter { deeds.deeds[$0].by != key && keys.has(deeds.deeds[$0].by) }
            .sorted()
        if !others.isEmpty {
            bad.append(AuthorityDeed(log: log, by: key, kind: .counted, ids: others))
        }
        for person in keys.list {
            var grant = deed(.letIn)
            grant.card = person
            grant.checks = log == .work ? ["k1"] : []
            grant.ids = bars(known, person, in: log)
            if grant.ids.isEmpty {
                grant.isGuest = log == .work
                if own.contains(person), person != key { bad.append(grant) }
            } else {
                // All of them, and any part: whatever an act can name.
                let all = grant.ids
                for part in 1..<(1 << min(3, all.count)) {
                    grant.ids = all.indices.filter { $0 >= 3 || part & 1 << $0 != 0 }
                        .map { all[$0] }
                    bad.append(grant)
                }
            }
            if log == .roster, person != key {
                var confirm = deed(.confirm)
                confirm.card = person
                bad.append(confirm)
            }
        }
        if log == .roster, setting.before != .nothing { bad += badKeys(of: key) }
        if log == .roster, hostile.contains(key) {
            for person in own {
                bad.append(
                    AuthorityDeed(log: log, by: key, kind: .letIn, card: person, isSecond: true))
            }
            if keys.count > 1 { bad.append(out(keys.subtracting(Crowd(key)))) }
        }
        return bad
    }

    /// What a hostile key says about older keys.
    private func badKeys(of key: Int) -> [AuthorityDeed] {
        var bad: [AuthorityDeed] = []
        for person in [honest[0], old] where person != key {
            bad.append(AuthorityDeed(log: .roster, by: key, kind: .was, card: person))
        }
        guard hostile.contains(key) else { return bad }
        var grant = AuthorityDeed(log: .roster, by: key, kind: .letIn)
        (grant.card, grant.replaces) = (honest[1], honest[0])
        bad.append(grant)
        for person in own {
            (grant.card, grant.replaces) = (person, honest[0])
            bad.append(grant)
        }
        return bad
    }

    private func badWorkDeeds(of key: Int, _ known: Set<Int>) -> [AuthorityDeed] {
        let helper = own.first ?? hostile[hostile.count - 1]
        let holds = known.filter { deeds.deeds[$0].kind == .hold }.sorted()
        let links = known.filter { deeds.deeds[$0].kind == .link }.sorted()
        func deed(_ log: AuthorityDeed.Log, _ kind: AuthorityDeed.Kind) -> AuthorityDeed {
            AuthorityDeed(log: log, by: key, kind: kind)
        }
        var bad = [deed(.work, .hold), deed(.work, .text), deed(.row, .text)]
        var targets = [("none", "none", Crowd()), ("k2", "stolen", Crowd([helper, key]))]
        if setting.before == .otherCase || setting.before == .hiddenCase {
            targets.append(("k9", "stolen", Crowd()))
        }
        for (check, bond, people) in targets {
            bad.append(
                AuthorityDeed(
                    log: .work, by: key, kind: .link, people: people, checks: [check], bond: bond))
        }
        bad.append(AuthorityDeed(log: .work, by: key, kind: .erase, ids: [text]))
        bad.append(AuthorityDeed(log: .check, by: key, kind: .erase, ids: [name]))
        for isConflict in [true, false] {
            bad.append(
                AuthorityDeed(
                    log: .check, by: key, kind: .declare, checks: ["k1"], isConflict: isConflict))
        }
        if known.contains(where: { deeds.deeds[$0].log == .linked }) {
            bad.append(
                AuthorityDeed(
                    log: .linked, by: key, kind: .declare, checks: ["k2"], isConflict: true))
        }
        if setting.before == .twoCases, key == hostile.first {
            bad.append(deed(.second, .root))
            bad.append(
                AuthorityDeed(
                    log: .second, by: key, kind: .letIn, card: honest[0], checks: ["k1"]))
        }
        bad.append(AuthorityDeed(log: .work, by: key, kind: .end, people: Crowd(honest)))
        if setting.before == .withheld || setting.before == .oldKey {
            for log in [AuthorityDeed.Log.check, .row] {
                bad.append(AuthorityDeed(log: log, by: key, kind: .letIn, card: new))
            }
        }
        if key != helper {
            for log in [AuthorityDeed.Log.work, .check, .row] {
                bad.append(
                    AuthorityDeed(
                        log: log, by: key, kind: .letIn, salt: 7, card: helper, isGuest: true))
            }
        }
        if !(holds + links).isEmpty {
            bad.append(
                AuthorityDeed(log: .work, by: key, kind: .end, ids: (holds + links).sorted()))
        }
        if !holds.isEmpty {
            bad.append(AuthorityDeed(log: .work, by: key, kind: .erase, ids: [text], over: holds))
        }
        return bad
    }
}
