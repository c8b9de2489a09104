// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

@testable import CaseVault

/// A set of people, one bit for each.
struct Crowd: OptionSet, Hashable {
    let rawValue: UInt32
    init(rawValue: UInt32) { self.rawValue = rawValue }
    init(_ person: Int) { rawValue = 1 << UInt32(person) }
    init(_ people: some Sequence<Int>) {
        rawValue = people.reduce(0) { $0 | 1 << UInt32($1) }
    }
    /// Its people, ascending.
    var list: [Int] { (0..<32).filter { rawValue & 1 << UInt32($0) != 0 } }
    func has(_ person: Int) -> Bool { rawValue & 1 << UInt32(person) != 0 }
    var count: Int { rawValue.nonzeroBitCount }
}

/// A record in the explorer's words. The same content is the same record: real identifiers are
/// hashes over everything.
struct AuthorityDeed: Hashable {
    /// The logs of the explorer's small committee.
    enum Log: String, CaseIterable {
        case roster = "R", work = "c", check = "k1", row = "row", linked = "k2", other = "k9"
        case second = "d"
    }
    /// What it is.
    enum Kind: String {
        case root, letIn = "in", confirm = "confirmed", out, leave, counted, link, hold, end, erase
        case declare, was, text
    }
    var log: Log
    var by: Int
    var kind: Kind
    var salt = 0
    var card = -1
    var people: Crowd = []
    var ids: [Int] = []
    var over: [Int] = []
    var checks: [String] = []
    var isGuest = false
    var isSecond = false
    /// The older key that the card replaces.
    var replaces = -1
    var isConflict = false
    var bond = ""

    /// Whether a list carries it.
    var isListed: Bool {
        switch kind {
        case .letIn, .confirm, .out, .text: true
        case .root, .leave, .counted, .link, .hold, .end, .erase, .declare, .was: false
        }
    }
}

/// All records of a search, by number.
final class AuthorityDeeds {
    let names: [String]
    let cards: [CardID]
    private(set) var deeds: [AuthorityDeed] = []
    private(set) var records: [AuthorityRecord] = []
    private(set) var numbers: [RecordID: Int] = [:]
    private var known: [AuthorityDeed: Int] = [:]

    init(names: [String]) {
        self.names = names
        cards = names.map(AuthorityName.card)
    }

    /// The number of a record.
    func number(_ deed: AuthorityDeed, root: AuthorityRoot? = nil) -> Int {
        if let number = known[deed] { return number }
        let number = deeds.count
        known[deed] = number
        deeds.append(deed)
        let id = AuthorityName.record("\(number)")
        numbers[id] = number
        records.append(
            AuthorityRecord(
                id: id, log: AuthorityName.log(deed.log.rawValue), author: cards[deed.by],
                act: root.map { .starts($0) } ?? act(deed)))
        return number
    }

    /// The tag that a bond and its owner make.
    static func tag(_ bond: String, _ owner: String) -> AuthorityRoot.Part {
        AuthorityRoot.Part(
            log: AuthorityName.log(bond), tag: AuthorityName.bytes("bond \(bond) of \(owner)"))
    }

    private func act(_ deed: AuthorityDeed) -> AuthorityAct {
        let people = deed.people.list.map { cards[$0] }
        let ids = deed.ids.map { records[$0].id }
        let checks = deed.checks.map(AuthorityName.log)
        switch deed.kind {
        case .letIn:
            return .letsIn(
                .init(
                    card: cards[deed.card], lifts: ids, answers: checks, isGuest: deed.isGuest,
                    isSecond: deed.isSecond,
                    replaces: deed.replaces < 0 ? nil : cards[deed.replaces]))
        case .confirm: return .confirms(cards[deed.card])
        case .was: return .wasKey(cards[deed.card])
        case .out: return .removes(people)
        case .leave: return .leaves(keeping: ids)
        case .counted: return .counts(ids)
        case .link:
            let tag = Self.tag(deed.bond, deed.log.rawValue).tag
            return .links(.init(check: checks[0], tag: tag, readers: people))
        case .hold: return .holds
        case .end: return .ends(records: ids, people: people)
        case .erase:
            return .erases(texts: ids, over: deed.over.map { records[$0].id }, overPeople: people)
        case .declare:
            return .declares(check: checks[0], conflict: deed.isConflict, replacing: ids)
        case .root, .text: return .text
        }
    }

    /// A record in one line.
    func shown(_ number: Int) -> String {
        let deed = deeds[number]
        var parts: [String] = []
        if deed.card >= 0 { parts.append(names[deed.card]) }
        if !deed.people.isEmpty { parts.append(deed.people.list.map { names[$0] }.joined()) }
        parts += (deed.ids + deed.over).map { "#\($0)" } + deed.checks
        if deed.isConflict { parts.append("conflict") }
        if deed.isGuest { parts.append("guest") }
        if deed.isSecond { parts.append("second") }
        if deed.replaces >= 0 { parts.append("replaces \(names[deed.replaces])") }
        return
            "#\(number) \(names[deed.by]) \(deed.kind.rawValue)(\(parts.joined(separator: " "))) in \(deed.log.rawValue)"
    }
}
