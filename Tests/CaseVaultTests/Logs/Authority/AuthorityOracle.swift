// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

@testable import CaseVault

/// Judges by real time: who was in where, and when. It asks of each step whether what a computer
/// says now could be, and knows none of the rules.
struct AuthorityOracle {
    let world: AuthorityWorld
    let moment: AuthorityWorld.Moment

    func deed(_ record: Int) -> AuthorityDeed { world.deeds.deeds[record] }
    func fail(_ what: String, _ detail: @autoclosure () -> String = "") {
        world.fail(what, moment, detail())
    }
    func name(_ person: Int) -> String { world.deeds.names[person] }

    /// One log of one computer, before and after.
    struct Change {
        let log: AuthorityDeed.Log
        let owner: Int
        let old: AuthoritySight
        let new: AuthoritySight
        let oldRoster: AuthoritySight?
        let records: [AuthorityDeed]
        /// What its owner had listed before.
        let mine: Set<Int>
        /// What arrived.
        let arrived: [Int]
        /// What is read, and by whom, where checks are answered; `nil` in the roster.
        let readers: Crowd?
    }

    /// Whether a record may count now: its author was in before; or came in with this batch by
    /// records that may; or a colleague who is in had counted it before.
    private func isJust(_ record: Int, _ change: Change, _ deep: [Int] = []) -> Bool {
        let (deed, old, new) = (deed(record), change.old, change.new)
        let author = deed.by
        if old.taken.contains(record) || author == change.owner || world.honest.contains(author) {
            return true
        }
        if world.honest.indices.contains(where: {
            let other = world.honest[$0]
            guard other != change.owner, moment.past.took[$0].contains(record) else { return false }
            // Also one who has left, and named it.
            return old.people.has(other) || new.people.has(other)
                || (new.removals[other].isEmpty && !new.leaves[other].isEmpty
                    && new.leaves[other].allSatisfy { self.deed($0).ids.contains(record) })
        }) {
            return true
        }
        if change.mine.contains(record) { return true }
        let power = old.power.union(new.power)
        let left = new.strong.intersection(new.people).subtracting(world.keys)
        // Where fewer than two are left, one voucher gives power, until there are two again.
        var able = left.count < 2 ? power.union(new.everPower) : power
        // Also for a moment within a batch, in which some leave and others are let back: then whoever
        // is vouched for does and lists nothing that whoever vouches could not have.
        if left.intersection(old.people).count < 2 {
            let vouched = new.taken.map(self.deed).filter {
                ($0.kind == .letIn || $0.kind == .confirm) && power.has($0.by)
            }.map(\.card)
            able.formUnion(Crowd(vouched))
        }
        if deed.kind != .out {
            // As if the one who lists it had signed it.
            if change.records.contains(where: {
                $0.kind == .counted && able.has($0.by) && $0.ids.contains(record)
            }) {
                return true
            }
            // Who left by themselves, and named it each time.
            let wasIn = old.people.has(author) || !old.leaves[author].isEmpty
            if new.removals[author].isEmpty, !new.leaves[author].isEmpty,
                new.leaves[author].allSatisfy({ self.deed($0).ids.contains(record) })
            {
                return wasIn
                    || (!deep.contains(author) && hasEntered(author, change, deep + [author]))
            }
            // Whoever is out once all has arrived lets in nobody and vouches for nobody with it.
            if !new.people.has(author) { return false }
        } else {
            // Somebody else who lists the removal by a person who ever had power stands for it.
            let isListed = change.records.contains {
                $0.kind == .counted && $0.by != author && power.has($0.by)
                    && $0.ids.contains(record)
            }
            if isListed, new.strong.has(author) { return true }
            // A leaver's removals go with them.
            if !new.leaves[author].isEmpty { return false }
        }
        // Who must answer a check lets nobody in.
        if deed.kind == .letIn, let readers = change.readers, !readers.has(author) { return false }
        if deed.kind == .text { able.formUnion(old.people.union(new.people)) }
        if old.people.has(author), able.has(author) || change.oldRoster?.power.has(author) ?? false
        {
            return true
        }
        if deep.contains(author) || (!new.people.has(author) && new.leaves[author].isEmpty) {
            return false
        }
        return hasEntered(author, change, deep + [author])
    }

