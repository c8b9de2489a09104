// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What one computer makes of one log.
final class AuthorityView: Sendable {
    /// The log.
    let log: AuthorityLog
    /// How people stand, everything being taken.
    private let settling: AuthoritySettling
    /// Who has to answer a check; `nil` unless this is a case with checks.
    private let checks: AuthorityOpenChecks?
    /// The cases that name the log and that the owner is in.
    let cases: [AuthorityView]
    /// Who is out by records that are gone, and these.
    let goneBars: [CardID: [RecordID]]

    /// Settles a log.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - me: The owner of the computer, by their number in the vault.
    ///   - memory: What the computer remembers of the log.
    ///   - counted: Records that its owner lists beside.
    ///   - roster: What it makes of the roster; `nil` for the roster itself.
    ///   - cases: What it makes of the cases that name the log.
    ///   - takesOver: Whether it takes a case over from who has a conflict.
    init(
        _ log: AuthorityLog, me: Int?, memory: AuthorityMemory.LogMemory?, counted: [Int] = [],
        roster: AuthorityView?, cases: [AuthorityView] = [], takesOver: Bool = false
    ) {
        self.log = log
        self.cases = cases
        goneBars = memory?.goneBars ?? [:]
        let remembered = (memory?.taken ?? []).compactMap(log.place)
        let settling = AuthoritySettling(
            log, me: me,
            surroundings: AuthoritySurroundings(
                of: log, roster: roster, cases: cases, out: goneBars.keys),
            remembered: remembered + counted,
            exemptions: AuthorityExemptions(of: log, memory: memory), isDoubled: cases.count > 1,
            takesOver: takesOver)
        self.settling = settling
        checks = log.hasChecks ? AuthorityOpenChecks(settling) : nil
    }

    /// Whether one author bound the log to two cases: then nobody's list counts here and nothing
    /// is erased, and people are told.
    var isDoubled: Bool { settling.isDoubled }
    /// How much was looked at to settle the log.
    var steps: Int { settling.steps }

    // MARK: People, by their numbers in the log

    /// How people stand.
    var standing: AuthorityStanding { settling.standing }
    /// The number of a person, from that in the vault.
    func local(_ person: Int) -> Int? { log.local(person) }
    /// The number of a person, from their card.
    func local(_ card: CardID) -> Int? { log.facts.numbers[card].flatMap(log.local) }
    /// Whether somebody is in.
    func isIn(_ person: Int) -> Bool { standing.isIn[person] }
    /// Whether somebody has power.
    func hasPower(_ person: Int) -> Bool { settling.hasPower(person) }
    /// Whether somebody has power in the roster, or had it.
    func everHadPower(_ person: Int) -> Bool { settling.everHadPower(person) }
    /// Whether the log is kept from somebody, whether they occur in it or not.
    func isKept(from card: CardID) -> Bool {
        guard let person = log.facts.numbers[card] else { return false }
        return AuthoritySurroundings.withheld(of: log, cases).contains(person)
    }
    /// Whether a removal of somebody was ever taken, or they ever left.
    func everOut(_ person: Int) -> Bool {
        standing.everRemoved[person] || !log.leaves[person].isEmpty
    }
    /// The open removals and leaves of somebody.
    func bars(against person: Int) -> [Int] {
        log.barsOf[person].filter { !standing.isLifted[$0] }.map { log.barRecords[$0] }
            .filter { log.kinds[$0] == .leaves || standing.taken[$0] }
    }
    /// Whether somebody went by themselves.
    func goneAlone(_ person: Int) -> Bool { standing.goneAlone(person) }
    /// The same, and has no conflict.
    func goneWithoutConflict(_ person: Int) -> Bool {
        goneAlone(person) && !standing.surroundings.conflicted[person]
    }
    /// Whether somebody was taken out here, or left.
    func isRemovedOrLeft(_ person: Int) -> Bool {
        standing.openRemovals[person] > 0 || standing.openLeaves[person] > 0
    }
    /// Whether somebody has to answer a check of the case.
    func isAsked(_ person: Int) -> Bool { checks?.isAsked(person) ?? false }
    /// Which checks somebody has to answer.
    func asked(_ person: Int) -> Set<Int> { checks?.asked(person) ?? [] }
    /// Whether somebody reads.
    func reads(_ person: Int) -> Bool { isIn(person) && !isAsked(person) }
    /// The open removals of somebody.
    func removals(of person: Int) -> [Int] {
        bars(against: person).filter { log.kinds[$0] == .removes }
    }

