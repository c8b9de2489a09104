// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

@testable import CaseVault

extension AuthorityOracle {
    /// Judges what stands once everybody has everything.
    func judgeAtRest() {
        guard world.restsAnew(moment) else { return }
        guard let rest = world.exchange(moment.computers) else {
            return world.fail("I13 never quiet", moment)
        }
        for log in world.logs { judgeAtRest(rest, log) }
        if world.setting.menu == .work {
            for log in [AuthorityDeed.Log.check, .row] { judgeNewComputers(rest, log) }
            judgeLastWordInCase(rest)
            if world.hostile.isEmpty { judgeHandOver(rest) }
        } else if !world.keys.isEmpty {
            judgeLastWord(rest)
        }
    }

    private func judgeAtRest(_ rest: [AuthorityComputer], _ log: AuthorityDeed.Log) {
        let (world, cards) = (world, world.deeds.cards)
        let name = AuthorityName.log(log.rawValue)
        let questions = rest.map { world.questions($0, log) }
        for (i, owner) in world.honest.enumerated() {
            guard let sight = rest[i][log], sight.people.has(owner) else { continue }
            if let view = world.newComputer(owner, rest[i].records)[name] {
                let new = AuthoritySight(view, world.deeds)
                if new.people != sight.people || new.power != sight.power {
                    let (old, now) = (sight, new)
                    let sets = [old.people, now.people, old.power, now.power].map { people in
                        people.list.map { world.deeds.names[$0] }.joined()
                    }
                    world.fail(
                        "I11 a new computer says something else", moment,
                        "\(log.rawValue) of \(world.deeds.names[owner]): \(sets)")
                }
                let asked = Crowd(
                    new.people.list.filter { person in
                        view.local(of: cards[person]).map(view.isAsked) ?? false
                    })
                if !sight.readers.subtracting(new.readers).isSubset(of: asked) {
                    world.fail("I11 a new computer asks nobody", moment, log.rawValue)
                }
            }
            if world.hostile.isEmpty {
                let asked = questions[i]
                let differ = !asked.differences.isEmpty && world.setting.first != "A"
                if !asked.whoStays.isEmpty || asked.isUnheld || differ {
                    world.fail(
                        "I12 asked", moment,
                        asked.differences.map { difference in
                            let names =
                                [owner]
                                + [difference.computer, difference.about].map {
                                    cards.firstIndex(of: $0) ?? 0
                                }
                            return names.map { world.deeds.names[$0] }.joined(separator: " ")
                        }.joined(separator: ", "))
                }
                if sight.power.isEmpty { world.fail("I12 stuck: nobody has power", moment) }
            }
            for (j, other) in world.honest.enumerated().dropFirst(i + 1) {
                guard let theirs = rest[j][log], theirs.people.has(other) else { continue }
                let differing = sight.people.symmetricDifference(theirs.people)
                for person in differing.list {
                    // Let in where fewer than two had power for good: one of them says so.
                    let areFew = log == .work || world.setting.first == "A"
                    let isNew = areFew && !sight.letIn.intersection(theirs.letIn).has(person)
                    let told = [i, j].filter { k in
                        questions[k].whoStays.contains {
                            $0.card == cards[person] || $0.removers.contains(cards[person])
                        }
                            || questions[k].differences.contains { $0.about == cards[person] }
                    }
                    if told.isEmpty || (told.count < 2 && !isNew) {
                        world.fail("I7 differ and not told", moment, log.rawValue)
                    }
                }
                let reading = sight.readers.symmetricDifference(theirs.readers)
                for person in reading.intersection(sight.people).intersection(theirs.people).list {
                    // Only computers of people who ever had power are compared.
                    let areTold = [(i, other), (j, owner)].allSatisfy { k, colleague in
                        questions[k].mustAnswer.contains { $0.card == cards[person] }
                            || !(rest[k][.roster]?.everPower.has(colleague) ?? false)
                    }
                    if !areTold {
                        world.fail("I7 readers differ and not told", moment, log.rawValue)
                    }
                }
                guard differing.isEmpty else { continue }
                if sight.power != theirs.power {
                    world.fail("I7 power differs", moment, log.rawValue)
                }
                if sight.taken.symmetricDifference(theirs.taken).contains(where: {
                    world.deeds.deeds[$0].kind == .text
                }) {
                    world.fail("I7 entries differ", moment, log.rawValue)
                }
            }
        }
    }