    /// Whether somebody brought a person in who could.
    private func hasEntered(_ person: Int, _ change: Change, _ deep: [Int] = []) -> Bool {
        let before = Set(change.old.removals[person] + change.old.leaves[person])
        var lifted: Set<Int> = []
        // What only lifts lets in nobody who never was.
        var (isNamed, isLetIn) = (false, change.old.letIn.has(person))
        for record in change.new.taken.subtracting(change.old.taken) {
            let deed = deed(record)
            // Objecting brings oneself back on one's own computer only.
            let isOther = deed.by != person || person == change.owner
            guard deed.kind == .letIn, deed.card == person, isOther, !deep.contains(deed.by),
                isJust(record, change, deep)
            else { continue }
            isNamed = true
            lifted.formUnion(deed.ids)
            if deed.ids.isEmpty { isLetIn = true }
        }
        if isNamed, isLetIn, before.isSubset(of: lifted) { return true }
        // In a case the roster can bring somebody back.
        return change.old.letIn.has(person) && before.isEmpty && change.log != .roster
    }

    /// Judges a step of one computer.
    func judge(_ i: Int, from old: AuthorityComputer, to new: AuthorityComputer, isLost: Bool) {
        let owner = world.honest[i]
        for (log, after) in new.sights {
            guard let before = old[log], after.people.has(owner) || before.people.has(owner) else {
                continue
            }
            let there = new.records.map { deed($0) }.filter { $0.log == log }
            let mine = old.records.map { deed($0) }.filter {
                $0.log == log && $0.kind == .counted && $0.by == owner
            }.flatMap(\.ids)
            let change = Change(
                log: log, owner: owner, old: before, new: after,
                oldRoster: log == .roster ? nil : old[.roster], records: there, mine: Set(mine),
                arrived: Set(new.records).subtracting(old.records).filter {
                    deed($0).log == log
                }.sorted(),
                readers: log == .work ? before.readers.union(after.readers) : nil)
            judge(change, i, new, isLost: isLost)
        }
        if world.setting.menu == .work { judgeWork(i, from: old, to: new, isLost: isLost) }
    }

    private func judge(_ change: Change, _ i: Int, _ computer: AuthorityComputer, isLost: Bool) {
        let (old, new, log) = (change.old, change.new, change.log)
        if !isLost, !old.taken.isSubset(of: new.taken) { fail("I1 uncounted") }
        for person in old.people.subtracting(new.people).subtracting(world.keys).list {
            let removals = new.removals[person]
            var isFine =
                !new.leaves[person].isEmpty || hasConflict(person, computer.records)
            isFine = isFine || removals.contains { isJust($0, change) }
            isFine =
                isFine
                || (log != .roster && !(computer[.roster]?.people.has(person) ?? false)
                    && (!new.guests.has(person)
                        || !(computer[.roster]?.removals[person].isEmpty ?? true)))
            if isLost, removals.isEmpty { isFine = isFine || !new.letIn.has(person) }
            if isLost, !removals.isEmpty, !isFine {
                let isAsked =
                    !world.logs.contains(log)
                    || world.questions(computer, log).whoStays.contains {
                        $0.card == world.deeds.cards[person]
                    }
                isFine = person == change.owner || isAsked
            }
            if !isFine {
                fail(
                    "I1 takeover" + (isLost ? " without memory" : ""),
                    "\(name(person)) is out on \(name(change.owner))'s")
            }
        }
        if !isLost, log == .roster {
            let lost = old.people.intersection(new.people).intersection(old.power).intersection(
                old.strong
            )
            .subtracting(new.power).subtracting(world.keys)
            if !lost.isEmpty { fail("I1 power lost while in") }
        }
        if new.people.has(change.owner) {
            for person in new.people.subtracting(old.people).list
            where world.keys.has(person) || log == .roster {
                var isFine = hasEntered(person, change)
                if !isFine, log != .roster {
                    isFine =
                        new.removals[person].isEmpty && old.letIn.has(person)
                        && computer[.roster]?.people.has(person) ?? false
                }
                // Whoever was out signs nothing: what their new computer knows of that time, it
                // knows from others.
                isFine = isFine || (isLost && !old.people.has(change.owner))
                if !isFine {
                    fail(
                        old.removals[person].isEmpty ? "I3 puppet" : "I2 back",
                        "\(name(person)) is in on \(name(change.owner))'s in \(log.rawValue)")
                }
            }
        }
        if !isLost {
            judgeHostile(change, i)
            judgeHonest(change, computer)
        }
        if new.people.has(change.owner) { judgeLifts(change) }
        if log == .roster { judgeVouchers(change) }
        if log == .roster, new.power.has(change.owner),
            new.strong.intersection(new.people).count >= 2, world.hostileCount < 2
        {
            for key in new.power.intersection(Crowd(world.own)).list {
                let isVouchedFor = change.records.contains {
                    ($0.kind == .letIn || $0.kind == .confirm) && $0.card == key
                        && world.honest.contains($0.by)
                }
                if !isVouchedFor { fail("D1 an own key has power", name(key)) }
            }
        }
    }

