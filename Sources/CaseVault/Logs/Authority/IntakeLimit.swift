// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// How much of one author a log takes in. The rules themselves know no limit, so that all computers
/// with the same records say the same; here nobody's excess costs anybody else's records.
struct IntakeLimit: Sendable {
    /// How many records of one author are taken that are no entries.
    var acts = 4096
    /// How many records of one author are taken in all.
    var records = 20_000

    /// What is taken in of a log.
    struct Intake: Sendable {
        /// The records that are, in the order in which they were given.
        var kept: [AuthorityRecord] = []
        /// Who wrote more, ascending. What this computer counted of them is signed as if they had
        /// gone, for another computer might take in other records of theirs.
        var excessive: [CardID] = []
    }

    /// Chooses what a log takes in.
    ///
    /// Nothing by a stranger: somebody whom no record lets in, by the first people or by somebody
    /// they let in and so on. Of somebody who writes too much, all stays that this computer knew
    /// before. Then comes what others name, each of these in turn, so that nobody's names crowd out
    /// another's; whoever is known by the author alone names nothing. Then the smaller identifier,
    /// which is the same on all computers.
    ///
    /// - Parameters:
    ///   - given: The records of one log.
    ///   - known: Whom they let in, if somebody has looked.
    ///   - before: What this computer knew of it.
    /// - Returns: What is taken in.
    func intake(
        of given: [AuthorityRecord], by known: Set<CardID>? = nil,
        knownBefore before: Set<RecordID> = []
    ) -> Intake {
        let known = known ?? Self.known(in: given)
        var byAuthor: [CardID: [Int]] = [:]
        for (i, record) in given.enumerated() where known.contains(record.author) {
            byAuthor[record.author, default: []].append(i)
        }
        var intake = Intake()
        var isKept = Array(repeating: false, count: given.count)
        for (author, theirs) in byAuthor {
            let theirActs = theirs.count { !given[$0].isText }
            guard theirs.count > records || theirActs > acts else {
                for i in theirs { isKept[i] = true }
                continue
            }
            intake.excessive.append(author)
            var (keptActs, kept) = (0, 0)
            var rest: [Int] = []
            for i in theirs {
                guard given[i].isStart || before.contains(given[i].id) else {
                    rest.append(i)
                    continue
                }
                isKept[i] = true
                kept += 1
                if !given[i].isText { keptActs += 1 }
            }
            let turns = Self.turns(of: rest, by: author, in: given)
            rest.sort { (turns[$0] ?? .max, given[$0].id) < (turns[$1] ?? .max, given[$1].id) }
            for i in rest where kept < records {
                if !given[i].isText {
                    if keptActs >= acts { continue }
                    keptActs += 1
                }
                kept += 1
                isKept[i] = true
            }
        }
        intake.kept = given.indices.filter { isKept[$0] }.map { given[$0] }
        intake.excessive.sort()
        return intake
    }

    /// When each of somebody's records is named: everybody who names some names one after the
    /// other, the smaller identifier first.
    ///
    /// - Parameters:
    ///   - theirs: The records.
    ///   - author: Who wrote them.
    ///   - given: All records of the log.
    /// - Returns: In which round each is named first; those that nobody names are missing.
    private static func turns(
        of theirs: [Int], by author: CardID, in given: [AuthorityRecord]
    ) -> [Int: Int] {
        let others = known(in: given, without: author)
        var places: [RecordID: Int] = [:]
        var lettingIn: [CardID: [Int]] = [:]
        for i in theirs {
            places[given[i].id] = i
            if case .letsIn(let grant) = given[i].act {
                lettingIn[grant.card, default: []].append(i)
            }
        }
        var named: [CardID: Set<Int>] = [:]
        for record in given where record.author != author && others.contains(record.author) {
            let those: [Int]
            switch record.act {
            case .counts(let ids): those = ids.compactMap { places[$0] }
            case .letsIn(let grant): those = grant.lifts.compactMap { places[$0] }
            case .confirms(let card): those = lettingIn[card] ?? []
            default: continue
            }
            if !those.isEmpty { named[record.author, default: []].formUnion(those) }
        }
        var turns: [Int: Int] = [:]
        for list in named.values {
            let inOrder = list.sorted { given[$0].id < given[$1].id }
            for (turn, i) in inOrder.enumerated() { turns[i] = min(turns[i] ?? turn, turn) }
        }
        return turns
    }

    /// Whom the records of a log let in, from the first people on; leaving somebody aside, and whoever
    /// came by them only.
    static func known(in given: [AuthorityRecord], without aside: CardID? = nil) -> Set<CardID> {
        let root = given.first { if case .starts = $0.act { true } else { false } }?.id
        var lets: [CardID: [CardID]] = [:]
        var todo: [CardID] = []
        for record in given {
            switch record.act {
            case .starts(let root): todo += root.people + [record.author]
            case .letsIn(let grant):
                // What lifts something lets in nobody new.
                if grant.lifts.allSatisfy({ $0 == root }) {
                    lets[record.author, default: []].append(grant.card)
                }
            default: break
            }
        }
        var known: Set<CardID> = []
        while let person = todo.popLast() {
            if person != aside, known.insert(person).inserted { todo += lets[person] ?? [] }
        }
        return known
    }
}

extension AuthorityRecord {
    /// Whether it is an entry, a vote or the like.
    fileprivate var isText: Bool {
        if case .text = act { return true }
        return false
    }

    /// Whether it starts its log.
    fileprivate var isStart: Bool {
        if case .starts = act { return true }
        return false
    }

    /// Whether it says something of its author only or holds something back: it is never taken
    /// over, and holds wherever it is found.
    var isRestriction: Bool {
        switch act {
        case .leaves, .wasKey, .links, .holds: true
        case .declares(_, let conflict, _): conflict
        case .starts, .letsIn, .confirms, .removes, .counts, .ends, .erases, .text: false
        }
    }
}