    /// Checks and rows: a new computer counts the same people in. Who read the case before a link is
    /// asked on a new computer, and so judges a row otherwise.
    private func judgeNewComputers(_ rest: [AuthorityComputer], _ log: AuthorityDeed.Log) {
        for (i, owner) in world.honest.enumerated() {
            guard let sight = rest[i][log], sight.people.has(owner) else { continue }
            let state = world.newComputer(owner, rest[i].records)
            guard let view = state[AuthorityName.log(log.rawValue)],
                let work = state[AuthorityName.log(AuthorityDeed.Log.work.rawValue)],
                let known = rest[i][.work]
            else { continue }
            let new = AuthoritySight(work, world.deeds)
            guard new.readers == known.readers, new.people == known.people else { continue }
            if AuthoritySight(view, world.deeds).people != sight.people {
                world.fail(
                    "I11 a new computer says something else", moment,
                    "\(log.rawValue) of \(world.deeds.names[owner])")
            }
        }
    }

    /// Whom nobody ever let in holds nothing: what is to be erased still is.
    private func judgeStranger(_ i: Int, _ computer: AuthorityComputer, _ holds: [Int]) {
        let owner = world.honest[i]
        func deed(_ kind: AuthorityDeed.Kind, by: Int, _ ids: [Int], _ over: [Int] = []) -> Int {
            world.deeds.number(
                AuthorityDeed(log: .work, by: by, kind: kind, salt: 95, ids: ids, over: over))
        }
        let acts = [
            deed(.end, by: owner, holds.sorted()),
            deed(.erase, by: owner, [world.text], holds.sorted()),
        ]
        let done = world.receive(owner, computer, acts)
        guard done[.work]?.erased.contains(world.text) ?? false else { return }
        let later = world.receive(owner, done, [deed(.hold, by: world.friend, [])])
        if !(later[.work]?.erased.contains(world.text) ?? false) {
            world.fail("I8 a hold of a stranger", moment, name(owner))
        }
    }

    /// What hostile people might do next: whoever is out lets in an own key, which holds.
    private var afterwards: [Int] {
        guard let key = world.hostile.first, let own = world.own.first else { return [] }
        return [
            AuthorityDeed(
                log: .work, by: key, kind: .letIn, salt: 96, card: own, checks: ["k1"],
                isGuest: true),
            AuthorityDeed(log: .work, by: own, kind: .hold, salt: 96),
        ].map { world.deeds.number($0) }
    }

    /// Whom those who went let into the case, with power in the roster, is in there.
    private func judgeHandOver(_ rest: [AuthorityComputer]) {
        for computer in rest {
            guard let work = computer[.work], let roster = computer[.roster], work.power.isEmpty
            else { continue }
            for record in computer.records.map(deed)
            where record.log == .work && record.kind == .letIn && roster.power.has(record.card) {
                let card = record.card
                if !work.conflicted.has(card), work.leaves[card].isEmpty,
                    work.removals[card].isEmpty
                {
                    world.fail("I12 handed over, and nobody is in", moment, name(card))
                }
            }
        }
    }