    /// Whether nobody was ever taken out, left, has a conflict or is kept out, and whatever was taken
    /// came from lists that still count. A new computer says the same of
    /// such a log, so nothing need be signed: a short cut, not a rule.
    var isCalm: Bool {
        if isDoubled && log.facts.follow(.signAll) { return false }
        guard log.leaves.values.isEmpty, log.limits.links.isEmpty else { return false }
        let isQuiet = log.records.indices.allSatisfy { record in
            !standing.taken[record]
                ? !(log.traits[record].contains(.second) && log.facts.follow(.signAll))
                : (log.kinds[record] != .removes || log.bars[record].isEmpty)
                    && (log.authors[record] == settling.me || hasPower(log.authors[record])
                        || !log.facts.follow(.signAll))
        }
        guard isQuiet else { return false }
        let isCheck = log.root.kind == .check
        let conflicted = log.facts.conflicted(on: isCheck ? [log.number] : log.limits.allChecks)
        let areAllIn = log.people.indices.allSatisfy { person in
            !standing.letIn[person]
                || (standing.outer(person) && !conflicted.contains(log.people[person])
                    && (log.first[person] || !standing.surroundings.withheld[person]))
        }
        return areAllIn && (log.root.kind != .row || cases.allSatisfy(\.isCalm))
    }

    // MARK: People, by their cards

    /// The cards of some people.
    private func cards(_ isWanted: (Int) -> Bool) -> [CardID] {
        log.people.indices.filter(isWanted).map(log.card).sorted()
    }
    /// Who is in, ascending.
    var people: [CardID] { cards(isIn) }
    /// Who has power.
    var powerful: [CardID] { cards(hasPower) }
    /// Who reads.
    var readers: [CardID] { cards(reads) }
    /// Who was ever let in and is not in: files are written anew without them. Who only has not
    /// answered a later check is none of them.
    var shutOut: [CardID] { cards { standing.letIn[$0] && !isIn($0) } }
    /// Who was ever let in.
    var everIn: [CardID] { cards { standing.letIn[$0] } }
    /// Who has to answer which checks.
    var mustAnswer: [(card: CardID, checks: [LogID])] {
        log.people.indices.filter { isIn($0) && isAsked($0) }.map { person in
            (log.card(person), asked(person).map { log.facts.logIDs[$0] }.sorted())
        }
    }
    /// By whose records somebody is out here.
    func removers(of card: CardID) -> [CardID] {
        guard let person = log.facts.numbers[card].flatMap(log.local) else { return [] }
        return Set(removals(of: person).map { log.card(log.authors[$0]) }).sorted()
    }

    // MARK: Records

    /// The acts and entries that count, ascending.
    var taken: [RecordID] { log.records.indices.filter { standing.taken[$0] }.map(log.id).sorted() }
    /// Whether an act or an entry counts.
    func counts(_ id: RecordID) -> Bool { log.place(id).map { standing.taken[$0] } ?? false }
    /// The links whose checks ask.
    var askingLinks: [RecordID] {
        guard let checks else { return [] }
        return log.limits.links.indices.filter { checks.isOpen[$0] }.map {
            log.id(log.limits.links[$0])
        }
        .sorted()
    }
    /// The holds that nobody ended.
    var openHolds: [RecordID] {
        let enders = AuthorityEnders(
            settling, named: log.limits.endedHolds, count: log.limits.holds.count)
        return log.limits.holds.indices.filter { hold in
            let record = log.limits.holds[hold]
            return enders.hands(onto: hold, by: log.authors[record]).isEmpty
        }.map { log.id(log.limits.holds[$0]) }.sorted()
    }
    /// The texts that may be deleted, their day being over. None in a check or a row whose case is
    /// not seen here: its holds are not either.
    var erased: Set<RecordID> { allErasures?.texts ?? [] }
    /// The erasures that have effect, ascending.
    var erasures: [RecordID] { allErasures?.effective ?? [] }
    /// The erasures; `nil` where none has effect whatever they say.
    private var allErasures: AuthorityErasures? {
        let sees = log.root.kind == .roster || log.root.kind == .caseFile || !cases.isEmpty
        guard !isDoubled, sees || !log.facts.follow(.eraseSees) else { return nil }
        return AuthorityErasures(of: self, settling, cases: cases)
    }
    /// Whether somebody is in with power and asked nothing. What a leaver ended or erased, a hand
    /// must repeat.
    func mayEraseNow(_ person: Int) -> Bool {
        (hasPower(person) || !log.facts.follow(.stillIn)) && !isAsked(person)
    }
    /// Holds of the log that somebody ended who may erase now, and all of its holds.
    var holds: (all: [Int], ended: Set<Int>) {
        let limits = log.limits
        let enders = AuthorityEnders(settling, named: limits.endedHolds, count: limits.holds.count)
        {
            mayEraseNow($0)
        }
        let ended = limits.holds.indices.filter {
            !enders.hands(onto: $0, by: log.authors[limits.holds[$0]]).isEmpty
        }
        return (limits.holds, Set(ended.map { limits.holds[$0] }))
    }
    /// What this computer remembers of the log from now on.
    func memory(after earlier: AuthorityMemory.LogMemory?) -> AuthorityMemory.LogMemory {
        let gone = (earlier?.taken ?? []).filter { log.place($0) == nil }
        return AuthorityMemory.LogMemory(
            taken: gone.isEmpty ? taken : (taken + gone).sorted(), readers: readers,
            exemptions: settling.exemptions.groups)
    }
}