    private func judgeHostile(_ change: Change, _ i: Int) {
        for record in change.new.taken.subtracting(change.old.taken) {
            let deed = deed(record)
            guard world.keys.has(deed.by) else { continue }
            if deed.kind != .letIn, !isJust(record, change) {
                fail("I3 counted for nobody", world.deeds.shown(record))
            }
            guard moment.past.late[record]?[i] ?? false, change.new.people.has(change.owner) else {
                continue
            }
            let othersTook = world.honest.indices.contains {
                $0 != i && moment.past.took[$0].contains(record)
            }
            // As if the one who lists it had signed it; a removal only by who ever had power.
            let isListed =
                (deed.kind != .out || change.new.strong.has(deed.by))
                && change.records.contains {
                    $0.kind == .counted && $0.by != deed.by && $0.ids.contains(record)
                        && change.old.power.union(change.new.power).has($0.by)
                }
            if !othersTook, !isListed, !change.new.people.has(deed.by),
                !hasEntered(deed.by, change)
            {
                fail("I2 signed after its author was out here", world.deeds.shown(record))
            }
        }
    }

    // MARK: Cases

    private func judgeWork(
        _ i: Int, from old: AuthorityComputer, to new: AuthorityComputer, isLost: Bool
    ) {
        guard let work = new[.work], let roster = new[.roster] else { return }
        let records = new.records.map { (number: $0, deed: deed($0)) }
        let members = world.honest + world.hostile
        for person in work.readers.list {
            if hasConflict(person, new.records) { fail("I4 conflict", name(person)) }
            if !roster.people.has(person) {
                let isBanned = records.contains { number, ban in
                    ban.kind == .out && roster.removals[person].contains(number)
                        && world.honest.contains(ban.by) && roster.people.has(ban.by)
                        && !records.contains {
                            $0.deed.log == .work && $0.deed.kind == .letIn
                                && $0.deed.card == person && $0.deed.ids.contains(number)
                                && world.honest.contains($0.deed.by)
                        }
                }
                if !work.guests.has(person) || isBanned {
                    fail("I2 banned, and reads", name(person))
                }
            }
            let answers = records.filter {
                ($0.deed.kind == .letIn && $0.deed.card == person)
                    || ($0.deed.kind == .declare && $0.deed.by == person && !$0.deed.isConflict)
            }.flatMap(\.deed.checks)
            if !members.contains(person), !answers.contains("k1") {
                fail("I4 silent on the first check", name(person))
            }
            for (number, link) in records where link.kind == .link && members.contains(link.by) {
                // A link of somebody else's check is none.
                let isOurs = world.honest.contains(link.by) || link.checks == ["none"]
                guard isOurs, isSilent(person, i, number, new, roster) else { continue }
                // By its name, or by its author who is out.
                let enders = Set(
                    records.map(\.deed).filter { end in
                        end.kind == .end
                            && (end.ids.contains(number)
                                || (end.people.has(link.by) && !work.people.has(link.by)))
                    }.filter { work.power.has($0.by) || work.goneAlone.has($0.by) }.map(\.by))
                let isEnded =
                    enders.count > 1
                    || enders.contains {
                        $0 == world.honest[i] || !isSilent($0, i, number, new, roster)
                    }
                if !isEnded { fail("I4 silent on a link", name(person)) }
            }
        }
        for log in [AuthorityDeed.Log.check, .row] {
            for person in (new[log]?.readers ?? []).intersection(Crowd(world.own)).list {
                let isOpened = records.contains {
                    $0.deed.log == log && $0.deed.kind == .letIn && $0.deed.card == person
                        && members.contains($0.deed.by)
                }
                if !isOpened { fail("I6 opened by nobody", name(person)) }
            }
        }
        if let before = old[.work], before.people.has(world.honest[i]) {
            let lost = before.readers.subtracting(work.readers).intersection(work.people)
                .intersection(Crowd(world.honest))
            let arrived = Set(new.records).subtracting(old.records)
            let areNew = Set(work.askingLinks).subtracting(before.askingLinks).isSubset(of: arrived)
            if !lost.isEmpty, areNew, !isLost { fail("I4 read before a link, and is asked") }
        }
        judgeWithheld(from: old, to: new)
        // Who is not in the case cannot see who is.
        if work.people.has(world.honest[i]) { judgeRow(i, from: old, to: new, work, records) }
        judgeDay(new, work, records)
    }