    /// In the case one honest person can end what hostile ones began: erase although they hold, with
    /// effect also where more of theirs arrives; and what that person writes counts: I8, I10.
    private func judgeLastWordInCase(_ rest: [AuthorityComputer]) {
        let world = world
        for (i, owner) in world.honest.enumerated() {
            guard let work = rest[i][.work], let roster = rest[i][.roster],
                roster.power.has(owner), work.power.has(owner), work.readers.has(owner)
            else { continue }
            let entry = world.deeds.number(
                AuthorityDeed(log: .work, by: owner, kind: .text, salt: 97))
            for (j, other) in world.honest.enumerated() {
                guard let theirs = rest[j][.work], theirs.people.has(owner),
                    theirs.people.has(other)
                else { continue }
                let after = world.receive(other, rest[j], [entry])
                if !(after[.work]?.taken.contains(entry) ?? false) {
                    world.fail("I8 an entry does not count", moment, world.deeds.names[owner])
                }
            }
            func out(_ people: Crowd, _ log: AuthorityDeed.Log) -> [Int] {
                people.isEmpty
                    ? []
                    : [
                        world.deeds.number(
                            AuthorityDeed(log: log, by: owner, kind: .out, salt: 97, people: people)
                        )
                    ]
            }
            let all = rest[i].records.filter {
                world.deeds.deeds[$0].kind == .hold && world.deeds.deeds[$0].log == .work
            }
            judgeStranger(i, rest[i], all)
            // Own keys of theirs may come later.
            let known = world.keys.intersection(
                roster.letIn.union(work.letIn).union(Crowd(world.hostile)))
            let acts =
                out(roster.letIn.intersection(world.keys), .roster)
                + out(work.letIn.intersection(world.keys), .work) + [
                    world.deeds.number(
                        AuthorityDeed(
                            log: .work, by: owner, kind: .end, salt: 97, people: known,
                            ids: all.sorted())),
                    world.deeds.number(
                        AuthorityDeed(
                            log: .work, by: owner, kind: .erase, salt: 97, people: known,
                            ids: [world.text], over: all.sorted())),
                ]
            let done = world.receive(owner, rest[i], acts)
            // With the link gone that asked a colleague, that colleague's list counts, with whom it has.
            guard let work = done[.work], work.power.has(owner),
                work.letIn.intersection(world.keys).isSubset(of: known)
            else { continue }
            if !(done[.work]?.erased.contains(world.text) ?? false) {
                world.fail("I10 erased, and is here", moment, world.deeds.names[owner])
            }
            let later = world.receive(owner, done, (moment.pool.union(afterwards)).sorted())
            if later[.work]?.power.has(owner) ?? false, later[.work]?.readers.has(owner) ?? false,
                !(later[.work]?.erased.contains(world.text) ?? false)
            {
                world.fail("I8 a hold of somebody who is out", moment, world.deeds.names[owner])
            }
        }
    }

    /// One honest act more is final: I8, I10.
    private func judgeLastWord(_ rest: [AuthorityComputer]) {
        let world = world
        let disputed = Set(rest.flatMap { world.questions($0, .roster).whoStays.map(\.card) })
        for (i, owner) in world.honest.enumerated() {
            guard let sight = rest[i][.roster], sight.power.has(owner),
                !disputed.contains(world.deeds.cards[owner])
            else { continue }
            let bad = sight.people.intersection(world.keys)
            if !bad.isEmpty {
                var computers = rest
                let act = world.deeds.number(
                    AuthorityDeed(log: .roster, by: owner, kind: .out, salt: 98, people: bad))
                computers[i] = world.receive(owner, rest[i], [act])
                if !(computers[i][.roster]?.people.isDisjoint(with: bad) ?? false) {
                    world.fail("I10 removed and still in", moment)
                }
                guard let after = world.exchange(computers) else {
                    return world.fail("I13 never quiet", moment)
                }
                for (j, other) in world.honest.enumerated() {
                    let last = world.receive(other, after[j], moment.pool.sorted())
                    guard let there = last[.roster], there.people.has(other),
                        there.power.has(owner), sight.people.has(other)
                    else { continue }
                    if !there.people.isDisjoint(with: bad) {
                        world.fail(
                            "I8 one act is not final", moment,
                            "\(world.deeds.names[owner])'s on \(world.deeds.names[other])'s")
                    }
                }
            }
            let friend = world.friend
            let act = world.deeds.number(
                AuthorityDeed(log: .roster, by: owner, kind: .letIn, card: friend))
            if !(world.receive(owner, rest[i], [act])[.roster]?.people.has(friend) ?? false) {
                world.fail("I8 cannot admit", moment)
            }
        }
    }
}
