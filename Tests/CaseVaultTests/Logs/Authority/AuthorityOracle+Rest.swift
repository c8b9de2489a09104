// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

@testable import CaseVault

extension AuthorityOracle {
    /// Judges what stands once everybody has everything.
    func judgeAtRest() {
        guard world.restsAnew(moment.computers) else { return }
        guard let rest = world.exchange(moment.computers) else {
            return world.fail("I13 never quiet", moment)
        }
        for log in world.logs { judgeAtRest(rest, log) }
        if world.setting.menu == .roster, !world.keys.isEmpty { judgeLastWord(rest) }
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
                if !asked.whoStays.isEmpty || asked.isUnheld || !asked.differences.isEmpty {
                    world.fail("I12 asked", moment)
                }
                if sight.power.isEmpty { world.fail("I12 stuck: nobody has power", moment) }
            }
            for (j, other) in world.honest.enumerated().dropFirst(i + 1) {
                guard let theirs = rest[j][log], theirs.people.has(other) else { continue }
                let differing = sight.people.symmetricDifference(theirs.people)
                for person in differing.list {
                    // Let in where nobody had power: one of them says so.
                    let isNew = log == .work && !sight.letIn.intersection(theirs.letIn).has(person)
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
                    let areTold = [i, j].allSatisfy { k in
                        questions[k].mustAnswer.contains { $0.card == cards[person] }
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
            let friend = world.deeds.cards.count - 1
            let act = world.deeds.number(
                AuthorityDeed(log: .roster, by: owner, kind: .letIn, card: friend))
            if !(world.receive(owner, rest[i], [act])[.roster]?.people.has(friend) ?? false) {
                world.fail("I8 cannot admit", moment)
            }
        }
    }
}
