// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

@testable import CaseVault

extension AuthorityOracle {
    /// Somebody's own key and those that they say it replaces.
    func keys(of person: Int, _ records: [Int]) -> Crowd {
        var keys = Crowd(person)
        while true {
            let older = records.map(deed).filter { $0.kind == .was && keys.has($0.by) }.map(\.card)
            if Crowd(older).isSubset(of: keys) { return keys }
            keys.formUnion(Crowd(older))
        }
    }

    /// Whether somebody said, under this key or an older one, that they have a conflict on a check
    /// of the case, and neither that key nor the newer one took it back.
    func hasConflict(_ person: Int, _ records: [Int]) -> Bool {
        let older = keys(of: person, records)
        let said = records.map { (number: $0, deed: deed($0)) }.filter {
            $0.deed.kind == .declare && older.has($0.deed.by)
        }
        guard !said.isEmpty else { return false }
        // A check that the case's people linked, and whose first record is here.
        let isLinked = records.contains { deed($0).kind == .root && deed($0).log == .linked }
        let checks = ["k1"] + (isLinked ? ["k2"] : [])
        return said.contains { number, declared in
            declared.isConflict && declared.checks.contains(where: checks.contains)
                && !said.contains {
                    $0.deed.ids.contains(number)
                        && (Crowd($0.deed.by) == Crowd(declared.by)
                            || $0.deed.by == person)
                }
        }
    }

    /// Whether somebody who was let in by hand lifted each removal of a person: nobody whom the
    /// same removal names, unless somebody else lifted it for them.
    func judgeLifts(_ change: Change) {
        for person in change.new.people.intersection(world.keys).list {
            for removal in change.new.taken {
                let deed = deed(removal)
                guard deed.kind == .out, deed.people.has(person), deed.by != person else {
                    continue
                }
                if !isLifted(removal, for: person, change, []) {
                    fail("I2 lifted by whom it names", world.deeds.names[person])
                }
            }
        }
    }

    private func isLifted(_ removal: Int, for person: Int, _ change: Change, _ deep: [Int]) -> Bool
    {
        change.new.taken.contains { record in
            let lift = deed(record)
            guard lift.kind == .letIn, lift.card == person, lift.ids.contains(removal),
                lift.by != person || person == change.owner, !deep.contains(lift.by)
            else { return false }
            return !deed(removal).people.has(lift.by) || lift.by == change.owner
                || isLifted(removal, for: lift.by, change, deep + [person])
        }
    }

    /// What an honest person with power did counts wherever it arrives while they have it.
    func judgeHonest(_ change: Change, _ computer: AuthorityComputer) {
        let (old, new) = (change.old, change.new)
        guard old.people.has(change.owner), new.people.has(change.owner) else { return }
        // Where one author named a row in two cases, nothing is opened any more.
        if world.setting.before == .twoCases, change.log != .roster, change.log != .work { return }
        for record in change.arrived {
            let deed = deed(record)
            let author = deed.by
            guard world.honest.contains(author), author != change.owner else { continue }
            let isExpected: Bool
            switch deed.kind {
            case .out:
                isExpected =
                    old.power.has(author) && new.leaves[author].isEmpty
                    && (change.log == .roster
                        || (computer[.roster]?.power.has(author) ?? false
                            && !new.conflicted.has(author)))
            case .letIn, .confirm:
                let reads = change.log != .work || new.readers.has(author)
                let isOwn = !deed.ids.isEmpty && deed.card == author
                let stays =
                    old.power.has(author) && new.power.has(author) && reads
                    || old.power.has(author) && change.log == .roster
                        && new.removals[author].isEmpty && !new.leaves[author].isEmpty
                        && new.leaves[author].allSatisfy { self.deed($0).ids.contains(record) }
                isExpected = stays && !isOwn && !isWithheld(deed, computer.records)
            case .text: isExpected = change.log == .work && new.people.has(author)
            default: isExpected = false
            }
            if isExpected, !new.taken.contains(record) {
                fail("I8 what an honest person did does not count", world.deeds.shown(record))
            }
        }
    }

    /// Two people with power who compared fingerprints with somebody give power.
    func judgeVouchers(_ change: Change) {
        let new = change.new
        guard new.people.has(change.owner) else { return }
        for person in new.people.subtracting(new.power).list {
            let hands = Set(
                new.taken.map(deed).filter {
                    ($0.kind == .confirm || ($0.kind == .letIn && $0.ids.isEmpty))
                        && $0.card == person && $0.by != person && world.honest.contains($0.by)
                        && new.power.has($0.by) && new.strong.has($0.by)
                }.map(\.by))
            if hands.count > 1 { fail("I8 two compared, and no power", world.deeds.names[person]) }
        }
    }

    // MARK: What is kept from somebody

    private func isWithheld(_ deed: AuthorityDeed, _ records: [Int]) -> Bool {
        world.setting.before == .withheld && (deed.log == .check || deed.log == .row)
            && keys(of: deed.card, records).has(world.old)
            && !world.firstReaders.has(deed.card)
    }

    func judgeWithheld(from old: AuthorityComputer, to new: AuthorityComputer) {
        guard world.setting.before == .withheld else { return }
        for log in [AuthorityDeed.Log.check, .row] {
            // Who is not in the case cannot see that the row is one of a check that is withheld.
            guard let before = old[log], let after = new[log],
                log == .check || new[.work]?.people.has(new.owner) ?? false
            else { continue }
            for record in after.taken.subtracting(before.taken) where deed(record).by != new.owner {
                let opened = deed(record)
                if opened.kind == .letIn, isWithheld(opened, new.records),
                    !opened.ids.contains(where: { deed($0).kind == .root })
                {
                    fail("I6 withheld", world.deeds.shown(record))
                }
            }
        }
    }

    // MARK: Links

    /// Whether somebody has to answer a link, by what really happened.
    func isSilent(
        _ person: Int, _ i: Int, _ number: Int, _ computer: AuthorityComputer,
        _ roster: AuthoritySight
    ) -> Bool {
        let link = deed(number)
        let records = computer.records.map(deed)
        let answers = records.filter {
            ($0.kind == .letIn && $0.card == person)
                || ($0.kind == .declare && $0.by == person && !$0.isConflict)
        }.flatMap(\.checks)
        if link.checks.contains(where: answers.contains) || link.people.has(person) { return false }
        if moment.past.readers[i][number]?.has(person) ?? false { return false }
        // The starter, who never was out.
        let starter = records.first { $0.kind == .root && $0.log == .work }?.by
        guard starter == person, let work = computer[.work] else { return true }
        return roster.taken.union(work.taken).contains {
            deed($0).kind == .out && deed($0).people.has(person)
        } || records.contains { $0.kind == .leave && $0.by == person }
            || records.contains { $0.kind == .declare && $0.by == person && $0.isConflict }
    }
}