    private func judgeRow(
        _ i: Int, from old: AuthorityComputer, to new: AuthorityComputer, _ work: AuthoritySight,
        _ records: [(number: Int, deed: AuthorityDeed)]
    ) {
        guard let before = old[.row], let after = new[.row] else { return }
        for person in after.readers.intersection(Crowd(world.own)).subtracting(before.readers).list
        {
            let openers = records.filter {
                $0.deed.log == .row && $0.deed.kind == .letIn && $0.deed.card == person
            }
            // This computer may have taken one before there was a conflict, and lost its memory.
            let areTaken = openers.contains { opener in
                world.honest.indices.contains {
                    let taken = $0 == i ? moment.past.openers[i] : moment.past.took[$0]
                    return taken.contains(opener.number)
                }
            }
            if !areTaken, openers.allSatisfy({ work.conflicted.has($0.deed.by) }) {
                fail("I4 a row opened by who has a conflict", name(person))
            }
        }
        for record in after.taken.subtracting(before.taken) where deed(record).kind == .text {
            let author = deed(record).by
            guard world.keys.has(author), !work.people.has(author),
                !work.goneAlone.has(author) || work.conflicted.has(author),
                !(old[.work]?.people.has(author) ?? false),
                !moment.past.took.contains(where: { $0.contains(record) }),
                // As if the one who lists it had signed it.
                !records.contains(where: {
                    $0.deed.kind == .counted && $0.deed.ids.contains(record)
                        && after.power.has($0.deed.by)
                })
            else { continue }
            fail("P14 a row changed by who is not in its case", world.deeds.shown(record))
        }
    }

    /// What would be deleted now, its day being over?
    private func judgeDay(
        _ computer: AuthorityComputer, _ work: AuthoritySight,
        _ records: [(number: Int, deed: AuthorityDeed)]
    ) {
        let members = world.honest + world.hostile
        for (log, text) in [(AuthorityDeed.Log.work, world.text), (.check, world.name)] {
            guard let sight = computer[log], sight.erased.contains(text) else { continue }
            // Who is not in the case cannot see its holds.
            if !work.people.has(computer.owner), log == .check {
                fail("I5 deleted where its holds are not seen", log.rawValue)
            }
            let erasures = records.filter { $0.deed.kind == .erase && $0.deed.ids.contains(text) }
                .map(\.deed)
            for (number, hold) in records where hold.kind == .hold && members.contains(hold.by) {
                let isGone = !work.people.has(hold.by)
                let isEnded = records.contains {
                    $0.deed.kind == .end
                        && ($0.deed.ids.contains(number) || ($0.deed.people.has(hold.by) && isGone))
                        && work.power.has($0.deed.by) && work.readers.has($0.deed.by)
                }
                if !isEnded { fail("I5 deleted under a hold", log.rawValue) }
                let isNamed = erasures.contains {
                    ($0.over.contains(number) || ($0.people.has(hold.by) && isGone))
                        && sight.power.has($0.by)
                }
                if !isNamed { fail("I5 deleted by who did not name the hold", log.rawValue) }
            }
            if !erasures.contains(where: { sight.power.has($0.by) }) {
                fail("I5 deleted for somebody who is out", log.rawValue)
            }
        }
    }
}
