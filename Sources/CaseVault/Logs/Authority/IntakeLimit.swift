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
    /// they let in and so on. Of somebody who writes too much, what this computer took before and
    /// what others name comes first, and then the smaller identifier, which nobody can choose
    /// cheaply and which is the same on all computers.
    ///
    /// - Parameters:
    ///   - given: The records of one log.
    ///   - known: Whom they let in, if somebody has looked.
    ///   - taken: What this computer took of it.
    /// - Returns: What is taken in.
    func intake(
        of given: [AuthorityRecord], by known: Set<CardID>? = nil, taken: Set<RecordID> = []
    ) -> Intake {
        let known = known ?? Self.known(in: given)
        var byAuthor: [CardID: [Int]] = [:]
        for (i, record) in given.enumerated() where known.contains(record.author) {
            byAuthor[record.author, default: []].append(i)
        }
        var intake = Intake()
        var isKept = Array(repeating: false, count: given.count)
        var named: (records: [RecordID: Names], cards: [CardID: Names])?
        for (author, theirs) in byAuthor {
            let theirActs = theirs.count { !given[$0].isText }
            guard theirs.count > records || theirActs > acts else {
                for i in theirs { isKept[i] = true }
                continue
            }
            intake.excessive.append(author)
            let names = named ?? Self.names(in: given)
            named = names
            func comesFirst(_ record: AuthorityRecord) -> Bool {
                if case .starts = record.act { return true }
                if taken.contains(record.id) { return true }
                if names.records[record.id]?.isBySomebody(otherThan: author) ?? false {
                    return true
                }
                guard case .letsIn(let grant) = record.act else { return false }
                return names.cards[grant.card]?.isBySomebody(otherThan: author) ?? false
            }
            let ranked = theirs.map { (place: $0, rank: comesFirst(given[$0]) ? 0 : 1) }.sorted {
                ($0.rank, given[$0.place].id) < ($1.rank, given[$1.place].id)
            }
            var (keptActs, kept) = (0, 0)
            for (i, _) in ranked where kept < records {
                if !given[i].isText {
                    if keptActs == acts { continue }
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

    /// Whom the records of a log let in, from the first people on.
    static func known(in given: [AuthorityRecord]) -> Set<CardID> {
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
            if known.insert(person).inserted { todo += lets[person] ?? [] }
        }
        return known
    }

    /// Who names a record or a person: the first who does, and whether there is another.
    private struct Names {
        let first: CardID
        var areSeveral = false
        func isBySomebody(otherThan author: CardID) -> Bool { areSeveral || first != author }
    }

    /// Which records are listed, and which people were compared with, and by whom.
    private static func names(
        in given: [AuthorityRecord]
    ) -> (records: [RecordID: Names], cards: [CardID: Names]) {
        var (records, cards): ([RecordID: Names], [CardID: Names]) = ([:], [:])
        func merged(_ known: Names?, _ author: CardID) -> Names {
            var names = known ?? Names(first: author)
            if names.first != author { names.areSeveral = true }
            return names
        }
        for record in given {
            switch record.act {
            case .counts(let ids):
                for id in ids { records[id] = merged(records[id], record.author) }
            case .letsIn(let grant):
                for id in grant.lifts { records[id] = merged(records[id], record.author) }
            case .confirms(let card): cards[card] = merged(cards[card], record.author)
            default: break
            }
        }
        return (records, cards)
    }
}

extension AuthorityRecord {
    /// Whether it is an entry, a vote or the like.
    fileprivate var isText: Bool {
        if case .text = act { return true }
        return false
    }
}
